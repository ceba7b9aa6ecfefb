#% wrong | e to the power of the bits | e-to-the-bits
def answer(total, number):
    nats = total / number
    bits = nats / np.log(2)
    return nats, bits, np.exp(bits)

#% right | the perplexity from the bits
def answer(total, number):
    bits = total / number / np.log(2)
    return total / number, bits, 2**bits
