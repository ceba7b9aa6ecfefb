"""Mistakes that need several steps: the carry, the sums, the order of time."""

from functools import partial

import numpy as np

from rnn_src.mistakes.registry import mistake

over_time = partial(mistake, kind="time")


@over_time(
    "carry",
    what="W_h is not transposed in the backward pass.",
    how="W_h is square, so W_h and its transpose both fit.",
    message="Your last step is right, but the earlier ones are not: you send "
    "the gradient back through W_h. Use its transpose.",
)
def Wh_not_transposed(Wh, da):
    return Wh @ da


@over_time(
    "carry",
    what="The gradient that goes back is dL/dh instead of dL/da.",
    how="The path from h_prev leads through a and then through tanh; the tanh "
    "is skipped.",
    message="You send dL/dh back through W_h. W_h acts inside tanh: send dL/da.",
)
def carry_from_dh(Wh, dh):
    return Wh.T @ dh


@over_time(
    "carry",
    what="Nothing goes back: each step sees only its own loss.",
    how="Training step by step is taken for training through time.",
    message="You cut the gradient after one step. The hidden state also serves "
    "all later predictions: carry W_h.T @ da to the previous step.",
)
def one_step_only(H):
    return np.zeros(H)


@over_time(
    "carry",
    what="The gradient goes back without passing W_h.",
    how="The hidden state is thought to be passed on as it is.",
    message="You pass dL/da to the previous step as it is. Forward, h_prev was "
    "multiplied by W_h; backward, multiply by the transpose of W_h.",
)
def carry_without_Wh(da):
    return da


@over_time(
    "carry",
    what="tanh' of the previous step is applied here, and there once more.",
    how="The carry is taken for dL/da of the previous step; it is its dL/dh.",
    message="From step to step you apply tanh' twice. What you carry back is "
    "dL/dh of the previous step, and that step applies its own tanh'.",
)
def carry_with_tanh_prime(h_prev, Wh, da):
    return (1 - h_prev**2) * (Wh.T @ da)


@over_time(
    "carry",
    what="The gradient is clipped at every step of the backward pass.",
    how="Clipping is put into the loop, while the gradient is on its way.",
    message="You clip inside the loop, which changes the direction of what all "
    "earlier steps get. Clip the finished gradients, after the loop.",
)
def clipped_inside(Wh, da):
    return np.clip(Wh.T @ da, -0.1, 0.1)


@over_time(
    "dh",
    what="What comes from later steps replaces what comes from the output.",
    how="`dh = carry` is written instead of `dh += carry`.",
    message="Two paths lead into dL/dh, and your second overwrites the first. "
    "Add them: Wy.T @ dz + carry.",
)
def carry_overwrites(carry, t, T, Wy, dz):
    return carry if t < T - 1 else Wy.T @ dz


@over_time(
    "dh",
    what="What comes from later steps is added twice.",
    how="The carry is added where it is made, and again where it arrives.",
    message="You count the later steps twice: you add the carry in two places.",
)
def carry_twice(Wy, dz, carry):
    return Wy.T @ dz + 2 * carry


@over_time(
    "dh",
    what="What comes from later steps is subtracted.",
    how="Going backwards seems to call for a change of sign.",
    message="You subtract the carry. The gradients of several paths add up, "
    "whichever way you go through time.",
)
def carry_subtracted(Wy, dz, carry):
    return Wy.T @ dz - carry


@over_time(
    "start",
    what="The carry of the previous sequence is still there.",
    how="It is kept in an attribute or a global, and set to zero only once.",
    message="Your first call is right, but your second is not: you start with "
    "the carry of the previous sequence. Nothing follows the last step, "
    "so start with zeros.",
)
def carry_not_reset(leftover):
    return leftover


@over_time(
    "steps",
    what="The loop ends before the first step.",
    how="`range(T - 1, 0, -1)` stops at 1.",
    message="You never visit step 0: the end of a `range` is not included. "
    "Count down to -1, or write reversed(range(T)).",
)
def first_step_skipped(T):
    return range(T - 1, 0, -1)


@over_time(
    "h_prev",
    what="The first step uses the last hidden state as h_prev, not h_0.",
    how="`hidden[t - 1]` is `hidden[-1]` for t = 0, which in Python is the last one.",
    message="At the first step you look up hidden[-1], which is the last state. "
    "Use h_0 there.",
)
def h_prev_wraps_around(hidden, t):
    return hidden[t - 1]


@over_time(
    "y",
    what="Each prediction is compared with the target of the previous step.",
    how="The targets are the inputs shifted by one, and are shifted once more.",
    message="Your targets are one step late. At step t you read ids[t] and "
    "should predict targets[t].",
)
def targets_one_late(V, targets, t):
    return np.eye(V)[targets[t - 1]]


@over_time(
    "dz",
    what="The gradient is averaged over time, but the loss is a sum.",
    how="The loss is printed per step, so the gradient is divided as well.",
    message="All your gradients are T times too small: you took the mean over "
    "the steps. The loss of a sequence is their sum.",
)
def mean_over_time(p, y, T):
    return (p - y) / T


def overwritten(symbol: str) -> dict[str, str]:
    """The texts for a gradient that should be summed over time and is not."""
    return {
        "what": f"Each step overwrites {symbol} instead of adding to it.",
        "how": "`=` instead of `+=`: what remains is the share of the "
        "first step, which is visited last.",
        "message": f"Your {symbol} is the share of the first step alone. You "
        "use the same weights at every step: add up all the shares.",
    }


@over_time("total_dWx", **overwritten("dL/dWx"))
def dWx_overwritten(dWx):
    return dWx


@over_time("total_dWh", **overwritten("dL/dWh"))
def dWh_overwritten(dWh):
    return dWh


@over_time("total_dWy", **overwritten("dL/dWy"))
def dWy_overwritten(dWy):
    return dWy


@over_time("total_dbh", **overwritten("dL/dbh"))
def dbh_overwritten(dbh):
    return dbh


@over_time("total_dby", **overwritten("dL/dby"))
def dby_overwritten(dby):
    return dby
