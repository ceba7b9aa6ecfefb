"""Figures of the network at work: states, predictions, the unrolled network."""
from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from rnn_src.plots.style import (GREY, ORANGE, SHARES, SIGNED, arrow, new_axes,
                                 number)


def table(ax: Axes, values: np.ndarray, rows: Sequence[str],
          columns: Sequence[str], colour_map: str, low: float,
          high: float) -> None:
    """Draw a table as coloured cells with their numbers written in."""
    image = ax.imshow(values, cmap=colour_map, vmin=low, vmax=high,
                      aspect="auto")
    colours = image.cmap(image.norm(values))
    for (row, column), value in np.ndenumerate(values):
        number(ax, column, row, value, colours[row, column])
    ax.set_xticks(range(len(columns)), columns)
    ax.set_yticks(range(len(rows)), rows)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)


def hidden_states(words: Sequence[str], hidden: Sequence[Sequence[float]]) -> Axes:
    """A row for each word read, a column for each hidden unit.

    `hidden` has shape (T, H); the colours span the largest size found.
    """
    values = np.asarray(hidden)
    ax = new_axes(5.8, 0.38 * len(words) + 0.9)
    reach = np.abs(values).max()
    table(ax, values, words, range(values.shape[1]), SIGNED, -reach, reach)
    ax.set_xlabel("hidden unit")
    ax.set_ylabel("words read")
    return ax


def distributions(questions: Sequence[str], predictions: Sequence[Sequence[float]],
                  words: Sequence[str], targets: Sequence[int],
                  title: str = "") -> Axes:
    """A row for each question, a column for each word that may come next.

    `predictions` has shape (number of questions, V). A frame marks the target.
    """
    values = np.asarray(predictions)
    ax = new_axes(5.8, 0.33 * len(questions) + 1.0)
    table(ax, values, questions, words, SHARES, 0, 1)
    for row, target in enumerate(targets):
        ax.add_patch(Rectangle((target - 0.5, row - 0.5), 1, 1, fill=False,
                               edgecolor=ORANGE, linewidth=2.5,
                               clip_on=False))
    ax.set_xlabel("probability of the next word (frame: the right one)")
    ax.set_title(title)
    return ax


def unrolled(words: Sequence[str], hidden: Sequence[Sequence[float]],
             predictions: Sequence[Sequence[float]],
             vocabulary: Sequence[str]) -> Axes:
    """The network unrolled in time, downwards, with its numbers.

    One band for each word read: the word, the hidden state it leaves, and the
    two most likely next words. `hidden` is (T, H), `predictions` (T, V).
    """
    hidden, predictions = np.asarray(hidden), np.asarray(predictions)
    steps, units = hidden.shape
    ax = new_axes(6.0, 1.15 * steps + 0.8)
    reach = np.abs(hidden).max()
    colour_map = plt.get_cmap(SIGNED)
    left, right = 2.2, 2.2 + units
    for t in range(steps):
        y = -2.2 * t
        colours = colour_map((hidden[t] / reach + 1) / 2)
        for unit in range(units):
            ax.add_patch(Rectangle((left + unit, y - 0.5), 1, 1,
                                   facecolor=colours[unit], edgecolor="white"))
            number(ax, left + unit + 0.5, y, hidden[t, unit], colours[unit])
        arrow(ax, (1.35, y), (left - 0.05, y), "$W_x$")
        ax.text(1.3, y, words[t], ha="right", va="center", weight="bold")
        arrow(ax, (right + 0.05, y), (right + 0.95, y), "$W_y$")
        best = np.argsort(-predictions[t], kind="stable")[:2]
        ax.text(right + 1.0, y, "\n".join(
            f"{vocabulary[i]} {predictions[t, i]:.2f}" for i in best),
            ha="left", va="center")
        middle = left + units / 2
        arrow(ax, (middle, y + 1.65), (middle, y + 0.55),
              "$W_h$" if t else "$h_0 = 0$", beside=True)
    ax.set_xlim(-0.3, right + 3.6)
    ax.set_ylim(-2.2 * steps + 1.4, 2.4)
    for x, text in ((0.5, "word read"), (left + units / 2, "hidden state"),
                    (right + 2.0, "likeliest next")):
        ax.text(x, 2.1, text, ha="center", color=GREY)
    ax.axis("off")
    return ax
