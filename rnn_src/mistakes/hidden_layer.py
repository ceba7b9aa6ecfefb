"""Mistakes at tanh and at the weights of the hidden layer."""

from functools import partial
from types import SimpleNamespace

import numpy as np

from rnn_src.mistakes.registry import mistake

in_a_step = partial(mistake, kind="step")


@in_a_step(
    "da",
    what="The derivative of tanh is left out.",
    how="The step from h back to a is overlooked: both have one shape.",
    told="You pass dL/dh on as if it were dL/da. Between the two stands tanh: "
    "multiply by 1 - h**2.",
)
def no_tanh_prime(s: SimpleNamespace) -> np.ndarray:
    return s.dh


@in_a_step(
    "da",
    what="The derivative of tanh is taken at the hidden state before.",
    how="Indices of h and a are one apart in lists that also keep h_0.",
    told="You take tanh' at the hidden state of the step before. It belongs "
    "to the state that this tanh produced: 1 - h**2 with this step's h.",
)
def tanh_prime_of_h_prev(s: SimpleNamespace) -> np.ndarray:
    return (1 - s.h_prev**2) * s.dh


@in_a_step(
    "da",
    what="The derivative of tanh is computed as 1 - a**2.",
    how="tanh'(a) = 1 - tanh(a)**2 is remembered without its second tanh.",
    told="You square the pre-activation. tanh' is 1 - tanh(a)**2, and tanh(a) "
    "is h: write 1 - h**2.",
)
def tanh_prime_from_a(s: SimpleNamespace) -> np.ndarray:
    return (1 - s.a**2) * s.dh


@in_a_step(
    "da",
    what="The derivative of tanh is computed as 1 - tanh(h)**2.",
    how="A function `tanh_prime(a)` that applies tanh itself is given h.",
    told="You apply tanh twice. h is tanh(a) already: tanh' is 1 - h**2.",
)
def tanh_prime_of_h(s: SimpleNamespace) -> np.ndarray:
    return (1 - np.tanh(s.h) ** 2) * s.dh


@in_a_step(
    "da",
    what="The square is missing: 1 - h for 1 - h**2.",
    how="A slip that keeps the shape, and for positive h even the sign.",
    told="You multiply by 1 - h. The derivative of tanh is 1 - h**2: square h.",
)
def no_square(s: SimpleNamespace) -> np.ndarray:
    return (1 - s.h) * s.dh


@in_a_step(
    "da",
    what="The derivative of the sigmoid is used for that of tanh.",
    how="h(1 - h) is copied from a network with sigmoids.",
    told="You multiply by h(1 - h). That is the sigmoid's derivative; tanh "
    "has 1 - h**2.",
)
def sigmoid_prime(s: SimpleNamespace) -> np.ndarray:
    return s.h * (1 - s.h) * s.dh


@in_a_step(
    "da",
    what="The derivative of tanh is applied twice.",
    how="Two functions each apply it, and neither knows of the other.",
    told="You multiply by 1 - h**2 twice. One tanh, one factor.",
)
def tanh_prime_twice(s: SimpleNamespace) -> np.ndarray:
    return (1 - s.h**2) ** 2 * s.dh


@in_a_step(
    "da",
    what="The derivative of tanh has the wrong sign: h**2 - 1.",
    how="A minus is lost or found while the formula is rearranged.",
    told="From dL/da on your gradients have the wrong sign. tanh rises "
    "everywhere, so its derivative is positive: 1 - h**2.",
)
def tanh_prime_negative(s: SimpleNamespace) -> np.ndarray:
    return (s.h**2 - 1) * s.dh


@in_a_step(
    "dWx",
    what="dL/dW_x is built as its transpose, and reshaped to fit.",
    how="The outer product comes out as (V, H), and `reshape` makes the error "
    "message go away.",
    told="Your dL/dWx has the right numbers in wrong places. You swapped the "
    "outer product: rows belong to hidden units, so dL/da comes first.",
)
def dWx_transposed(s: SimpleNamespace) -> np.ndarray:
    return np.outer(s.x, s.da).reshape(s.H, s.V)


@in_a_step(
    "dWx",
    what="Every column of W_x gets the gradient, not only that of the word.",
    how="The one-hot vector is dropped, and broadcasting fills the matrix.",
    told="You change the columns of all words. Only the word that was read "
    "took part: its column gets dL/da, and the others zero.",
)
def dWx_in_every_column(s: SimpleNamespace) -> np.ndarray:
    return np.outer(s.da, np.ones(s.V))


@in_a_step(
    "dWh",
    what="The factors of the outer product are swapped.",
    how="W_h is square, so the wrong order fits as well as the right one.",
    told="Your dL/dWh is the transpose of the right one. No shape can tell "
    "you so, as W_h is square: dL/da comes first, h_prev second.",
)
def dWh_transposed(s: SimpleNamespace) -> np.ndarray:
    return np.outer(s.h_prev, s.da)


@in_a_step(
    "dWh",
    what="W_h's gradient is taken with the new hidden state.",
    how="`h` is at hand in the loop, `h_prev` has to be looked up.",
    told="In dL/dWh you use h. W_h multiplied the state before the step: use "
    "h_prev, at the first step h_0.",
)
def dWh_from_h(s: SimpleNamespace) -> np.ndarray:
    return np.outer(s.da, s.h)


@in_a_step(
    "dbh",
    what="The hidden bias gets no gradient.",
    how="Biases start at zero, stay at zero, and nothing fails.",
    told="Your dL/dbh is zero. You left the hidden bias out: its gradient is "
    "dL/da itself.",
)
def bh_forgotten(s: SimpleNamespace) -> np.ndarray:
    return np.zeros(s.H)


@in_a_step(
    "dbh",
    what="The hidden bias gets dL/dh, where it should get dL/da.",
    how="The bias is taken for something that is added after tanh.",
    told="Your dL/dbh lacks tanh'. You add the bias inside tanh, to a: its "
    "gradient is dL/da.",
)
def dbh_from_dh(s: SimpleNamespace) -> np.ndarray:
    return s.dh
