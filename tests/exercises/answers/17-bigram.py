#% wrong | the sum in place of the mean | sum
def answer(train, held_out, vocab_size, alpha):
    counts = np.full((vocab_size, vocab_size), alpha)
    for before, after in zip(train, train[1:]):
        counts[before, after] += 1
    shares = counts / counts.sum(axis=1, keepdims=True)
    return -np.log(shares[held_out[:-1], held_out[1:]]).sum()

#% right | a table of counts
def answer(train, held_out, vocab_size, alpha):
    counts = np.full((vocab_size, vocab_size), alpha)
    for before, after in zip(train, train[1:]):
        counts[before, after] += 1
    shares = counts / counts.sum(axis=1, keepdims=True)
    return -np.log(shares[held_out[:-1], held_out[1:]]).mean()
