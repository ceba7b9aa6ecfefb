#% right | one row of the batch at a time, and a plain start
def my_gru(parameters, ids, targets, h0):
    p, H = parameters, len(h0)
    g = {k: np.zeros_like(v) for k, v in p.items()}
    h, tape, loss = h0, [], 0.0
    for word, target in zip(ids, targets):
        u = p["Wx"][:, word] + p["bx"]
        m = p["Wh"].dot(h) + p["bh"]
        r = 1 / (1 + np.exp(-u[:H] - m[:H]))
        z = 1 / (1 + np.exp(-u[H:-H] - m[H:-H]))
        n = np.tanh(u[-H:] + r * m[-H:])
        new = n + z * (h - n)
        y = p["Wy"].dot(new) + p["by"]
        log_sum = np.logaddexp.reduce(y)
        loss += log_sum - y[target]
        dy = np.exp(y - log_sum) - (np.arange(len(y)) == target)
        tape.append((word, h, r, z, n, m[-H:], new, dy))
        h = new
    after = np.zeros(H)
    for word, before, r, z, n, m, new, dy in tape[::-1]:
        g["by"] += dy
        g["Wy"] += dy[:, None] * new
        dh = p["Wy"].T.dot(dy) + after
        dn = dh * (1 - z) * (1 - n * n)
        dz = dh * (before - n) * z * (1 - z)
        dr = dn * m * r * (1 - r)
        for part, own, other in ((0, dr, dr), (1, dz, dz), (2, dn, dn * r)):
            rows = slice(part * H, part * H + H)
            g["Wx"][rows, word] += own
            g["bx"][rows] += own
            g["Wh"][rows] += other[:, None] * before
            g["bh"][rows] += other
        after = dh * z + p["Wh"].T.dot(np.concatenate([dr, dz, dn * r]))
    return loss, g, h

net = LSTM(len(my_characters), 24, np.random.default_rng(5))
rule = Adam()
for _ in range(2):
    state = None
    x, y = streams(my_ids, 12)
    for at in range(0, len(x), 30):
        net.forward(x[at:at + 30], state)
        net.bptt(y[at:at + 30])
        state = net.final.copy()
        net.step(0.02, rule=rule)

answer = (my_gru, dict(net.parameters))

#% wrong | the gradients are still zeros | all-zero
def my_gru(parameters, ids, targets, h0):
    p, H = parameters, len(h0)
    h, loss = h0, 0.0
    for word, target in zip(ids, targets):
        u = p["Wx"][:, word] + p["bx"]
        m = p["Wh"].dot(h) + p["bh"]
        r, z = (1 / (1 + np.exp(-u[a] - m[a])) for a in (slice(H), slice(H, 2 * H)))
        n = np.tanh(u[-H:] + r * m[-H:])
        h = (1 - z) * n + z * h
        y = p["Wy"].dot(h) + p["by"]
        loss += np.logaddexp.reduce(y) - y[target]
    return loss, {k: 0 * v for k, v in p.items()}, h

answer = (my_gru, ...)

#% wrong | back through thirteen steps at most
def my_gru(parameters, ids, targets, h0):
    p, H = parameters, len(h0)
    g = {k: np.zeros_like(v) for k, v in p.items()}
    h, tape, loss = h0, [], 0.0
    for word, target in zip(ids, targets):
        u = p["Wx"][:, word] + p["bx"]
        m = p["Wh"].dot(h) + p["bh"]
        r = 1 / (1 + np.exp(-u[:H] - m[:H]))
        z = 1 / (1 + np.exp(-u[H:-H] - m[H:-H]))
        n = np.tanh(u[-H:] + r * m[-H:])
        new = n + z * (h - n)
        y = p["Wy"].dot(new) + p["by"]
        log_sum = np.logaddexp.reduce(y)
        loss += log_sum - y[target]
        dy = np.exp(y - log_sum) - (np.arange(len(y)) == target)
        tape.append((word, h, r, z, n, m[-H:], new, dy))
        h = new
    after = np.zeros(H)
    for back, (word, before, r, z, n, m, new, dy) in enumerate(tape[::-1]):
        g["by"] += dy
        g["Wy"] += dy[:, None] * new
        dh = p["Wy"].T.dot(dy) + after
        dn = dh * (1 - z) * (1 - n * n)
        dz = dh * (before - n) * z * (1 - z)
        dr = dn * m * r * (1 - r)
        for part, own, other in ((0, dr, dr), (1, dz, dz), (2, dn, dn * r)):
            rows = slice(part * H, part * H + H)
            g["Wx"][rows, word] += own
            g["bx"][rows] += own
            g["Wh"][rows] += other[:, None] * before
            g["bh"][rows] += other
        after = 0 * dh if back == 12 else dh * z + p["Wh"].T.dot(np.concatenate([dr, dz, dn * r]))
    return loss, g, h

answer = (my_gru, ...)

#% wrong | gradients that are clipped
def my_gru(parameters, ids, targets, h0):
    p, H = parameters, len(h0)
    g = {k: np.zeros_like(v) for k, v in p.items()}
    h, tape, loss = h0, [], 0.0
    for word, target in zip(ids, targets):
        u = p["Wx"][:, word] + p["bx"]
        m = p["Wh"].dot(h) + p["bh"]
        r = 1 / (1 + np.exp(-u[:H] - m[:H]))
        z = 1 / (1 + np.exp(-u[H:-H] - m[H:-H]))
        n = np.tanh(u[-H:] + r * m[-H:])
        new = n + z * (h - n)
        y = p["Wy"].dot(new) + p["by"]
        log_sum = np.logaddexp.reduce(y)
        loss += log_sum - y[target]
        dy = np.exp(y - log_sum) - (np.arange(len(y)) == target)
        tape.append((word, h, r, z, n, m[-H:], new, dy))
        h = new
    after = np.zeros(H)
    for word, before, r, z, n, m, new, dy in tape[::-1]:
        g["by"] += dy
        g["Wy"] += dy[:, None] * new
        dh = p["Wy"].T.dot(dy) + after
        dn = dh * (1 - z) * (1 - n * n)
        dz = dh * (before - n) * z * (1 - z)
        dr = dn * m * r * (1 - r)
        for part, own, other in ((0, dr, dr), (1, dz, dz), (2, dn, dn * r)):
            rows = slice(part * H, part * H + H)
            g["Wx"][rows, word] += own
            g["bx"][rows] += own
            g["Wh"][rows] += other[:, None] * before
            g["bh"][rows] += other
        after = dh * z + p["Wh"].T.dot(np.concatenate([dr, dz, dn * r]))
    return loss, {k: np.clip(v, -5, 5) for k, v in g.items()}, h

answer = (my_gru, ...)

#% wrong | means over the steps | mean-over-steps
def my_gru(parameters, ids, targets, h0):
    p, H = parameters, len(h0)
    g = {k: np.zeros_like(v) for k, v in p.items()}
    h, tape, loss = h0, [], 0.0
    for word, target in zip(ids, targets):
        u = p["Wx"][:, word] + p["bx"]
        m = p["Wh"].dot(h) + p["bh"]
        r = 1 / (1 + np.exp(-u[:H] - m[:H]))
        z = 1 / (1 + np.exp(-u[H:-H] - m[H:-H]))
        n = np.tanh(u[-H:] + r * m[-H:])
        new = n + z * (h - n)
        y = p["Wy"].dot(new) + p["by"]
        log_sum = np.logaddexp.reduce(y)
        loss += log_sum - y[target]
        dy = np.exp(y - log_sum) - (np.arange(len(y)) == target)
        tape.append((word, h, r, z, n, m[-H:], new, dy))
        h = new
    after = np.zeros(H)
    for word, before, r, z, n, m, new, dy in tape[::-1]:
        g["by"] += dy
        g["Wy"] += dy[:, None] * new
        dh = p["Wy"].T.dot(dy) + after
        dn = dh * (1 - z) * (1 - n * n)
        dz = dh * (before - n) * z * (1 - z)
        dr = dn * m * r * (1 - r)
        for part, own, other in ((0, dr, dr), (1, dz, dz), (2, dn, dn * r)):
            rows = slice(part * H, part * H + H)
            g["Wx"][rows, word] += own
            g["bx"][rows] += own
            g["Wh"][rows] += other[:, None] * before
            g["bh"][rows] += other
        after = dh * z + p["Wh"].T.dot(np.concatenate([dr, dz, dn * r]))
    return loss / len(ids), {k: v / len(ids) for k, v in g.items()}, h

answer = (my_gru, ...)

#% wrong | a word's column is set, not added to | one-share-of-a-word
def my_gru(parameters, ids, targets, h0):
    p, H = parameters, len(h0)
    g = {k: np.zeros_like(v) for k, v in p.items()}
    h, tape, loss = h0, [], 0.0
    for word, target in zip(ids, targets):
        u = p["Wx"][:, word] + p["bx"]
        m = p["Wh"].dot(h) + p["bh"]
        r = 1 / (1 + np.exp(-u[:H] - m[:H]))
        z = 1 / (1 + np.exp(-u[H:-H] - m[H:-H]))
        n = np.tanh(u[-H:] + r * m[-H:])
        new = n + z * (h - n)
        y = p["Wy"].dot(new) + p["by"]
        log_sum = np.logaddexp.reduce(y)
        loss += log_sum - y[target]
        dy = np.exp(y - log_sum) - (np.arange(len(y)) == target)
        tape.append((word, h, r, z, n, m[-H:], new, dy))
        h = new
    after = np.zeros(H)
    for word, before, r, z, n, m, new, dy in tape[::-1]:
        g["by"] += dy
        g["Wy"] += dy[:, None] * new
        dh = p["Wy"].T.dot(dy) + after
        dn = dh * (1 - z) * (1 - n * n)
        dz = dh * (before - n) * z * (1 - z)
        dr = dn * m * r * (1 - r)
        for part, own, other in ((0, dr, dr), (1, dz, dz), (2, dn, dn * r)):
            rows = slice(part * H, part * H + H)
            g["Wx"][rows, word] = own
            g["bx"][rows] += own
            g["Wh"][rows] += other[:, None] * before
            g["bh"][rows] += other
        after = dh * z + p["Wh"].T.dot(np.concatenate([dr, dz, dn * r]))
    return loss, g, h

answer = (my_gru, ...)
