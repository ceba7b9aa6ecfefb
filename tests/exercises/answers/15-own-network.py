#% right | logaddexp, and PyTorch's factor
def my_loss_and_gradients(parameters, ids, targets, h0):
    Wx, Wh, Wy = (parameters[n] for n in ("Wx", "Wh", "Wy"))
    hs, loss = [h0], 0.0
    g = {n: np.zeros_like(w) for n, w in parameters.items()}
    dz = []
    for word, target in zip(ids, targets):
        hs.append(np.tanh(Wx[:, word] + Wh.dot(hs[-1]) + parameters["bh"]))
        z = Wy.dot(hs[-1]) + parameters["by"]
        log_sum = np.logaddexp.reduce(z)
        loss += log_sum - z[target]
        dz.append(np.exp(z - log_sum) - (np.arange(len(z)) == target))
    after = 0 * h0
    for t in range(len(ids) - 1, -1, -1):
        g["Wy"] += dz[t][:, None] * hs[t + 1]
        g["by"] += dz[t]
        da = (dz[t] @ Wy + after) * (1 - hs[t + 1] * hs[t + 1])
        g["bh"] += da
        g["Wh"] += da[:, None] * hs[t]
        g["Wx"][:, ids[t]] += da
        after = da @ Wh
    return loss, g, hs[-1]

def my_train_stream(parameters, ids, targets, k, lr):
    total, h = 0.0, np.zeros(len(parameters["bh"]))
    for t in range(0, len(ids), k):
        loss, grads, h = my_loss_and_gradients(
            parameters, ids[t:t + k], targets[t:t + k], h)
        total += loss
        norm = np.sqrt(sum((g ** 2).sum() for g in grads.values()))
        for name in parameters:
            parameters[name] -= lr * min(1.0, 1.0 / (norm + 1e-6)) * grads[name]
    return total

rng = np.random.default_rng(3)
net = VanillaRNN(2, 24, rng)
train_stream(net, *echo(5, 2, 16000, 1, rng), epochs=1, k=8, lr=0.1, clip=1.0,
             clip_by="norm")

answer = (my_loss_and_gradients, my_train_stream, net.parameters)

#% right | central differences of 1e-4
def loss_of(w, ids, targets, h):
    loss = 0.0
    for word, target in zip(ids, targets):
        h = np.tanh(w["Wx"][:, word] + w["Wh"] @ h + w["bh"])
        z = w["Wy"] @ h + w["by"]
        z = z - z.max()
        loss += np.log(np.exp(z).sum()) - z[target]
    return loss, h


def my_loss_and_gradients(parameters, ids, targets, h0):
    w = {n: a.copy() for n, a in parameters.items()}
    grads = {n: np.zeros_like(a) for n, a in w.items()}
    for n, a in w.items():
        for i in np.ndindex(a.shape):
            kept, slope = a[i], 0.0
            for nudge in (1e-4, -1e-4):
                a[i] = kept + nudge
                slope += loss_of(w, ids, targets, h0)[0] / (2 * nudge)
            a[i] = kept
            grads[n][i] = slope
    loss, h = loss_of(w, ids, targets, h0)
    return loss, grads, h

def my_train_stream(parameters, ids, targets, k, lr):
    total, h = 0.0, np.zeros(len(parameters["bh"]))
    for t in range(0, len(ids), k):
        loss, grads, h = my_loss_and_gradients(
            parameters, ids[t:t + k], targets[t:t + k], h)
        total += loss
        norm = np.sqrt(sum((g ** 2).sum() for g in grads.values()))
        for name in parameters:
            parameters[name] -= lr * min(1.0, 1.0 / (norm + 1e-6)) * grads[name]
    return total

rng = np.random.default_rng(3)
net = VanillaRNN(2, 24, rng)
train_stream(net, *echo(5, 2, 16000, 1, rng), epochs=1, k=8, lr=0.1, clip=1.0,
             clip_by="norm")

answer = (my_loss_and_gradients, my_train_stream, net.parameters)

#% right | central differences of 1e-6
def loss_of(w, ids, targets, h):
    loss = 0.0
    for word, target in zip(ids, targets):
        h = np.tanh(w["Wx"][:, word] + w["Wh"] @ h + w["bh"])
        z = w["Wy"] @ h + w["by"]
        z = z - z.max()
        loss += np.log(np.exp(z).sum()) - z[target]
    return loss, h


def my_loss_and_gradients(parameters, ids, targets, h0):
    w = {n: a.copy() for n, a in parameters.items()}
    grads = {n: np.zeros_like(a) for n, a in w.items()}
    for n, a in w.items():
        for i in np.ndindex(a.shape):
            kept, slope = a[i], 0.0
            for nudge in (1e-6, -1e-6):
                a[i] = kept + nudge
                slope += loss_of(w, ids, targets, h0)[0] / (2 * nudge)
            a[i] = kept
            grads[n][i] = slope
    loss, h = loss_of(w, ids, targets, h0)
    return loss, grads, h

def my_train_stream(parameters, ids, targets, k, lr):
    total, h = 0.0, np.zeros(len(parameters["bh"]))
    for t in range(0, len(ids), k):
        loss, grads, h = my_loss_and_gradients(
            parameters, ids[t:t + k], targets[t:t + k], h)
        total += loss
        norm = np.sqrt(sum((g ** 2).sum() for g in grads.values()))
        for name in parameters:
            parameters[name] -= lr * min(1.0, 1.0 / (norm + 1e-6)) * grads[name]
    return total

rng = np.random.default_rng(3)
net = VanillaRNN(2, 24, rng)
train_stream(net, *echo(5, 2, 16000, 1, rng), epochs=1, k=8, lr=0.1, clip=1.0,
             clip_by="norm")

answer = (my_loss_and_gradients, my_train_stream, net.parameters)

#% wrong | nudges that are too large
def loss_of(w, ids, targets, h):
    loss = 0.0
    for word, target in zip(ids, targets):
        h = np.tanh(w["Wx"][:, word] + w["Wh"] @ h + w["bh"])
        z = w["Wy"] @ h + w["by"]
        z = z - z.max()
        loss += np.log(np.exp(z).sum()) - z[target]
    return loss, h


def my_loss_and_gradients(parameters, ids, targets, h0):
    w = {n: a.copy() for n, a in parameters.items()}
    grads = {n: np.zeros_like(a) for n, a in w.items()}
    for n, a in w.items():
        for i in np.ndindex(a.shape):
            kept, slope = a[i], 0.0
            for nudge in (0.05, -0.05):
                a[i] = kept + nudge
                slope += loss_of(w, ids, targets, h0)[0] / (2 * nudge)
            a[i] = kept
            grads[n][i] = slope
    loss, h = loss_of(w, ids, targets, h0)
    return loss, grads, h

def my_train_stream(parameters, ids, targets, k, lr):
    total, h = 0.0, np.zeros(len(parameters["bh"]))
    for t in range(0, len(ids), k):
        loss, grads, h = my_loss_and_gradients(
            parameters, ids[t:t + k], targets[t:t + k], h)
        total += loss
        norm = np.sqrt(sum((g ** 2).sum() for g in grads.values()))
        for name in parameters:
            parameters[name] -= lr * min(1.0, 1.0 / (norm + 1e-6)) * grads[name]
    return total

answer = (my_loss_and_gradients, my_train_stream, ...)

#% wrong | the state before the piece is ignored | h0-ignored
def my_loss_and_gradients(parameters, ids, targets, h0):
    Wx, Wh, Wy = (parameters[n] for n in ("Wx", "Wh", "Wy"))
    hs, loss = [0 * h0], 0.0
    g = {n: np.zeros_like(w) for n, w in parameters.items()}
    dz = []
    for word, target in zip(ids, targets):
        hs.append(np.tanh(Wx[:, word] + Wh.dot(hs[-1]) + parameters["bh"]))
        z = Wy.dot(hs[-1]) + parameters["by"]
        log_sum = np.logaddexp.reduce(z)
        loss += log_sum - z[target]
        dz.append(np.exp(z - log_sum) - (np.arange(len(z)) == target))
    after = 0 * h0
    for t in range(len(ids) - 1, -1, -1):
        g["Wy"] += dz[t][:, None] * hs[t + 1]
        g["by"] += dz[t]
        da = (dz[t] @ Wy + after) * (1 - hs[t + 1] * hs[t + 1])
        g["bh"] += da
        g["Wh"] += da[:, None] * hs[t]
        g["Wx"][:, ids[t]] += da
        after = da @ Wh
    return loss, g, hs[-1]

def my_train_stream(parameters, ids, targets, k, lr):
    total, h = 0.0, np.zeros(len(parameters["bh"]))
    for t in range(0, len(ids), k):
        loss, grads, h = my_loss_and_gradients(
            parameters, ids[t:t + k], targets[t:t + k], h)
        total += loss
        norm = np.sqrt(sum((g ** 2).sum() for g in grads.values()))
        for name in parameters:
            parameters[name] -= lr * min(1.0, 1.0 / (norm + 1e-6)) * grads[name]
    return total

answer = (my_loss_and_gradients, my_train_stream, ...)

#% wrong | the first logit is subtracted, not the largest
def my_loss_and_gradients(parameters, ids, targets, h0):
    Wx, Wh, Wy = (parameters[n] for n in ("Wx", "Wh", "Wy"))
    hs, loss = [h0], 0.0
    g = {n: np.zeros_like(w) for n, w in parameters.items()}
    dz = []
    for word, target in zip(ids, targets):
        hs.append(np.tanh(Wx[:, word] + Wh.dot(hs[-1]) + parameters["bh"]))
        z = Wy.dot(hs[-1]) + parameters["by"]
        log_sum = z[0] + np.log(np.exp(z - z[0]).sum())
        loss += log_sum - z[target]
        dz.append(np.exp(z - log_sum) - (np.arange(len(z)) == target))
    after = 0 * h0
    for t in range(len(ids) - 1, -1, -1):
        g["Wy"] += dz[t][:, None] * hs[t + 1]
        g["by"] += dz[t]
        da = (dz[t] @ Wy + after) * (1 - hs[t + 1] * hs[t + 1])
        g["bh"] += da
        g["Wh"] += da[:, None] * hs[t]
        g["Wx"][:, ids[t]] += da
        after = da @ Wh
    return loss, g, hs[-1]

def my_train_stream(parameters, ids, targets, k, lr):
    total, h = 0.0, np.zeros(len(parameters["bh"]))
    for t in range(0, len(ids), k):
        loss, grads, h = my_loss_and_gradients(
            parameters, ids[t:t + k], targets[t:t + k], h)
        total += loss
        norm = np.sqrt(sum((g ** 2).sum() for g in grads.values()))
        for name in parameters:
            parameters[name] -= lr * min(1.0, 1.0 / (norm + 1e-6)) * grads[name]
    return total

answer = (my_loss_and_gradients, my_train_stream, ...)

#% wrong | the word with id 0 is no target
def my_loss_and_gradients(parameters, ids, targets, h0):
    Wx, Wh, Wy = (parameters[n] for n in ("Wx", "Wh", "Wy"))
    hs, loss = [h0], 0.0
    g = {n: np.zeros_like(w) for n, w in parameters.items()}
    dz = []
    for word, target in zip(ids, targets):
        hs.append(np.tanh(Wx[:, word] + Wh.dot(hs[-1]) + parameters["bh"]))
        z = Wy.dot(hs[-1]) + parameters["by"]
        log_sum = np.logaddexp.reduce(z)
        loss += log_sum - z[target]
        dz.append(np.exp(z - log_sum) - (target and np.arange(len(z)) == target))
    after = 0 * h0
    for t in range(len(ids) - 1, -1, -1):
        g["Wy"] += dz[t][:, None] * hs[t + 1]
        g["by"] += dz[t]
        da = (dz[t] @ Wy + after) * (1 - hs[t + 1] * hs[t + 1])
        g["bh"] += da
        g["Wh"] += da[:, None] * hs[t]
        g["Wx"][:, ids[t]] += da
        after = da @ Wh
    return loss, g, hs[-1]

def my_train_stream(parameters, ids, targets, k, lr):
    total, h = 0.0, np.zeros(len(parameters["bh"]))
    for t in range(0, len(ids), k):
        loss, grads, h = my_loss_and_gradients(
            parameters, ids[t:t + k], targets[t:t + k], h)
        total += loss
        norm = np.sqrt(sum((g ** 2).sum() for g in grads.values()))
        for name in parameters:
            parameters[name] -= lr * min(1.0, 1.0 / (norm + 1e-6)) * grads[name]
    return total

answer = (my_loss_and_gradients, my_train_stream, ...)

#% wrong | nothing goes back further than eight steps
def my_loss_and_gradients(parameters, ids, targets, h0):
    Wx, Wh, Wy = (parameters[n] for n in ("Wx", "Wh", "Wy"))
    hs, loss = [h0], 0.0
    g = {n: np.zeros_like(w) for n, w in parameters.items()}
    dz = []
    for word, target in zip(ids, targets):
        hs.append(np.tanh(Wx[:, word] + Wh.dot(hs[-1]) + parameters["bh"]))
        z = Wy.dot(hs[-1]) + parameters["by"]
        log_sum = np.logaddexp.reduce(z)
        loss += log_sum - z[target]
        dz.append(np.exp(z - log_sum) - (np.arange(len(z)) == target))
    after = 0 * h0
    for t in range(len(ids) - 1, -1, -1):
        g["Wy"] += dz[t][:, None] * hs[t + 1]
        g["by"] += dz[t]
        da = (dz[t] @ Wy + after) * (1 - hs[t + 1] * hs[t + 1])
        g["bh"] += da
        g["Wh"] += da[:, None] * hs[t]
        g["Wx"][:, ids[t]] += da
        after = da @ Wh if t % 8 else 0 * da
    return loss, g, hs[-1]

def my_train_stream(parameters, ids, targets, k, lr):
    total, h = 0.0, np.zeros(len(parameters["bh"]))
    for t in range(0, len(ids), k):
        loss, grads, h = my_loss_and_gradients(
            parameters, ids[t:t + k], targets[t:t + k], h)
        total += loss
        norm = np.sqrt(sum((g ** 2).sum() for g in grads.values()))
        for name in parameters:
            parameters[name] -= lr * min(1.0, 1.0 / (norm + 1e-6)) * grads[name]
    return total

answer = (my_loss_and_gradients, my_train_stream, ...)

#% wrong | every entry is cut to 10
def my_loss_and_gradients(parameters, ids, targets, h0):
    Wx, Wh, Wy = (parameters[n] for n in ("Wx", "Wh", "Wy"))
    hs, loss = [h0], 0.0
    g = {n: np.zeros_like(w) for n, w in parameters.items()}
    dz = []
    for word, target in zip(ids, targets):
        hs.append(np.tanh(Wx[:, word] + Wh.dot(hs[-1]) + parameters["bh"]))
        z = Wy.dot(hs[-1]) + parameters["by"]
        log_sum = np.logaddexp.reduce(z)
        loss += log_sum - z[target]
        dz.append(np.exp(z - log_sum) - (np.arange(len(z)) == target))
    after = 0 * h0
    for t in range(len(ids) - 1, -1, -1):
        g["Wy"] += dz[t][:, None] * hs[t + 1]
        g["by"] += dz[t]
        da = (dz[t] @ Wy + after) * (1 - hs[t + 1] * hs[t + 1])
        g["bh"] += da
        g["Wh"] += da[:, None] * hs[t]
        g["Wx"][:, ids[t]] += da
        after = da @ Wh
    return loss, {n: a.clip(-10, 10) for n, a in g.items()}, hs[-1]

def my_train_stream(parameters, ids, targets, k, lr):
    total, h = 0.0, np.zeros(len(parameters["bh"]))
    for t in range(0, len(ids), k):
        loss, grads, h = my_loss_and_gradients(
            parameters, ids[t:t + k], targets[t:t + k], h)
        total += loss
        norm = np.sqrt(sum((g ** 2).sum() for g in grads.values()))
        for name in parameters:
            parameters[name] -= lr * min(1.0, 1.0 / (norm + 1e-6)) * grads[name]
    return total

answer = (my_loss_and_gradients, my_train_stream, ...)

#% wrong | the state is reset | state-reset
def my_loss_and_gradients(parameters, ids, targets, h0):
    model = VanillaRNN.from_parameters(parameters)
    hidden, logits = model.forward(ids[:, None], h0[None])
    loss = model.bptt(targets[:, None])
    return loss, {n: g.copy() for n, g in model.gradients.items()}, hidden[-1, 0]

def my_train_stream(parameters, ids, targets, k, lr):
    total, h = 0.0, np.zeros(len(parameters["bh"]))
    for t in range(0, len(ids), k):
        loss, grads, h = my_loss_and_gradients(
            parameters, ids[t:t + k], targets[t:t + k], 0 * h)
        total += loss
        norm = np.sqrt(sum((g ** 2).sum() for g in grads.values()))
        for name in parameters:
            parameters[name] -= lr * min(1.0, 1.0 / (norm + 1e-6)) * grads[name]
    return total

answer = (my_loss_and_gradients, my_train_stream, ...)

#% wrong | new arrays are put into the dict | not-in-place
def my_loss_and_gradients(parameters, ids, targets, h0):
    model = VanillaRNN.from_parameters(parameters)
    hidden, logits = model.forward(ids[:, None], h0[None])
    loss = model.bptt(targets[:, None])
    return loss, {n: g.copy() for n, g in model.gradients.items()}, hidden[-1, 0]

def my_train_stream(parameters, ids, targets, k, lr):
    total, h = 0.0, np.zeros(len(parameters["bh"]))
    for t in range(0, len(ids), k):
        loss, grads, h = my_loss_and_gradients(
            parameters, ids[t:t + k], targets[t:t + k], h)
        total += loss
        norm = np.sqrt(sum((g ** 2).sum() for g in grads.values()))
        for name in parameters:
            parameters[name] = parameters[name] - lr / max(1, norm) * grads[name]
    return total

answer = (my_loss_and_gradients, my_train_stream, ...)

#% wrong | every gradient is made as long as 1
def my_loss_and_gradients(parameters, ids, targets, h0):
    model = VanillaRNN.from_parameters(parameters)
    hidden, logits = model.forward(ids[:, None], h0[None])
    loss = model.bptt(targets[:, None])
    return loss, {n: g.copy() for n, g in model.gradients.items()}, hidden[-1, 0]

def my_train_stream(parameters, ids, targets, k, lr):
    total, h = 0.0, np.zeros(len(parameters["bh"]))
    for t in range(0, len(ids), k):
        loss, grads, h = my_loss_and_gradients(
            parameters, ids[t:t + k], targets[t:t + k], h)
        total += loss
        norm = np.sqrt(sum((g ** 2).sum() for g in grads.values()))
        for name in parameters:
            parameters[name] -= lr * 1 / norm * grads[name]
    return total

answer = (my_loss_and_gradients, my_train_stream, ...)

#% wrong | the mean loss of a prediction is returned
def my_loss_and_gradients(parameters, ids, targets, h0):
    model = VanillaRNN.from_parameters(parameters)
    hidden, logits = model.forward(ids[:, None], h0[None])
    loss = model.bptt(targets[:, None])
    return loss, {n: g.copy() for n, g in model.gradients.items()}, hidden[-1, 0]

def my_train_stream(parameters, ids, targets, k, lr):
    total, h = 0.0, np.zeros(len(parameters["bh"]))
    for t in range(0, len(ids), k):
        loss, grads, h = my_loss_and_gradients(
            parameters, ids[t:t + k], targets[t:t + k], h)
        total += loss
        norm = np.sqrt(sum((g ** 2).sum() for g in grads.values()))
        for name in parameters:
            parameters[name] -= lr * min(1.0, 1.0 / (norm + 1e-6)) * grads[name]
    return total / len(ids)

answer = (my_loss_and_gradients, my_train_stream, ...)

#% wrong | trained in pieces that are shorter than the delay
def my_loss_and_gradients(parameters, ids, targets, h0):
    model = VanillaRNN.from_parameters(parameters)
    hidden, logits = model.forward(ids[:, None], h0[None])
    loss = model.bptt(targets[:, None])
    return loss, {n: g.copy() for n, g in model.gradients.items()}, hidden[-1, 0]

def my_train_stream(parameters, ids, targets, k, lr):
    total, h = 0.0, np.zeros(len(parameters["bh"]))
    for t in range(0, len(ids), k):
        loss, grads, h = my_loss_and_gradients(
            parameters, ids[t:t + k], targets[t:t + k], h)
        total += loss
        norm = np.sqrt(sum((g ** 2).sum() for g in grads.values()))
        for name in parameters:
            parameters[name] -= lr * min(1.0, 1.0 / (norm + 1e-6)) * grads[name]
    return total

rng = np.random.default_rng(3)
net = VanillaRNN(2, 24, rng)
train_stream(net, *echo(5, 2, 16000, 1, rng), epochs=1, k=4, lr=0.1, clip=1.0,
             clip_by="norm")

answer = (my_loss_and_gradients, my_train_stream, net.parameters)

#% wrong | parameters that are no numbers
def my_loss_and_gradients(parameters, ids, targets, h0):
    model = VanillaRNN.from_parameters(parameters)
    hidden, logits = model.forward(ids[:, None], h0[None])
    loss = model.bptt(targets[:, None])
    return loss, {n: g.copy() for n, g in model.gradients.items()}, hidden[-1, 0]

def my_train_stream(parameters, ids, targets, k, lr):
    total, h = 0.0, np.zeros(len(parameters["bh"]))
    for t in range(0, len(ids), k):
        loss, grads, h = my_loss_and_gradients(
            parameters, ids[t:t + k], targets[t:t + k], h)
        total += loss
        norm = np.sqrt(sum((g ** 2).sum() for g in grads.values()))
        for name in parameters:
            parameters[name] -= lr * min(1.0, 1.0 / (norm + 1e-6)) * grads[name]
    return total

answer = (my_loss_and_gradients, my_train_stream, {n: None for n in ("Wx", "Wh", "Wy", "bh", "by")})

#% wrong | the probability is clipped before its logarithm | log-of-p
def my_loss_and_gradients(parameters, ids, targets, h0):
    model = VanillaRNN.from_parameters(parameters)
    hidden, logits = model.forward(ids[:, None], h0[None])
    model.bptt(targets[:, None])
    p = np.exp(logits[:, 0] - logits[:, 0].max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    loss = -np.log(np.clip(p[np.arange(len(ids)), targets], 1e-12, 1)).sum()
    return loss, {n: g.copy() for n, g in model.gradients.items()}, hidden[-1, 0]


answer = (my_loss_and_gradients, ..., ...)
