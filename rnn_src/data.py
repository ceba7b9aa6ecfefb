"""The data of the book's experiments: sequences of ids, made on the spot.

Inputs and targets have shape (T, N): T steps of N sequences, a column each.
Where chance is needed it comes from an `rng` that is passed in.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from rnn_src.checks import as_array, checked_ids, count, generator

#: The three sentences of Part I. Nine times a word follows a word in them.
SENTENCES = (
    "hello how are you",
    "how are you doing",
    "are you doing well",
)

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Pair = tuple[np.ndarray, np.ndarray]


def to_ids(text: str) -> np.ndarray:
    """The ids of letters, A = 0 to Z = 25; shape (T,).

    Raises
    ------
    ValueError
        If `text` is empty or holds something else than capital letters.
    """
    unknown = sorted(set(text) - set(ALPHABET))
    if unknown or not text:
        raise ValueError(
            f"text is {text!r}; expected letters from A to Z, at least one"
        )
    return np.array([ALPHABET.index(letter) for letter in text])


def to_text(ids: Iterable[int]) -> str:
    """The letters that belong to ids of shape (T,).

    Raises
    ------
    ValueError
        If there is no id, or one is not of 0, …, 25.
    """
    ids = as_array("ids", list(ids))
    if ids.ndim != 1 or not len(ids):
        raise ValueError(
            f"ids has shape {ids.shape}; expected (T,), the ids "
            "of one sequence, at least one"
        )
    checked_ids("ids", ids, len(ALPHABET))
    return "".join(ALPHABET[i] for i in ids)


def make_sequence_data(
    seq_len: int, num_samples: int, rng: np.random.Generator
) -> Pair:
    """Pieces of the alphabet from random beginnings; after Z comes A.

    Parameters
    ----------
    seq_len, num_samples : int
        T and N.
    rng : np.random.Generator

    Returns
    -------
    ids, targets : int arrays, shape (T, N)
        The target is the letter that follows: D for C.

    Raises
    ------
    ValueError
        If a number is below 1, or `rng` is no generator.
    """
    count("seq_len", seq_len)
    count("num_samples", num_samples)
    generator("rng", rng)
    V = len(ALPHABET)
    first = rng.integers(0, V, size=num_samples)
    ids = (np.arange(seq_len + 1)[:, np.newaxis] + first) % V
    return ids[:-1].copy(), ids[1:].copy()


def pendulum() -> Pair:
    """The alphabet there and back again: A, B, …, Z, Y, …, A.

    Returns
    -------
    ids, targets : int arrays, shape (50, 1)
        After B comes C while it goes up, and A while it comes down.
    """
    ids = to_ids(ALPHABET + ALPHABET[-2::-1])[:, np.newaxis]
    return ids[:-1].copy(), ids[1:].copy()


def recall(
    lag: int, symbols: int, num_samples: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One symbol, then nothing but blanks; at the end, which symbol was it?

    Parameters
    ----------
    lag : int
        How many steps after the symbol the question comes, at least 0.
    symbols, num_samples : int
        How many different symbols there are, and N. The ids of the symbols
        are 0, …, symbols - 1, that of the blank is `symbols`: V is one more.
    rng : np.random.Generator

    Returns
    -------
    ids, targets : int arrays, shape (lag + 1, N)
    mask : bool array, shape (lag + 1, N)
        True at the last step, the only one whose prediction counts.

    Raises
    ------
    ValueError
        If a number is too small, or `rng` is no generator.
    """
    count("lag", lag, least=0)
    count("symbols", symbols)
    count("num_samples", num_samples)
    generator("rng", rng)
    ids = np.full((lag + 1, num_samples), symbols)
    ids[0] = rng.integers(0, symbols, size=num_samples)
    mask = np.zeros(ids.shape, bool)
    mask[-1] = True
    return ids, np.broadcast_to(ids[0], ids.shape).copy(), mask


def echo(
    delay: int, symbols: int, length: int, streams: int, rng: np.random.Generator
) -> Pair:
    """Streams of random symbols; the target is the symbol read `delay` ago.

    Parameters
    ----------
    delay : int
        At least 0.
    symbols, length, streams : int
        V, and the shape (length, streams) of what is returned.
    rng : np.random.Generator

    Returns
    -------
    ids, targets : int arrays, shape (length, streams)
        The first `delay` targets were never read: nothing can know them.

    Raises
    ------
    ValueError
        If a number is too small, or `rng` is no generator.
    """
    count("delay", delay, least=0)
    for name, value in (("symbols", symbols), ("length", length), ("streams", streams)):
        count(name, value)
    generator("rng", rng)
    drawn = rng.integers(0, symbols, size=(length + delay, streams))
    return drawn[delay:].copy(), drawn[:length].copy()


def pad(sequences: Sequence[Sequence[int]], filler: int = 0) -> Pair:
    """Sequences of unequal lengths, side by side, filled up at the end.

    Parameters
    ----------
    sequences : B lists of ids, each of at least one
    filler : int
        The id to put where a sequence has ended.

    Returns
    -------
    ids : int array, shape (T, B)
        T is the length of the longest.
    mask : bool array, shape (T, B)
        True where there is a sequence.

    Raises
    ------
    ValueError
        If there is no sequence, one of them is empty or not of integers, or
        `filler` is below 0.
    """
    count("filler", filler, least=0)
    columns = [
        as_array(f"sequences[{b}]", sequence) for b, sequence in enumerate(sequences)
    ]
    if not columns:
        raise ValueError("sequences is empty; expected at least one")
    for b, column in enumerate(columns):
        if column.ndim != 1 or not len(column) or column.dtype.kind not in "iu":
            raise ValueError(
                f"sequences[{b}] has shape {column.shape} and "
                f"dtype {column.dtype}; expected at least one "
                "integer in a row"
            )
    lengths = np.array([len(column) for column in columns])
    mask = np.arange(lengths.max())[:, np.newaxis] < lengths
    ids = np.full(mask.shape, filler)
    for b, column in enumerate(columns):
        ids[: lengths[b], b] = column
    return ids, mask
