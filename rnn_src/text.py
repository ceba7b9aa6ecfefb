"""Characters as ids: a text of any language, cut for training.

Read a file, split it, make ids of the characters, lay them side by side. The
texts that the book brings along are in the folder `TEXTS`.
"""

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from rnn_src.checks import as_array, checked_ids, count
from rnn_src.data import Pair, pad

#: Where the texts are; SOURCE.txt there says where they are from.
#:
#: :meta hide-value:
TEXTS = Path(__file__).parent / "texts"
UNKNOWN = "<unk>"  #: Id 0 of every vocabulary.
END = "<end>"  #: Id 1 of every vocabulary.


def read_text(path: str | os.PathLike, encoding: str = "utf-8-sig") -> str:
    """A text file, with one code for each accented letter (Unicode's NFC).

    Lines end in a line feed, whatever they end in there.

    Raises
    ------
    ValueError
        If the file is empty or blank, or is not in this encoding.
    OSError
        If it cannot be read.
    """
    try:
        text = Path(path).read_text(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{path} is not {error.encoding.upper()}, byte {error.start} is "
            f"{error.object[error.start]:#x}; expected UTF-8: save it as UTF-8, or "
            'name its encoding, such as read_text(path, "latin-1")'
        ) from error
    if not text.strip():
        raise ValueError(f"{path} is empty; expected a text")
    return unicodedata.normalize("NFC", text)


class Characters:
    """Characters with an id each, and two signs before them.

    Id 0 is `<unk>`, for every character that is not known; id 1 is `<end>`.

    Parameters
    ----------
    signs : sequence of str
        All of them: those of another vocabulary, or what `load` returned.

    Attributes
    ----------
    signs : list of str
        `signs[i]` is the sign with id `i`.

    Raises
    ------
    ValueError
        If the signs do not begin with the two, or one occurs twice.
    """

    def __init__(self, signs: Sequence[str]):
        self.signs = list(signs)
        self.ids = {sign: i for i, sign in enumerate(self.signs)}
        if self.signs[:2] != [UNKNOWN, END] or len(self.ids) < len(self.signs):
            raise ValueError(
                f"signs begins with {self.signs[:2]}, and {len(self.ids)} of "
                f"{len(self.signs)} are different; expected {[UNKNOWN, END]}, then "
                "each character once: Characters.of(text) makes them"
            )

    @classmethod
    def of(cls, text: str, at_least: int = 1) -> "Characters":
        """Those that occur in a text `at_least` so often, sorted.

        Take the training part alone: what is held out has to bring its strangers.
        With 2, a character that occurs once shows the network what an unknown one
        is like. A ValueError if there is none.
        """
        count("at_least", at_least)
        known = sorted(c for c, times in Counter(text).items() if times >= at_least)
        if not known:
            raise ValueError(
                f"text has no character that occurs {at_least} times; expected one"
            )
        return cls([UNKNOWN, END, *known])

    def __len__(self) -> int:
        return len(self.signs)

    def encode(self, text: str) -> np.ndarray:
        """The id of each character, 0 if it is unknown; int array, shape (N,)."""
        return np.array([self.ids.get(c, 0) for c in text], int)

    def decode(self, ids: ArrayLike) -> str:
        """The text of these ids; a ValueError if one is out of range."""
        ids = checked_ids("ids", list(ids), len(self)) if len(ids) else []
        return "".join(self.signs[i] for i in ids)


def split(sequence: Sequence, held_out: float = 0.1) -> tuple[Sequence, Sequence]:
    """The beginning, to train on, and the end, of this share, to judge by.

    Raises
    ------
    ValueError
        If the share is not between 0 and 1, or leaves one of the two empty.
    """
    if not 0 < held_out < 1:
        raise ValueError(f"held_out is {held_out}; expected between 0 and 1")
    cut = len(sequence) - round(held_out * len(sequence))
    if cut in (0, len(sequence)):
        raise ValueError(
            f"sequence has length {len(sequence)}; expected more, so that "
            f"{held_out} of it and the rest have an entry each"
        )
    return sequence[:cut], sequence[cut:]


def streams(ids: ArrayLike, number: int) -> Pair:
    """One long text as streams side by side, each with its targets.

    Stream b goes on where stream b - 1 stops, and so do its targets. The few ids
    that do not fill a row are dropped.

    Parameters
    ----------
    ids : int array, shape (M,)
    number : int
        B, the number of streams.

    Returns
    -------
    ids, targets : int arrays, shape (N, B) with N = (M - 1) // B

    Raises
    ------
    ValueError
        If `ids` has another shape or dtype, or is too short for so many streams.
    """
    ids, B = as_array("ids", ids), count("number", number)
    if ids.ndim != 1 or len(ids) <= B:
        raise ValueError(
            f"ids has shape {ids.shape}; expected (M,), with M at least {B + 1} for "
            f"{B} streams: a longer text, or fewer streams"
        )
    if ids.dtype.kind not in "iu":
        raise ValueError(f"ids has dtype {ids.dtype}; expected integers")
    N = (len(ids) - 1) // B
    return ids[: N * B].reshape(B, N).T.copy(), ids[1 : N * B + 1].reshape(
        B, N
    ).T.copy()


def lines(texts: Iterable[str], characters: Characters) -> tuple[np.ndarray, ...]:
    """Short texts side by side: each begins after `<end>`, and ends with it.

    Returns
    -------
    ids, targets : int arrays, shape (T, B)
    mask : bool array, shape (T, B)
        False where a text has ended.

    Raises
    ------
    ValueError
        If there is no text.
    """
    whole = [[1, *characters.encode(text), 1] for text in texts]
    ids, mask = pad([one[:-1] for one in whole], filler=1)
    return ids, pad([one[1:] for one in whole], filler=1)[0], mask
