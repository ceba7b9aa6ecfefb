"""Figures of what happens to a nudge, or to a gradient, on its way through time."""

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from rnn_src.plots.beside import name_beside
from rnn_src.plots.labels import name_lines, write_powers
from rnn_src.plots.style import level, new_axes, with_looks


def settling(weight: float, steps: Sequence[int]) -> Axes:
    """The state of a unit after some steps, against its state at the start.

    The unit reads nothing but itself: h_t = tanh(weight * h_{t-1}).
    """
    start = np.linspace(-1, 1, 801)
    states = dict.fromkeys(steps, start)
    for t in steps:
        for _ in range(t):
            states[t] = np.tanh(weight * states[t])
    drawn = with_looks("steps", states)
    ax = new_axes()
    for t, h, look in drawn:
        ax.plot(
            start,
            h,
            color=look.colour,
            linestyle=look.line,
            label=f"after {t} step{'s' if t > 1 else ''}",
        )
    ax.set_xticks([-1, -0.5, 0, 0.5, 1])
    ax.set_yticks([-1, -0.5, 0, 0.5, 1])
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
    """Sizes on a logarithmic axis, counted from 1; one line for each name.

    A value of exactly zero cannot be drawn on such an axis and leaves a gap.
    `limit` is drawn as a horizontal line. `shown` holds the two ends of the
    axis: values beyond them are outside the figure.
    """
    drawn = with_looks("series", series)
    ax = new_axes(3.2)
    for name, values, look in drawn:
        values = np.asarray(values, float)
        ax.semilogy(
            np.arange(1, len(values) + 1),
            np.where(values > 0, values, np.nan),
            color=look.colour,
            linestyle=look.line,
            label=name,
        )
    if limit is not None:
        level(ax, limit, "")
    ax.margins(y=0.1)
    ax.set_ylim(shown)
    ticks_at_powers_of_ten(ax)
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set_xlabel(x_name)
    ax.set_ylabel(y_name)
    # Many lines are a fan: there is room at the ends only.
    (name_lines if len(drawn) > 3 else name_beside)(ax)
    return ax


def ticks_at_powers_of_ten(ax: Axes, most: int = 9) -> None:
    """Ticks at even distances, one of them at 1 if 1 is on the axis."""
    low, high = np.log10(ax.get_ylim())
    every = max(1, math.ceil((high - low) / most))
    powers = [n for n in range(math.ceil(low), math.floor(high) + 1) if n % every == 0]
    ax.set_yticks([10.0**n for n in powers])
    write_powers(ax.yaxis)
    if every > 1:
        ax.minorticks_off()


def horizon(
    lags: Sequence[int], shares: dict[str, Sequence[float]], chance: float
) -> Axes:
    """The share of right answers against the lag; a line for each name."""
    drawn = with_looks("shares", shares)
    ax = new_axes(3.0)
    for name, values, look in drawn:
        ax.plot(
            lags,
            values,
            color=look.colour,
            linestyle=look.line,
            marker=look.mark,
            markersize=5,
            label=name,
        )
    level(ax, chance, "chance")
    ax.set_xscale("log")
    ax.set_xticks(lags, [str(lag) for lag in lags])
    ax.minorticks_off()
    ax.set_ylim(0, 1.05)
    ax.set_xlabel("lag (steps)")
    ax.set_ylabel("share of right answers")
    name_beside(ax)
    return ax
