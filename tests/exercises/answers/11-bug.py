#% wrong | mended with tanh' at the handing on, so that dh0 passes one too many | dh0-through-tanh
def my_hidden_backward(dh, states, Wh):
    da = (1 - states[1:]**2) * dh
    carry = np.zeros_like(states[0])
    for t in reversed(range(len(dh))):
        da[t] += carry
        carry = (da[t] @ Wh) * (1 - states[t]**2)
    dWh = rows(da).T @ rows(states[:-1])
    return dWh, rows(da).sum(axis=0), da, carry
answer = my_hidden_backward

#% wrong | the carry is cut to the range from -100 to 100
def my_hidden_backward(dh, states, Wh):
    da = np.zeros_like(dh)
    carry = np.zeros_like(states[0])
    for t in reversed(range(len(dh))):
        da[t] = (1 - states[t + 1]**2) * (dh[t] + carry)
        carry = np.clip(da[t] @ Wh, -100, 100)
    return rows(da).T @ rows(states[:-1]), rows(da).sum(axis=0), da, carry
answer = my_hidden_backward

#% wrong | the carry is computed and never added | one-step-only
def my_hidden_backward(dh, states, Wh):
    da = (1 - states[1:]**2) * dh
    for t in reversed(range(len(dh))):
        carry = da[t] @ Wh
    return rows(da).T @ rows(states[:-1]), rows(da).sum(axis=0), da, carry
answer = my_hidden_backward

#% wrong | divided by tanh' | divided-by-tanh-prime
def my_hidden_backward(dh, states, Wh):
    da = np.zeros_like(dh)
    carry = np.zeros_like(states[0])
    for t in reversed(range(len(dh))):
        da[t] = (dh[t] + carry) / (1 - states[t + 1]**2)
        carry = da[t] @ Wh
    return rows(da).T @ rows(states[:-1]), rows(da).sum(axis=0), da, carry
answer = my_hidden_backward

#% wrong | tanh' at the state before | tanh-prime-of-h-prev
def my_hidden_backward(dh, states, Wh):
    da = np.zeros_like(dh)
    carry = np.zeros_like(states[0])
    for t in reversed(range(len(dh))):
        da[t] = (1 - states[t]**2) * (dh[t] + carry)
        carry = da[t] @ Wh
    return rows(da).T @ rows(states[:-1]), rows(da).sum(axis=0), da, carry
answer = my_hidden_backward

#% wrong | the walk ends after eight steps
def my_hidden_backward(dh, states, Wh):
    da = np.zeros_like(dh)
    carry = np.zeros_like(states[0])
    for t in reversed(range(len(dh))):
        if t < len(dh) - 8:
            carry = 0 * carry
        da[t] = (1 - states[t + 1]**2) * (dh[t] + carry)
        carry = da[t] @ Wh
    return rows(da).T @ rows(states[:-1]), rows(da).sum(axis=0), da, carry
answer = my_hidden_backward

#% right | tanh' by the state's arctanh, where there is one
def my_hidden_backward(dh, states, Wh):
    da, carry = [], np.zeros(states.shape[1:])
    for own, h in zip(dh[::-1], states[:0:-1]):
        da.insert(0, (1 - h) * (1 + h) * (own + carry))
        carry = (Wh.T @ da[0].T).T
    da = np.array(da)
    return np.einsum("tbk,tbm->km", da, states[:-1]), np.einsum("tbk->k", da), da, carry
answer = my_hidden_backward
