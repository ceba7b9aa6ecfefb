"""Softmax, cross-entropy and one-hot vectors for arrays, with derivatives.

The last axis is the vocabulary, V; before it may stand any axes, such as
(T, B, V). float32 stays float32. Nothing is broadcast: two arrays that belong
together have shapes that fit, or they are refused. A derivative is named
`d_` and its function, and turns dL/d(output) into dL/d(input); but
`d_cross_entropy` needs no dL/d(output), since its output is the loss.
"""

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from rnn_src.checks import checked_ids, finite_floats, same_shape


def one_hot(
    ids: ArrayLike, vocab_size: int, dtype: DTypeLike = np.float64
) -> np.ndarray:
    """A vector of zeros with a single one, for every id.

    Implements :eq:`eq-one-hot`.

    Parameters
    ----------
    ids : int array, shape (...)
    vocab_size : int
        V, at least 1.
    dtype : float64 unless told

    Returns
    -------
    array, shape (..., V)

    Raises
    ------
    ValueError
        If an id is not an integer of 0, …, V - 1, or `vocab_size` is below 1.
    """
    if vocab_size < 1:
        raise ValueError(f"vocab_size is {vocab_size}; expected 1 or more")
    ids = checked_ids("ids", ids, vocab_size)
    return (ids[..., np.newaxis] == np.arange(vocab_size)).astype(dtype)


def below_highest(logits: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    """Each logit minus the highest of its vector; (..., V), at most 0."""
    # Logits further apart than a float reaches give -inf; its exp is 0.
    with np.errstate(over="ignore"):
        return np.subtract(logits, logits.max(axis=-1, keepdims=True), out=out)


def softmax(logits: ArrayLike) -> np.ndarray:
    """Positive numbers that sum to one along the last axis.

    Implements :eq:`eq-softmax`, after subtracting the highest logit, so that
    `exp` cannot overflow.

    Parameters
    ----------
    logits : float array, shape (..., V)

    Returns
    -------
    array, shape (..., V), of the same dtype

    Raises
    ------
    ValueError
        If a logit is not finite, or there is none.
    """
    exponentials = np.exp(below_highest(finite_floats("logits", logits)))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def log_softmax(logits: ArrayLike) -> np.ndarray:
    """ln softmax(logits), finite even where the probability rounds to 0.

    The logits minus their :eq:`eq-log-sum-exp`. Shapes, dtype and errors are
    those of `softmax`; the unit is the nat.
    """
    shifted = below_highest(finite_floats("logits", logits))
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def cross_entropy(logits: ArrayLike, targets: ArrayLike) -> np.ndarray:
    """Minus ln of the probability given to each target, in nats.

    Implements :eq:`eq-cross-entropy` straight from the logits, by
    :eq:`eq-log-sum-exp`. Sums and means are left to the caller.

    Parameters
    ----------
    logits : float array, shape (..., V)
    targets : int array, shape (...)
        The ids that did come.

    Returns
    -------
    array, shape (...)
        One loss for each target, of the dtype of the logits.

    Raises
    ------
    ValueError
        If a logit is not finite, a target is no word's id, or `targets` has
        another shape than `logits` without its last axis.
    """
    logits, targets = logits_and_targets(logits, targets)
    shifted = below_highest(logits)
    chosen = np.take_along_axis(shifted, targets[..., np.newaxis], axis=-1)
    return np.log(np.exp(shifted).sum(axis=-1)) - chosen[..., 0]


def logits_and_targets(
    logits: ArrayLike, targets: ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    """Both as arrays; a ValueError if they do not belong together."""
    logits = finite_floats("logits", logits)
    targets = checked_ids("targets", targets, logits.shape[-1])
    if targets.shape != logits.shape[:-1]:
        raise ValueError(
            f"targets has shape {targets.shape}; expected "
            f"{logits.shape[:-1]}, one id for each vector of "
            f"logits of shape {logits.shape}"
        )
    return logits, targets


def d_softmax(dp: ArrayLike, p: ArrayLike) -> np.ndarray:
    """From dL/dp to dL/dlogits.

    Implements the product of dL/dp with :eq:`eq-softmax-jacobian`, without
    ever writing down the (V, V) Jacobian.

    Parameters
    ----------
    dp : float array, shape (..., V)
        dL/dp, the gradient with respect to the probabilities.
    p : float array, shape (..., V)
        The probabilities: what `softmax` returned.

    Returns
    -------
    array, shape (..., V)
        dL/dlogits. Along the last axis it sums to zero.

    Raises
    ------
    ValueError
        If the shapes differ or an entry is not finite.
    """
    dp, p = finite_floats("dp", dp), finite_floats("p", p)
    same_shape(dp=dp, p=p)
    return p * (dp - (dp * p).sum(axis=-1, keepdims=True))


def d_log_softmax(dlog_p: ArrayLike, p: ArrayLike) -> np.ndarray:
    """From dL/dln p to dL/dlogits: :eq:`eq-softmax-jacobian`, divided by p.

    Parameters
    ----------
    dlog_p : float array, shape (..., V)
        dL/dln p, the gradient with respect to what `log_softmax` returned.
    p : float array, shape (..., V)
        The probabilities themselves, not their logarithms.

    Returns
    -------
    array, shape (..., V)

    Raises
    ------
    ValueError
        If the shapes differ or an entry is not finite.
    """
    dlog_p, p = finite_floats("dlog_p", dlog_p), finite_floats("p", p)
    same_shape(dlog_p=dlog_p, p=p)
    return dlog_p - p * dlog_p.sum(axis=-1, keepdims=True)


def d_cross_entropy(logits: ArrayLike, targets: ArrayLike) -> np.ndarray:
    """dL/dlogits of each cross-entropy: the prediction minus the truth.

    Implements :eq:`eq-dlogits`. Arguments and errors are those of
    `cross_entropy`.

    Returns
    -------
    array, shape (..., V), of the dtype of the logits
    """
    logits, targets = logits_and_targets(logits, targets)
    return softmax(logits) - one_hot(targets, logits.shape[-1], logits.dtype)


def loss_and_dlogits(
    logits: np.ndarray, targets: np.ndarray, out: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """`cross_entropy` and `d_cross_entropy`, from the same exponentials.

    Implements :eq:`eq-cross-entropy` and :eq:`eq-dlogits`. For those who have
    checked their arguments: finite logits, targets in range.

    Parameters
    ----------
    logits, targets
        As in `cross_entropy`.
    out : array of the shape and dtype of the logits, in C order, optional
        Where dlogits goes, as in NumPy.

    Returns
    -------
    losses : array, shape (...)
    dlogits : array, shape (..., V)
    """
    p = np.empty_like(logits, order="C") if out is None else out
    below_highest(logits, out=p)
    chosen = np.arange(0, logits.size, logits.shape[-1]) + targets.ravel().astype(
        np.intp, copy=False
    )
    losses = p.take(chosen).reshape(targets.shape)
    np.exp(p, out=p)
    total = p.sum(axis=-1, keepdims=True)
    np.subtract(np.log(total[..., 0]), losses, out=losses)
    p /= total  # now it is the prediction,
    p.reshape(-1)[chosen] -= 1  # minus the truth
    return losses, p
