"""What refuses bad input, at once, and says what is wrong with it.

A message names the argument, what it was, and what it should have been. Nothing
is changed before everything has been looked at.
"""

import sys
from numbers import Integral, Real

import numpy as np
from numpy.typing import ArrayLike


def as_array(name: str, values: ArrayLike) -> np.ndarray:
    """The values as an array.

    Raises
    ------
    ValueError
        If they are lists of unequal lengths.
    """
    try:
        return np.asarray(values)
    except ValueError as error:
        raise ValueError(
            f"{name} makes no array; expected an array, or lists of equal lengths"
        ) from error


def all_finite(array: np.ndarray) -> bool:
    """Whether no entry is nan or infinite; counting is faster than `all`."""
    return np.count_nonzero(np.isfinite(array)) == array.size


def finite_floats(name: str, values: ArrayLike) -> np.ndarray:
    """The values as an array of floats, shape (..., V); no integers any more.

    Raises
    ------
    ValueError
        If they are not numbers, V is 0 or missing, or an entry is not finite.
    """
    array = as_array(name, values)
    if array.dtype.kind in "iu":  # small integers would wrap when subtracted
        array = array.astype(np.float64)
    if array.dtype.kind != "f":
        raise ValueError(f"{name} has dtype {array.dtype}; expected floats")
    if array.ndim == 0 or array.shape[-1] == 0:
        raise ValueError(
            f"{name} has shape {array.shape}; expected (..., V) with V at least 1"
        )
    if not all_finite(array):
        place = np.argwhere(~np.isfinite(array))[0].tolist()
        raise ValueError(
            f"{name}{place} is {array[tuple(place)]}; expected a "
            "finite number: look for nan or inf in what made it"
        )
    return array


def checked_ids(name: str, ids: ArrayLike, vocab_size: int) -> np.ndarray:
    """The ids as an array, after a look at their dtype and their range.

    Raises
    ------
    ValueError
        If they are not integers, or not all in 0, …, vocab_size - 1. A
        negative id would count from the end, and pick a wrong word in silence.
    """
    array = as_array(name, ids)
    if array.dtype.kind not in "iu":
        raise ValueError(f"{name} has dtype {array.dtype}; expected integers")
    # Turned into an unsigned number, a negative id is a huge one.
    wrong = array.astype(np.uint64) >= vocab_size
    if np.count_nonzero(wrong):
        place = np.argwhere(wrong)[0].tolist()
        raise ValueError(
            f"{name}{place or ''} is {array[tuple(place)]}; "
            f"expected 0 to {vocab_size - 1}"
        )
    return array


def same_shape(**arrays: np.ndarray) -> None:
    """Refuse arrays of different shapes; the names say which is which.

    Raises
    ------
    ValueError
        The message names each array and its shape.
    """
    if len({array.shape for array in arrays.values()}) > 1:
        found = " and ".join(
            f"{name} has shape {array.shape}" for name, array in arrays.items()
        )
        raise ValueError(f"{found}; expected equal shapes")


def checked_sequences(name: str, ids: ArrayLike, vocab_size: int) -> np.ndarray:
    """Ids of shape (T, B): T steps of B sequences, neither of them none.

    Raises
    ------
    ValueError
        If the shape is another, or an id is no word's.
    """
    array = as_array(name, ids)
    if array.ndim != 2 or 0 in array.shape:
        raise ValueError(
            f"{name} has shape {array.shape}; expected (T, B), with T and B at "
            "least 1: one sequence is a single column, ids[:, np.newaxis]"
        )
    return checked_ids(name, array, vocab_size)


def positive(name: str, value: float) -> float:
    """The value, if it is a finite number above 0.

    Raises
    ------
    ValueError
        If it is not.
    """
    if (
        isinstance(value, bool)
        or not isinstance(value, Real)
        or not 0 < value <= sys.float_info.max
    ):
        raise ValueError(
            f"{name} is {value!r}; expected a positive number, and a finite one"
        )
    return value


def count(name: str, value: int, least: int = 1) -> int:
    """The value, if it is a whole number of at least `least`.

    Raises
    ------
    ValueError
        If it is not.
    """
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        raise ValueError(
            f"{name} is {value!r}; expected a whole number, {least} or more"
        )
    return int(value)


def generator(name: str, rng: np.random.Generator) -> np.random.Generator:
    """The generator, if it is one of NumPy's.

    Raises
    ------
    ValueError
        If it is not.
    """
    if not isinstance(rng, np.random.Generator):
        raise ValueError(
            f"{name} is {rng!r}; expected a NumPy generator, such "
            "as np.random.default_rng(0)"
        )
    return rng


def checked_mask(
    name: str, mask: ArrayLike | None, shape: tuple[int, ...]
) -> np.ndarray:
    """The mask as an array of bool; all True if there is none.

    Raises
    ------
    ValueError
        If it is not of bool, has another shape, or is False everywhere.
    """
    if mask is None:
        return np.ones(shape, bool)
    array = as_array(name, mask)
    if array.dtype != bool or array.shape != shape:
        raise ValueError(
            f"{name} has dtype {array.dtype} and shape "
            f"{array.shape}; expected bool and {shape}"
        )
    if not array.any():
        raise ValueError(
            f"{name} is False everywhere; expected at least one prediction that counts"
        )
    return array
