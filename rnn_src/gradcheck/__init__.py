"""Is this gradient right? Nudge every weight, and see what the loss does.

Parameters are a mapping from names to nested lists of floats or to float64
arrays, and `loss` is a function without arguments that reads those same lists
or arrays: `check_gradients(lambda: loss(p), vars(p), gradients)`.
"""

from rnn_src.gradcheck.check import check_gradients
from rnn_src.gradcheck.differences import numeric_gradient, relative_error
from rnn_src.gradcheck.report import Report, Row, Verdict

__all__ = [
    "Report",
    "Row",
    "Verdict",
    "check_gradients",
    "numeric_gradient",
    "relative_error",
]
