"""Exercises that know which mistake you made.

A reader needs three names:

    from rnn_exercises import check, hint, progress

`check("06-tanh", my_tanh_backward)` says whether an answer is right, or which
mistake it was; `hint("06-tanh")` opens a hint, one at a time; `progress()`
shows what is solved.
"""

from rnn_exercises.judging import check
from rnn_exercises.showing import hint, progress

__all__ = ["check", "hint", "progress"]
