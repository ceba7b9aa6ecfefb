#% right | each gate by its own line, stacked by hstack
def answer(dh, dc_later, i, f, g, o, c, c_prev):
    shown = np.tanh(c)
    dc = dc_later + dh * o / np.cosh(c) ** 2
    return np.hstack([dc * g * (i - i * i), dc * c_prev * (f - f * f),
                      dc * i * (1 - g) * (1 + g), dh * shown * (o - o * o)]), f * dc

#% wrong | the state squared for the cell's tanh | tanh-prime-from-h
def answer(dh, dc_later, i, f, g, o, c, c_prev):
    h = o * np.tanh(c)
    dc = dh * o * (1 - h ** 2) + dc_later
    return np.concatenate([dc * g * i * (1 - i), dc * c_prev * f * (1 - f),
                           dc * i * (1 - g ** 2), dh * np.tanh(c) * o * (1 - o)]), dc * f

#% wrong | the forget gate once more | forgotten-twice
def answer(dh, dc_later, i, f, g, o, c, c_prev):
    dc = dh * o * (1 - np.tanh(c) ** 2) + dc_later * f
    return np.concatenate([dc * g * i * (1 - i), dc * c_prev * f * (1 - f),
                           dc * i * (1 - g ** 2), dh * np.tanh(c) * o * (1 - o)]), dc * f

#% wrong | a derivative of the sigmoid that takes pre-activations | sigmoid-prime-of-gates
def slope(a):
    return 1 / (1 + np.exp(-a)) * (1 - 1 / (1 + np.exp(-a)))

def answer(dh, dc_later, i, f, g, o, c, c_prev):
    dc = dh * o * (1 - np.tanh(c) ** 2) + dc_later
    return np.concatenate([dc * g * slope(i), dc * c_prev * slope(f),
                           dc * i * (1 - g ** 2), dh * np.tanh(c) * slope(o)]), dc * f

#% wrong | all four from dc | do-from-dc
def answer(dh, dc_later, i, f, g, o, c, c_prev):
    dc = dh * o * (1 - np.tanh(c) ** 2) + dc_later
    return np.concatenate([dc * g * i * (1 - i), dc * c_prev * f * (1 - f),
                           dc * i * (1 - g ** 2), dc * np.tanh(c) * o * (1 - o)]), dc * f
