#% right | (1 - h)(1 + h), by map
def answer(dh, h):
    return list(map(lambda d, v: d * (1 - v) * (1 + v), dh, h))


#% wrong | divided by tanh' | divided-by-tanh-prime
def answer(dh, h):
    return [d / (1 - v * v) for d, v in zip(dh, h)]


#% wrong | the sign inside tanh' | plus-the-square
def answer(dh, h):
    return [d * (1 + v**2) for d, v in zip(dh, h)]


#% wrong | without brackets | precedence
def answer(dh, h):
    return [d * 1 - v**2 for d, v in zip(dh, h)]


#% wrong | a caret for a power | caret
def answer(dh, h):
    return [d * (1 - v ^ 2) for d, v in zip(dh, h)]


#% wrong | cut to the range from -10 to 10 | clipped
def answer(dh, h):
    return [max(-10, min(10, d * (1 - v**2))) for d, v in zip(dh, h)]


#% wrong | only seven units
def answer(dh, h):
    return [dh[k] * (1 - h[k] ** 2) for k in range(min(7, len(h)))]
