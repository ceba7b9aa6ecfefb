"""Training: the same three calls, over and over.

`train` is for many short sequences, `train_stream` for a few long ones, which
are read in pieces. `progress` is any function that wraps an iterable and shows
how far it has come, such as `tqdm`; the loop itself is silent.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from rnn_src.checks import (
    checked_bools,
    checked_mask,
    checked_sequences,
    checked_states,
    count,
    generator,
    same_shape,
)
from rnn_src.network import RecurrentNetwork, Rule

Progress = Callable[[Iterable[int]], Iterable[int]]


@dataclass
class History:
    """What `train` saw, once for each epoch.

    Attributes
    ----------
    losses_per_sequence : list of float
        The mean loss of a sequence, in nats, before the update that it led to.
    norms : list of float
        The length of the longest gradient, before any clipping.
    """

    losses_per_sequence: list[float] = field(default_factory=list)
    norms: list[float] = field(default_factory=list)


@dataclass
class StreamHistory:
    """What `train_stream` saw, once for each epoch.

    Attributes
    ----------
    losses_per_prediction : list of float
        The mean loss of a prediction that counts, in nats, before the update
        that it led to.
    norms : list of float
        The length of the longest gradient, before any clipping.
    h : array, the shape of `model.state_shape(B)`
        The final states of the last epoch: a first state for what follows.
    """

    losses_per_prediction: list[float] = field(default_factory=list)
    norms: list[float] = field(default_factory=list)
    h: np.ndarray | None = field(default=None, compare=False)


def update(
    model: RecurrentNetwork,
    ids: np.ndarray,
    targets: np.ndarray,
    h0: np.ndarray | None = None,
    mask: np.ndarray | None = None,
    *,
    lr: float,
    clip: float | None = None,
    clip_by: str = "value",
    rule: Rule | None = None,
    frozen: Collection[str] = (),
) -> tuple[float, float, np.ndarray]:
    """Forward pass, backward pass, step: one update of the model.

    Parameters
    ----------
    ids, targets, h0, mask
        As in `RecurrentNetwork.forward` and `bptt`.
    lr, clip, clip_by, rule
        As in `RecurrentNetwork.step`.
    frozen : names of parameters that stay as they are
        Whatever the rule remembers of them.

    Returns
    -------
    loss : float
        Before the update.
    norm : float
        The length of the gradient, without that of what is frozen.
    h : array, the shape of `model.state_shape(B)`
        The final states.

    Raises
    ------
    ValueError
        If a name in `frozen` is unknown; and what the model refuses.
    """
    unknown = set(frozen) - set(model.parameters)
    if unknown:
        raise ValueError(
            f"frozen holds {sorted(unknown)}; expected names out "
            f"of {', '.join(model.parameters)}"
        )
    model.forward(ids, h0)
    loss = model.bptt(targets, mask)
    for name in frozen:
        model.gradients[name][:] = 0
    norm = float(np.linalg.norm(model.gradient))
    kept = {name: model.parameters[name].copy() for name in frozen}
    model.step(lr, clip, clip_by, rule)
    for name, array in kept.items():
        model.parameters[name][:] = array
    return loss, norm, model.final


def train(
    model: RecurrentNetwork,
    ids: ArrayLike,
    targets: ArrayLike,
    *,
    epochs: int,
    lr: float,
    rng: np.random.Generator,
    batch_size: int = 1,
    mask: ArrayLike | None = None,
    clip: float | None = None,
    clip_by: str = "value",
    rule: Rule | None = None,
    frozen: Collection[str] = (),
    progress: Progress = iter,
) -> History:
    """Show all sequences `epochs` times, each time in a new order.

    Parameters
    ----------
    model : RecurrentNetwork
        Is changed.
    ids, targets : int arrays, shape (T, N)
        N sequences of T steps.
    epochs, batch_size : int
        How often each sequence is shown, and how many in one update. The last
        batch of an epoch is smaller where N is not a multiple.
    rng : np.random.Generator
        Draws the order.
    mask : bool array, shape (T, N), optional
        As in `RecurrentNetwork.bptt`; in each sequence something counts.
    lr, clip, clip_by, rule, frozen
        As in `update`.
    progress : function from an iterable to an iterable

    Raises
    ------
    ValueError
        If a shape does not fit, a number is below 1, or `rng` is not a
        generator; and what `update` refuses.
    """
    count("epochs", epochs)
    batch_size = count("batch_size", batch_size)
    generator("rng", rng)
    ids, targets = checked_pair(model, ids, targets)
    mask = checked_mask("mask", mask, ids.shape)
    if not mask.any(axis=0).all():  # alone in a batch it would stop us
        raise ValueError(
            "mask is False everywhere in sequence "
            f"{mask.any(axis=0).argmin()}; expected at least one "
            "prediction that counts in each"
        )
    N, history = ids.shape[1], History()
    for _ in progress(range(epochs)):
        order, total, longest = rng.permutation(N), 0.0, 0.0
        for start in range(0, N, batch_size):
            batch = order[start : start + batch_size]
            loss, norm, _ = update(
                model,
                ids[:, batch],
                targets[:, batch],
                mask=mask[:, batch],
                lr=lr,
                clip=clip,
                clip_by=clip_by,
                rule=rule,
                frozen=frozen,
            )
            total += loss * len(batch)
            longest = max(longest, norm)
        history.losses_per_sequence.append(total / N)
        history.norms.append(longest)
    return history


def train_stream(
    model: RecurrentNetwork,
    ids: ArrayLike,
    targets: ArrayLike,
    *,
    epochs: int,
    k: int,
    lr: float,
    carried: bool = True,
    h0: ArrayLike | None = None,
    reset: ArrayLike | None = None,
    mask: ArrayLike | None = None,
    clip: float | None = None,
    clip_by: str = "value",
    rule: Rule | None = None,
    frozen: Collection[str] = (),
    progress: Progress = iter,
) -> StreamHistory:
    """Read long sequences in pieces of k steps: truncated backpropagation.

    No gradient goes from one piece to the piece before it. The hidden state
    does, within an epoch.

    Parameters
    ----------
    model : RecurrentNetwork
        Is changed.
    ids, targets : int arrays, shape (N, B)
        B streams of N steps.
    epochs, k : int
        How often the streams are read; how many steps a piece has at most.
    carried : bool
        Whether a piece begins with the final state of the piece before it, or,
        if False, with zeros.
    h0 : array, the shape of `model.state_shape(B)`, optional
        The states at the start of each epoch; zeros if left out.
    reset : bool array, shape (N, B), optional
        True where something new begins: the state before that step is zeros. A
        piece ends before such a step, in all streams.
    mask : bool array, shape (N, B), optional
        As in `RecurrentNetwork.bptt`. A piece where nothing counts is only read.
    lr, clip, clip_by, rule, frozen, progress
        As in `train`.

    Raises
    ------
    ValueError
        If a shape does not fit, or a number is below 1; and what `update`
        refuses.
    """
    count("epochs", epochs)
    ids, targets = checked_pair(model, ids, targets)
    mask = checked_mask("mask", mask, ids.shape)
    B = ids.shape[1]
    h0 = checked_states("h0", h0, model.state_shape(B), model.dtype)
    pieces = cut_into_pieces(ids.shape, k, carried, reset)
    history = StreamHistory()
    for _ in progress(range(epochs)):
        h, total, longest = h0, 0.0, 0.0
        for piece, anew in pieces:
            h = np.where(anew, 0, h)
            if not mask[piece].any():  # nothing to learn from, only to read
                _, h = model.read_on(ids[piece], h)
                continue
            loss, norm, h = update(
                model,
                ids[piece],
                targets[piece],
                h,
                mask[piece],
                lr=lr,
                clip=clip,
                clip_by=clip_by,
                rule=rule,
                frozen=frozen,
            )
            total += loss
            longest = max(longest, norm)
        history.losses_per_prediction.append(total * B / mask.sum())
        history.norms.append(longest)
        history.h = h
    return history


def cut_into_pieces(
    shape: tuple[int, int], k: int, carried: bool, reset: ArrayLike | None
) -> list[tuple[slice, np.ndarray]]:
    """Pieces of at most k steps; with each, which streams begin anew, (B, 1)."""
    N, k = shape[0], count("k", k)
    every_k = np.arange(N) % k == 0
    anew = np.zeros(shape, bool)
    if reset is not None:
        anew |= checked_bools("reset", reset, shape)
    if not carried:
        anew[every_k] = True
    starts = np.flatnonzero(every_k | anew.any(axis=1))
    ends = [*starts[1:], N]
    return [
        (slice(start, end), anew[start, :, np.newaxis])
        for start, end in zip(starts, ends, strict=True)
    ]


def checked_pair(
    model: RecurrentNetwork, ids: ArrayLike, targets: ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and targets as arrays of one shape."""
    ids = checked_sequences("ids", ids, model.vocab_size)
    targets = checked_sequences("targets", targets, model.vocab_size)
    same_shape(ids=ids, targets=targets)
    return ids, targets
