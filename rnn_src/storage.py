"""Parameters in a file: NumPy's npz, without pickle.

Nothing in such a file is run when it is read.
"""

import io
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from rnn_src.parameters import check_arrays

FORMAT = 1  # of the file; a reader refuses any other


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


def load_arrays(
    path: str | os.PathLike, like: Mapping[str, np.ndarray]
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
    except Exception as error:  # damage can make the readers raise anything
        raise ValueError(
            f"{path} is damaged, or not a file that save wrote; "
            "expected an npz file without pickle"
        ) from error
    version = found.pop("format", None)
    whole_number = version is not None and version.dtype.kind == "i"
    if not whole_number or version.shape != () or version != FORMAT:
        raise ValueError(f"{path} has format {version!r}; expected {FORMAT}")
    for name in sorted(set(found) | set(like)):
        pair = [
            (arrays[name].shape, str(arrays[name].dtype))
            if name in arrays
            else "nothing"
            for arrays in (found, like)
        ]
        if pair[0] != pair[1]:
            raise ValueError(
                f"{path} has {pair[0]} for {name}; expected "
                f"{pair[1]}, as in this network"
            )
    return check_arrays(found)
