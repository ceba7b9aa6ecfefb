#% wrong | what came from later goes back along the cell | cell-never-handed-on
def answer(own, i, f, g, o, c, Wh):
    T, H = own.shape
    da, (dh, dc) = np.zeros((T, 4 * H)), np.zeros((2, H))
    for t in reversed(range(T)):
        dh = dh + own[t]
        tanh_c = np.tanh(c[t + 1])
        dc_t = dc + dh * o[t] * (1 - tanh_c**2)
        do = dh * tanh_c * o[t] * (1 - o[t])
        di = dc_t * g[t] * i[t] * (1 - i[t])
        df = dc_t * c[t] * f[t] * (1 - f[t])
        dg = dc_t * i[t] * (1 - g[t] ** 2)
        da[t] = np.concatenate([di, df, dg, do])
        dc = f[t] * dc
        dh = Wh.T @ da[t]
    return da, dh, dc
