#% right | in NumPy, the softmax by logarithms
def answer(x, h_prev, h, logits, target, parameters):
    import numpy as np

    z, Wy, Wh = np.array(logits), np.array(parameters.Wy), np.array(parameters.Wh)
    d = np.exp(z - np.logaddexp.reduce(z))
    d[target] -= 1
    da = (d @ Wy) * (1 - np.array(h) ** 2)
    gradients = {"Wx": np.outer(da, x), "Wh": np.outer(da, h_prev)}
    return gradients | {"Wy": np.outer(d, h), "bh": da, "by": d}, da @ Wh


#% right | goes forward once more
def answer(x, h_prev, h, logits, target, parameters):
    h, logits = rnn_step(x, h_prev, parameters)
    g, dh_prev = rnn_step_backward(x, h_prev, h, logits, target, parameters)
    return g, dh_prev


#% wrong | all gradients cut to the range from -5 to 5
def answer(x, h_prev, h, logits, target, parameters):
    import numpy as np

    g, dh_prev = rnn_step_backward(x, h_prev, h, logits, target, parameters)
    cut = {name: np.clip(values, -5, 5) for name, values in vars(g).items()}
    return cut, dh_prev


#% wrong | the target with id 0 is taken for no target
def answer(x, h_prev, h, logits, target, parameters):
    from rnn_src.words import softmax

    p = softmax(logits)
    if target:
        p[target] -= 1
    dWy, dby, dh = output_backward(p, h, parameters.Wy)
    dWx, dWh, dbh, dh_prev = hidden_backward(
        tanh_backward(dh, h), x, h_prev, parameters.Wh
    )
    return {"Wx": dWx, "Wh": dWh, "Wy": dWy, "bh": dbh, "by": dby}, dh_prev


#% wrong | the softmax is shifted by the first logit
def answer(x, h_prev, h, logits, target, parameters):
    e = [math.exp(z - logits[0]) for z in logits]
    p = [entry / sum(e) for entry in e]
    p[target] -= 1
    dWy, dby, dh = output_backward(p, h, parameters.Wy)
    dWx, dWh, dbh, dh_prev = hidden_backward(
        tanh_backward(dh, h), x, h_prev, parameters.Wh
    )
    return {"Wx": dWx, "Wh": dWh, "Wy": dWy, "bh": dbh, "by": dby}, dh_prev
