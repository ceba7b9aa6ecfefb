"""The figures of the book: one function for each, which returns its Axes.

`benchmark_results` and `gates_results` are no figures: they read measurements.
"""

from rnn_src.plots.alphabet import going_by_the_count, ring, training_losses
from rnn_src.plots.batch import side_by_side
from rnn_src.plots.benchmark import benchmark_results, ratios
from rnn_src.plots.clipping import cliff, clipped_arrows
from rnn_src.plots.curves import (
    gap,
    learning_curve,
    losses_at_start,
    nudge_errors,
    split_answer,
    squashing,
    surprise,
)
from rnn_src.plots.dynamics import horizon, log_series, settling
from rnn_src.plots.gates import gates_results, held_out_losses, memory_cell
from rnn_src.plots.graph import computation_graph, unrolled_graph
from rnn_src.plots.museum import directions, error_and_loss, museum
from rnn_src.plots.network import distributions, hidden_states, unrolled
from rnn_src.plots.one_step import down_to_the_floor, recall_by_lag, single_step_sight
from rnn_src.plots.streams import kept_pairs, losses_by_piece, times
from rnn_src.plots.text import drift, losses_by_epoch, valley
from rnn_src.plots.training import learning_rates, loss_band, losses_by_size

__all__ = [
    "benchmark_results",
    "cliff",
    "clipped_arrows",
    "computation_graph",
    "directions",
    "distributions",
    "down_to_the_floor",
    "drift",
    "error_and_loss",
    "gap",
    "gates_results",
    "going_by_the_count",
    "held_out_losses",
    "hidden_states",
    "horizon",
    "kept_pairs",
    "learning_curve",
    "learning_rates",
    "log_series",
    "loss_band",
    "losses_at_start",
    "losses_by_epoch",
    "losses_by_piece",
    "losses_by_size",
    "memory_cell",
    "museum",
    "nudge_errors",
    "ratios",
    "recall_by_lag",
    "ring",
    "settling",
    "side_by_side",
    "single_step_sight",
    "split_answer",
    "squashing",
    "surprise",
    "times",
    "training_losses",
    "unrolled",
    "unrolled_graph",
    "valley",
]
