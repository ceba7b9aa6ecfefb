#% wrong | everything follows from p | the-probabilities
def answer(s):
    return [1 - s, s], [[2 - 2 * s], [2 * s]], [1 - s, s], [1 - 2 * s]


#% wrong | everything follows from the other target | other-target
def answer(s):
    return [1 - s, s - 1], [[2 - 2 * s], [2 * s - 2]], [1 - s, s - 1], [2 - 2 * s]
