#% right | NumPy, float32
import numpy as np


def my_step_gradients(logits, targets, t):
    z = np.array(logits[t], np.float32)
    e = np.exp(z - z.max())
    dz = e / e.sum() - np.eye(len(e), dtype=np.float32)[targets[t]]
    return dz, dz / len(targets)


answer = my_step_gradients

#% wrong | the id 0 counts as no target
def my_step_gradients(logits, targets, t):
    dz = softmax(logits[t])
    if targets[t]:
        dz[targets[t]] -= 1
    return dz, [v / len(logits) for v in dz]


answer = my_step_gradients

#% wrong | divides by the printed 3 | divided-by-three
def my_step_gradients(logits, targets, t):
    dz = logits_backward(logits[t], targets[t])
    return dz, [v / 3 for v in dz]


answer = my_step_gradients

#% wrong | all steps in the mean alone | all-steps
def my_step_gradients(logits, targets, t):
    every = [logits_backward(z, y) for z, y in zip(logits, targets)]
    return every[t], [sum(column) / len(logits) for column in zip(*every)]


answer = my_step_gradients

#% wrong | looks the target up by its first place
def my_step_gradients(logits, targets, t):
    place = targets.index(targets[t])
    dz = logits_backward(logits[place], targets[t])
    return dz, [v / len(logits) for v in dz]


answer = my_step_gradients
