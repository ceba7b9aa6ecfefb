#% wrong | tanh by its formula, which overflows | tanh-by-exp
def my_forward(parameters, ids, h0):
    Wx, Wh, Wy, bh, by = (parameters[name] for name in ("Wx", "Wh", "Wy", "bh", "by"))
    states = [h0]
    for step in ids:
        a = Wx.T[step] + states[-1] @ Wh.T + bh
        states.append((np.exp(a) - np.exp(-a)) / (np.exp(a) + np.exp(-a)))
    states = np.array(states)
    return states, states[1:] @ Wy.T + by
answer = my_forward

#% wrong | each step starts from h0 | always-h0
def my_forward(parameters, ids, h0):
    Wx, Wh, Wy, bh, by = (parameters[name] for name in ("Wx", "Wh", "Wy", "bh", "by"))
    states = [h0]
    for step in ids:
        states.append(np.tanh(Wx.T[step] + h0 @ Wh.T + bh))
    states = np.array(states)
    return states, states[1:] @ Wy.T + by
answer = my_forward

#% wrong | no h0, neither in the states nor for the logits | h0-left-out
def my_forward(parameters, ids, h0):
    Wx, Wh, Wy, bh, by = (parameters[name] for name in ("Wx", "Wh", "Wy", "bh", "by"))
    states, h = [], h0
    for step in ids:
        h = np.tanh(Wx.T[step] + h @ Wh.T + bh)
        states.append(h)
    states = np.array(states)
    return states, states[1:] @ Wy.T + by
answer = my_forward

#% wrong | probabilities for logits | probabilities
def my_forward(parameters, ids, h0):
    Wx, Wh, Wy, bh, by = (parameters[name] for name in ("Wx", "Wh", "Wy", "bh", "by"))
    states = [h0]
    for step in ids:
        states.append(np.tanh(Wx.T[step] + states[-1] @ Wh.T + bh))
    states = np.array(states)
    return states, softmax(states[1:] @ Wy.T + by)
answer = my_forward

#% wrong | the ids are multiplied as if they were one-hot | ids-as-vectors
def my_forward(parameters, ids, h0):
    Wx, Wh, Wy, bh, by = (parameters[name] for name in ("Wx", "Wh", "Wy", "bh", "by"))
    states = [h0]
    for step in ids:
        states.append(np.tanh((Wx @ step).T + states[-1] @ Wh.T + bh))
    states = np.array(states)
    return states, states[1:] @ Wy.T + by
answer = my_forward

#% wrong | one-hot rows are added as they are, W_x is forgotten
def my_forward(parameters, ids, h0):
    Wx, Wh, Wy, bh, by = (parameters[name] for name in ("Wx", "Wh", "Wy", "bh", "by"))
    states = [h0]
    for step in ids:
        states.append(np.tanh(np.eye(len(by))[step] + states[-1] @ Wh.T + bh))
    states = np.array(states)
    return states, states[1:] @ Wy.T + by
answer = my_forward

#% wrong | the state is wiped after ten steps
def my_forward(parameters, ids, h0):
    Wx, Wh, Wy, bh, by = (parameters[name] for name in ("Wx", "Wh", "Wy", "bh", "by"))
    states = [h0]
    for t, step in enumerate(ids):
        before = np.zeros_like(h0) if t == 10 else states[-1]
        states.append(np.tanh(Wx.T[step] + before @ Wh.T + bh))
    states = np.array(states)
    return states, states[1:] @ Wy.T + by
answer = my_forward

#% right | one-hot rows, and columns inside
def my_forward(parameters, ids, h0):
    p, h = parameters, h0.T
    states, logits = [h.T], []
    for x in np.eye(len(p["by"]))[ids]:
        h = np.tanh(p["Wx"] @ x.T + p["Wh"] @ h + p["bh"].reshape(-1, 1))
        states.append(h.T)
        logits.append((p["Wy"] @ h + p["by"].reshape(-1, 1)).T)
    return {"logits": logits, "states": states}
answer = my_forward
