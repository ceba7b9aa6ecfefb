"""Mistakes at tanh and at the weights of the hidden layer."""

from functools import partial

import numpy as np

from rnn_src.mistakes.registry import mistake

in_a_step = partial(mistake, kind="step")


@in_a_step(
    "da",
    what="The derivative of tanh is left out.",
    how="The step from h back to a is overlooked: both have the same shape.",
    message="You pass dL/dh on as if it were dL/da. tanh lies between the two: "
    "multiply by 1 - h**2.",
)
def no_tanh_prime(dh):
    return dh


@in_a_step(
    "da",
    what="The derivative of tanh is taken at the previous hidden state.",
    how="Indices of h and a are one apart in lists that also keep h_0.",
    message="You take tanh' at the hidden state of the previous step. It belongs "
    "to the state that this tanh produced: 1 - h**2 with this step's h.",
)
def tanh_prime_of_h_prev(h_prev, dh):
    return (1 - h_prev**2) * dh


@in_a_step(
    "da",
    what="The derivative of tanh is computed as 1 - a**2.",
    how="tanh'(a) = 1 - tanh(a)**2 is remembered without its second tanh.",
    message="You square the pre-activation. tanh' is 1 - tanh(a)**2, and tanh(a) "
    "is h: write 1 - h**2.",
)
def tanh_prime_from_a(a, dh):
    return (1 - a**2) * dh


@in_a_step(
    "da",
    what="The derivative of tanh is computed as 1 - tanh(h)**2.",
    how="A function `tanh_prime(a)` that applies tanh itself is given h.",
    message="You apply tanh twice. h is already tanh(a): tanh' is 1 - h**2.",
)
def tanh_prime_of_h(h, dh):
    return (1 - np.tanh(h) ** 2) * dh


@in_a_step(
    "da",
    what="The square is missing: 1 - h instead of 1 - h**2.",
    how="A slip that keeps the shape, and for positive h even the sign.",
    message="You multiply by 1 - h. The derivative of tanh is 1 - h**2: square h.",
)
def no_square(h, dh):
    return (1 - h) * dh


@in_a_step(
    "da",
    what="The derivative of the sigmoid is used instead of that of tanh.",
    how="h(1 - h) is copied from a network with sigmoids.",
    message="You multiply by h(1 - h). That is the derivative of the sigmoid; for tanh "
    "it is 1 - h**2.",
)
def sigmoid_prime(h, dh):
    return h * (1 - h) * dh


@in_a_step(
    "da",
    what="The derivative of tanh is applied twice.",
    how="Two functions each apply it, and neither knows about the other.",
    message="You multiply by 1 - h**2 twice. One tanh, one factor.",
)
def tanh_prime_twice(h, dh):
    return (1 - h**2) ** 2 * dh


@in_a_step(
    "da",
    what="The derivative of tanh has the wrong sign: h**2 - 1.",
    how="A minus sign is lost or added while the formula is rearranged.",
    message="From dL/da on, your gradients have the wrong sign. tanh always "
    "rises, so its derivative is positive: 1 - h**2.",
)
def tanh_prime_negative(h, dh):
    return (h**2 - 1) * dh


@in_a_step(
    "dWx",
    what="dL/dW_x is built as its transpose, and reshaped to fit.",
    how="The outer product comes out as (V, H), and `reshape` makes the error "
    "message go away.",
    message="Your dL/dWx has the right numbers in the wrong places. You swapped the "
    "outer product: rows belong to hidden units, so dL/da comes first.",
)
def dWx_transposed(x, da, H, V):
    return np.outer(x, da).reshape(H, V)


@in_a_step(
    "dWx",
    what="Every column of W_x gets the gradient, not only that of the word.",
    how="The one-hot vector is dropped, and broadcasting fills the matrix.",
    message="You change the columns of all words. Only the word that was read "
    "took part: its column gets dL/da, the others get zero.",
)
def dWx_in_every_column(da, V):
    return np.outer(da, np.ones(V))


@in_a_step(
    "dWh",
    what="The factors of the outer product are swapped.",
    how="W_h is square, so the wrong order fits as well as the right one.",
    message="Your dL/dWh is the transpose of the right one. No shape "
    "reveals it, since W_h is square: dL/da comes first, h_prev second.",
)
def dWh_transposed(h_prev, da):
    return np.outer(h_prev, da)


@in_a_step(
    "dWh",
    what="W_h's gradient is taken with the new hidden state.",
    how="`h` is at hand in the loop, but `h_prev` has to be looked up.",
    message="In dL/dWh you use h. W_h multiplied the previous state: use "
    "h_prev, which is h_0 at the first step.",
)
def dWh_from_h(da, h):
    return np.outer(da, h)


@in_a_step(
    "dbh",
    what="The hidden bias gets no gradient.",
    how="Biases start at zero, stay at zero, and nothing fails.",
    message="Your dL/dbh is zero. You left the hidden bias out: its gradient is "
    "dL/da itself.",
)
def bh_forgotten(H):
    return np.zeros(H)


@in_a_step(
    "dbh",
    what="The hidden bias gets dL/dh instead of dL/da.",
    how="The bias is taken for something that is added after tanh.",
    message="Your dL/dbh lacks tanh'. You add the bias inside tanh, to a: its "
    "gradient is dL/da.",
)
def dbh_from_dh(dh):
    return dh
