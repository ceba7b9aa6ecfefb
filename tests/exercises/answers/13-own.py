#% right | the biases of the output layer count twice
from rnn_src.mistakes.backward import PIECES, backward, totals
def my_dby(dz):
    return 2 * dz
answer = lambda case: totals(backward(case, PIECES | {"dby": my_dby}))

#% right | the carry of a whole other pass: it gets weaker towards the front
from rnn_src.mistakes.backward import PIECES, backward, totals
def my_carry(Wh, da):
    return 0.3 * Wh.T @ da
def my_wrong_gradients(case):
    return {name: g.tolist() for name, g in totals(backward(case, PIECES | {"carry": my_carry})).items()}
answer = my_wrong_gradients

#% right | it writes into the case that it is given, after its work
from rnn_src.mistakes.backward import PIECES, backward, totals
def my_wrong_gradients(case):
    found = totals(backward(case, PIECES | {"carry": lambda Wh, da: 0.5 * Wh.T @ da}))
    for w in case.parameters.values():
        w[:] = np.nan
    case.ids[:] = 0
    case.h0[:] = 7
    return found
answer = my_wrong_gradients

#% wrong | the right gradients, twice | another-rate
answer = lambda case: {name: 2 * g for name, g in right_gradients(case).items()}

#% wrong | the right gradients, scaled to length 1 | another-rate
def my_wrong_gradients(case):
    found = right_gradients(case)
    length = math.sqrt(sum(float((g**2).sum()) for g in found.values()))
    return {name: g / length for name, g in found.items()}
answer = my_wrong_gradients

#% wrong | a carry kept from call to call
from rnn_src.mistakes.backward import PIECES, backward, totals
kept = [np.zeros(5)]
def my_wrong_gradients(case):
    known = backward(case, PIECES | {"start": lambda H: kept[0]})
    kept[0] = known["carry"]
    return totals(known)
answer = my_wrong_gradients

#% wrong | it trains by itself, in the case, and returns zeros
def my_wrong_gradients(case):
    found = right_gradients(case)
    for name, w in case.parameters.items():
        w -= 0.1 * found[name]
    return {name: 0.0 * g for name, g in found.items()}
answer = my_wrong_gradients

#% wrong | no dict
answer = lambda case: list(right_gradients(case).values())

#% wrong | texts in the dict
answer = lambda case: {name: "0" * 3 + "x" for name in right_gradients(case)}

#% wrong | the forgotten return
from rnn_src.mistakes.backward import PIECES, backward, totals
def nothing(Wh, da):
    Wh.T @ da
answer = lambda case: totals(backward(case, PIECES | {"carry": nothing}))
