"""Figures of one long step: where it lands, and what clipping makes of it."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Rectangle

from rnn_src.palette import BLUE, GREY, ORANGE
from rnn_src.plots.beside import name_beside
from rnn_src.plots.labels import SMALL, darker, write_powers
from rnn_src.plots.style import new_axes


def cliff(
    distances: Sequence[float],
    losses: Sequence[float],
    slope: float,
    steps: dict[str, float],
    near: float,
) -> Axes:
    """The loss on a walk against the gradient, and what its slope promised.

    The axis of the distance is logarithmic, so a straight line bends. An inset
    shows the beginning on a linear axis.

    Parameters
    ----------
    distances : positive numbers, rising
        Lengths of the change of all parameters, from the start.
    losses : as many numbers
    slope : float
        The length of the gradient at the start.
    steps : dict of float
        Lengths of steps to mark, by their names.
    near : float
        The distance up to which the inset goes.
    """
    distances, losses = np.asarray(distances), np.asarray(losses)
    promised = losses[0] - slope * (distances - distances[0])
    ax = new_axes(3.7)
    low, high = losses.min() - 0.25, losses.max() + 0.75
    inset = ax.inset_axes((0.16, 0.54, 0.4, 0.36))
    for each, reach in ((ax, np.inf), (inset, near)):
        here = distances <= reach
        kept = here & (promised > low)
        each.plot(
            distances[kept],
            promised[kept],
            color=GREY,
            linestyle=":",
            label="promised by the gradient",
        )
        each.plot(distances[here], losses[here], color=BLUE, label="loss")
    ax.set_xscale("log")
    inset.set_xlim(0, near)
    inset.set_xticks([0, near / 3, near / 1.5, near])
    inset.tick_params(labelsize=SMALL)
    inset.text(
        0.97,
        0.94,
        "the beginning",
        ha="right",
        va="top",
        fontsize=SMALL,
        transform=inset.transAxes,
    )
    for name, length in steps.items():
        ax.axvline(length, color=ORANGE, linestyle="--", linewidth=1)
        ax.text(
            length,
            high,
            name + " ",
            color=darker(ORANGE),
            ha="right",
            va="top",
            fontsize=SMALL,
        )
    ax.set_ylim(low, high)
    write_powers(ax.xaxis)
    ax.set_xlabel("distance walked against the gradient")
    ax.set_ylabel("loss (nats)")
    name_beside(ax)
    return ax


def clipped_arrows(
    gradient: Sequence[float],
    by_value: Sequence[float],
    by_norm: Sequence[float],
    limit: float,
) -> Axes:
    """A gradient of two entries, and what two ways of clipping make of it.

    The arrow of the gradient itself leaves the figure.
    """
    ax = new_axes(3.0)
    ax.add_patch(
        Rectangle(
            (-limit, -limit),
            2 * limit,
            2 * limit,
            fill=False,
            edgecolor=ORANGE,
            linestyle="--",
        )
    )
    ax.add_patch(Circle((0, 0), limit, fill=False, edgecolor=BLUE, linestyle="--"))
    for name, vector, colour, below in (
        ("the gradient", gradient, GREY, 0),
        ("by value", by_value, ORANGE, 3),
        ("by norm", by_norm, BLUE, -12),
    ):
        ax.quiver(
            0,
            0,
            *vector,
            color=colour,
            angles="xy",
            scale_units="xy",
            scale=1,
            width=0.009,
            zorder=2 if colour == GREY else 3,
        )
        tip = vector if max(vector) < 2 * limit else (2.95 * limit, 0.38 * limit)
        ax.annotate(
            name,
            tip,
            (5, below) if tip is vector else (0, 0),
            textcoords="offset points",
            ha="left" if tip is vector else "right",
            fontsize=SMALL,
            color=darker(colour),
        )
    ax.set_xlim(-1.2 * limit, 3 * limit)
    ax.set_ylim(-1.2 * limit, 1.6 * limit)
    ax.set_aspect("equal")
    ax.set_xlabel("first entry")
    ax.set_ylabel("second entry")
    return ax
