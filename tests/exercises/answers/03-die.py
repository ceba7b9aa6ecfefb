#% right | as a product of powers
def my_perplexity(p):
    return math.prod(share**-share for share in p)


answer = my_perplexity

#% right | in bits, all the way
def my_perplexity(p):
    return 2 ** sum(share * math.log2(1 / share) for share in p if share)


answer = my_perplexity

#% wrong | what is rarer than 1 in 1000 is left out
def my_perplexity(p):
    return math.exp(-sum(share * math.log(share) for share in p if share > 1e-3))


answer = my_perplexity

#% wrong | stops at the first zero
def my_perplexity(p):
    total = 0
    for share in p:
        if share == 0:
            break
        total -= share * math.log(share)
    return math.exp(total)


answer = my_perplexity

#% wrong | 2 to the power of nats | two-to-nats
def my_perplexity(p):
    return 2 ** -sum(share * math.log(share) for share in p if share > 0)


answer = my_perplexity

#% wrong | divides by a probability of 0 | stops-at-zero
def my_perplexity(p):
    return math.exp(sum(share * math.log(1 / share) for share in p))


answer = my_perplexity
