#% right | NumPy, rows times columns
def answer(dlogits, h, Wy):
    import numpy as np

    d = np.array(dlogits).reshape(-1, 1)
    return d * np.array(h), d.ravel(), np.array(Wy).T @ d.ravel()


#% right | three arrays in one dict
def answer(dlogits, h, Wy):
    return {
        "dh": [sum(d * w for d, w in zip(dlogits, column)) for column in zip(*Wy)],
        "dWy": [[d * v for v in h] for d in dlogits],
        "dby": dlogits[:],
    }


#% wrong | cut to the range from -5 to 5 | clipped
def answer(dlogits, h, Wy):
    import numpy as np

    dWy, dby, dh = output_backward(dlogits, h, Wy)
    return [np.clip(g, -5, 5) for g in (dWy, dby, dh)]


#% wrong | the return of dh is inside its loop | first-word-only
def answer(dlogits, h, Wy):
    def back():
        dh = [0.0] * len(h)
        for i in range(len(dlogits)):
            for k in range(len(h)):
                dh[k] += dlogits[i] * Wy[i][k]
            return dh

    return [[d * v for v in h] for d in dlogits], list(dlogits), back()


#% wrong | rounded to eight decimals
def answer(dlogits, h, Wy):
    dWy, dby, dh = output_backward(dlogits, h, Wy)
    return dWy, dby, [round(entry, 8) for entry in dh]
