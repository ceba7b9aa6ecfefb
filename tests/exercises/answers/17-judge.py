#% wrong | learns, and counts the last piece as a full one | learns-and-mean-of-means
def answer(parameters, ids, targets, k):
    model, h, losses = VanillaRNN.from_parameters(parameters), None, []
    for start in range(0, len(ids), k):
        x, y = ids[start:start + k], targets[start:start + k]
        model.forward(x, h)
        losses.append(model.bptt(y) / len(x))
        h = model.final
        model.step(0.1)
    return np.mean(losses)

#% wrong | learns, and begins with zeros | learns-and-state-lost
def answer(parameters, ids, targets, k):
    model, total = VanillaRNN.from_parameters(parameters), 0
    for start in range(0, len(ids), k):
        model.forward(ids[start:start + k])
        total += model.bptt(targets[start:start + k])
        model.step(0.1)
    return total / len(ids)

#% wrong | begins with zeros, and takes a mean of means | state-lost-and-mean-of-means
def answer(parameters, ids, targets, k):
    model, losses = VanillaRNN.from_parameters(parameters), []
    for start in range(0, len(ids), k):
        x, y = ids[start:start + k], targets[start:start + k]
        losses.append(model.loss(x, y) / len(x))
    return np.mean(losses)

#% right | read whole
def answer(parameters, ids, targets, k):
    model = VanillaRNN.from_parameters(parameters)
    return model.loss(ids, targets) / len(ids)
