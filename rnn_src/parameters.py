"""The five parameters as arrays that fit together, and as one vector."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from rnn_src.checks import as_array, finite_floats

#: The shape of each parameter, in the order of the book: a letter for each axis,
#: H for the hidden units and V for the words.
SHAPES = {"Wx": "HV", "Wh": "HH", "Wy": "VH", "bh": "H", "by": "V"}
NAMES = tuple(SHAPES)


def parameter_shapes(vocab_size: int, hidden_size: int) -> dict[str, tuple[int, ...]]:
    """The shape of each parameter, by its name."""
    sizes = {"V": vocab_size, "H": hidden_size}
    return {
        name: tuple(sizes[letter] for letter in letters)
        for name, letters in SHAPES.items()
    }


def check_dtype(name: str, dtype: DTypeLike) -> np.dtype:
    """float32 or float64; a ValueError for anything else."""
    try:
        found = np.dtype(dtype)
    except TypeError:
        found = None
    if found not in (np.float32, np.float64):
        raise ValueError(f"{name} is {dtype}; expected float32 or float64")
    return found


def check_arrays(parameters: Mapping[str, ArrayLike]) -> dict[str, np.ndarray]:
    """The parameters as arrays, if they make up a network.

    Raises
    ------
    ValueError
        If it is not a mapping, a name is missing or unknown, a shape does not
        fit the others, the dtypes are not all float32 or all float64, or an entry
        is not finite.
    """
    if not isinstance(parameters, Mapping):
        raise ValueError(
            f"parameters is of type {type(parameters).__name__}; "
            f"expected a dict with {', '.join(NAMES)}, such as "
            "vars(parameters)"
        )
    if set(parameters) != set(NAMES):
        raise ValueError(
            f"parameters has {sorted(map(str, parameters))}; expected {sorted(NAMES)}"
        )
    arrays = {name: as_array(name, parameters[name]) for name in NAMES}
    V, H = arrays["by"].size, arrays["bh"].size
    for name, expected in parameter_shapes(V, H).items():
        array = arrays[name]
        if array.shape != expected or 0 in array.shape:
            raise ValueError(
                f"{name} has shape {array.shape}; expected "
                f"{expected}, without a 0, for a bh of {H} units "
                f"and a by of {V} words"
            )
        check_dtype(f"the dtype of {name}", array.dtype)
        if array.dtype != arrays["Wx"].dtype:
            raise ValueError(
                f"{name} has dtype {array.dtype}; expected {arrays['Wx'].dtype}, as Wx"
            )
        finite_floats(name, array)
    return arrays


def vector_and_views(
    shapes: Mapping[str, tuple], dtype: np.dtype
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """A vector of zeros, and for each name a view of its part of it."""
    sizes = [int(np.prod(shape)) for shape in shapes.values()]
    flat = np.zeros(sum(sizes), dtype)
    parts = np.split(flat, np.cumsum(sizes)[:-1])
    return flat, {
        name: part.reshape(shape)
        for (name, shape), part in zip(shapes.items(), parts, strict=True)
    }


def refuse_replaced(
    name: str, views: Mapping[str, np.ndarray], whole: np.ndarray
) -> None:
    """A ValueError if one of the views no longer belongs to the whole."""
    for key, view in views.items():
        if getattr(view, "base", None) is not whole:
            raise ValueError(
                f"{name}[{key!r}] was replaced by another array; "
                "expected its entries to be changed in place: "
                f"{name}[{key!r}][:] = ..."
            )
