#% right | as an array, with a range that is asked
import numpy as np


def my_one_hot(index, size):
    if index not in range(size):
        raise ValueError("no such word")
    return np.eye(size)[index]


answer = my_one_hot

#% wrong | refuses -1 and `size`, and no other index | not-refused
def my_one_hot(index, size):
    if index == -1 or index == size:
        raise ValueError("no such word")
    return [1.0 if i == index else 0.0 for i in range(size)]


answer = my_one_hot

#% wrong | an index far beyond is an IndexError
def my_one_hot(index, size):
    if index < 0 or index == size:
        raise ValueError("no such word")
    vector = [0.0] * size
    vector[index] = 1.0
    return vector


answer = my_one_hot
