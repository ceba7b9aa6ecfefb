"""Mistakes at the loss, the softmax and the output layer."""

from functools import partial

import numpy as np

from rnn_src.mistakes.registry import mistake

in_a_step = partial(mistake, kind="step")


@in_a_step(
    "dz",
    what="The difference is the wrong way round: truth minus prediction.",
    how="Errors are often defined as 'expected minus found'; the derivative "
    "of -ln p comes out as found minus expected.",
    message="All your gradients have the right size and the wrong sign: you "
    "climb the loss. Look at dL/dz: it is p - y.",
)
def y_minus_p(y, p):
    return y - p


@in_a_step(
    "dz",
    what="The gradient with respect to the probabilities is used as the "
    "gradient with respect to the logits.",
    how="The derivative of -ln p is taken, but the softmax between p and z is "
    "forgotten.",
    message="You stopped at dL/dp. The weights act on the logits z: go one step "
    "further back, through the softmax.",
)
def dp_for_dz(y, p):
    """Implements :eq:`eq-dp`, which is right for p, instead of :eq:`eq-dlogits`."""
    return -y / p


@in_a_step(
    "dz",
    what="The 1 is not subtracted at the target.",
    how="The line `dz[target] -= 1` is left out, or works on a copy.",
    message="Your dL/dz is p itself. Its entries sum to 1, but those of the "
    "right gradient sum to 0: you still have to subtract 1 at the target.",
)
def p_without_minus_one(p):
    return p


@in_a_step(
    "dz",
    what="Only the diagonal of the softmax's Jacobian is used.",
    how="p(1 - p) is known from the sigmoid and taken for the whole "
    "derivative, but each probability depends on every logit.",
    message="Your dL/dz is zero except at the target. You left out that raising "
    "one logit lowers the probabilities of all other words.",
)
def diagonal_of_the_jacobian(y, p):
    return -y / p * p * (1 - p)


@in_a_step(
    "dz",
    what="The derivative of the squared error is used instead of the cross-entropy's.",
    how="It is copied from a network with sigmoids and squared errors.",
    message="You multiply p - y by p(1 - p). That factor belongs to a squared "
    "error behind a sigmoid; here the logarithm cancels it.",
)
def squared_error(p, y):
    return (p - y) * p * (1 - p)


@in_a_step(
    "dz",
    what="The loss is averaged over the vocabulary instead of summed.",
    how="`np.mean` is taken over an array that also has the words as an axis.",
    message="All your gradients are V times too small: you took the mean over "
    "the words of the vocabulary. One step has one loss, not V.",
)
def mean_over_words(p, y, V):
    return (p - y) / V


@in_a_step(
    "dWy",
    what="dL/dW_y is built as its transpose, and reshaped to fit.",
    how="The outer product comes out as (H, V), and `reshape` makes the error "
    "message go away; but reshaping is not transposing.",
    message="Your dL/dWy has the right numbers in the wrong places. You swapped the "
    "outer product: rows belong to the words, so dL/dz comes first.",
)
def dWy_transposed(h, dz, V, H):
    return np.outer(h, dz).reshape(V, H)


@in_a_step(
    "dWy",
    what="W_y's gradient is taken with the previous hidden state.",
    how="h is overwritten, or read one step late, as in dL/dW_h.",
    message="In dL/dWy you use the hidden state before the step. W_y multiplied "
    "the new one, h: use what the forward pass used.",
)
def dWy_from_h_prev(dz, h_prev):
    return np.outer(dz, h_prev)


@in_a_step(
    "dWy",
    what="W_y's gradient is taken with the pre-activation, before tanh.",
    how="Both a and h are kept from the forward pass, and they look alike.",
    message="In dL/dWy you use a. W_y multiplied h = tanh(a): use that.",
)
def dWy_from_a(dz, a):
    return np.outer(dz, a)


@in_a_step(
    "dby",
    what="The output bias gets no gradient.",
    how="Biases start at zero, stay at zero, and nothing fails.",
    message="Your dL/dby is zero. You left the output bias out: its gradient is "
    "dL/dz itself.",
)
def by_forgotten(V):
    return np.zeros(V)


@in_a_step(
    "total_dby",
    what="The bias's gradient is added to itself; the step's share never is.",
    how="A slip of the pen: `dby += dby` instead of `dby += dz`. Twice zero is zero.",
    message="Your dL/dby is zero. If you wrote `dby += dby`, you double the "
    "zeros you started with: add dL/dz.",
)
def dby_plus_dby(total_dby):
    return total_dby + total_dby


@in_a_step(
    "dh",
    what="W_y is reshaped instead of transposed.",
    how="W_y (V, H) does not fit in front of dL/dz (V,), and `reshape` makes "
    "the shapes fit but mixes up the weights.",
    message="Your dL/dWy is right, but dL/dh is not. You gave W_y the shape "
    "(H, V) with `reshape`; only the transpose keeps each weight with its "
    "unit.",
)
def Wy_reshaped(Wy, H, V, dz, carry):
    return Wy.reshape(H, V) @ dz + carry


@in_a_step(
    "dh",
    what="dL/dh is computed with the W_y that has just been updated.",
    how="The output layer is updated as soon as its gradient is known, and "
    "the backward pass goes on with the new weights.",
    message="Your dL/dh belongs to different weights from your loss: you updated "
    "W_y in between. Compute every gradient first, then update.",
)
def Wy_after_its_update(Wy, dWy, dz, carry):
    return (Wy - 0.1 * dWy).T @ dz + carry
