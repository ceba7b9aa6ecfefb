#% right | with NumPy, stacked
def answer(x, h, c, Wx, Wh, b):
    a = np.array(Wx) @ x + np.array(Wh) @ h + b
    i, f, g, o = np.split(a, 4)
    i, f, o = (1 / (1 + np.exp(-v)) for v in (i, f, o))
    c = f * np.array(c) + i * np.tanh(g)
    return o * np.tanh(c), c

#% wrong | the list that was given is changed | changed-input
def answer(x, h, c, Wx, Wh, b):
    a = np.array(Wx) @ x + np.array(Wh) @ h + b
    i, f, g, o = np.split(a, 4)
    i, f, o = (1 / (1 + np.exp(-v)) for v in (i, f, o))
    c[:] = f * np.array(c) + i * np.tanh(g)
    return o * np.tanh(c), c
