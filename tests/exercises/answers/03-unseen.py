#% right | from a whole table
import numpy as np


def my_soft_loss(counts, ids):
    table = np.array(counts) + 1.0
    table /= table.sum(axis=1, keepdims=True)
    return -np.log(table[ids[:-1], ids[1:]]).sum()


answer = my_soft_loss

#% wrong | one is added only where there is none
def my_soft_loss(counts, ids):
    return -sum(
        math.log((counts[i][j] or 1) / (sum(counts[i]) + len(counts)))
        for i, j in zip(ids, ids[1:])
    )


answer = my_soft_loss

#% wrong | pairs that never came cost nothing
def my_soft_loss(counts, ids):
    return -sum(
        math.log((counts[i][j] + 1) / (sum(counts[i]) + len(counts)))
        for i, j in zip(ids, ids[1:])
        if counts[i][j]
    )


answer = my_soft_loss

#% wrong | V from the sentence
def my_soft_loss(counts, ids):
    return -sum(
        math.log((counts[i][j] + 1) / (sum(counts[i]) + len(set(ids))))
        for i, j in zip(ids, ids[1:])
    )


answer = my_soft_loss

#% wrong | the sums of the rows as they were | sums-as-before
def my_soft_loss(counts, ids):
    return -sum(
        math.log((counts[i][j] + 1) / sum(counts[i])) for i, j in zip(ids, ids[1:])
    )


answer = my_soft_loss

#% wrong | the first twelve words
def my_soft_loss(counts, ids):
    return -sum(
        math.log((counts[i][j] + 1) / (sum(counts[i]) + len(counts)))
        for i, j in zip(ids[:12], ids[1:12])
    )


answer = my_soft_loss

#% wrong | the probability | the-probability
def my_soft_loss(counts, ids):
    return math.prod(
        (counts[i][j] + 1) / (sum(counts[i]) + len(counts))
        for i, j in zip(ids, ids[1:])
    )


answer = my_soft_loss

#% wrong | each pair once
def my_soft_loss(counts, ids):
    return -sum(
        math.log((counts[i][j] + 1) / (sum(counts[i]) + len(counts)))
        for i, j in set(zip(ids, ids[1:]))
    )


answer = my_soft_loss
