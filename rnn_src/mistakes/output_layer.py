"""Mistakes at the loss, the softmax and the output layer."""

from functools import partial
from types import SimpleNamespace

import numpy as np

from rnn_src.mistakes.registry import mistake

in_a_step = partial(mistake, kind="step")


@in_a_step(
    "dz",
    what="The difference is the wrong way round: truth minus prediction.",
    how="Errors are often told as 'expected minus found'; the derivative of "
    "-ln p comes out as found minus expected.",
    told="All your gradients have the right size and the wrong sign: you "
    "climb the loss. Look at dL/dz: it is p - y.",
)
def y_minus_p(s: SimpleNamespace) -> np.ndarray:
    return s.y - s.p


@in_a_step(
    "dz",
    what="The gradient with respect to the probabilities is used as the "
    "gradient with respect to the logits.",
    how="The derivative of -ln p is taken, and the softmax between p and z is "
    "forgotten.",
    told="You stopped at dL/dp. The weights act on the logits z: go one step "
    "further, through the softmax.",
)
def dp_for_dz(s: SimpleNamespace) -> np.ndarray:
    """Implements :eq:`eq-dp`, right for p, where :eq:`eq-dlogits` belongs."""
    return -s.y / s.p


@in_a_step(
    "dz",
    what="The one is not subtracted at the target.",
    how="The line `dz[target] -= 1` is left out, or works on a copy.",
    told="Your dL/dz is p itself. Its entries sum to one, and those of the "
    "right one sum to zero: you still have to subtract 1 at the target.",
)
def p_without_minus_one(s: SimpleNamespace) -> np.ndarray:
    return s.p


@in_a_step(
    "dz",
    what="Only the diagonal of the softmax's Jacobian is used.",
    how="p(1 - p) is known from the sigmoid, and taken for the whole "
    "derivative; but each probability depends on every logit.",
    told="Your dL/dz is zero except at the target. You left out that raising "
    "one logit lowers the probabilities of all other words.",
)
def diagonal_of_the_jacobian(s: SimpleNamespace) -> np.ndarray:
    return -s.y / s.p * s.p * (1 - s.p)


@in_a_step(
    "dz",
    what="The derivative of the squared error stands in for that of the cross-entropy.",
    how="It is copied from a network with sigmoids and squared errors.",
    told="You multiply p - y by p(1 - p). That factor belongs to a squared "
    "error behind a sigmoid; here the logarithm has cancelled it.",
)
def squared_error(s: SimpleNamespace) -> np.ndarray:
    return (s.p - s.y) * s.p * (1 - s.p)


@in_a_step(
    "dz",
    what="The loss is averaged over the vocabulary, where it is a sum.",
    how="`np.mean` is taken over an array that also has the words as an axis.",
    told="All your gradients are V times too small: you took a mean over the "
    "words of the vocabulary. One step has one loss, not V.",
)
def mean_over_words(s: SimpleNamespace) -> np.ndarray:
    return (s.p - s.y) / s.V


@in_a_step(
    "dWy",
    what="dL/dW_y is built as its transpose, and reshaped to fit.",
    how="The outer product comes out as (H, V), and `reshape` makes the error "
    "message go away; but reshaping is not transposing.",
    told="Your dL/dWy has the right numbers in wrong places. You swapped the "
    "outer product: rows belong to the words, so dL/dz comes first.",
)
def dWy_transposed(s: SimpleNamespace) -> np.ndarray:
    return np.outer(s.h, s.dz).reshape(s.V, s.H)


@in_a_step(
    "dWy",
    what="W_y's gradient is taken with the hidden state of the step before.",
    how="h is overwritten or read one step late, as it is in dL/dW_h.",
    told="In dL/dWy you use the hidden state before the step. W_y multiplied "
    "the new one, h: use what the forward pass used.",
)
def dWy_from_h_prev(s: SimpleNamespace) -> np.ndarray:
    return np.outer(s.dz, s.h_prev)


@in_a_step(
    "dWy",
    what="W_y's gradient is taken with the pre-activation, before tanh.",
    how="Both a and h are kept from the forward pass, and they look alike.",
    told="In dL/dWy you use a. W_y multiplied h = tanh(a): use that.",
)
def dWy_from_a(s: SimpleNamespace) -> np.ndarray:
    return np.outer(s.dz, s.a)


@in_a_step(
    "dby",
    what="The output bias gets no gradient.",
    how="Biases start at zero, stay at zero, and nothing fails.",
    told="Your dL/dby is zero. You left the output bias out: its gradient is "
    "dL/dz itself.",
)
def by_forgotten(s: SimpleNamespace) -> np.ndarray:
    return np.zeros(s.V)


@in_a_step(
    "total_dby",
    what="The bias's gradient is added to itself, and never to the step's share.",
    how="A slip of the pen: `dby += dby` for `dby += dz`. Twice zero is zero.",
    told="Your dL/dby is zero. If you wrote `dby += dby`, you double the "
    "zeros that you began with: add dL/dz.",
)
def dby_plus_dby(s: SimpleNamespace) -> np.ndarray:
    return s.total_dby + s.total_dby


@in_a_step(
    "dh",
    what="W_y is reshaped where it has to be transposed.",
    how="W_y (V, H) does not fit in front of dL/dz (V,), and `reshape` makes "
    "the shapes fit while it mixes up the weights.",
    told="Your dL/dWy is right and dL/dh is not. You gave W_y the shape "
    "(H, V) by `reshape`; only its transpose keeps each weight with its "
    "unit.",
)
def Wy_reshaped(s: SimpleNamespace) -> np.ndarray:
    return s.Wy.reshape(s.H, s.V) @ s.dz + s.carry


@in_a_step(
    "dh",
    what="dL/dh is computed with the W_y that has just been updated.",
    how="The output layer is updated as soon as its gradient is known, and "
    "the backward pass goes on with the new weights.",
    told="Your dL/dh belongs to other weights than your loss: you updated W_y "
    "in between. Compute every gradient first, and update then.",
)
def Wy_after_its_update(s: SimpleNamespace) -> np.ndarray:
    return (s.Wy - 0.1 * s.dWy).T @ s.dz + s.carry
