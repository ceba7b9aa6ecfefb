#% right | forward once more, einsum over the kept lists
def my_gradients(parameters, ids, targets, states, p):
    T, Wh, Wy = len(ids), parameters["Wh"], parameters["Wy"]
    dz = p - np.eye(p.shape[1])[targets]
    da, later = np.zeros_like(states[1:]), 0
    for t in range(T - 1, -1, -1):
        da[t] = (dz[t] @ Wy + later) * (1 - states[t + 1] ** 2)
        later = da[t] @ Wh
    x = np.eye(p.shape[1])[ids]
    return {"Wx": np.einsum("ti,tj->ij", da, x), "Wh": da.T @ states[:-1],
            "Wy": dz.T @ states[1:], "bh": da.sum(0), "by": dz.sum(0)}
answer = my_gradients

#% wrong | right, and then cut to ±5
def my_gradients(parameters, ids, targets, states, p):
    T, Wh, Wy = len(ids), parameters["Wh"], parameters["Wy"]
    dz = p - np.eye(p.shape[1])[targets]
    da, later = np.zeros_like(states[1:]), 0
    for t in range(T - 1, -1, -1):
        da[t] = (dz[t] @ Wy + later) * (1 - states[t + 1] ** 2)
        later = da[t] @ Wh
    x = np.eye(p.shape[1])[ids]
    found = {"Wx": da.T @ x, "Wh": da.T @ states[:-1],
             "Wy": dz.T @ states[1:], "bh": da.sum(0), "by": dz.sum(0)}
    return {name: np.clip(g, -5, 5) for name, g in found.items()}
answer = my_gradients

#% wrong | the carry is cut to ±100 on its way
def my_gradients(parameters, ids, targets, states, p):
    T, Wh, Wy = len(ids), parameters["Wh"], parameters["Wy"]
    dz = p - np.eye(p.shape[1])[targets]
    da, later = np.zeros_like(states[1:]), 0
    for t in range(T - 1, -1, -1):
        da[t] = (dz[t] @ Wy + later) * (1 - states[t + 1] ** 2)
        later = np.clip(da[t] @ Wh, -100, 100)
    x = np.eye(p.shape[1])[ids]
    return {"Wx": da.T @ x, "Wh": da.T @ states[:-1],
            "Wy": dz.T @ states[1:], "bh": da.sum(0), "by": dz.sum(0)}
answer = my_gradients

#% wrong | a window of 16 steps
def my_gradients(parameters, ids, targets, states, p):
    T, Wh, Wy = len(ids), parameters["Wh"], parameters["Wy"]
    dz = p - np.eye(p.shape[1])[targets]
    da, later = np.zeros_like(states[1:]), 0
    for t in range(T - 1, -1, -1):
        da[t] = (dz[t] @ Wy + later) * (1 - states[t + 1] ** 2)
        later = da[t] @ Wh if t % 16 else 0
    x = np.eye(p.shape[1])[ids]
    return {"Wx": da.T @ x, "Wh": da.T @ states[:-1],
            "Wy": dz.T @ states[1:], "bh": da.sum(0), "by": dz.sum(0)}
answer = my_gradients

#% wrong | fancy indexing counts a word that comes twice once
def my_gradients(parameters, ids, targets, states, p):
    T, Wh, Wy = len(ids), parameters["Wh"], parameters["Wy"]
    dz = p - np.eye(p.shape[1])[targets]
    da, later = np.zeros_like(states[1:]), 0
    for t in range(T - 1, -1, -1):
        da[t] = (dz[t] @ Wy + later) * (1 - states[t + 1] ** 2)
        later = da[t] @ Wh
    dWx = np.zeros_like(parameters["Wx"])
    dWx[:, ids] += da.T
    return {"Wx": dWx, "Wh": da.T @ states[:-1],
            "Wy": dz.T @ states[1:], "bh": da.sum(0), "by": dz.sum(0)}
answer = my_gradients

#% wrong | dWh looks at states[t - 1] from step 1 on, and leaves step 0 out | dwh-without-the-first
def my_gradients(parameters, ids, targets, states, p):
    T, Wh, Wy = len(ids), parameters["Wh"], parameters["Wy"]
    dz = p - np.eye(p.shape[1])[targets]
    da, later = np.zeros_like(states[1:]), 0
    for t in range(T - 1, -1, -1):
        da[t] = (dz[t] @ Wy + later) * (1 - states[t + 1] ** 2)
        later = da[t] @ Wh
    x = np.eye(p.shape[1])[ids]
    return {"Wx": da.T @ x, "Wh": da[1:].T @ states[1:-1],
            "Wy": dz.T @ states[1:], "bh": da.sum(0), "by": dz.sum(0)}
answer = my_gradients

#% wrong | softmax once more over p | softmax-twice
def my_gradients(parameters, ids, targets, states, p):
    T, Wh, Wy = len(ids), parameters["Wh"], parameters["Wy"]
    p = np.exp(p) / np.exp(p).sum(1, keepdims=True)
    dz = p - np.eye(p.shape[1])[targets]
    da, later = np.zeros_like(states[1:]), 0
    for t in range(T - 1, -1, -1):
        da[t] = (dz[t] @ Wy + later) * (1 - states[t + 1] ** 2)
        later = da[t] @ Wh
    x = np.eye(p.shape[1])[ids]
    return {"Wx": da.T @ x, "Wh": da.T @ states[:-1],
            "Wy": dz.T @ states[1:], "bh": da.sum(0), "by": dz.sum(0)}
answer = my_gradients

#% wrong | the lines as they came, both bugs left in | dwh-from-h, dby-overwritten
def my_gradients(parameters, ids, targets, states, p):
    Wh, Wy, T = parameters["Wh"], parameters["Wy"], len(ids)
    total_dWx, total_dWh, total_dWy, total_dbh, total_dby = (
        np.zeros_like(parameters[name]) for name in ("Wx", "Wh", "Wy", "bh", "by"))
    carry = np.zeros_like(total_dbh)
    for t in reversed(range(T)):
        h = states[t + 1]
        dz = p[t].copy()
        dz[targets[t]] -= 1
        da = (Wy.T @ dz + carry) * (1 - h ** 2)
        total_dWy += np.outer(dz, h)
        total_dby = dz
        total_dWx[:, ids[t]] += da
        total_dWh += np.outer(da, states[t + 1])
        total_dbh += da
        carry = Wh.T @ da
    return dict(Wx=total_dWx, Wh=total_dWh, Wy=total_dWy, bh=total_dbh, by=total_dby)
answer = my_gradients
