#% right | NumPy's weighted mean
def answer(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


#% wrong | the mean over the processes | plain-mean
def answer(gradients, sizes):
    return sum(gradients) / len(gradients)


#% wrong | as all_reduce leaves it | sum-of-means
def answer(gradients, sizes):
    return np.sum(gradients, axis=0)


#% wrong | the mean over those that have a sequence
def answer(gradients, sizes):
    return sum(gradients) / sum(size > 0 for size in sizes)
