#% wrong | numbered in the order of this sentence | zero-one-two
answer = ([0, 1, 2], [[1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1], [0, 0, 0, 1, 0, 0]])

#% wrong | the 1 counted from 1, in vectors of seven | vectors-one-late
answer = (
    [0, 5, 3],
    [[0, 1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 1, 0, 0]],
)

#% wrong | one vector for the whole sentence | all-ones
answer = ([0, 5, 3], [1, 0, 0, 1, 0, 1])

#% wrong | the words of the sentence in the order of their ids | sentence-sorted
answer = ([0, 3, 5], [[1, 0, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 1]])
