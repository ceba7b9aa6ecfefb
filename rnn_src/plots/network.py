"""Figures of the network at work: states, predictions, the unrolled network."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.patches import Rectangle

from rnn_src.palette import INK, PAPER
from rnn_src.plots.style import SHARES, SIGNED, arrow, new_axes, number, same_length

BAND = 3.4  # from one step of the unrolled network to the next, in units


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
    ax.set_xticks(np.arange(0.5, len(columns) - 1), minor=True)
    ax.grid(axis="x", which="minor", color=PAPER, linewidth=2)  # numbers stand apart
    ax.set_axisbelow(True)  # but above nothing else than the colours
    ax.tick_params(which="both", length=0)
    ax.spines[:].set_visible(False)


def hidden_states(
    words: Sequence[str], hidden: Sequence[Sequence[float]], rows: str = "words read"
) -> Axes:
    """A row for each word read, a column for each hidden unit.

    `hidden` has shape (T, H); the colours reach up to its largest absolute value.
    `rows` says what the rows are, above their words.
    """
    same_length(words=words, hidden=hidden)
    values = np.asarray(hidden)
    ax = new_axes(0.38 * len(words) + 0.9)
    reach = np.abs(values).max() or 1.0
    table(ax, values, words, range(values.shape[1]), SIGNED, -reach, reach)
    ax.set_xlabel("hidden unit")
    ax.set_ylabel(rows, rotation=0, ha="right", va="bottom")
    ax.yaxis.set_label_coords(-0.01, 1.01)  # above the words: no column is narrower
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
    ax = new_axes(0.33 * len(questions) + 1.1)
    table(ax, values, questions, words, SHARES, 0, 1)
    for row, target in enumerate(targets):
        ax.add_patch(
            Rectangle(
                (target - 0.5, row - 0.5),
                1,
                1,
                fill=False,
                edgecolor=INK,
                linewidth=2,
                clip_on=False,
            )
        )
    ax.set_xlabel("probability of the next word\n(frame: the right one)")
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
    ax = new_axes(1.25 * steps + 0.2)
    reach = np.abs(hidden).max() or 1.0
    colours = plt.get_cmap(SIGNED)((hidden / reach + 1) / 2)
    for t, (word, target) in enumerate(zip(words, targets, strict=True)):
        best = int(np.argmax(predictions[t]))
        share = predictions[t, list(vocabulary).index(target)]
        draw_band(
            ax,
            -BAND * t,
            word,
            "$W_h$" if t else "$h_0 = 0$",
            hidden[t],
            colours[t],
        )
        write_guess(
            ax,
            (units, -BAND * t - 1.15),
            f"{vocabulary[best]} {predictions[t, best]:.2f}",
            f"{target} {share:.2f}",
        )
    ax.set_xlim(-0.05, units + 0.05)
    ax.set_ylim(-BAND * (steps - 1) - 2.1, 1.9)
    ax.axis("off")
    return ax


def draw_band(
    ax: Axes, y: float, word: str, above: str, states: np.ndarray, colours: np.ndarray
) -> None:
    """One step of the unrolled network: the word, and what comes from above."""
    middle = len(states) / 2
    ax.text(1, y + 1.55, word, ha="center", va="center", weight="bold")
    arrow(ax, (1, y + 1.3), (1, y + 0.55), "$W_x$")
    arrow(ax, (middle, y + BAND - 0.55), (middle, y + 0.55), above)
    for unit, (value, colour) in enumerate(zip(states, colours, strict=True)):
        ax.add_patch(
            Rectangle((unit, y - 0.5), 1, 1, facecolor=colour, edgecolor=PAPER)
        )
        number(ax, unit + 0.5, y, value, colour)


def write_guess(ax: Axes, place: tuple[float, float], guess: str, target: str) -> None:
    """Below a band: what comes out, with the right word in bold."""
    right, y = place
    arrow(ax, (right - 1, y + 0.6), (right - 1, y + 0.1), "$W_y$")
    ax.text(right, y, f"guess: {guess}", ha="right", va="top")
    ax.text(
        right,
        y - 0.5,
        f"right: {target}",
        ha="right",
        va="top",
        weight="bold",
    )
