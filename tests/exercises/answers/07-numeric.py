#% right | a NumPy array, nudged along a row of the identity
def answer(loss, vector, epsilon):
    import numpy as np

    v = np.array(vector)
    return [
        (loss(v + epsilon * e) - loss(v - epsilon * e)) / 2 / epsilon
        for e in np.eye(len(v))
    ]


#% wrong | without brackets | precedence
def answer(loss, vector, epsilon):
    slopes = []
    for i in range(len(vector)):
        up, down = list(vector), list(vector)
        up[i] += epsilon
        down[i] -= epsilon
        slopes.append((loss(up) - loss(down)) / 2 * epsilon)
    return slopes


#% wrong | up and down are one list | one-list
def answer(loss, vector, epsilon):
    slopes = []
    for i in range(len(vector)):
        up = down = list(vector)
        up[i] += epsilon
        down[i] -= epsilon
        slopes.append((loss(up) - loss(down)) / (2 * epsilon))
    return slopes


#% wrong | up and down are the caller's list, nudged and put back | put-back-rounded
def answer(loss, vector, epsilon):
    slopes = []
    for i in range(len(vector)):
        vector[i] += epsilon
        above = loss(vector)
        vector[i] -= 2 * epsilon
        below = loss(vector)
        vector[i] += epsilon
        slopes.append((above - below) / (2 * epsilon))
    return slopes


#% wrong | loss without its list | loss-of-nothing
def answer(loss, vector, epsilon):
    slopes = []
    for i in range(len(vector)):
        vector[i] += epsilon
        above = loss()
        vector[i] -= 2 * epsilon
        slopes.append((above - loss()) / (2 * epsilon))
    return slopes


#% wrong | the place is looked up by the value
def answer(loss, vector, epsilon):
    slopes = []
    for value in vector:
        i = vector.index(value)
        up, down = list(vector), list(vector)
        up[i] += epsilon
        down[i] -= epsilon
        slopes.append((loss(up) - loss(down)) / (2 * epsilon))
    return slopes

#% wrong | an array of whole numbers cuts the nudge off
import numpy as np
def my_numeric(loss, vector, epsilon):
    slopes = []
    for k in range(len(vector)):
        up, down = np.array(vector), np.array(vector)
        up[k] += epsilon if up.dtype.kind == "f" else int(epsilon)
        down[k] -= epsilon if up.dtype.kind == "f" else int(epsilon)
        slopes.append((loss(up) - loss(down)) / (2 * epsilon))
    return slopes
answer = my_numeric
