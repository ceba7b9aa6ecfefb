"""Wrong gradients with names: what readers write, and the feedback for it.

`MISTAKES` is read by the museum of bugs, by the checks of the exercises and by
the tests. Each mistake is the right backward pass of a one-layer network with
one piece replaced, so nothing else can be to blame. `GATED_MISTAKES` is the same
for the gated network; it also holds wrong forward passes.
"""

from rnn_src.mistakes import (
    gates,
    gates_in_time,
    gates_wrong_forward,
    hidden_layer,
    output_layer,
    through_time,
)
from rnn_src.mistakes.backward import right_gradients
from rnn_src.mistakes.case import Case, loss, random_case
from rnn_src.mistakes.gates_case import GatedCase, random_gated_case
from rnn_src.mistakes.gates_registry import GATED_MISTAKES, GatedMistake
from rnn_src.mistakes.registry import MISTAKES, Mistake

__all__ = [
    "GATED_MISTAKES",
    "MISTAKES",
    "Case",
    "GatedCase",
    "GatedMistake",
    "Mistake",
    "gates",
    "gates_in_time",
    "gates_wrong_forward",
    "hidden_layer",
    "loss",
    "output_layer",
    "random_case",
    "random_gated_case",
    "right_gradients",
    "through_time",
]
