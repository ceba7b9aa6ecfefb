"""Wrong gradients with names: what readers write, and the feedback for it.

`MISTAKES` is read by the museum of bugs, by the checks of the exercises and by
the tests. Each mistake is the right backward pass of a one-layer network with
one piece replaced, so nothing else can be to blame.
"""

from rnn_src.mistakes import hidden_layer, output_layer, through_time
from rnn_src.mistakes.backward import right_gradients
from rnn_src.mistakes.case import Case, loss, random_case
from rnn_src.mistakes.registry import MISTAKES, Mistake

__all__ = [
    "MISTAKES",
    "Case",
    "Mistake",
    "hidden_layer",
    "loss",
    "output_layer",
    "random_case",
    "right_gradients",
    "through_time",
]
