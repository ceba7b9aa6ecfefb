#% wrong | every gradient is cut to the range from -5 to 5
def my_backward(parameters, ids, targets, states, logits):
    T, B = ids.shape
    Wh, Wy = parameters["Wh"], parameters["Wy"]
    p = softmax(logits)
    dlogits = (p - one_hot(targets, len(Wy))) / B
    dh, da, carry = dlogits @ Wy, np.zeros(states[1:].shape), 0
    for t in reversed(range(T)):
        da[t] = (1 - states[t + 1] ** 2) * (dh[t] + carry)
        carry = da[t] @ Wh
    dWx = np.zeros_like(parameters["Wx"])
    np.add.at(dWx.T, ids, da)
    gradients = {"Wx": dWx, "Wh": rows(da).T @ rows(states[:-1]),
                 "Wy": rows(dlogits).T @ rows(states[1:]),
                 "bh": rows(da).sum(axis=0), "by": rows(dlogits).sum(axis=0)}
    for name in gradients:
        gradients[name] = np.clip(gradients[name], -5, 5)
    return gradients, carry
answer = my_backward

#% wrong | every gradient is cut to the range from -10 to 10
def my_backward(parameters, ids, targets, states, logits):
    T, B = ids.shape
    Wh, Wy = parameters["Wh"], parameters["Wy"]
    p = softmax(logits)
    dlogits = (p - one_hot(targets, len(Wy))) / B
    dh, da, carry = dlogits @ Wy, np.zeros(states[1:].shape), 0
    for t in reversed(range(T)):
        da[t] = (1 - states[t + 1] ** 2) * (dh[t] + carry)
        carry = da[t] @ Wh
    dWx = np.zeros_like(parameters["Wx"])
    np.add.at(dWx.T, ids, da)
    gradients = {"Wx": dWx, "Wh": rows(da).T @ rows(states[:-1]),
                 "Wy": rows(dlogits).T @ rows(states[1:]),
                 "bh": rows(da).sum(axis=0), "by": rows(dlogits).sum(axis=0)}
    for name in gradients:
        gradients[name] = np.clip(gradients[name], -10, 10)
    return gradients, carry
answer = my_backward

#% wrong | every gradient is cut to the range from -1000 to 1000
def my_backward(parameters, ids, targets, states, logits):
    T, B = ids.shape
    Wh, Wy = parameters["Wh"], parameters["Wy"]
    p = softmax(logits)
    dlogits = (p - one_hot(targets, len(Wy))) / B
    dh, da, carry = dlogits @ Wy, np.zeros(states[1:].shape), 0
    for t in reversed(range(T)):
        da[t] = (1 - states[t + 1] ** 2) * (dh[t] + carry)
        carry = da[t] @ Wh
    dWx = np.zeros_like(parameters["Wx"])
    np.add.at(dWx.T, ids, da)
    gradients = {"Wx": dWx, "Wh": rows(da).T @ rows(states[:-1]),
                 "Wy": rows(dlogits).T @ rows(states[1:]),
                 "bh": rows(da).sum(axis=0), "by": rows(dlogits).sum(axis=0)}
    for name in gradients:
        gradients[name] = np.clip(gradients[name], -1000, 1000)
    return gradients, carry
answer = my_backward

#% wrong | words that are read twice in a sequence lose a share | shares-lost
def my_backward(parameters, ids, targets, states, logits):
    T, B = ids.shape
    Wh, Wy = parameters["Wh"], parameters["Wy"]
    p = softmax(logits)
    dlogits = (p - one_hot(targets, len(Wy))) / B
    dh, da, carry = dlogits @ Wy, np.zeros(states[1:].shape), 0
    for t in reversed(range(T)):
        da[t] = (1 - states[t + 1] ** 2) * (dh[t] + carry)
        carry = da[t] @ Wh
    dWx = np.zeros_like(parameters["Wx"])
    for b in range(B):
        dWx[:, ids[:, b]] += da[:, b].T
    gradients = {"Wx": dWx, "Wh": rows(da).T @ rows(states[:-1]),
                 "Wy": rows(dlogits).T @ rows(states[1:]),
                 "bh": rows(da).sum(axis=0), "by": rows(dlogits).sum(axis=0)}
    return gradients, carry
answer = my_backward

#% wrong | the word with id 0 gets nothing
def my_backward(parameters, ids, targets, states, logits):
    T, B = ids.shape
    Wh, Wy = parameters["Wh"], parameters["Wy"]
    p = softmax(logits)
    dlogits = (p - one_hot(targets, len(Wy))) / B
    dh, da, carry = dlogits @ Wy, np.zeros(states[1:].shape), 0
    for t in reversed(range(T)):
        da[t] = (1 - states[t + 1] ** 2) * (dh[t] + carry)
        carry = da[t] @ Wh
    dWx = np.zeros_like(parameters["Wx"])
    for t in range(T):
        for b in range(B):
            if ids[t, b]:
                dWx[:, ids[t, b]] += da[t, b]
    gradients = {"Wx": dWx, "Wh": rows(da).T @ rows(states[:-1]),
                 "Wy": rows(dlogits).T @ rows(states[1:]),
                 "bh": rows(da).sum(axis=0), "by": rows(dlogits).sum(axis=0)}
    return gradients, carry
answer = my_backward

#% wrong | softmax without its shift | exp-overflows
def my_backward(parameters, ids, targets, states, logits):
    T, B = ids.shape
    Wh, Wy = parameters["Wh"], parameters["Wy"]
    p = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
    dlogits = (p - one_hot(targets, len(Wy))) / B
    dh, da, carry = dlogits @ Wy, np.zeros(states[1:].shape), 0
    for t in reversed(range(T)):
        da[t] = (1 - states[t + 1] ** 2) * (dh[t] + carry)
        carry = da[t] @ Wh
    dWx = np.zeros_like(parameters["Wx"])
    np.add.at(dWx.T, ids, da)
    gradients = {"Wx": dWx, "Wh": rows(da).T @ rows(states[:-1]),
                 "Wy": rows(dlogits).T @ rows(states[1:]),
                 "bh": rows(da).sum(axis=0), "by": rows(dlogits).sum(axis=0)}
    return gradients, carry
answer = my_backward

#% wrong | softmax shifted by the first logit | exp-overflows
def my_backward(parameters, ids, targets, states, logits):
    T, B = ids.shape
    Wh, Wy = parameters["Wh"], parameters["Wy"]
    p = np.exp(logits - logits[..., :1])
    p /= p.sum(axis=-1, keepdims=True)
    dlogits = (p - one_hot(targets, len(Wy))) / B
    dh, da, carry = dlogits @ Wy, np.zeros(states[1:].shape), 0
    for t in reversed(range(T)):
        da[t] = (1 - states[t + 1] ** 2) * (dh[t] + carry)
        carry = da[t] @ Wh
    dWx = np.zeros_like(parameters["Wx"])
    np.add.at(dWx.T, ids, da)
    gradients = {"Wx": dWx, "Wh": rows(da).T @ rows(states[:-1]),
                 "Wy": rows(dlogits).T @ rows(states[1:]),
                 "bh": rows(da).sum(axis=0), "by": rows(dlogits).sum(axis=0)}
    return gradients, carry
answer = my_backward

#% wrong | softmax shifted by the largest logit of all | exp-overflows
def my_backward(parameters, ids, targets, states, logits):
    T, B = ids.shape
    Wh, Wy = parameters["Wh"], parameters["Wy"]
    p = np.exp(logits - logits.max())
    p /= p.sum(axis=-1, keepdims=True)
    dlogits = (p - one_hot(targets, len(Wy))) / B
    dh, da, carry = dlogits @ Wy, np.zeros(states[1:].shape), 0
    for t in reversed(range(T)):
        da[t] = (1 - states[t + 1] ** 2) * (dh[t] + carry)
        carry = da[t] @ Wh
    dWx = np.zeros_like(parameters["Wx"])
    np.add.at(dWx.T, ids, da)
    gradients = {"Wx": dWx, "Wh": rows(da).T @ rows(states[:-1]),
                 "Wy": rows(dlogits).T @ rows(states[1:]),
                 "bh": rows(da).sum(axis=0), "by": rows(dlogits).sum(axis=0)}
    return gradients, carry
answer = my_backward

#% wrong | softmax over the steps | softmax-over-another-axis
def my_backward(parameters, ids, targets, states, logits):
    T, B = ids.shape
    Wh, Wy = parameters["Wh"], parameters["Wy"]
    p = np.exp(logits - logits.max(axis=0))
    p /= p.sum(axis=0)
    dlogits = (p - one_hot(targets, len(Wy))) / B
    dh, da, carry = dlogits @ Wy, np.zeros(states[1:].shape), 0
    for t in reversed(range(T)):
        da[t] = (1 - states[t + 1] ** 2) * (dh[t] + carry)
        carry = da[t] @ Wh
    dWx = np.zeros_like(parameters["Wx"])
    np.add.at(dWx.T, ids, da)
    gradients = {"Wx": dWx, "Wh": rows(da).T @ rows(states[:-1]),
                 "Wy": rows(dlogits).T @ rows(states[1:]),
                 "bh": rows(da).sum(axis=0), "by": rows(dlogits).sum(axis=0)}
    return gradients, carry
answer = my_backward

#% wrong | softmax over the sequences | softmax-over-another-axis
def my_backward(parameters, ids, targets, states, logits):
    T, B = ids.shape
    Wh, Wy = parameters["Wh"], parameters["Wy"]
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    dlogits = (p - one_hot(targets, len(Wy))) / B
    dh, da, carry = dlogits @ Wy, np.zeros(states[1:].shape), 0
    for t in reversed(range(T)):
        da[t] = (1 - states[t + 1] ** 2) * (dh[t] + carry)
        carry = da[t] @ Wh
    dWx = np.zeros_like(parameters["Wx"])
    np.add.at(dWx.T, ids, da)
    gradients = {"Wx": dWx, "Wh": rows(da).T @ rows(states[:-1]),
                 "Wy": rows(dlogits).T @ rows(states[1:]),
                 "bh": rows(da).sum(axis=0), "by": rows(dlogits).sum(axis=0)}
    return gradients, carry
answer = my_backward

#% wrong | softmax applied twice | softmax-twice
def my_backward(parameters, ids, targets, states, logits):
    T, B = ids.shape
    Wh, Wy = parameters["Wh"], parameters["Wy"]
    p = softmax(softmax(logits))
    dlogits = (p - one_hot(targets, len(Wy))) / B
    dh, da, carry = dlogits @ Wy, np.zeros(states[1:].shape), 0
    for t in reversed(range(T)):
        da[t] = (1 - states[t + 1] ** 2) * (dh[t] + carry)
        carry = da[t] @ Wh
    dWx = np.zeros_like(parameters["Wx"])
    np.add.at(dWx.T, ids, da)
    gradients = {"Wx": dWx, "Wh": rows(da).T @ rows(states[:-1]),
                 "Wy": rows(dlogits).T @ rows(states[1:]),
                 "bh": rows(da).sum(axis=0), "by": rows(dlogits).sum(axis=0)}
    return gradients, carry
answer = my_backward

#% wrong | the sequences are summed | not-divided-by-b
def my_backward(parameters, ids, targets, states, logits):
    T, B = ids.shape
    Wh, Wy = parameters["Wh"], parameters["Wy"]
    p = softmax(logits)
    dlogits = (p - one_hot(targets, len(Wy)))
    dh, da, carry = dlogits @ Wy, np.zeros(states[1:].shape), 0
    for t in reversed(range(T)):
        da[t] = (1 - states[t + 1] ** 2) * (dh[t] + carry)
        carry = da[t] @ Wh
    dWx = np.zeros_like(parameters["Wx"])
    np.add.at(dWx.T, ids, da)
    gradients = {"Wx": dWx, "Wh": rows(da).T @ rows(states[:-1]),
                 "Wy": rows(dlogits).T @ rows(states[1:]),
                 "bh": rows(da).sum(axis=0), "by": rows(dlogits).sum(axis=0)}
    return gradients, carry
answer = my_backward

#% wrong | divided by the number of sequences in the chapter's batch | divided-by-2
def my_backward(parameters, ids, targets, states, logits):
    T, B = ids.shape
    Wh, Wy = parameters["Wh"], parameters["Wy"]
    p = softmax(logits)
    dlogits = (p - one_hot(targets, len(Wy))) / 2
    dh, da, carry = dlogits @ Wy, np.zeros(states[1:].shape), 0
    for t in reversed(range(T)):
        da[t] = (1 - states[t + 1] ** 2) * (dh[t] + carry)
        carry = da[t] @ Wh
    dWx = np.zeros_like(parameters["Wx"])
    np.add.at(dWx.T, ids, da)
    gradients = {"Wx": dWx, "Wh": rows(da).T @ rows(states[:-1]),
                 "Wy": rows(dlogits).T @ rows(states[1:]),
                 "bh": rows(da).sum(axis=0), "by": rows(dlogits).sum(axis=0)}
    return gradients, carry
answer = my_backward

#% wrong | the 1 at the word that was read | ids-for-targets
def my_backward(parameters, ids, targets, states, logits):
    T, B = ids.shape
    Wh, Wy = parameters["Wh"], parameters["Wy"]
    p = softmax(logits)
    dlogits = (p - one_hot(ids, len(Wy))) / B
    dh, da, carry = dlogits @ Wy, np.zeros(states[1:].shape), 0
    for t in reversed(range(T)):
        da[t] = (1 - states[t + 1] ** 2) * (dh[t] + carry)
        carry = da[t] @ Wh
    dWx = np.zeros_like(parameters["Wx"])
    np.add.at(dWx.T, ids, da)
    gradients = {"Wx": dWx, "Wh": rows(da).T @ rows(states[:-1]),
                 "Wy": rows(dlogits).T @ rows(states[1:]),
                 "bh": rows(da).sum(axis=0), "by": rows(dlogits).sum(axis=0)}
    return gradients, carry
answer = my_backward

#% wrong | no gradient beyond twelve steps
def my_backward(parameters, ids, targets, states, logits):
    T, B = ids.shape
    Wh, Wy = parameters["Wh"], parameters["Wy"]
    p = softmax(logits)
    dlogits = (p - one_hot(targets, len(Wy))) / B
    dh, da, carry = dlogits @ Wy, np.zeros(states[1:].shape), 0
    for t in reversed(range(T)):
        da[t] = (1 - states[t + 1] ** 2) * (dh[t] + carry)
        carry = da[t] @ Wh * (T - t <= 12)
    dWx = np.zeros_like(parameters["Wx"])
    np.add.at(dWx.T, ids, da)
    gradients = {"Wx": dWx, "Wh": rows(da).T @ rows(states[:-1]),
                 "Wy": rows(dlogits).T @ rows(states[1:]),
                 "bh": rows(da).sum(axis=0), "by": rows(dlogits).sum(axis=0)}
    return gradients, carry
answer = my_backward

#% right | a loop for the words, log-domain probabilities
def my_backward(parameters, ids, targets, states, logits):
    T, B = ids.shape
    Wh, Wy = parameters["Wh"], parameters["Wy"]
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True))
    dlogits = (p - one_hot(targets, len(Wy))) / B
    dh, da, carry = dlogits @ Wy, np.zeros(states[1:].shape), 0
    for t in reversed(range(T)):
        da[t] = (1 - states[t + 1] ** 2) * (dh[t] + carry)
        carry = da[t] @ Wh
    dWx = np.zeros_like(parameters["Wx"])
    for t in range(T):
        for b in range(B):
            dWx[:, ids[t, b]] += da[t, b]
    gradients = {"Wx": dWx, "Wh": rows(da).T @ rows(states[:-1]),
                 "Wy": rows(dlogits).T @ rows(states[1:]),
                 "bh": rows(da).sum(axis=0), "by": rows(dlogits).sum(axis=0)}
    return gradients, carry
answer = my_backward

#% right | one-hot products
def my_backward(parameters, ids, targets, states, logits):
    T, B = ids.shape
    Wh, Wy = parameters["Wh"], parameters["Wy"]
    p = softmax(logits)
    dlogits = (p - one_hot(targets, len(Wy))) / B
    dh, da, carry = dlogits @ Wy, np.zeros(states[1:].shape), 0
    for t in reversed(range(T)):
        da[t] = (1 - states[t + 1] ** 2) * (dh[t] + carry)
        carry = da[t] @ Wh
    dWx = np.zeros_like(parameters["Wx"])
    dWx = np.einsum("tbh,tbv->hv", da, np.eye(len(Wy))[ids])
    gradients = {"Wx": dWx, "Wh": rows(da).T @ rows(states[:-1]),
                 "Wy": rows(dlogits).T @ rows(states[1:]),
                 "bh": rows(da).sum(axis=0), "by": rows(dlogits).sum(axis=0)}
    return gradients, carry
answer = my_backward
