"""Figures of long streams: what a piece keeps, what it can learn, what it costs."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from rnn_src.plots.style import BLUE, GREY, ORANGE, new_axes

MARKS = ((BLUE, "o-"), (ORANGE, "s-"), (GREY, "^-"))


def kept_pairs(length: int, pieces: Sequence[int]) -> Axes:
    """Which pairs of a loss and an earlier use a gradient in pieces keeps.

    Parameters
    ----------
    length : int
        N, the number of steps.
    pieces : list of int
        A triangle is drawn for each: how many steps a piece has.

    Raises
    ------
    ValueError
        If `length` or a piece is below 1.
    """
    if length < 1 or min(pieces, default=0) < 1:
        raise ValueError(
            f"length is {length} and pieces is {list(pieces)}; "
            "expected whole numbers, 1 or more"
        )
    width = length + 1.2
    ax = new_axes(6.0, 6.0 * (length + 2.6) / (width * len(pieces)))
    for number, k in enumerate(pieces):
        draw_triangle(ax, number * width, length, k)
    ax.set_xlim(-0.75, width * len(pieces) - 0.7)
    ax.set_ylim(length + 1.6, -1)  # the first loss on top
    ax.set_aspect("equal")
    ax.axis("off")
    return ax


def draw_triangle(ax: Axes, left: float, length: int, k: int) -> None:
    """A square for each use t up to each loss s, blue where both share a piece."""
    for s in range(length):
        for t in range(s + 1):
            kept = s // k == t // k
            ax.add_patch(
                Rectangle(
                    (left + t, s),
                    0.9,
                    0.9,
                    facecolor=BLUE if kept else "white",
                    edgecolor=BLUE if kept else GREY,
                    linewidth=1,
                )
            )
        ax.text(left - 0.12, s + 0.45, s + 1, ha="right", va="center", fontsize=9)
        ax.text(
            left + s + 0.45, length + 0.45, s + 1, ha="center", va="center", fontsize=9
        )
    name = f"k = {k}" if k < length else "whole"
    ax.text(left + length / 2, -0.5, name, ha="center", va="center", weight="bold")
    ax.text(
        left + length / 2,
        length + 1.25,
        "use at step t",
        ha="center",
        va="center",
        fontsize=9.5,
    )
    if left == 0:
        ax.text(
            length - 0.1, 1.2, "loss at\nstep s", ha="right", va="center", fontsize=9.5
        )


def losses_by_piece(
    pieces: Sequence[int], losses: Mapping[int, Sequence[float]], even_guess: float
) -> Axes:
    """The loss after training against the length of a piece, a line a delay.

    `losses` holds, for each delay, one loss for each entry of `pieces`; at
    most three delays.

    Raises
    ------
    ValueError
        If there are too many delays, or a series has not one loss for each
        piece.
    """
    if len(losses) > len(MARKS) or any(
        len(series) != len(pieces) for series in losses.values()
    ):
        raise ValueError(
            f"losses is {dict(losses)}; expected at most "
            f"{len(MARKS)} delays, with {len(pieces)} losses each"
        )
    ax = new_axes(5.8, 3.1)
    ax.axhline(even_guess, color=GREY, linestyle="--", linewidth=1)
    ax.annotate(
        f"even guess: {even_guess:.2f}",
        (pieces[-1], even_guess),
        (0, 4),
        textcoords="offset points",
        ha="right",
        color=GREY,
    )
    for (delay, series), (colour, mark) in zip(losses.items(), MARKS, strict=False):
        ax.semilogx(pieces, series, mark, base=2, color=colour, label=f"delay {delay}")
    ax.set_xticks(pieces, [str(k) for k in pieces])
    ax.minorticks_off()
    ax.set_xlabel("steps in a piece, k")
    ax.set_ylabel("loss of a prediction (nats)")
    highest = max(even_guess, *(max(series) for series in losses.values()))
    ax.set_ylim(-0.03 * highest, 1.2 * highest)
    ax.legend(frameon=False)
    return ax


def times(
    measured: Mapping[str, Mapping[int, float]], slopes: Mapping[str, float]
) -> Axes:
    """Milliseconds against a size, each series with a line of its slope.

    Both axes are logarithmic. A dashed line of the expected slope goes through
    the last point of each series.

    Parameters
    ----------
    measured : dict of dicts
        For each size that was changed, such as "T", its values and their times
        in milliseconds; at most three.
    slopes : dict
        For each, the expected power.

    Raises
    ------
    ValueError
        If the names differ, or there are too many.
    """
    if set(measured) != set(slopes) or len(measured) > len(MARKS):
        raise ValueError(
            f"measured holds {list(measured)} and slopes "
            f"{list(slopes)}; expected the same names, at most "
            f"{len(MARKS)}"
        )
    ax = new_axes(5.8, 3.4)
    for (name, series), (colour, mark) in zip(measured.items(), MARKS, strict=False):
        sizes = np.array(list(series))
        last = series[sizes[-1]]
        ax.loglog(sizes, list(series.values()), mark, color=colour, label=name)
        ax.loglog(
            sizes,
            last * (sizes / sizes[-1]) ** slopes[name],
            "--",
            color=colour,
            linewidth=1,
            label=f"slope {slopes[name]:g}",
        )
    low = min(min(series.values()) for series in measured.values())
    ax.set_ylim(low / 3)  # a steep line may leave the figure below
    ax.set_xlabel(", ".join(measured))
    ax.set_ylabel("time (ms)")
    ax.legend(
        frameon=False,
        fontsize=9,
        ncols=len(measured),
        loc="lower center",
        bbox_to_anchor=(0.5, 1.0),
    )
    return ax
