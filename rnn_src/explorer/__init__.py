"""The explorer: a network and a sentence, step by step, forward and back.

`explore(parameters, ids, targets, words)` at the end of a cell shows it.
"""

from rnn_src.explorer.gated import GatedBack, GatedTrace, gated_trace
from rnn_src.explorer.page import Explorer, explore
from rnn_src.explorer.trace import Trace, Truncated, trace

__all__ = [
    "Explorer",
    "GatedBack",
    "GatedTrace",
    "Trace",
    "Truncated",
    "explore",
    "gated_trace",
    "trace",
]
