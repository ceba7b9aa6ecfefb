#% right | s - s**2
def answer(ds, s):
    return [d * (v - v**2) for d, v in zip(ds, s)]


#% wrong | without brackets | precedence
def answer(ds, s):
    return [d * v * 1 - v for d, v in zip(ds, s)]


#% wrong | divided | divided
def answer(ds, s):
    return [d / (v * (1 - v)) for d, v in zip(ds, s)]


#% wrong | cut to the range from -5 to 5 | clipped
def answer(ds, s):
    return [max(-5, min(5, d * v * (1 - v))) for d, v in zip(ds, s)]
