#% right | NumPy
import numpy as np


def my_softmax(logits):
    z = np.array(logits) - np.max(logits)
    return np.exp(z) / np.exp(z).sum()


answer = my_softmax

#% right | float32
import numpy as np


def my_softmax(logits):
    e = np.exp(np.array(logits, np.float32) - np.float32(max(logits)))
    return e / e.sum()


answer = my_softmax

#% right | by differences, without exponents above 700
def my_softmax(logits):
    def one(own):
        above = [other - own for other in logits]
        return 0.0 if max(above) > 700 else 1 / sum(map(math.exp, above))

    return [one(own) for own in logits]


answer = my_softmax

#% wrong | no exp: wrong everywhere, and not only for logits that are far apart | logits-divided
def my_softmax(logits):
    return [z / sum(logits) for z in logits]


answer = my_softmax

#% wrong | subtracts 700 from all | wrong-shift
def my_softmax(logits):
    e = [math.exp(z - 700) for z in logits]
    return [one / sum(e) for one in e]


answer = my_softmax

#% wrong | subtracts the first | wrong-shift
def my_softmax(logits):
    e = [math.exp(z - logits[0]) for z in logits]
    return [one / sum(e) for one in e]


answer = my_softmax

#% wrong | subtracts the largest size, in NumPy | wrong-shift
import numpy as np


def my_softmax(logits):
    e = np.exp(np.array(logits) - np.abs(logits).max())
    return e / e.sum()


answer = my_softmax

#% wrong | the safe softmax of the exercise before | cut-off
def my_softmax(logits):
    exponentials = [math.exp(min(z, 700)) for z in logits]
    total = sum(exponentials)
    return [e / total for e in exponentials]


answer = my_softmax

#% wrong | NumPy without a shift: nan | overflows
import numpy as np


def my_softmax(logits):
    return np.exp(logits) / np.exp(logits).sum()


answer = my_softmax

#% wrong | without a shift | overflows
def my_softmax(logits):
    e = [math.exp(z) for z in logits]
    return [one / sum(e) for one in e]


answer = my_softmax

#% wrong | never divided, and no shift | not-divided
def my_softmax(logits):
    return [math.exp(z) for z in logits]


answer = my_softmax

#% right | in the domain of logarithms
def my_softmax(logits):
    m = max(logits)
    whole = m + math.log(sum(math.exp(z - m) for z in logits))
    return tuple(math.exp(z - whole) for z in logits)


answer = my_softmax

#% wrong | shifts by 700 at most
def my_softmax(logits):
    e = [math.exp(z - min(max(logits), 700)) for z in logits]
    return [one / sum(e) for one in e]


answer = my_softmax
