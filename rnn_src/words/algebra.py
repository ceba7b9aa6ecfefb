"""Vectors as lists, matrices as lists of rows; unequal lengths are refused.

Nothing here uses `zip` on lists that were not measured first: `zip` stops at
the end of the shorter one, and a wrong shape would go through unseen.
"""

import math
from operator import mul

Vector = list[float]  # shape (n,)
Matrix = list[list[float]]  # shape (rows, columns): a list of rows


def same_length(**vectors: Vector) -> None:
    """Refuse vectors of unequal length; the names say which is which.

    Raises
    ------
    ValueError
        If the lengths differ; the message names each vector and its length.
    """
    if len(set(map(len, vectors.values()))) > 1:
        found = " and ".join(
            f"{name} has length {len(vector)}" for name, vector in vectors.items()
        )
        raise ValueError(f"{found}; expected equal lengths")


def has_length(name: str, vector: Vector, length: int) -> None:
    """Refuse a vector of another length.

    Raises
    ------
    ValueError
        The message tells the vector's `name`, its length and the expected one.
    """
    if len(vector) != length:
        raise ValueError(f"{name} has length {len(vector)}; expected {length}")


def dot(u: Vector, v: Vector) -> float:
    """The sum of the products of entries that stand at the same place.

    Implements :eq:`eq-dot`. `u` and `v` have shape (n,).

    Raises
    ------
    ValueError
        If their lengths differ.
    """
    same_length(u=u, v=v)
    return sum(map(mul, u, v))


def add(u: Vector, v: Vector) -> Vector:
    """The sum of two vectors of shape (n,), entry by entry.

    Implements :eq:`eq-add`.

    Raises
    ------
    ValueError
        If their lengths differ.
    """
    same_length(u=u, v=v)
    return [a + b for a, b in zip(u, v)]


def matvec(matrix: Matrix, vector: Vector) -> Vector:
    """A matrix times a vector: one dot product for each row.

    Implements :eq:`eq-matvec`.

    Parameters
    ----------
    matrix : list of rows, shape (m, n)
    vector : list of float, shape (n,)

    Returns
    -------
    list of float, shape (m,)

    Raises
    ------
    ValueError
        If a row is not as long as the vector.
    """
    for row in matrix:
        if len(row) != len(vector):
            raise ValueError(
                f"a row of matrix has length {len(row)}; expected {len(vector)}"
            )
    return [sum(map(mul, row, vector)) for row in matrix]


def tanh(vector: Vector) -> Vector:
    """The hyperbolic tangent of every entry; between -1 and 1, shape kept.

    Implements :eq:`eq-tanh`.
    """
    return [math.tanh(a) for a in vector]


def softmax(logits: Vector) -> Vector:
    """Probabilities: none negative, sum one, in the order of the logits.

    Implements :eq:`eq-softmax`, after subtracting the largest logit: that
    changes no probability, by :eq:`eq-softmax-shift`, and `exp` cannot overflow.

    Parameters
    ----------
    logits : list of float, shape (V,)

    Returns
    -------
    list of float, shape (V,)

    Raises
    ------
    ValueError
        If `logits` is empty, or an entry is infinite or not a number.
    """
    finite("logits", logits)
    highest = max(logits)
    exponentials = [math.exp(z - highest) for z in logits]
    total = sum(exponentials)
    return [e / total for e in exponentials]


def finite(name: str, vector: Vector) -> None:
    """Refuse a vector that is empty or has an entry that is not finite.

    Raises
    ------
    ValueError
        The message tells the vector's `name`, the place and the entry.
    """
    if not vector:
        raise ValueError(f"{name} is empty; expected at least one entry")
    for i, entry in enumerate(vector):
        if not math.isfinite(entry):
            raise ValueError(
                f"{name}[{i}] is {entry}; expected a finite "
                "number: look for nan or inf in what made it"
            )


def argmax(vector: Vector) -> int:
    """The place of the largest entry; the first one, where several are.

    Raises
    ------
    ValueError
        If `vector` is empty or holds a number that is not finite.
    """
    finite("vector", vector)
    return vector.index(max(vector))
