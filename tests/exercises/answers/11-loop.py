#% wrong | the gradients are cut to the range from -1000 to 1000
def my_output_backward(dlogits, hidden, Wy):
    dWy = np.einsum("tbv,tbh->vh", dlogits, hidden)
    dby = dlogits.sum(axis=(0, 1))
    return np.clip(dWy, -1000, 1000), np.clip(dby, -1000, 1000), dlogits @ Wy
answer = my_output_backward

#% wrong | only the first ten steps
def my_output_backward(dlogits, hidden, Wy):
    few, states = dlogits[:10], hidden[:10]
    return np.einsum("tbv,tbh->vh", few, states), few.sum(axis=(0, 1)), dlogits @ Wy
answer = my_output_backward

#% wrong | the return is inside the inner loop | returned-early
def my_output_backward(dlogits, hidden, Wy):
    dWy, dby, dh = np.zeros(Wy.shape), np.zeros(len(Wy)), np.zeros(hidden.shape)
    for t in range(len(dlogits)):
        for b in range(dlogits.shape[1]):
            dWy += np.outer(dlogits[t, b], hidden[t, b])
            dby += dlogits[t, b]
            dh[t, b] = Wy.T @ dlogits[t, b]
            return dWy, dby, dh
answer = my_output_backward

#% wrong | the return is inside the outer loop | returned-early
def my_output_backward(dlogits, hidden, Wy):
    dWy, dby, dh = np.zeros(Wy.shape), np.zeros(len(Wy)), np.zeros(hidden.shape)
    for t in range(len(dlogits)):
        for b in range(dlogits.shape[1]):
            dWy += np.outer(dlogits[t, b], hidden[t, b])
            dby += dlogits[t, b]
            dh[t, b] = Wy.T @ dlogits[t, b]
        return dWy, dby, dh
answer = my_output_backward

#% wrong | the array for dWy is turned over, the outer product is right | outer-turned
def my_output_backward(dlogits, hidden, Wy):
    dWy = np.zeros((Wy.shape[1], Wy.shape[0]))
    for t in range(len(dlogits)):
        for b in range(dlogits.shape[1]):
            dWy += np.outer(dlogits[t, b], hidden[t, b])
    return dWy, dlogits.sum(axis=(0, 1)), dlogits @ Wy
answer = my_output_backward

#% wrong | W_y reshaped for the way back | wy-reshaped
def my_output_backward(dlogits, hidden, Wy):
    V, H = Wy.shape
    dh = np.zeros(hidden.shape)
    for t in range(len(dlogits)):
        for b in range(dlogits.shape[1]):
            dh[t, b] = Wy.reshape(H, V) @ dlogits[t, b]
    return np.einsum("tbv,tbh->vh", dlogits, hidden), dlogits.sum(axis=(0, 1)), dh
answer = my_output_backward

#% wrong | the gradient of the biases has a row for each step | dby-for-each-step
def my_output_backward(dlogits, hidden, Wy):
    return np.einsum("tbv,tbh->vh", dlogits, hidden), dlogits.sum(axis=1), dlogits @ Wy
answer = my_output_backward

#% wrong | an entry below 1e-6 becomes 0
def my_output_backward(dlogits, hidden, Wy):
    dWy = np.einsum("tbv,tbh->vh", dlogits, hidden)
    dWy[abs(dWy) < 1e-6] = 0
    return dWy, dlogits.sum(axis=(0, 1)), dlogits @ Wy
answer = my_output_backward

#% right | the layer itself
answer = lambda dlogits, hidden, Wy: OutputLayer(Wy, np.zeros(len(Wy))).backward(dlogits, hidden)
