#% right | by the whole outer product
def answer(dlogits, h):
    dWy = outer(dlogits, h)
    return dWy[0][0] + dWy[2][1]


#% wrong | the last word and the last unit
def answer(dlogits, h):
    return dlogits[0] * h[0] + dlogits[-1] * h[-1]


#% wrong | cut to the range from -5 to 5
def answer(dlogits, h):
    return max(-5, min(5, dlogits[0] * h[0] + dlogits[2] * h[1]))
