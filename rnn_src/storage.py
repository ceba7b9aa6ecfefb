"""Parameters as a set of arrays that fit together, and as a file.

The file is NumPy's npz without pickle: nothing in it is run when it is read.
"""
import io
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from rnn_src.checks import as_array, finite_floats

FORMAT = 1      # of the file; a reader refuses any other


def parameter_shapes(vocab_size: int, hidden_size: int) -> dict[str, tuple]:
    """The shape of each parameter, by its name."""
    V, H = vocab_size, hidden_size
    return {"Wx": (H, V), "Wh": (H, H), "Wy": (V, H), "bh": (H,), "by": (V,)}


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
        If it is no mapping, a name is missing or too much, a shape does not
        fit the others, the dtypes are not one float dtype, or an entry is not
        finite.
    """
    names = list(parameter_shapes(1, 1))
    if not isinstance(parameters, Mapping):
        raise ValueError(f"parameters is of type {type(parameters).__name__}; "
                         f"expected a dict with {', '.join(names)}, such as "
                         "vars(parameters)")
    if set(parameters) != set(names):
        raise ValueError(f"parameters has {sorted(map(str, parameters))}; "
                         f"expected {sorted(names)}")
    arrays = {name: as_array(name, parameters[name]) for name in names}
    V, H = arrays["by"].size, arrays["bh"].size
    for name, expected in parameter_shapes(V, H).items():
        array = arrays[name]
        if array.shape != expected or 0 in array.shape:
            raise ValueError(f"{name} has shape {array.shape}; expected "
                             f"{expected}, without a 0, for a bh of {H} units "
                             f"and a by of {V} words")
        check_dtype(f"the dtype of {name}", array.dtype)
        if array.dtype != arrays["Wx"].dtype:
            raise ValueError(f"{name} has dtype {array.dtype}; expected "
                             f"{arrays['Wx'].dtype}, as Wx")
        finite_floats(name, array)
    return arrays


def save_arrays(path: str | os.PathLike, arrays: Mapping[str, np.ndarray]) -> None:
    """Write the arrays beside the path, then move them there at once.

    So a file that stood there before is kept if anything goes wrong.
    """
    path = Path(path)
    with tempfile.TemporaryDirectory(dir=path.parent) as beside:
        unfinished = Path(beside) / path.name
        with open(unfinished, "wb") as file:
            np.savez(file, format=np.array(FORMAT), **arrays)
        os.replace(unfinished, path)


def load_arrays(path: str | os.PathLike, like: Mapping[str, np.ndarray]
                ) -> dict[str, np.ndarray]:
    """The arrays of a file, all of them, if they fit those of `like`.

    Raises
    ------
    ValueError
        If the file is damaged, of another format, or its arrays are of other
        names, shapes or dtypes.
    OSError
        If it cannot be read.
    """
    content = Path(path).read_bytes()
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            # A member that is no array comes as bytes.
            found = {name: np.asarray(file[name]) for name in file.files}
    except Exception as error:      # damage can make the readers raise anything
        raise ValueError(f"{path} is damaged, or not a file that save wrote; "
                         "expected an npz file without pickle") from error
    version = found.pop("format", None)
    whole_number = version is not None and version.dtype.kind == "i"
    if not whole_number or version.shape != () or version != FORMAT:
        raise ValueError(f"{path} has format {version!r}; expected {FORMAT}")
    for name in sorted(set(found) | set(like)):
        pair = [(arrays[name].shape, str(arrays[name].dtype))
                if name in arrays else "nothing" for arrays in (found, like)]
        if pair[0] != pair[1]:
            raise ValueError(f"{path} has {pair[0]} for {name}; expected "
                             f"{pair[1]}, as in this network")
    return check_arrays(found)
