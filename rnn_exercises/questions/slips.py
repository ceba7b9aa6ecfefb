"""Slips in a walk through time that readers make, beside those of the registry.

They concern lists of states that keep h_0 in front, [h_0, h_1, …, h_T], and
the order of the walk.
"""

from functools import partial
from types import SimpleNamespace

import numpy as np

from rnn_src.mistakes.registry import Mistake

slip = partial(Mistake, kind="time", what="", how="")


def kept(s: SimpleNamespace, place: int) -> np.ndarray:
    """`states[place]` of a list with h_0 in front, as Python looks it up."""
    return [s.h0, *s.hidden][place]


def both_before(s: SimpleNamespace) -> np.ndarray:
    """h from one place too far to the left, and h_prev too."""
    s.h = kept(s, s.t)
    return kept(s, s.t - 1)


SLIPS = (
    slip(
        "forwards",
        "steps",
        told="You walk from the first step to the last. What a step is told "
        "comes from later ones: begin at the end, with "
        "reversed(range(T)).",
        formula=lambda s: range(s.T),
    ),
    slip(
        "h-prev-two-before",
        "h_prev",
        told="Your list of states begins with h_0, so the state before step t "
        "is states[t]. states[t - 1] is one further back, and at t = 0 "
        "it is the last state of all.",
        formula=lambda s: kept(s, s.t - 1),
    ),
    slip(
        "states-one-before",
        "h_prev",
        told="Your list of states begins with h_0. Step t leads from states[t] "
        "to states[t + 1]; you take states[t - 1] and states[t].",
        formula=both_before,
    ),
)
