#% right | arrays, and the gradient found from the package
import numpy as np
def my_beginning(ids, targets, parameters, h0, lr, updates):
    h = np.array(h0)
    while updates:
        h, updates = h - lr * np.array(bptt(ids, targets, parameters, h.tolist())[1]), updates - 1
    return h
answer = my_beginning

#% wrong | one update too few | one-too-few
def my_beginning(ids, targets, parameters, h0, lr, updates):
    for _ in range(1, updates):
        _, slope = bptt(ids, targets, parameters, h0)
        h0 = [value - lr * d for value, d in zip(h0, slope)]
    return h0
answer = my_beginning

#% wrong | the gradient is cut to ±5
def my_beginning(ids, targets, parameters, h0, lr, updates):
    for _ in range(updates):
        _, slope = bptt(ids, targets, parameters, h0)
        h0 = [value - lr * max(-5, min(5, d)) for value, d in zip(h0, slope)]
    return h0
answer = my_beginning

#% wrong | never more than ten updates
def my_beginning(ids, targets, parameters, h0, lr, updates):
    for _ in range(min(updates, 10)):
        _, slope = bptt(ids, targets, parameters, h0)
        h0 = [value - lr * d for value, d in zip(h0, slope)]
    return h0
answer = my_beginning

#% wrong | the new state is kept within -1 and 1
def my_beginning(ids, targets, parameters, h0, lr, updates):
    for _ in range(updates):
        _, slope = bptt(ids, targets, parameters, h0)
        h0 = [max(-1, min(1, value - lr * d)) for value, d in zip(h0, slope)]
    return h0
answer = my_beginning

#% wrong | a rate above 1 is taken for 1
def my_beginning(ids, targets, parameters, h0, lr, updates):
    for _ in range(updates):
        _, slope = bptt(ids, targets, parameters, h0)
        h0 = [value - min(lr, 1) * d for value, d in zip(h0, slope)]
    return h0
answer = my_beginning

#% wrong | stops as soon as the gradient is short
import numpy as np
def my_first_state(ids, targets, parameters, h0, lr, updates):
    h0 = list(h0)
    for _ in range(updates):
        dh0 = bptt(ids, targets, parameters, h0)[1]
        if np.linalg.norm(dh0) < 0.05:
            break
        h0 = [h - lr * d for h, d in zip(h0, dh0)]
    return h0
answer = my_first_state
