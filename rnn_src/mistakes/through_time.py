"""Mistakes that need several steps: the carry, the sums, the order of time."""

from functools import partial
from types import SimpleNamespace

import numpy as np

from rnn_src.mistakes.registry import mistake

over_time = partial(mistake, kind="time")


@over_time(
    "carry",
    what="W_h is not transposed on the way back.",
    how="W_h is square, so W_h and its transpose both fit.",
    told="Your last step is right, the earlier ones are not: you send "
    "the gradient back through W_h. Backwards it is the transpose.",
)
def Wh_not_transposed(s: SimpleNamespace) -> np.ndarray:
    return s.Wh @ s.da


@over_time(
    "carry",
    what="The gradient that goes back is dL/dh, where it should be dL/da.",
    how="The path from h_prev leads through a and then through tanh; the tanh "
    "is skipped.",
    told="You send dL/dh back through W_h. W_h acts inside tanh: send dL/da.",
)
def carry_from_dh(s: SimpleNamespace) -> np.ndarray:
    return s.Wh.T @ s.dh


@over_time(
    "carry",
    what="Nothing goes back: each step sees its own loss only.",
    how="Training step by step is taken for training through time.",
    told="You cut the gradient after one step. The hidden state also serves "
    "all later predictions: carry W_h.T @ da to the step before.",
)
def one_step_only(s: SimpleNamespace) -> np.ndarray:
    return np.zeros(s.H)


@over_time(
    "carry",
    what="The gradient goes back without passing W_h.",
    how="The hidden state is thought to be handed on as it is.",
    told="You hand dL/da to the step before as it is. On its way forward "
    "h_prev was multiplied by W_h: on the way back, by its transpose.",
)
def carry_without_Wh(s: SimpleNamespace) -> np.ndarray:
    return s.da


@over_time(
    "carry",
    what="tanh' of the step before is applied here, and there once more.",
    how="The carry is taken for dL/da of the step before; it is its dL/dh.",
    told="From step to step you apply tanh' twice. What you carry back is "
    "dL/dh of the step before, which applies its own tanh'.",
)
def carry_with_tanh_prime(s: SimpleNamespace) -> np.ndarray:
    return (1 - s.h_prev**2) * (s.Wh.T @ s.da)


@over_time(
    "carry",
    what="The gradient is clipped at every step of the way back.",
    how="Clipping is put into the loop, while the gradient is on its way.",
    told="You clip inside the loop, and so change the direction of what all "
    "earlier steps get. Clip the finished gradients, after the loop.",
)
def clipped_inside(s: SimpleNamespace) -> np.ndarray:
    return np.clip(s.Wh.T @ s.da, -0.1, 0.1)


@over_time(
    "dh",
    what="What comes from later steps replaces what comes from the output.",
    how="`dh = carry` is written for `dh += carry`.",
    told="Two paths lead into dL/dh, and your second overwrites the first. "
    "You have to add them: Wy.T @ dz + carry.",
)
def carry_overwrites(s: SimpleNamespace) -> np.ndarray:
    return s.carry if s.t < s.T - 1 else s.Wy.T @ s.dz


@over_time(
    "dh",
    what="What comes from the later steps is added twice.",
    how="The carry is added where it is made, and again where it arrives.",
    told="You count the later steps twice: you add the carry in two places.",
)
def carry_twice(s: SimpleNamespace) -> np.ndarray:
    return s.Wy.T @ s.dz + 2 * s.carry


@over_time(
    "dh",
    what="What comes from the later steps is subtracted.",
    how="Going back is taken for a reason to change the sign.",
    told="You subtract the carry. Gradients of several paths add up, in "
    "whichever direction time runs.",
)
def carry_subtracted(s: SimpleNamespace) -> np.ndarray:
    return s.Wy.T @ s.dz - s.carry


@over_time(
    "start",
    what="The carry of the sequence before is still there.",
    how="It is kept in an attribute or a global, and set to zero only once.",
    told="Your first call is right and your second is not: you start with the "
    "carry of the sequence before. Nothing follows the last step: zeros.",
)
def carry_not_reset(s: SimpleNamespace) -> np.ndarray:
    return s.leftover


@over_time(
    "steps",
    what="The loop ends before the first step.",
    how="`range(T - 1, 0, -1)` stops at 1.",
    told="You never visit step 0: the end of a `range` is not in it. Count "
    "down to -1, or write reversed(range(T)).",
)
def first_step_skipped(s: SimpleNamespace) -> range:
    return range(s.T - 1, 0, -1)


@over_time(
    "h_prev",
    what="Before the first step stands the last hidden state, not h_0.",
    how="`hidden[t - 1]` is `hidden[-1]` for t = 0, which Python reads as the "
    "last one.",
    told="At the first step you look up hidden[-1], which is the last state. "
    "Use h_0 there.",
)
def h_prev_wraps_around(s: SimpleNamespace) -> np.ndarray:
    return s.hidden[s.t - 1]


@over_time(
    "y",
    what="Each prediction is held against the target of the step before.",
    how="Targets are inputs shifted by one, and are shifted once more.",
    told="Your targets are one step late. At step t you read ids[t] and "
    "should predict targets[t].",
)
def targets_one_late(s: SimpleNamespace) -> np.ndarray:
    return np.eye(s.V)[s.targets[s.t - 1]]


@over_time(
    "dz",
    what="The gradient is averaged over time, and the loss is a sum.",
    how="The loss is printed per step, and the gradient is divided as well.",
    told="All your gradients are T times too small: you took the mean over "
    "the steps. The loss of a sequence is their sum.",
)
def mean_over_time(s: SimpleNamespace) -> np.ndarray:
    return (s.p - s.y) / s.T


def overwritten(symbol: str) -> dict[str, str]:
    """The texts of a sum over time that is no sum."""
    return {
        "what": f"Each step overwrites {symbol} and should add to it.",
        "how": "`=` for `+=`: what remains is the share of the first "
        "step, which is visited last.",
        "told": f"Your {symbol} is the share of the first step alone. You "
        "use the same weights at every step: add up all shares.",
    }


@over_time("total_dWx", **overwritten("dL/dWx"))
def dWx_overwritten(s: SimpleNamespace) -> np.ndarray:
    return s.dWx


@over_time("total_dWh", **overwritten("dL/dWh"))
def dWh_overwritten(s: SimpleNamespace) -> np.ndarray:
    return s.dWh


@over_time("total_dWy", **overwritten("dL/dWy"))
def dWy_overwritten(s: SimpleNamespace) -> np.ndarray:
    return s.dWy


@over_time("total_dbh", **overwritten("dL/dbh"))
def dbh_overwritten(s: SimpleNamespace) -> np.ndarray:
    return s.dbh


@over_time("total_dby", **overwritten("dL/dby"))
def dby_overwritten(s: SimpleNamespace) -> np.ndarray:
    return s.dby
