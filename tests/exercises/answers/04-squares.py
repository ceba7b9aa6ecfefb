#% right | without the matrix
def my_squares_backward(logits, target):
    p = softmax(logits)
    dp = [share - (i == target) for i, share in enumerate(p)]
    mean = sum(share * one for share, one in zip(p, dp))
    return [share * (one - mean) for share, one in zip(p, dp)]


answer = my_squares_backward

#% right | NumPy, float32
import numpy as np


def my_squares_backward(logits, target):
    z = np.array(logits, np.float32)
    e = np.exp(z - z.max())
    p = e / e.sum()
    return (np.diag(p) - np.outer(p, p)) @ (p - np.eye(len(p), dtype=np.float32)[target])


answer = my_squares_backward

#% wrong | the id 0 counts as no target
def my_squares_backward(logits, target):
    p = softmax(logits)
    jacobian = softmax_jacobian(p)
    dp = list(p)
    if target:
        dp[target] -= 1
    return [sum(dp[i] * jacobian[i][j] for i in range(len(p))) for j in range(len(p))]


answer = my_squares_backward

#% wrong | the gradient of the cross-entropy | at-the-probabilities
def my_squares_backward(logits, target):
    return logits_backward(logits, target)


answer = my_squares_backward

#% wrong | p for the Jacobian | first-half
def my_squares_backward(logits, target):
    p = softmax(logits)
    return [share * (share - (i == target)) for i, share in enumerate(p)]


answer = my_squares_backward
