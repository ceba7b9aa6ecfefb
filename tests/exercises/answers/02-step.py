#% right | NumPy, and the column instead of the product
import numpy as np


def my_step(x, h_prev, parameters):
    p = {name: np.array(value) for name, value in vars(parameters).items()}
    h = np.tanh(p["Wx"][:, x.index(1)] + p["Wh"] @ np.array(h_prev) + p["bh"])
    return h, p["Wy"] @ h + p["by"]


answer = my_step

#% wrong | as many units as the chapter's network has words or units
def my_step(x, h_prev, parameters):
    a = [
        sum(w * v for w, v in zip(row, x))
        + sum(w * v for w, v in zip(past, h_prev))
        + b
        for row, past, b in zip(parameters.Wx, parameters.Wh[:8], parameters.bh)
    ]
    h = [math.tanh(v) for v in a]
    return h, add(matvec(parameters.Wy, h), parameters.by)


answer = my_step

#% wrong | a tanh of two exp, which overflows
def my_step(x, h_prev, parameters):
    a = add(
        add(matvec(parameters.Wx, x), matvec(parameters.Wh, h_prev)), parameters.bh
    )
    h = [(math.exp(v) - math.exp(-v)) / (math.exp(v) + math.exp(-v)) for v in a]
    return h, add(matvec(parameters.Wy, h), parameters.by)


answer = my_step

#% wrong | the bias of the state outside of tanh | bias-outside
def my_step(x, h_prev, parameters):
    a = add(matvec(parameters.Wx, x), matvec(parameters.Wh, h_prev))
    h = add(tanh(a), parameters.bh)
    return h, add(matvec(parameters.Wy, h), parameters.by)


answer = my_step

#% wrong | the two results exchanged | exchanged
def my_step(x, h_prev, parameters):
    return rnn_step(x, h_prev, parameters)[::-1]


answer = my_step

#% wrong | the state is returned without tanh, the logits are right | no-tanh
def my_step(x, h_prev, parameters):
    a = add(
        add(matvec(parameters.Wx, x), matvec(parameters.Wh, h_prev)), parameters.bh
    )
    return a, add(matvec(parameters.Wy, tanh(a)), parameters.by)


answer = my_step

#% wrong | the state is overwritten unit by unit | overwritten
def my_step(x, h_prev, parameters):
    h = list(h_prev)
    for k in range(len(h)):
        h[k] = math.tanh(
            sum(w * v for w, v in zip(parameters.Wx[k], x))
            + sum(w * v for w, v in zip(parameters.Wh[k], h))
            + parameters.bh[k]
        )
    return h, add(matvec(parameters.Wy, h), parameters.by)


answer = my_step
