"""Figures of long streams: what a piece keeps, what it can learn, what it costs."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from rnn_src.checks import count
from rnn_src.palette import BLUE, GREY, PAPER
from rnn_src.plots.beside import name_beside
from rnn_src.plots.labels import PANEL, SMALL, write_powers
from rnn_src.plots.style import LOOKS, WIDTH, new_axes, with_looks
from rnn_src.plots.training import losses_by_doubling


def kept_pairs(length: int, pieces: Sequence[int]) -> Axes:
    """Which pairs of a loss and an earlier use survive a gradient in pieces.

    Parameters
    ----------
    length : int
        N, the number of steps.
    pieces : list of int
        How many steps a piece has; each gets a triangle of its own.

    Raises
    ------
    ValueError
        If `length` or a piece is not a whole number above 0, or there is no piece.
    """
    count("length", length)
    count("the number of pieces", len(pieces))
    for number, k in enumerate(pieces):
        count(f"pieces[{number}]", k)
    width = length + 1.2
    ax = new_axes(WIDTH * (length + 2.6) / (width * len(pieces)))
    for number, k in enumerate(pieces):
        draw_triangle(ax, number * width, length, k)
    ax.set_xlim(-1.6, width * len(pieces) - 0.7)
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
                    facecolor=BLUE if kept else PAPER,
                    edgecolor=BLUE if kept else GREY,
                    linewidth=1,
                )
            )
        ax.text(left - 0.12, s + 0.45, s + 1, ha="right", va="center", fontsize=SMALL)
        ax.text(
            left + s + 0.45,
            length + 0.45,
            s + 1,
            ha="center",
            va="center",
            fontsize=SMALL,
        )
    name = f"k = {k}" if k < length else "whole"
    ax.text(left, -0.5, name, va="center", **PANEL)
    ax.text(
        left + length / 2,
        length + 1.25,
        "use at step t",
        ha="center",
        va="center",
        fontsize=SMALL,
    )
    if left == 0:
        ax.text(
            -1.15,
            length / 2,
            "loss at step s",
            ha="center",
            va="center",
            rotation=90,
            fontsize=SMALL,
        )


def losses_by_piece(
    pieces: Sequence[int], losses: Mapping[int, Sequence[float]], even_guess: float
) -> Axes:
    """The loss after training against the length of a piece, one line per delay.

    `losses` holds, for each delay, one loss for each entry of `pieces`; at
    most three delays.

    Raises
    ------
    ValueError
        If there are more than three delays, or a series does not have one loss
        for each piece.
    """
    by_name = {f"delay {delay}": series for delay, series in losses.items()}
    ax = losses_by_doubling("pieces", pieces, by_name, even_guess)
    ax.set_xlabel("steps in a piece, k")
    top = ax.get_ylim()[1]
    ax.set_yticks([tick for tick in ax.get_yticks() if 0 <= tick <= top])
    ax.set_ylim(-0.16 * top, top)  # room for a name below a line at 0
    name_beside(ax)
    return ax


def times(
    measured: Mapping[str, Mapping[int, float]], slopes: Mapping[str, float]
) -> Axes:
    """Milliseconds against a size, each series with a line of its slope.

    Both axes are logarithmic. A dashed line with the expected slope goes through
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
        If the names differ, or there are more than three.
    """
    if set(measured) != set(slopes):
        raise ValueError(
            f"measured holds {list(measured)} and slopes {list(slopes)}; expected "
            "the same names"
        )
    drawn = with_looks("measured", measured, LOOKS[:3])
    ax = new_axes(3.2)
    for name, series, look in drawn:
        sizes, found = np.array(list(series)), list(series.values())
        ax.loglog(
            sizes,
            found,
            f"{look.mark}-",
            color=look.colour,
            label=f"{name}, slope {slopes[name]:g}",
        )
        ax.loglog(
            sizes,
            found[-1] * (sizes / sizes[-1]) ** slopes[name],
            "--",
            color=look.colour,
            linewidth=1,
        )
    low = min(min(series.values()) for series in measured.values())
    ax.set_ylim(low / 3)  # a steep line may leave the figure below
    ax.set_xlabel(", ".join(measured))
    ax.set_ylabel("time (ms)")
    write_powers(ax.xaxis)
    write_powers(ax.yaxis)
    name_beside(ax)
    return ax
