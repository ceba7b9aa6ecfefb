#% right | forwards, with the slope beside the state
def answer(w, x, h0, cuts):
    h, slope = h0, 0
    for t in range(1, len(x) + 1):
        if t in cuts:
            slope = 0
        h, slope = w * h + x[t - 1], h + w * slope
    return slope


#% right | backwards, until a cut
def answer(w, x, h0, cuts):
    states = [h0]
    for word in x:
        states.append(w * states[-1] + word)
    total, dh = 0, 1
    for t in range(len(x), 0, -1):
        total += dh * states[t - 1]
        dh *= w
        if t in cuts:
            break
    return total


#% wrong | the full gradient | not-cut
def answer(w, x, h0, cuts):
    h, slope = h0, 0
    for word in x:
        h, slope = w * h + word, h + w * slope
    return slope


#% wrong | stops before the step after the cut | number-forgotten
def answer(w, x, h0, cuts):
    states = [h0]
    for word in x:
        states.append(w * states[-1] + word)
    total, dh = 0, 1
    for t in range(len(x), 0, -1):
        if t in cuts:
            break
        total += dh * states[t - 1]
        dh *= w
    return total


#% wrong | counts the steps of the cuts from 0 | cut-one-early
def answer(w, x, h0, cuts):
    h, slope = h0, 0
    for t, word in enumerate(x):
        if t + 1 in [c - 1 for c in cuts]:
            slope = 0
        h, slope = w * h + word, h + w * slope
    return slope
