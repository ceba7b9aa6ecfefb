#% wrong | e to the power of the bits | e-to-the-bits
def answer(total, number):
    nats = total / number
    bits = nats / np.log(2)
    return nats, bits, np.exp(bits)

#% right | the perplexity from the bits
def answer(total, number):
    bits = total / number / np.log(2)
    return total / number, bits, 2**bits

#% wrong | the logarithm of the loss | log-of-a-loss
def answer(total, number):
    nats = total / number
    return nats, np.log2(nats) if nats else 0.0, np.exp(nats)

#% wrong | a rounded ln 2 | rounded-factor
def answer(total, number):
    nats = total / number
    return nats, nats / 0.693, np.exp(nats)
