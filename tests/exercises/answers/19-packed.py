#% right | a mask, summed
def answer(lengths):
    steps = np.arange(max(lengths))
    return (steps[:, None] < np.array(lengths)).sum(axis=1)


#% right | the ends are taken off, one after the other
def answer(lengths):
    left, sizes = len(lengths), []
    for t in range(max(lengths)):
        sizes.append(left)
        left -= lengths.count(t + 1)
    return sizes


#% wrong | the sequences that are at least t long | one-step-more
def answer(lengths):
    return [sum(n >= t for n in lengths) for t in range(max(lengths))]


#% wrong | the lengths from long to short | lengths-sorted
def answer(lengths):
    return sorted(lengths)[::-1]


#% wrong | takes the first for the longest | to-the-first-ones-end
def answer(lengths):
    return [sum(n > t for n in lengths) for t in range(lengths[0])]
