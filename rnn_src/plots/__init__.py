"""The figures of the book, a function each; every one returns its Axes."""
from rnn_src.plots.curves import (gap, learning_curve, losses_at_start,
                                  nudge_errors, split_answer, squashing,
                                  surprise)
from rnn_src.plots.graph import computation_graph
from rnn_src.plots.network import distributions, hidden_states, unrolled
from rnn_src.plots.training import learning_rates, loss_band

__all__ = ["computation_graph", "distributions", "gap", "hidden_states",
           "learning_curve", "learning_rates", "loss_band",
           "losses_at_start", "nudge_errors", "split_answer",
           "squashing", "surprise", "unrolled"]
