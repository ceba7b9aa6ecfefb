"""How good is a prediction of text that was not trained on? Counted, and read."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from rnn_src.checks import (
    checked_ids,
    checked_mask,
    checked_sequences,
    count,
    positive,
    same_shape,
)
from rnn_src.functions import cross_entropy
from rnn_src.network import RecurrentNetwork


def ngram_loss(
    train: Sequence[int],
    held_out: Sequence[int],
    n: int,
    vocab_size: int,
    alpha: float = 0.1,
    mixed: bool = False,
) -> float:
    """The mean loss on held-out text of a table that counts what follows what.

    Implements :eq:`eq-ngram` and, mixed with the shorter tables down to an even
    guess, :eq:`eq-mixed`: each id is predicted from the n - 1 before it. The first
    n - 1 ids have too few before them, and are left out.

    Parameters
    ----------
    train, held_out : sequences of ids
    n : int
        1 for a unigram, which looks at nothing, 2 for a bigram, 3 for a trigram.
    vocab_size : int
        V, the number of characters.
    alpha : float
        What is added to each count, so that nothing new is impossible; mixed, the
        mean of what is added.
    mixed : bool
        Whether alpha V is spread as the shorter table predicts, not evenly.

    Returns
    -------
    float
        In nats per prediction.

    Raises
    ------
    ValueError
        If a number is not positive, a sequence has fewer than n ids, or an id is
        out of range.
    """
    n, V = count("n", n), count("vocab_size", vocab_size)
    alpha = positive("alpha", alpha)
    for name, ids in (("train", train), ("held_out", held_out)):
        if len(ids) < n:
            raise ValueError(f"{name} has {len(ids)} ids; expected at least {n}")
        checked_ids(name, ids, V)
    imagined, shorter = alpha * V, [1 / V] * (len(held_out) - n + 1)
    for m in range(1 if mixed else n, n + 1):
        followed = Counter(grams(train, m))
        context = Counter(gram[:-1] for gram in followed.elements())
        shorter = [
            (followed[gram] + imagined * q) / (context[gram[:-1]] + imagined)
            for gram, q in zip(grams(held_out[n - m :], m), shorter, strict=True)
        ]
    return -sum(map(math.log, shorter)) / len(shorter)


def grams(ids: Sequence[int], n: int) -> list[tuple[int, ...]]:
    """All runs of n ids that follow each other."""
    ids = np.asarray(ids).tolist()
    return list(zip(*(ids[start:] for start in range(n)), strict=False))


def mean_loss(
    model: RecurrentNetwork,
    ids: ArrayLike,
    targets: ArrayLike,
    mask: ArrayLike | None = None,
    k: int = 200,
) -> float:
    """The mean loss of a prediction, in nats; the model learns nothing.

    Reads from states of zeros, in pieces of k steps with the state passed on:
    the same number as read whole, in less memory.

    Parameters
    ----------
    model : RecurrentNetwork
    ids, targets : int arrays, shape (N, B)
    mask : bool array, shape (N, B), optional
        False where a prediction does not count.
    k : int

    Raises
    ------
    ValueError
        If a shape does not fit, or an id is out of range.
    """
    k = count("k", k)
    ids = checked_sequences("ids", ids, model.vocab_size)
    targets = checked_sequences("targets", targets, model.vocab_size)
    same_shape(ids=ids, targets=targets)
    mask = checked_mask("mask", mask, ids.shape)
    h, total = None, 0.0
    for start in range(0, len(ids), k):
        piece = slice(start, start + k)
        logits, h = model.read_on(ids[piece], h)
        total += cross_entropy(logits, targets[piece])[mask[piece]].sum()
    return float(total / mask.sum())
