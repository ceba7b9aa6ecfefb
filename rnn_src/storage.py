"""Parameters as a set of arrays that fit together, and as a file.

The file is NumPy's npz without pickle: nothing in it is run when it is read.
"""
import os
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from rnn_src.checks import finite_floats

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
        If a name is missing or too much, a shape does not fit the others, the
        dtypes are not one float dtype, or an entry is not finite.
    """
    if set(parameters) != set(parameter_shapes(1, 1)):
        raise ValueError(f"parameters has {sorted(parameters)}; expected "
                         f"{sorted(parameter_shapes(1, 1))}")
    V, H = np.size(parameters["by"]), np.size(parameters["bh"])
    arrays = {}
    for name, expected in parameter_shapes(V, H).items():
        array = arrays[name] = np.asarray(parameters[name])
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
    handle, unfinished = tempfile.mkstemp(dir=path.parent, suffix=".npz")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, format=np.array(FORMAT), **arrays)
        os.replace(unfinished, path)
    except BaseException:
        os.unlink(unfinished)
        raise


def load_arrays(path: str | os.PathLike, like: Mapping[str, np.ndarray]
                ) -> dict[str, np.ndarray]:
    """The arrays of a file, all of them, if they fit those of `like`.

    Raises
    ------
    ValueError
        If the file is damaged, of another format, or its arrays are of other
        names, shapes or dtypes.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            found = {name: file[name] for name in file.files}
    except (ValueError, EOFError, KeyError, TypeError, AttributeError,
            NotImplementedError, RuntimeError, zipfile.BadZipFile,
            zlib.error) as error:
        raise ValueError(f"{path} is damaged, or not a file that save wrote; "
                         "expected an npz file without pickle") from error
    version = found.pop("format", None)
    if version is None or version.shape != () or version != FORMAT:
        raise ValueError(f"{path} has format {version}; expected {FORMAT}")
    for name in sorted(set(found) | set(like)):
        pair = [(arrays[name].shape, str(arrays[name].dtype))
                if name in arrays else "nothing" for arrays in (found, like)]
        if pair[0] != pair[1]:
            raise ValueError(f"{path} has {pair[0]} for {name}; expected "
                             f"{pair[1]}, as in this network")
    return check_arrays(found)
