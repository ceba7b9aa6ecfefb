#% right | keywords, a dict of totals made at the end, and the last piece is not read again
def my_full_gradient(forward, backward, x, targets, k):
    N = len(x)
    starts = list(range(0, N, k))
    kept, h = {}, None
    for start in starts:
        states, logits = forward(x=x[start:start + k], h0=h)
        if h is None:
            h = np.zeros(states.shape[1:])
        kept[start] = h
        h = np.array(states[-1])
    shares, after = [], np.zeros_like(h)
    while starts:
        start = starts.pop()
        if start + k < N:
            states, logits = forward(x=x[start:start + k], h0=kept[start])
        g, after = backward(
            x[start:start + k], targets[start:start + k],
            np.vstack([kept[start][None], states]), logits, dh_after=after)
        shares.append(g)
    return {name: sum(g[name] for g in shares) for name in shares[0]}


answer = my_full_gradient

#% right | reads from the beginning for every piece: slow, and in little memory
def my_full_gradient(forward, backward, x, targets, k):
    total, after = None, 0.0
    for start in reversed(range(0, len(x), k)):
        h = np.zeros_like(forward(x[:1])[0][0])
        for early in range(0, start, k):
            h = forward(x[early:early + k], h)[0][-1].copy()
        states, logits = forward(x[start:start + k], h)
        found, after = backward(x[start:start + k], targets[start:start + k],
                                np.concatenate([h[None], states]), logits, after)
        if total is None:
            total = found
        else:
            for name in total:
                total[name] += found[name]
    return total


answer = my_full_gradient

#% wrong | every state is kept | pieces-held
def my_full_gradient(forward, backward, x, targets, k):
    pieces, h = [], None
    for start in range(0, len(x), k):
        states, logits = forward(x[start:start + k], h)
        h0 = np.zeros_like(states[0]) if h is None else h
        pieces.append((start, h0, states, logits))
        h = states[-1]
    total, after = {}, 0
    for start, h0, states, logits in pieces[::-1]:
        found, after = backward(x[start:start + k], targets[start:start + k],
                                np.concatenate([h0[None], states]), logits, after)
        total = {name: found[name] + total.get(name, 0) for name in found}
    return total


answer = my_full_gradient

#% wrong | copies of every state are kept | not-read-again
def my_full_gradient(forward, backward, x, targets, k):
    pieces, h = [], None
    for start in range(0, len(x), k):
        states, logits = forward(x[start:start + k], h)
        if h is None:
            h = np.zeros_like(states[0])
        pieces.append((start, np.concatenate([h[None], states]), logits))
        h = states[-1].copy()
        del states
    total, after = {}, 0
    for start, states, logits in pieces[::-1]:
        found, after = backward(x[start:start + k], targets[start:start + k],
                                states, logits, after)
        total = {name: found[name] + total.get(name, 0) for name in found}
    return total


answer = my_full_gradient

#% wrong | a view keeps every piece alive | pieces-held
def my_full_gradient(forward, backward, x, targets, k):
    kept, h = [], None
    for start in range(0, len(x), k):
        states, _ = forward(x[start:start + k], h)
        kept.append((start, np.zeros_like(states[0]) if h is None else h))
        h = states[-1]
    total, after = {}, 0
    for start, h0 in kept[::-1]:
        states, logits = forward(x[start:start + k], h0)
        found, after = backward(x[start:start + k], targets[start:start + k],
                                np.concatenate([h0[None], states]), logits, after)
        total = {name: found[name] + total.get(name, 0) for name in found}
    return total


answer = my_full_gradient

#% wrong | a recursion, in whose frames all states wait | pieces-held
def my_full_gradient(forward, backward, x, targets, k):
    total = {}

    def back(start, h0):
        states, logits = forward(x[start:start + k], h0)
        h0 = np.zeros_like(states[0]) if h0 is None else h0
        after = 0
        if start + k < len(x):
            after = back(start + k, states[-1])
        found, dh0 = backward(x[start:start + k], targets[start:start + k],
                              np.concatenate([h0[None], states]), logits, after)
        for name in found:
            total[name] = total.get(name, 0) + found[name]
        return dh0

    back(0, None)
    return total


answer = my_full_gradient

#% wrong | the stream is read whole | read-whole
def my_full_gradient(forward, backward, x, targets, k):
    states, logits = forward(x, None)
    h0 = np.zeros_like(states[:1])
    return backward(x, targets, np.concatenate([h0, states]), logits, 0)[0]


answer = my_full_gradient

#% wrong | whole pieces only
def my_full_gradient(forward, backward, x, targets, k):
    kept, h = [], np.zeros_like(forward(x[:1])[0][0])
    for p in range(len(x) // k):
        kept.append(h)
        h = forward(x[p * k:p * k + k], h)[0][-1].copy()
    total, after = {}, 0
    for p in reversed(range(len(x) // k)):
        piece = slice(p * k, p * k + k)
        states, logits = forward(x[piece], kept[p])
        found, after = backward(x[piece], targets[piece],
                                np.concatenate([kept[p][None], states]), logits, after)
        total = {name: found[name] + total.get(name, 0) for name in found}
    return total


answer = my_full_gradient
