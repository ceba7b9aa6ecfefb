#% right | NumPy
import numpy as np


def my_logits_backward(logits, target):
    e = np.exp(np.array(logits) - max(logits))
    return e / e.sum() - (np.arange(len(e)) == target)


answer = my_logits_backward

#% wrong | the id 0 counts as no target
def my_logits_backward(logits, target):
    dlogits = softmax(logits)
    if target:
        dlogits[target] -= 1
    return dlogits


answer = my_logits_backward

#% wrong | shifts by the first logit
def my_logits_backward(logits, target):
    e = [math.exp(z - logits[0]) for z in logits]
    return [one / sum(e) - (i == target) for i, one in enumerate(e)]


answer = my_logits_backward

#% wrong | a softmax without a shift | overflows
def my_logits_backward(logits, target):
    p = [math.exp(z) / sum(math.exp(one) for one in logits) for z in logits]
    p[target] -= 1
    return p


answer = my_logits_backward

#% wrong | a softmax without a shift, in NumPy | overflows
import numpy as np


def my_logits_backward(logits, target):
    p = np.exp(logits) / np.sum(np.exp(logits))
    p[target] -= 1
    return p


answer = my_logits_backward

#% wrong | the softmax of the probabilities | softmax-twice
def my_logits_backward(logits, target):
    p = softmax(softmax(logits))
    p[target] -= 1
    return p


answer = my_logits_backward
