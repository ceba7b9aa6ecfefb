"""Mistakes inside one step of the gated network, where the shapes never complain."""

from functools import partial

import numpy as np

from rnn_src.mistakes.gates_registry import (
    GATED_MISTAKES,
    GatedMistake,
    gated_mistake,
)

in_a_step = partial(gated_mistake, kind="step")


@in_a_step(
    "do",
    what="The output gate gets the share of c instead of tanh(c).",
    how="h = o * tanh(c) is remembered as h = o * c.",
    message="In dL/do you multiply by c. The output gate was multiplied by tanh(c): "
    "that is its factor.",
)
def do_from_c(dh, c):
    return dh * c


@in_a_step(
    "dc",
    what="The derivative of the tanh around the cell is left out.",
    how="tanh occurs twice in a step, and the second one is overlooked.",
    message="In dL/dc you leave out the tanh around the cell: h = o * tanh(c), so "
    "multiply by 1 - tanh(c)**2.",
)
def no_tanh_prime_of_c(dh, o, later_c):
    return dh * o + later_c


@in_a_step(
    "dc",
    what="The derivative of tanh is taken at g instead of c.",
    how="1 - g**2 has just been written for the candidate, and is copied.",
    message="In dL/dc you take tanh' of the candidate. The tanh between c and h "
    "has c inside: 1 - tanh(c)**2.",
)
def tanh_prime_of_g_for_c(dh, o, g, later_c):
    return dh * o * (1 - g**2) + later_c


@in_a_step(
    "dc",
    what="The derivative of tanh is computed as 1 - c**2.",
    how="For h and g, which are results of tanh, 1 - h**2 is right; c is not one.",
    message="In dL/dc you square the cell itself. c has not been through tanh: "
    "write 1 - tanh(c)**2.",
)
def tanh_prime_from_c(dh, o, c, later_c):
    return dh * o * (1 - c**2) + later_c


@in_a_step(
    "dc",
    what="The output gate is missing on the path from h to c.",
    how="The gate is thought of as a switch, not as a factor.",
    message="In dL/dc you leave out the output gate. h = o * tanh(c): the path from h "
    "to c has the factor o.",
)
def dc_without_o(dh, tanh_c, later_c):
    return dh * (1 - tanh_c**2) + later_c


@in_a_step(
    "df",
    what="The forget gate's gradient is taken with the new cell.",
    how="`c` is at hand in the loop; the cell before has to be looked up.",
    message="In dL/df you multiply by the new cell. The forget gate was multiplied "
    "by the cell before the step: c_prev.",
)
def df_from_new_c(dc, c):
    return dc * c


@in_a_step(
    "dg",
    what="The candidate gets the forget gate as its factor instead of the input gate.",
    how="Two products are added in one line, and their gates are swapped.",
    message="In dL/dg you multiply by f. The candidate is written through the input "
    "gate: c = f * c_prev + i * g.",
)
def dg_with_f_for_i(dc, f):
    return dc * f


@in_a_step(
    "di",
    what="The input gate gets itself as its factor instead of the candidate.",
    how="In a product the derivative is the partner; here it is the gate again.",
    message="In dL/di you multiply by i. In i * g the partner of i is g.",
)
def di_with_i_for_g(dc, i):
    return dc * i


@in_a_step(
    "da_f",
    what="The sigmoid is applied where its derivative belongs.",
    how="One call lacks the switch for the derivative: sigmoid(f) * df.",
    message="At the forget gate you multiply by sigmoid(f). What belongs there is "
    "the derivative, f * (1 - f).",
    address="CaptainE/RNN-LSTM-in-numpy#1, nicklashansen/rnn_lstm_from_scratch#1",
)
def sigmoid_for_its_derivative(df, f):
    return df / (1 + np.exp(-f))


@in_a_step(
    "da_i",
    what="The derivative of the sigmoid is left out.",
    how="The step from the gate to its pre-activation is overlooked.",
    message="You pass dL/di on as if the input gate had no sigmoid: multiply by "
    "i * (1 - i).",
)
def no_sigmoid_prime(di):
    return di


@in_a_step(
    "da_g",
    what="The candidate gets the derivative of the sigmoid.",
    how="All four are treated alike in one loop or one line, but g has a tanh.",
    message="At the candidate you multiply by g * (1 - g). It comes from a tanh, "
    "not a sigmoid: 1 - g**2.",
)
def sigmoid_prime_for_g(dg, g):
    return dg * g * (1 - g)


@in_a_step(
    "da_g",
    what="The candidate gets the derivative of the input gate's sigmoid.",
    how="The line above is copied, and only its left side changed.",
    message="At the candidate you multiply by i * (1 - i), which belongs one line "
    "above. The candidate is a tanh: 1 - g**2.",
)
def sigmoid_prime_of_i_for_g(dg, i):
    return dg * i * (1 - i)


@in_a_step(
    "da_o",
    what="The output gate gets the derivative of tanh.",
    how="The output gate is the last of the four, as the candidate is elsewhere.",
    message="At the output gate you multiply by 1 - o**2. All three gates are "
    "sigmoids: o * (1 - o).",
)
def tanh_prime_for_o(do, o):
    return do * (1 - o**2)


def da_i_at_bo(di, a, b, H):
    return di / (2 + 2 * np.cosh(a[:H] - b[:H] + b[3 * H :]))


def da_f_at_bo(df, a, b, H):
    return df / (2 + 2 * np.cosh((a - b)[H : 2 * H] + b[3 * H :]))


GATED_MISTAKES["sigmoid-prime-at-another-bias"] = GatedMistake(
    name="sigmoid-prime-at-another-bias",
    kind="step",
    pieces={"da_i": da_i_at_bo, "da_f": da_f_at_bo},
    what="The sigmoid's derivative is taken where the output gate's bias would put it.",
    how="The pre-activations are computed once more, and one line is copied twice with "
    "its bias. While all biases are zero, nothing shows it.",
    message="You take the sigmoid's derivative of the input and the forget gate with "
    "the output gate's bias. Use the finished gates: i * (1 - i), f * (1 - f).",
    address="ddbourgin/numpy-ml#42, the commit before d0bef8d",
)


@in_a_step(
    "da",
    what="The gates are stacked in another order than in the forward pass.",
    how="i, f, o, g is the order of other libraries and of many drawings.",
    message="Your forward pass has the rows i, f, g, o, and your backward pass stacks "
    "i, f, o, g. Each gradient is right, in the wrong rows.",
)
def stacked_i_f_o_g(da_i, da_f, da_g, da_o):
    return np.concatenate([da_i, da_f, da_o, da_g])


@in_a_step(
    "dWh",
    what="W_h's gradient is taken with the new state.",
    how="`h` is at hand in the loop, but `h_prev` has to be looked up.",
    message="In dL/dWh you use h. W_h multiplied the state before the step: h_prev.",
)
def dWh_from_h(da, h):
    return np.outer(da, h)
