#% right | the largest minus the target, and then the logarithm
import numpy as np


def my_cross_entropy(logits, target):
    if target not in range(len(logits)):
        raise ValueError("no such word")
    z = np.array(logits)
    return z.max() - z[target] + np.log(np.exp(z - z.max()).sum())


answer = my_cross_entropy

#% right | logarithms added one by one
import numpy as np


def my_cross_entropy(logits, target):
    if not 0 <= target < len(logits):
        raise ValueError("no such word")
    z = np.float32(logits) - np.float32(max(logits))
    return np.logaddexp.reduce(z) - z[target]


answer = my_cross_entropy

#% wrong | adds the largest logit back, which the chapter warns of | added-back
def my_cross_entropy(logits, target):
    if not 0 <= target < len(logits):
        raise ValueError("no such word")
    m = max(logits)
    return m + math.log(sum(math.exp(z - m) for z in logits)) - logits[target]


answer = my_cross_entropy

#% wrong | the id 0 is out of range
def my_cross_entropy(logits, target):
    if not 0 < target < len(logits):
        raise ValueError("no such word")
    m = max(logits)
    return math.log(sum(math.exp(z - m) for z in logits)) - (logits[target] - m)


answer = my_cross_entropy

#% wrong | shifts by the first logit
def my_cross_entropy(logits, target):
    if not 0 <= target < len(logits):
        raise ValueError("no such word")
    m = logits[0]
    return math.log(sum(math.exp(z - m) for z in logits)) - (logits[target] - m)


answer = my_cross_entropy

#% wrong | minus the logarithm of the softmax | logarithm-of-zero
def my_cross_entropy(logits, target):
    if not 0 <= target < len(logits):
        raise ValueError("no such word")
    return -math.log(softmax(logits)[target])


answer = my_cross_entropy

#% wrong | minus the logarithm of the softmax, in NumPy | logarithm-of-zero
import numpy as np


def my_cross_entropy(logits, target):
    if not 0 <= target < len(logits):
        raise ValueError("no such word")
    e = np.exp(np.array(logits) - max(logits))
    return -np.log(e / e.sum())[target]


answer = my_cross_entropy

#% wrong | cut off at 1e-12 | something-tiny-added
def my_cross_entropy(logits, target):
    if not 0 <= target < len(logits):
        raise ValueError("no such word")
    return -math.log(max(softmax(logits)[target], 1e-12))


answer = my_cross_entropy

#% wrong | no shift | overflows
def my_cross_entropy(logits, target):
    if not 0 <= target < len(logits):
        raise ValueError("no such word")
    return math.log(sum(math.exp(z) for z in logits)) - logits[target]


answer = my_cross_entropy

#% wrong | refuses -1 only | not-refused
def my_cross_entropy(logits, target):
    if target == -1 or target >= len(logits):
        raise ValueError("no such word")
    m = max(logits)
    return math.log(sum(math.exp(z - m) for z in logits)) - (logits[target] - m)


answer = my_cross_entropy

#% wrong | subtracts the target's logit, and then adds the largest | added-back
def my_cross_entropy(logits, target):
    if not 0 <= target < len(logits):
        raise ValueError("no such word")
    m = max(logits)
    return math.log(sum(math.exp(z - m) for z in logits)) - logits[target] + m


answer = my_cross_entropy

#% wrong | shifts by -700 at least
def my_cross_entropy(logits, target):
    if not 0 <= target < len(logits):
        raise ValueError("no such word")
    m = max(max(logits), -700)
    return math.log(sum(math.exp(z - m) for z in logits)) - (logits[target] - m)


answer = my_cross_entropy
