#% right | a new Parameters, by slices
def answer(parameters, i, j):
    from copy import deepcopy

    p = deepcopy(parameters)
    for rows in (p.Wx, p.Wh, p.bh):
        rows[i], rows[j] = rows[j], rows[i]
    for row in p.Wh + p.Wy:
        row[i], row[j] = row[j], row[i]
        row[i] *= -1
    p.Wx[i] = [-w for w in p.Wx[i]]
    p.Wh[i] = [-w for w in p.Wh[i]]
    p.bh[i] *= -1
    return p


#% wrong | the sign of the unit at j is turned | turned-at-j
def answer(parameters, i, j):
    from copy import deepcopy

    p = deepcopy(parameters)
    for rows in (p.Wx, p.Wh, p.bh):
        rows[i], rows[j] = rows[j], rows[i]
    for row in p.Wh + p.Wy:
        row[i], row[j] = row[j], row[i]
        row[j] *= -1
    p.Wx[j] = [-w for w in p.Wx[j]]
    p.Wh[j] = [-w for w in p.Wh[j]]
    p.bh[j] *= -1
    return p


#% wrong | units 0 and 1, whichever are asked for
def answer(parameters, i, j):
    from copy import deepcopy

    p, i, j = deepcopy(parameters), 0, 1
    for rows in (p.Wx, p.Wh, p.bh):
        rows[i], rows[j] = rows[j], rows[i]
    for row in p.Wh + p.Wy:
        row[i], row[j] = row[j], row[i]
        row[i] *= -1
    p.Wx[i] = [-w for w in p.Wx[i]]
    p.Wh[i] = [-w for w in p.Wh[i]]
    p.bh[i] *= -1
    return p
