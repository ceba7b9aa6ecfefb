"""Text from a network: each id is read before the next one is chosen."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from rnn_src.checks import as_array, checked_ids, count, generator, positive
from rnn_src.functions import below_highest, softmax
from rnn_src.network import RecurrentNetwork


def generate(
    model: RecurrentNetwork,
    start: Sequence[int],
    length: int,
    temperature: float | None = None,
    rng: np.random.Generator | None = None,
    h0: ArrayLike | None = None,
) -> list[int]:
    """Continue a sequence: read the start, then every id that is chosen.

    Implements :eq:`eq-temperature`.

    Parameters
    ----------
    model : RecurrentNetwork
        Is not changed.
    start : ids to begin with, at least one
    length : int
        How many ids to add, at least 1.
    temperature : float, optional
        Divides the logits: below 1 the choices get bolder, above 1 more even.
        Left out: the most likely id each time, and no chance.
    rng : np.random.Generator, optional
        The source of chance; needed with a temperature.
    h0 : array, the shape of `model.state_shape(1)`, optional
        The state before the start, such as that of a text read before; zeros if
        left out.

    Returns
    -------
    list of int
        The ids that were added.

    Raises
    ------
    ValueError
        If `start` is empty or holds an id that is out of range, `length` is
        below 1, `temperature` is not positive, or `rng` is missing where it is
        needed; and what `RecurrentNetwork.forward` refuses.
    """
    count("length", length)
    if temperature is not None:
        temperature = positive("temperature", temperature)
        generator("rng", rng)
    ids = as_array("start", start)
    if ids.ndim != 1 or not len(ids):
        raise ValueError(
            f"start has shape {ids.shape}; expected (T,), the "
            "ids of one sequence, at least one"
        )
    checked_ids("start", ids, model.vocab_size)
    unread, h, added = ids[:, np.newaxis], h0, []
    for _ in range(length):
        logits, h = model.read_on(unread, h)
        added.append(chosen_id(logits[-1, 0], temperature, rng))
        unread = np.array([added[-1:]])
    return added


def chosen_id(
    logits: np.ndarray, temperature: float | None, rng: np.random.Generator | None
) -> int:
    """One id: the most likely, or one drawn by :eq:`eq-temperature`."""
    if temperature is None:
        return int(logits.argmax())
    with np.errstate(over="ignore"):  # a share of e^-1000 is 0 in any case
        z = below_highest(logits.astype(np.float64)) / temperature
    return int(rng.choice(len(z), p=softmax(np.maximum(z, -1000))))
