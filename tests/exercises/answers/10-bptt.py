#% right | arrays all the way, a dict, and the log-domain
import numpy as np
def my_bptt(ids, targets, parameters, h0):
    w = {name: np.array(value, float) for name, value in vars(parameters).items()}
    states = [np.array(h0, float)]
    for i in ids:
        states.append(np.tanh(w["Wx"][:, i] + w["Wh"] @ states[-1] + w["bh"]))
    g = {name: np.zeros_like(value) for name, value in w.items()}
    later = np.zeros(len(h0))
    for t in range(len(ids) - 1, -1, -1):
        z = w["Wy"] @ states[t + 1] + w["by"]
        dz = np.exp(z - np.logaddexp.reduce(z))
        dz[targets[t]] -= 1
        da = (dz @ w["Wy"] + later) / np.cosh(np.arctanh(states[t + 1])) ** 2
        g["Wy"] += np.outer(dz, states[t + 1])
        g["by"] += dz
        g["Wx"][:, ids[t]] += da
        g["Wh"] += np.outer(da, states[t])
        g["bh"] += da
        later = da @ w["Wh"]
    return g, later
answer = my_bptt

#% right | softmax without a shift, from the last step to the first by recursion
def my_bptt(ids, targets, parameters, h0):
    import math
    def walk(t, h_prev):
        if t == len(ids):
            return None, [0.0] * len(h0)
        x = one_hot(ids[t], parameters.vocab_size)
        h, z = rnn_step(x, h_prev, parameters)
        rest, later = walk(t + 1, h)
        e = [math.exp(v) for v in z]
        own, back = rnn_step_backward(x, h_prev, h, z, targets[t], parameters, later)
        return (own if rest is None else add_parameters(rest, own)), back
    return walk(0, h0)
answer = my_bptt

#% wrong | zeros stand for h0 in dWh, at the first step only | dwh-without-the-first
import numpy as np
def my_bptt(ids, targets, parameters, h0):
    gradients, dh0 = bptt(ids, targets, parameters, h0)
    x = one_hot(ids[0], parameters.vocab_size)
    h, _ = rnn_step(x, h0, parameters)
    if len(ids) == 1:
        dh = [0.0] * len(h0)
    else:
        _, dh = bptt(ids[1:], targets[1:], parameters, h)
    _, z = rnn_step(x, h0, parameters)
    share, _ = rnn_step_backward(x, h0, h, z, targets[0], parameters, dh)
    gradients.Wh = (np.array(gradients.Wh) - np.array(share.Wh)).tolist()
    return gradients, dh0
answer = my_bptt

#% wrong | the whole pass begins with zeros | from-zeros
answer = lambda ids, targets, parameters, h0: bptt(ids, targets, parameters, [0.0] * len(h0))

#% wrong | what comes from later steps is added after tanh' | carry-past-tanh
import numpy as np
def my_bptt(ids, targets, parameters, h0):
    w = {name: np.array(value) for name, value in vars(parameters).items()}
    states = [np.array(h0)]
    for i in ids:
        states.append(np.tanh(w["Wx"][:, i] + w["Wh"] @ states[-1] + w["bh"]))
    g = {name: np.zeros_like(value) for name, value in w.items()}
    later = np.zeros(len(h0))
    for t in reversed(range(len(ids))):
        z = w["Wy"] @ states[t + 1] + w["by"]
        dz = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
        dz[targets[t]] -= 1
        da = (1 - states[t + 1] ** 2) * (w["Wy"].T @ dz) + later
        g["Wy"] += np.outer(dz, states[t + 1])
        g["by"] += dz
        g["Wx"][:, ids[t]] += da
        g["Wh"] += np.outer(da, states[t])
        g["bh"] += da
        later = w["Wh"].T @ da
    return g, later
answer = my_bptt

#% wrong | the loop begins one step too early in time: range(T - 2, -1, -1) | last-step-skipped
import numpy as np
def my_bptt(ids, targets, parameters, h0):
    if len(ids) == 1:
        zero = {name: 0 * np.array(w) for name, w in vars(parameters).items()}
        return zero, [0.0] * len(h0)
    return bptt(ids[:-1], targets[:-1], parameters, h0)
answer = my_bptt

#% wrong | a window of 20 steps is left in
def my_bptt(ids, targets, parameters, h0):
    xs, states, logits = run(ids, parameters, h0)
    gradients, dh = None, [0.0] * len(h0)
    for t in reversed(range(len(ids))):
        if (len(ids) - 1 - t) % 20 == 0:
            dh = [0.0] * len(h0)
        share, dh = rnn_step_backward(xs[t], states[t], states[t + 1], logits[t],
                                      targets[t], parameters, dh)
        gradients = share if gradients is None else add_parameters(gradients, share)
    return gradients, dh
answer = my_bptt

#% wrong | the gradients are cut to ±5 before they are returned
import numpy as np
def my_bptt(ids, targets, parameters, h0):
    gradients, dh0 = bptt(ids, targets, parameters, h0)
    return {name: np.clip(g, -5, 5) for name, g in vars(gradients).items()}, dh0
answer = my_bptt

#% wrong | dh is cut to ±10 on its way back
def my_bptt(ids, targets, parameters, h0):
    xs, states, logits = run(ids, parameters, h0)
    gradients, dh = None, [0.0] * len(h0)
    for t in reversed(range(len(ids))):
        share, dh = rnn_step_backward(xs[t], states[t], states[t + 1], logits[t],
                                      targets[t], parameters, dh)
        dh = [min(10.0, max(-10.0, d)) for d in dh]
        gradients = share if gradients is None else add_parameters(gradients, share)
    return gradients, dh
answer = my_bptt

#% wrong | the word with id 0 is never subtracted: `if target:`
def my_bptt(ids, targets, parameters, h0):
    gradients, dh0 = bptt(ids, targets, parameters, h0)
    if 0 in targets:
        by = list(gradients.by)
        by[0] += targets.count(0)
        gradients.by = by
    return gradients, dh0
answer = my_bptt

#% wrong | the step is looked up with ids.index
def my_bptt(ids, targets, parameters, h0):
    xs, states, logits = run(ids, parameters, h0)
    gradients, dh = None, [0.0] * len(h0)
    for i in reversed(ids):
        t = ids.index(i)
        share, dh = rnn_step_backward(xs[t], states[t], states[t + 1], logits[t],
                                      targets[t], parameters, dh)
        gradients = share if gradients is None else add_parameters(gradients, share)
    return gradients, dh
answer = my_bptt

#% wrong | dh0 is the gradient at h_1 | dh0-is-dh1
def my_bptt(ids, targets, parameters, h0):
    xs, states, logits = run(ids, parameters, h0)
    gradients, _ = bptt(ids, targets, parameters, h0)
    later = bptt(ids[1:], targets[1:], parameters, states[1])[1] if ids[1:] else [0.0] * len(h0)
    _, _, own = output_backward(logits_backward(logits[0], targets[0]), states[1], parameters.Wy)
    return gradients, add(own, later)
answer = my_bptt

#% wrong | predictions are compared with the words read | target-is-the-input
answer = lambda ids, targets, parameters, h0: bptt(ids, ids, parameters, h0)
