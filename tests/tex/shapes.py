"""Sums and products, decided by shapes; whatever else NumPy would broadcast is refused.

A vector has the shape (n,) and is a column; transposed it has the shape (1, n).
Where vectors may be rows (from chapter 11 on), one can also come before a matrix.
"""

import numpy as np

from tex.tokens import Refused


def add(u: np.ndarray, v: np.ndarray, rows: bool) -> np.ndarray:
    """Of the same shape, or with a number; where vectors are rows, to each row."""
    bias = rows and u.shape[-1:] == v.shape
    if u.ndim and v.ndim and u.shape != v.shape and not bias:
        raise Refused(f"a sum of shapes {u.shape} and {v.shape}")
    return u + v


def multiply(kind: str, u: np.ndarray, v: np.ndarray, rows: bool = False) -> np.ndarray:
    """With a number, entry by entry, outer, dot, or by a matrix."""
    if kind == "over" and v.ndim:
        raise Refused("a vector cannot divide")
    if not (u.ndim and v.ndim):
        return u / v if kind == "over" else u * v
    if u.shape == v.shape and u.ndim == 1:
        return u @ v if kind == "dot" else u * v
    if u.ndim == 1 and v.ndim == 2 and len(v) == 1 and kind == "times":
        return u[:, np.newaxis] * v
    if kind == "dot" or u.ndim == 1 and not rows or u.shape[-1] != len(v):
        raise Refused(f"a product of shapes {u.shape} and {v.shape}")
    product = u @ v
    return product[0] if product.shape == (1,) and u.ndim == 2 else product
