"""Training: the same three calls, over and over.

`train` is for many short sequences, `train_stream` for a few long ones, which
are read in pieces. `progress` is any function that wraps an iterable and shows
how far it has come, such as `tqdm`; the loop itself is silent.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from rnn_src.checks import checked_mask, checked_sequences, count, generator, same_shape
from rnn_src.model import VanillaRNN

Progress = Callable[[Iterable[int]], Iterable[int]]


@dataclass
class History:
    """What was seen during training, once for each epoch.

    Attributes
    ----------
    losses : list of float
        In nats, each as it was before the update that it led to: of `train`
        the mean loss of a sequence, of `train_stream` that of a prediction.
    norms : list of float
        The length of the longest gradient, before any clipping.
    """

    losses: list[float] = field(default_factory=list)
    norms: list[float] = field(default_factory=list)


def update(
    model: VanillaRNN,
    ids: np.ndarray,
    targets: np.ndarray,
    h0: np.ndarray | None = None,
    mask: np.ndarray | None = None,
    *,
    lr: float,
    clip: float | None = None,
    clip_by: str = "value",
    frozen: Collection[str] = (),
) -> tuple[float, float, np.ndarray]:
    """Read, send back, move: one update of the model.

    Parameters
    ----------
    ids, targets, h0, mask
        As in `VanillaRNN.forward` and `VanillaRNN.bptt`.
    lr, clip, clip_by
        As in `VanillaRNN.step`.
    frozen : names of parameters that stay as they are

    Returns
    -------
    loss : float
        Before the update.
    norm : float
        The length of the gradient, without that of what is frozen.
    h : array, shape (B, H)
        The final states.

    Raises
    ------
    ValueError
        If a name in `frozen` is no parameter's; and what the model refuses.
    """
    unknown = set(frozen) - set(model.parameters)
    if unknown:
        raise ValueError(
            f"frozen holds {sorted(unknown)}; expected names out "
            f"of {', '.join(model.parameters)}"
        )
    hidden, _ = model.forward(ids, h0)
    loss = model.bptt(targets, mask)
    for name in frozen:
        model.gradients[name][:] = 0
    norm = float(np.linalg.norm(model.gradient))
    model.step(lr, clip, clip_by)
    return loss, norm, hidden[-1]


def train(
    model: VanillaRNN,
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
    frozen: Collection[str] = (),
    progress: Progress = iter,
) -> History:
    """Show all sequences `epochs` times, each time in a new order.

    Parameters
    ----------
    model : VanillaRNN
        Is changed.
    ids, targets : int arrays, shape (T, N)
        N sequences of T steps.
    epochs, batch_size : int
        How often each sequence is shown, and how many in one update. The last
        batch of an epoch is smaller where N is no multiple.
    rng : np.random.Generator
        Draws the order.
    mask : bool array, shape (T, N), optional
        As in `VanillaRNN.bptt`; in each sequence something counts.
    lr, clip, clip_by, frozen
        As in `update`.
    progress : function from an iterable to an iterable

    Raises
    ------
    ValueError
        If a shape does not fit, a number is below 1, or `rng` is no generator;
        and what `update` refuses.
    """
    count("epochs", epochs)
    count("batch_size", batch_size)
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
                frozen=frozen,
            )
            total += loss * len(batch)
            longest = max(longest, norm)
        history.losses.append(total / N)
        history.norms.append(longest)
    return history


def train_stream(
    model: VanillaRNN,
    ids: ArrayLike,
    targets: ArrayLike,
    *,
    epochs: int,
    k: int,
    lr: float,
    carried: bool = True,
    clip: float | None = None,
    clip_by: str = "value",
    frozen: Collection[str] = (),
    progress: Progress = iter,
) -> History:
    """Read long sequences in pieces of k steps: truncated backpropagation.

    No gradient goes from one piece to the piece before it. The hidden state
    does, within an epoch.

    Parameters
    ----------
    model : VanillaRNN
        Is changed.
    ids, targets : int arrays, shape (N, B)
        B streams of N steps.
    epochs, k : int
        How often the streams are read; how many steps a piece has. The last
        piece is shorter where N is no multiple.
    carried : bool
        Whether a piece begins with the final state of the one before it, or,
        if False, with zeros.
    lr, clip, clip_by, frozen, progress
        As in `train`.

    Raises
    ------
    ValueError
        If a shape does not fit, or a number is below 1; and what `update`
        refuses.
    """
    count("epochs", epochs)
    count("k", k)
    ids, targets = checked_pair(model, ids, targets)
    N, history = len(ids), History()
    for _ in progress(range(epochs)):
        h, total, longest = None, 0.0, 0.0
        for start in range(0, N, k):
            piece = slice(start, start + k)
            loss, norm, h = update(
                model,
                ids[piece],
                targets[piece],
                h if carried else None,
                lr=lr,
                clip=clip,
                clip_by=clip_by,
                frozen=frozen,
            )
            total += loss
            longest = max(longest, norm)
        history.losses.append(total / N)
        history.norms.append(longest)
    return history


def checked_pair(
    model: VanillaRNN, ids: ArrayLike, targets: ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and targets as arrays of one shape."""
    ids = checked_sequences("ids", ids, model.vocab_size)
    targets = checked_sequences("targets", targets, model.vocab_size)
    same_shape(ids=ids, targets=targets)
    return ids, targets
