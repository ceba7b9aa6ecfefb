#% right | by zip
def my_column(matrix, k):
    columns = list(zip(*matrix))
    if k not in range(len(columns)):
        raise ValueError("no such column")
    return columns[k]


answer = my_column

#% right | adds up what is there, without a product
def my_column(matrix, k):
    if k < 0 or k > len(matrix[0]) - 1:
        raise ValueError("no such column")
    return [sum(v for j, v in enumerate(row) if j == k) for row in matrix]


answer = my_column

#% right | NumPy picks
import numpy as np


def my_column(matrix, k):
    if not 0 <= k < np.shape(matrix)[1]:
        raise ValueError("no such column")
    return np.array(matrix)[:, k]


answer = my_column

#% wrong | the limit is the number of rows
def my_column(matrix, k):
    if not 0 <= k < len(matrix):
        raise ValueError("no such column")
    return [row[k] for row in matrix]


answer = my_column

#% wrong | the limit is the larger of the two
def my_column(matrix, k):
    if not 0 <= k < max(len(matrix), len(matrix[0])):
        raise ValueError("no such column")
    return [row[k] for row in matrix]


answer = my_column

#% wrong | a row | a-row
def my_column(matrix, k):
    if not 0 <= k < len(matrix):
        raise ValueError("no such column")
    return list(matrix[k])


answer = my_column

#% wrong | a row, by zip of zip | a-row
def my_column(matrix, k):
    if not 0 <= k < len(matrix[0]):
        raise ValueError("no such column")
    return list(list(zip(*zip(*matrix)))[k])


answer = my_column

#% wrong | multiplies by a one-hot vector | multiplied
def my_column(matrix, k):
    if not 0 <= k < len(matrix[0]):
        raise ValueError("no such column")
    return matvec(matrix, one_hot(k, len(matrix[0])))


answer = my_column

#% wrong | NumPy multiplies | multiplied
import numpy as np


def my_column(matrix, k):
    if not 0 <= k < len(matrix[0]):
        raise ValueError("no such column")
    return np.array(matrix) @ np.eye(len(matrix[0]))[k]


answer = my_column
