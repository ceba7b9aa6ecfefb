"""Figures of the network at work: states, predictions, the unrolled network."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.patches import Rectangle

from rnn_src.palette import GREY, ORANGE, PAPER
from rnn_src.plots.style import SHARES, SIGNED, arrow, new_axes, number, same_length

LEFT = 2.2  # where the hidden states of the unrolled network begin


def table(
    ax: Axes,
    values: np.ndarray,
    rows: Sequence[str],
    columns: Sequence[str],
    colour_map: str | Colormap,
    low: float,
    high: float,
) -> None:
    """Draw a table as coloured cells with their numbers written in."""
    image = ax.imshow(values, cmap=colour_map, vmin=low, vmax=high, aspect="auto")
    colours = image.cmap(image.norm(values))
    for (row, column), value in np.ndenumerate(values):
        number(ax, column, row, value, colours[row, column])
    ax.set_xticks(range(len(columns)), columns)
    ax.set_yticks(range(len(rows)), rows)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)


def hidden_states(words: Sequence[str], hidden: Sequence[Sequence[float]]) -> Axes:
    """A row for each word read, a column for each hidden unit.

    `hidden` has shape (T, H); the colours reach up to its largest absolute value.
    """
    same_length(words=words, hidden=hidden)
    values = np.asarray(hidden)
    ax = new_axes(5.8, 0.38 * len(words) + 0.9)
    reach = np.abs(values).max() or 1.0
    table(ax, values, words, range(values.shape[1]), SIGNED, -reach, reach)
    ax.set_xlabel("hidden unit")
    ax.set_ylabel("words read")
    return ax


def distributions(
    questions: Sequence[str],
    predictions: Sequence[Sequence[float]],
    words: Sequence[str],
    targets: Sequence[int],
) -> Axes:
    """A row for each question, a column for each word that may come next.

    `predictions` has shape (number of questions, V). A frame marks the target.
    """
    same_length(questions=questions, predictions=predictions, targets=targets)
    values = np.asarray(predictions)
    ax = new_axes(5.8, 0.33 * len(questions) + 1.0)
    table(ax, values, questions, words, SHARES, 0, 1)
    for row, target in enumerate(targets):
        ax.add_patch(
            Rectangle(
                (target - 0.5, row - 0.5),
                1,
                1,
                fill=False,
                edgecolor=ORANGE,
                linewidth=2.5,
                clip_on=False,
            )
        )
    ax.set_xlabel("probability of the next word (frame: the right one)")
    return ax


def unrolled(
    words: Sequence[str],
    hidden: Sequence[Sequence[float]],
    predictions: Sequence[Sequence[float]],
    vocabulary: Sequence[str],
    targets: Sequence[str],
) -> Axes:
    """The network unrolled in time, downwards, with its numbers.

    One band for each word read: the word, the hidden state after it, the most
    likely next word, and the target. `words` and `targets` have T entries,
    `hidden` has shape (T, H) and `predictions` (T, V).

    Raises
    ------
    ValueError
        If the numbers of words, states, predictions and targets differ.
    """
    same_length(words=words, hidden=hidden, predictions=predictions, targets=targets)
    hidden, predictions = np.asarray(hidden), np.asarray(predictions)
    steps, units = hidden.shape
    ax = new_axes(6.0, 1.15 * steps + 0.8)
    reach = np.abs(hidden).max() or 1.0
    colours = plt.get_cmap(SIGNED)((hidden / reach + 1) / 2)
    middle = LEFT + units / 2
    for t, (word, target) in enumerate(zip(words, targets, strict=True)):
        y = -2.2 * t
        best = int(np.argmax(predictions[t]))
        share = predictions[t, list(vocabulary).index(target)]
        arrow(
            ax,
            (middle, y + 1.65),
            (middle, y + 0.55),
            "$W_h$" if t else "$h_0 = 0$",
            beside=True,
        )
        draw_band(
            ax,
            y,
            word,
            hidden[t],
            colours[t],
            f"{vocabulary[best]} {predictions[t, best]:.2f}",
            f"{target} {share:.2f}",
        )
    for x, text in (
        (0.5, "word read"),
        (middle, "hidden state"),
        (LEFT + units + 1.9, "guess, target"),
    ):
        ax.text(x, 2.1, text, ha="center", color=GREY)
    ax.set_xlim(-0.3, LEFT + units + 3.6)
    ax.set_ylim(-2.2 * steps + 1.4, 2.4)
    ax.axis("off")
    return ax


def draw_band(
    ax: Axes,
    y: float,
    word: str,
    states: np.ndarray,
    colours: np.ndarray,
    guess: str,
    target: str,
) -> None:
    """One step of the unrolled network: word, hidden state, prediction."""
    right = LEFT + len(states)
    ax.text(1.3, y, word, ha="right", va="center", weight="bold")
    arrow(ax, (1.35, y), (LEFT - 0.05, y), "$W_x$")
    for unit, (value, colour) in enumerate(zip(states, colours, strict=True)):
        ax.add_patch(
            Rectangle((LEFT + unit, y - 0.5), 1, 1, facecolor=colour, edgecolor=PAPER)
        )
        number(ax, LEFT + unit + 0.5, y, value, colour)
    arrow(ax, (right + 0.05, y), (right + 0.95, y), "$W_y$")
    ax.text(right + 1.0, y + 0.05, guess, va="bottom")
    ax.text(right + 1.0, y - 0.05, target, va="top", color=ORANGE, weight="bold")
