"""A network's parameters as arrays that fit together, and as one vector."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from rnn_src.checks import as_array, finite_floats

Shapes = Mapping[str, tuple[str, ...]]

#: The shape of each parameter, in the order of the book: a name for each axis,
#: H for the hidden units and V for the words.
SHAPES: Shapes = {
    "Wx": ("H", "V"),
    "Wh": ("H", "H"),
    "Wy": ("V", "H"),
    "bh": ("H",),
    "by": ("V",),
}
NAMES = tuple(SHAPES)


def parameter_shapes(
    vocab_size: int, hidden_size: int, shapes: Shapes = SHAPES
) -> dict[str, tuple[int, ...]]:
    """The shape of each parameter, by its name."""
    sizes = {"V": vocab_size, "H": hidden_size, "4H": 4 * hidden_size}
    return {name: tuple(sizes[axis] for axis in axes) for name, axes in shapes.items()}


def check_dtype(name: str, dtype: DTypeLike) -> np.dtype:
    """float32 or float64; a ValueError for anything else."""
    try:
        found = np.dtype(dtype)
    except TypeError:
        found = None
    if found not in (np.float32, np.float64):
        raise ValueError(f"{name} is {dtype}; expected float32 or float64")
    return found


def check_arrays(
    parameters: Mapping[str, ArrayLike], shapes: Shapes = SHAPES
) -> dict[str, np.ndarray]:
    """The parameters as arrays, in the order of `shapes`, if they make up a network.

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
            f"expected a dict with {', '.join(shapes)}, such as "
            "vars(parameters)"
        )
    if set(parameters) != set(shapes):
        raise ValueError(
            f"parameters has {sorted(map(str, parameters))}; expected {sorted(shapes)}"
        )
    arrays = {name: as_array(name, parameters[name]) for name in shapes}
    (bias,) = set(shapes) - {"Wx", "Wh", "Wy", "by"}  # that of the hidden layer
    V, H = arrays["by"].size, arrays[bias].size
    if shapes[bias] == ("4H",):
        H //= 4
    for name, expected in parameter_shapes(V, H, shapes).items():
        array = arrays[name]
        if array.shape != expected or 0 in array.shape:
            raise ValueError(
                f"{name} has shape {array.shape}; expected "
                f"{expected}, without a 0, for a {bias} of {H} units "
                f"and a by of {V} words"
            )
        check_dtype(f"the dtype of {name}", array.dtype)
        if array.dtype != arrays["Wx"].dtype:
            raise ValueError(
                f"{name} has dtype {array.dtype}; expected {arrays['Wx'].dtype}, as Wx"
            )
        finite_floats(name, array)
    return arrays


class Views(Mapping):
    """Arrays by name that are the parts of one vector: change them in place.

    Attributes
    ----------
    vector : array, shape (number of all entries,)
        Zeros at first. No part can be replaced by another array, since the
        vector would not follow it.
    """

    def __init__(self, kind: str, shapes: Mapping[str, tuple], dtype: np.dtype):
        sizes = [int(np.prod(shape)) for shape in shapes.values()]
        parts = np.split(np.zeros(sum(sizes), dtype), np.cumsum(sizes)[:-1])
        self.kind, self.vector = kind, parts[0].base
        self.probe = np.random.default_rng(0).uniform(1, 2, sum(sizes)).astype(dtype)
        self.parts = {
            name: part.reshape(shape)
            for (name, shape), part in zip(shapes.items(), parts, strict=True)
        }

    def mark(self) -> np.floating:
        """A number that changes with the entries, and is finite if they all are.

        One product, where a copy and a comparison of all entries cost five
        times as much. It does not see a change that is undone again, nor one
        that is lost in the rounding of the sum: a part in 1e16 (1e7 in float32).
        """
        return np.vdot(self.vector, self.probe)  # no warning where dot has one

    def set(self, *arrays: np.ndarray) -> None:
        """Overwrite every part, in their order."""
        for part, array in zip(self.parts.values(), arrays, strict=True):
            part[:] = array

    def __getitem__(self, name: str) -> np.ndarray:
        return self.parts[name]

    def __setitem__(self, name: str, value: ArrayLike) -> None:
        # `views[name] += 1` changes the part in place, then hands it back.
        if value is not self.parts.get(name):
            raise ValueError(
                f"{self.kind}[{name!r}] would be replaced by another array; expected "
                f"its entries to be changed in place: {self.kind}[{name!r}][:] = ..."
            )

    def __iter__(self) -> Iterator[str]:
        return iter(self.parts)

    def __len__(self) -> int:
        return len(self.parts)

    def __or__(self, other: Mapping[str, ArrayLike]) -> dict[str, ArrayLike]:
        return self.parts | dict(other)

    def __repr__(self) -> str:
        return repr(self.parts)
