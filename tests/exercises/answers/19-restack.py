#% right | by indices of rows
def answer(W, old, new):
    H = len(W) // 4
    rows = np.arange(4 * H).reshape(4, H)
    return W[np.concatenate([rows[old.find(one)] for one in new])]


#% wrong | looks the old letters up in the new order | the-way-back
def answer(W, old, new):
    blocks = np.split(W, 4)
    return np.concatenate([blocks[new.index(one)] for one in old])


#% wrong | every fourth row belongs to a gate | rows-interleaved
def answer(W, old, new):
    out = np.empty_like(W)
    for place, gate in enumerate(new):
        out[place::4] = W[old.index(gate)::4]
    return out


#% wrong | as if it came from PyTorch | new-order-as-it-is
def answer(W, old, new):
    blocks = dict(zip("ifgo", np.split(W, 4)))
    return np.concatenate([blocks[gate] for gate in new])


#% wrong | cuts the columns
def answer(W, old, new):
    blocks = dict(zip(old, np.array_split(W, 4, axis=-1)))
    return np.concatenate([blocks[gate] for gate in new], axis=-1)
