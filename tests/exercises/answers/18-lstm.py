#% right | all gates by slices of a stacked array, sums by einsum
def sig(a):
    return 1 / (1 + np.exp(-a))

def answer(parameters, ids, targets, state):
    Wx, Wh, Wy, b, by = [parameters[k] for k in ("Wx", "Wh", "Wy", "b", "by")]
    T, B = ids.shape
    H = Wh.shape[1]
    hs, cs, gs = [state[0]], [state[1]], []
    for t in range(T):
        a = Wx[:, ids[t]].T + np.einsum("bh,kh->bk", hs[-1], Wh) + b
        i, f, g, o = sig(a[:, :H]), sig(a[:, H:2*H]), np.tanh(a[:, 2*H:3*H]), sig(a[:, 3*H:])
        gs.append((i, f, g, o))
        cs.append(f * cs[-1] + i * g)
        hs.append(o * np.tanh(cs[-1]))
    G = {k: np.zeros_like(v) for k, v in parameters.items()}
    loss, dh_next, dc_next = 0.0, np.zeros((B, H)), np.zeros((B, H))
    for t in range(T)[::-1]:
        z = hs[t + 1] @ Wy.T + by
        z = z - z.max(1, keepdims=True)
        lp = z - np.log(np.exp(z).sum(1, keepdims=True))
        loss -= lp[range(B), targets[t]].sum() / B
        dz = np.exp(lp)
        dz[range(B), targets[t]] -= 1
        dz /= B
        G["Wy"] += dz.T @ hs[t + 1]
        G["by"] += dz.sum(0)
        i, f, g, o = gs[t]
        tc = np.tanh(cs[t + 1])
        dh = dz @ Wy + dh_next
        dc = dc_next + dh * o * (1 - tc * tc)
        da = np.hstack([dc * g * i * (1 - i), dc * cs[t] * f * (1 - f),
                        dc * i * (1 - g * g), dh * tc * o * (1 - o)])
        dh_next, dc_next = da @ Wh, dc * f
        for k in range(B):
            G["Wx"][:, ids[t, k]] += da[k]
        G["Wh"] += da.T @ hs[t]
        G["b"] += da.sum(0)
    return loss, G, (hs[-1], cs[-1])

#% wrong | the mean over the steps too | mean-over-steps
def answer(parameters, ids, targets, state):
    net = LSTM.from_parameters(parameters)
    net.forward(ids, state)
    loss, T = net.bptt(targets), len(ids)
    return loss / T, {k: v / T for k, v in net.gradients.items()}, net.final

#% wrong | one bias for all gates | biases-exchanged
def answer(parameters, ids, targets, state):
    H = len(parameters["b"]) // 4
    b = parameters["b"].copy()
    b[:H] = b[H:2 * H] = b[3 * H:]
    net = LSTM.from_parameters(parameters | {"b": b})
    net.forward(ids, state)
    loss = net.bptt(targets)
    db = net.gradients["b"].copy()
    db[3 * H:] += db[:H] + db[H:2 * H]
    db[:2 * H] = 0
    return loss, dict(net.gradients) | {"b": db}, net.final

#% right | with the package's network
def answer(parameters, ids, targets, state):
    net = LSTM.from_parameters(parameters)
    net.forward(ids, state)
    return net.bptt(targets), dict(net.gradients), net.final

#% wrong | gradients that are clipped
def answer(parameters, ids, targets, state):
    net = LSTM.from_parameters(parameters)
    net.forward(ids, state)
    loss = net.bptt(targets)
    return loss, {k: np.clip(g, -5, 5) for k, g in net.gradients.items()}, net.final

#% wrong | back through eight steps at most
def answer(parameters, ids, targets, state):
    early = LSTM.from_parameters(parameters)
    late = LSTM.from_parameters(parameters)
    cut = max(0, len(ids) - 8)
    loss = 0.0
    if cut:
        early.forward(ids[:cut], state)
        loss, state = early.bptt(targets[:cut]), early.final
    late.forward(ids[cut:], state)
    loss += late.bptt(targets[cut:])
    gradients = dict(late.gradients)
    if cut:
        gradients = {k: g + early.gradients[k] for k, g in gradients.items()}
    return loss, gradients, late.final

#% wrong | one share of a word that occurs twice in a row | one-share-of-a-word
def answer(parameters, ids, targets, state):
    net = LSTM.from_parameters(parameters)
    net.forward(ids, state)
    loss = net.bptt(targets)
    layer = net.hidden_layer
    _, z = net.forward(ids, state)
    dz = np.exp(z - z.max(2, keepdims=True))
    dz /= dz.sum(2, keepdims=True)
    dz[(*np.indices(ids.shape), targets)] -= 1
    trace = layer.forward(net.input_layer.forward(ids), state)
    da = layer.backward(dz / ids.shape[1] @ parameters["Wy"], trace)[2]
    dWx = np.zeros_like(parameters["Wx"])
    for t in range(len(ids)):
        dWx[:, ids[t]] += da[t].T
    return loss, dict(net.gradients) | {"Wx": dWx}, net.final

#% wrong | the sum over the sequences | summed-over-sequences
def answer(parameters, ids, targets, state):
    net = LSTM.from_parameters(parameters)
    net.forward(ids, state)
    loss, B = net.bptt(targets), ids.shape[1]
    return loss * B, {k: v * B for k, v in net.gradients.items()}, net.final

#% right | gradients by central differences
def answer(parameters, ids, targets, state):
    def loss_of(parameters):
        (T, B), (h, c), loss = ids.shape, state, 0
        for t in range(T):
            a = parameters["Wx"].T[ids[t]] + h @ parameters["Wh"].T + parameters["b"]
            i, f, g, o = np.split(a, 4, axis=1)
            i, f, o = (0.5 + 0.5 * np.tanh(gate / 2) for gate in (i, f, o))
            c = f * c + i * np.tanh(g)
            h = o * np.tanh(c)
            z = h @ parameters["Wy"].T + parameters["by"]
            z = z - z.max(axis=1, keepdims=True)
            loss -= (z[range(B), targets[t]] - np.log(np.exp(z).sum(axis=1))).mean()
        return loss, np.stack([h, c])

    copied = {name: array.copy() for name, array in parameters.items()}
    gradients = {name: np.empty_like(array) for name, array in copied.items()}
    for name, array in copied.items():
        for place in np.ndindex(array.shape):
            kept = array[place]
            array[place] = kept + 1e-5
            above, _ = loss_of(copied)
            array[place] = kept - 1e-5
            below, _ = loss_of(copied)
            array[place] = kept
            gradients[name][place] = (above - below) / 2e-5
    return *loss_of(copied)[:1], gradients, loss_of(copied)[1]

#% wrong | one largest logit for all sequences of a step
def answer(parameters, ids, targets, state):
    net = LSTM.from_parameters(parameters)
    hidden, z = net.forward(ids, state)
    net.bptt(targets)
    z = z - z.max(axis=(1, 2), keepdims=True)
    with np.errstate(divide="ignore"):
        lp = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    loss = -np.take_along_axis(lp, targets[..., np.newaxis], axis=-1).sum()
    return loss / ids.shape[1], dict(net.gradients), net.final
