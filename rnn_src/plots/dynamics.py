"""Figures of what becomes of a nudge, or of a gradient, on its way through time."""

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Rectangle

from rnn_src.plots.style import BLUE, GREY, ORANGE, new_axes

#: Colours of Okabe and Ito, each with a dash of its own: nobody has to tell
#: lines apart by colour alone.
LINES = (
    (BLUE, "-"),
    (ORANGE, "--"),
    (GREY, ":"),
    ("#009E73", "-."),
    ("#CC79A7", (0, (1, 1))),
    ("#000000", (0, (5, 1, 1, 1, 1, 1))),
)


def settling(weight: float, steps: Sequence[int]) -> Axes:
    """Where a unit stands after some steps, against where it started.

    The unit reads nothing but itself: h_t = tanh(weight * h_{t-1}).
    """
    start = np.linspace(-1, 1, 801)
    ax = new_axes()
    for t, (colour, dash) in zip(steps, LINES):
        h = start
        for _ in range(t):
            h = np.tanh(weight * h)
        ax.plot(
            start,
            h,
            color=colour,
            linestyle=dash,
            label=f"after {t} step{'s' if t > 1 else ''}",
        )
    ax.set_xlabel("state at the start, $h_0$")
    ax.set_ylabel("state $h_t$")
    ax.legend(frameon=False, fontsize=9)
    return ax


def log_series(
    series: dict[str, Sequence[float]],
    x_name: str,
    y_name: str,
    limit: float | None = None,
    shown: tuple[float, float] | None = None,
) -> Axes:
    """Sizes on a logarithmic axis, counted from 1; a line for each name.

    What is exactly zero has no place on such an axis, and leaves a gap.
    `limit` is drawn as a level line. `shown` is the lower and the upper end of
    the axis: what goes beyond leaves the figure.
    """
    ax = new_axes(5.6, 3.6)
    for (name, values), (colour, dash) in zip(series.items(), LINES):
        values = np.asarray(values, float)
        ax.semilogy(
            np.arange(1, len(values) + 1),
            np.where(values > 0, values, np.nan),
            color=colour,
            linestyle=dash,
            label=name,
        )
    if limit is not None:
        ax.axhline(limit, color=GREY, linewidth=0.8)
    ax.set_ylim(shown)
    ticks_at_powers_of_ten(ax)
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set_xlabel(x_name)
    ax.set_ylabel(y_name)
    ax.legend(
        frameon=False, fontsize=9, ncols=3, loc="lower left", bbox_to_anchor=(0, 1)
    )
    return ax


def ticks_at_powers_of_ten(ax: Axes, most: int = 9) -> None:
    """At even distances, with a tick at 1 if 1 is in sight."""
    low, high = np.log10(ax.get_ylim())
    every = max(1, math.ceil((high - low) / most))
    powers = [n for n in range(math.ceil(low), math.floor(high) + 1) if n % every == 0]
    ax.set_yticks([10.0**n for n in powers])
    if every > 1:
        ax.minorticks_off()


def cliff(
    distances: Sequence[float],
    losses: Sequence[float],
    slope: float,
    steps: dict[str, float],
    near: float,
) -> Axes:
    """The loss on a walk against the gradient, and what its slope promised.

    The distance has a logarithmic axis, on which a straight line bends. An
    inset shows the beginning on an even one.

    Parameters
    ----------
    distances : positive numbers, rising
        How far from the start, as the length of a change of all parameters.
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
    ax = new_axes(5.6, 4.2)
    low, high = losses.min() - 0.25, losses.max() + 0.75
    inset = ax.inset_axes((0.09, 0.56, 0.42, 0.38))
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
    inset.tick_params(labelsize=8)
    inset.set_title(f"the beginning, up to {near:g}", fontsize=9)
    for name, length in steps.items():
        ax.axvline(length, color=ORANGE, linestyle="--", linewidth=1)
        ax.text(
            length, high, name + " ", color=ORANGE, ha="right", va="top", fontsize=9
        )
    ax.set_ylim(low, high)
    ax.set_xlabel("distance walked against the gradient")
    ax.set_ylabel("loss (nats)")
    ax.legend(
        frameon=False, fontsize=9, ncols=2, loc="lower left", bbox_to_anchor=(0, 1)
    )
    return ax


def clipped_arrows(
    gradient: Sequence[float],
    by_value: Sequence[float],
    by_norm: Sequence[float],
    limit: float,
) -> Axes:
    """A gradient of two entries, and what two ways of clipping make of it.

    The arrow of the gradient itself runs out of the figure.
    """
    ax = new_axes(4.2, 3.4)
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
    for name, vector, colour in (
        ("the gradient", gradient, GREY),
        ("by value", by_value, ORANGE),
        ("by norm", by_norm, BLUE),
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
            label=name,
            zorder=2 if colour == GREY else 3,
        )
    ax.set_xlim(-1.2 * limit, 3 * limit)
    ax.set_ylim(-1.2 * limit, 1.6 * limit)
    ax.set_aspect("equal")
    ax.set_xlabel("first entry")
    ax.set_ylabel("second entry")
    ax.legend(frameon=False, fontsize=9, loc="upper right")
    return ax


def horizon(
    lags: Sequence[int], shares: dict[str, Sequence[float]], chance: float
) -> Axes:
    """The share of right answers against the lag; a line for each name."""
    ax = new_axes(5.6, 3.1)
    for (name, values), (colour, dash), mark in zip(shares.items(), LINES, "os^d"):
        ax.plot(
            lags, values, mark, color=colour, linestyle=dash, label=name, markersize=5
        )
    ax.axhline(chance, color=GREY, linewidth=0.8)
    ax.text(lags[0], chance + 0.015, "chance", color=GREY, fontsize=9)
    ax.set_xscale("log")
    ax.set_xticks(lags, [str(lag) for lag in lags])
    ax.minorticks_off()
    ax.set_ylim(0, 1.05)
    ax.set_xlabel("lag (steps)")
    ax.set_ylabel("share of right answers")
    ax.legend(frameon=False, fontsize=9)
    return ax
