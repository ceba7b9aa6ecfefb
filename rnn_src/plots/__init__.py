"""The figures of the book, a function each; every one returns its Axes."""
from rnn_src.plots.curves import (learning_curve, losses_at_start, split_answer,
                                  squashing, surprise)
from rnn_src.plots.network import distributions, hidden_states, unrolled

__all__ = ["distributions", "hidden_states", "learning_curve",
           "losses_at_start", "split_answer", "squashing", "surprise",
           "unrolled"]
