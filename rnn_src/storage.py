"""A network in a file: NumPy's npz, without pickle.

Nothing in such a file is run when it is read. The file alone makes the network
again; it can carry the words or characters that its ids stand for.
"""

import io
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rnn_src.model import VanillaRNN
from rnn_src.parameters import check_arrays

FORMAT = 1  # of the file; any other is refused


def save(
    path: str | os.PathLike, model: VanillaRNN, vocabulary: Sequence[str] | None = None
) -> None:
    """Write a network to a file; an older one is replaced as a whole.

    Parameters
    ----------
    path : where to write, with its ending
        If it is a link, the file that it leads to is replaced.
    model : VanillaRNN
    vocabulary : V different strings, optional
        The word or character of each id.

    Raises
    ------
    ValueError
        If a parameter is not finite, or the vocabulary does not fit.
    OSError
        If the file cannot be written.
    """
    arrays = check_arrays(model.parameters)
    if vocabulary is not None:
        words = checked_vocabulary(vocabulary, model.vocab_size)
        encoded = json.dumps(words).encode()
        arrays["vocabulary"] = np.frombuffer(encoded, np.uint8)
    path = Path(path).resolve()
    # Written beside the path, then moved there: an old file is kept if this fails.
    with tempfile.TemporaryDirectory(dir=path.parent) as beside:
        unfinished = Path(beside) / path.name
        with open(unfinished, "wb") as file:
            np.savez(file, format=np.array(FORMAT), **arrays)
        if path.exists():
            shutil.copymode(path, unfinished)
        os.replace(unfinished, path)


def load(path: str | os.PathLike) -> tuple[VanillaRNN, list[str] | None]:
    """The network of a file that `save` wrote, exact to the bit.

    Returns
    -------
    model : VanillaRNN
    vocabulary : list of str, or None if the file has none

    Raises
    ------
    ValueError
        If the file is damaged, of another format, or does not hold a network.
    OSError
        If it cannot be read.
    """
    arrays = read_arrays(path)
    encoded = arrays.pop("vocabulary", None)
    try:
        model = VanillaRNN.from_parameters(arrays)
        if encoded is None:
            return model, None
        words = json.loads(encoded.tobytes())
        return model, checked_vocabulary(words, model.vocab_size)
    except ValueError as error:
        raise ValueError(
            f"{path} does not hold a network; expected one that save wrote: {error}"
        ) from error


def read_arrays(path: str | os.PathLike) -> dict[str, np.ndarray]:
    """The arrays of a file of this format; a ValueError if it is damaged."""
    content = Path(path).read_bytes()
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            # A member that is not an array comes as bytes.
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
    return found


def checked_vocabulary(words: Sequence[str], vocab_size: int) -> list[str]:
    """The vocabulary as a list; a ValueError unless it has V different strings."""
    words = list(words)
    if not all(isinstance(word, str) for word in words):
        raise ValueError("vocabulary holds something else than text; expected strings")
    if len(words) != vocab_size or len(set(words)) != vocab_size:
        raise ValueError(
            f"vocabulary has {len(words)} entries, {len(set(words))} of them "
            f"different; expected {vocab_size}, one for each id"
        )
    return words
