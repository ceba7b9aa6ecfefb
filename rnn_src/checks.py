"""What refuses bad input, at once, and says what is wrong with it.

A message names the argument, what it was, and what it should have been. Nothing
is changed before everything has been checked. Numbers are checked by the core
Python of `rnn_src.words.checks`; both halves of the package refuse them alike.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from rnn_src.words.checks import count, positive

__all__ = [
    "all_finite",
    "as_array",
    "checked_bools",
    "checked_ids",
    "checked_inputs",
    "checked_mask",
    "checked_sequences",
    "checked_states",
    "count",
    "finite_floats",
    "generator",
    "positive",
    "same_shape",
]


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
    """Whether no entry is nan or infinite."""
    # One product sees every entry: an inf or nan stays one whatever is added.
    # It can overflow by itself, and then the entries are looked at.
    # (vdot computes what dot does, and does not warn of it.)
    return math.isfinite(np.vdot(array, array)) or bool(np.isfinite(array).all())


def finite_floats(name: str, values: ArrayLike) -> np.ndarray:
    """The values as an array of floats, shape (..., V); integers are converted.

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
    # NumPy indexes with this type, of 32 bits in the browser; here it copies nothing.
    return array.astype(np.intp, copy=False)


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
    """Ids of shape (T, B): T steps of B sequences, at least one of each.

    Raises
    ------
    ValueError
        If the shape is another, or an id is out of range.
    """
    array = as_array(name, ids)
    if array.ndim != 2 or 0 in array.shape:
        raise ValueError(
            f"{name} has shape {array.shape}; expected (T, B), with T and B at "
            "least 1: one sequence is a single column, ids[:, np.newaxis]"
        )
    return checked_ids(name, array, vocab_size)


def checked_inputs(
    name: str, x: ArrayLike, vocab_size: int, dtype: np.dtype
) -> np.ndarray:
    """Ids of shape (T, B), or dense inputs of shape (T, B, V) and this dtype.

    Raises
    ------
    ValueError
        If the shape or the dtype is another, an id is out of range, or an entry
        is not finite.
    """
    x = as_array(name, x)
    if x.ndim != 3:
        return checked_sequences(name, x, vocab_size)
    if x.dtype != dtype or x.shape[2] != vocab_size or 0 in x.shape:
        raise ValueError(
            f"{name} has shape {x.shape} and dtype {x.dtype}; expected (T, B, "
            f"{vocab_size}) and {dtype}, T and B at least 1; or ids of shape (T, B)"
        )
    return finite_floats(name, x)


def checked_states(
    name: str, states: ArrayLike | None, shape: tuple[int, ...], dtype: np.dtype
) -> np.ndarray:
    """Initial states, (B, H) or (2, B, H), of this dtype; zeros if there are none.

    Raises
    ------
    ValueError
        If the shape or the dtype is another, or an entry is not finite.
    """
    if states is None:
        return np.zeros(shape, dtype)
    states = as_array(name, states)
    if states.shape != shape or states.dtype != dtype:
        raise ValueError(
            f"{name} has shape {states.shape} and dtype {states.dtype}; "
            f"expected {shape} and {dtype}"
        )
    return finite_floats(name, states)


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


def checked_bools(name: str, values: ArrayLike, shape: tuple[int, ...]) -> np.ndarray:
    """The values as an array of bool.

    Raises
    ------
    ValueError
        If they are not of bool, or have another shape.
    """
    array = as_array(name, values)
    if array.dtype != bool or array.shape != shape:
        raise ValueError(
            f"{name} has dtype {array.dtype} and shape "
            f"{array.shape}; expected bool and {shape}"
        )
    return array


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
    array = checked_bools(name, mask, shape)
    if not array.any():
        raise ValueError(
            f"{name} is False everywhere; expected at least one prediction that counts"
        )
    return array
