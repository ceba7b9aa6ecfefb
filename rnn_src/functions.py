"""Softmax, cross-entropy and one-hot vectors for arrays, with derivatives.

The last axis is the vocabulary, V; before it there may be others, such as
(T, B, V). float32 stays float32. Nothing is broadcast: two arrays that belong
together have shapes that fit, or they are refused. A derivative is named
`d_` and its function, and turns dL/d(output) into dL/d(input); but
`d_cross_entropy` needs no dL/d(output), since its output is the loss.
"""

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from rnn_src.checks import (
    checked_ids,
    checked_mask,
    count,
    finite_floats,
    same_shape,
)


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
    dtype : float64 by default

    Returns
    -------
    array, shape (..., V)

    Raises
    ------
    ValueError
        If an id is not an integer of 0, …, V - 1, or `vocab_size` is below 1.
    """
    vocab_size = count("vocab_size", vocab_size)
    ids = checked_ids("ids", ids, vocab_size)
    return (ids[..., np.newaxis] == np.arange(vocab_size)).astype(dtype)


def below_highest(logits: np.ndarray) -> np.ndarray:
    """Each logit minus the highest of its vector; (..., V), at most 0."""
    # Logits further apart than a float reaches give -inf; its exp is 0.
    with np.errstate(over="ignore"):
        return logits - logits.max(axis=-1, keepdims=True)


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
        If a logit is not finite, a target is out of range, or `targets` has
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


def batch_loss(
    logits: ArrayLike, targets: ArrayLike, mask: ArrayLike | None = None
) -> tuple[float, np.ndarray]:
    """The loss of a batch, and its gradient at the logits.

    Implements :eq:`eq-batch-loss`, the one place that knows of the mean over B:
    the cross-entropies of :eq:`eq-cross-entropy` and their :eq:`eq-dlogits`,
    from the same exponentials.

    Parameters
    ----------
    logits : float array, shape (T, B, V)
    targets : int array, shape (T, B)
    mask : bool array, shape (T, B), optional
        False where a prediction does not count, as at padding.

    Returns
    -------
    loss : float
        In nats: the mean over the sequences of the sum over their steps.
    dlogits : array, shape (T, B, V), of the dtype of the logits

    Raises
    ------
    ValueError
        If a shape does not fit, a logit is not finite, a target is out of
        range, or the mask leaves nothing.
    """
    logits, targets = logits_and_targets(logits, targets)
    if logits.ndim != 3:
        raise ValueError(f"logits has shape {logits.shape}; expected (T, B, V)")
    T, B, V = logits.shape
    # A column for each prediction: NumPy adds up rows faster than along them.
    z = logits.reshape(T * B, V).T.copy()
    target = targets.ravel().astype(np.intp) * (T * B) + np.arange(T * B)
    with np.errstate(over="ignore"):  # as in `below_highest`
        z -= z.max(axis=0)
    p = np.exp(z)
    total = p.sum(axis=0)
    losses = np.log(total) - z.take(target)
    p /= B * total  # the prediction, divided by B,
    p.ravel()[target] -= 1 / B  # minus the truth, divided by B
    if mask is not None:
        left_out = ~checked_mask("mask", mask, (T, B)).ravel()
        losses[left_out] = p[:, left_out] = 0
    return float(losses.sum()) / B, p.T.reshape(T, B, V)
