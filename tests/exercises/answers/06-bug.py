#% right | da is copied first
def answer(da, x, h_prev, Wh):
    da = da[:]
    return outer(da, x), outer(da, h_prev), da, matvec(transpose(Wh), da)


#% wrong | cut to the range from -5 to 5 | clipped
def answer(da, x, h_prev, Wh):
    def cut(v):
        return [max(-5, min(5, e)) for e in v]

    dh_prev = cut(matvec(transpose(Wh), da))
    return outer(da, x), outer(da, h_prev), list(da), dh_prev


#% wrong | the entry is still set, in a copy | bias-of-unit-0
def answer(da, x, h_prev, Wh):
    dWx, dWh, dh_prev = outer(da, x), outer(da, h_prev), matvec(transpose(Wh), da)
    da = list(da)
    dbh = da
    da[0] = 0.0
    return dWx, dWh, dbh, dh_prev
