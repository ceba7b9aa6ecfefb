"""How long other libraries take for the same work: the measurements, the figure."""

import json
import re
from collections.abc import Mapping
from importlib import resources

import numpy as np
from matplotlib.axes import Axes

from rnn_src.palette import BLUE, GREY, INK, ORANGE
from rnn_src.plots.labels import PANEL
from rnn_src.plots.style import new_axes


def benchmark_results() -> dict:
    """What `make bench` measured last: machine, rows and scaling."""
    file = resources.files("rnn_src.plots") / "benchmark.json"
    return json.loads(file.read_text("utf8"))


def ratios(measured: Mapping[str, Mapping[str, float]], own: str) -> Axes:
    """Times as multiples of one implementation's, a group of rows for each work.

    The axis is logarithmic. A line leads from 1, the time of `own`, to each dot:
    one to the right means that it takes longer; 1.00 itself is grey.

    Parameters
    ----------
    measured : dict of dicts
        For each piece of work, the ratio of each implementation, all above 0.
    own : str
        The implementation that the others are compared with; it has no row.

    Raises
    ------
    ValueError
        If there is no ratio, or one is not above 0.
    """
    found = [value for series in measured.values() for value in series.values()]
    if not found or min(found) <= 0:
        raise ValueError(f"measured holds {measured}; expected ratios above 0")
    rows = [
        row
        for work, series in measured.items()
        for row in [(work, None), *series.items()]
        if row[0] != own
    ]
    ys = np.cumsum([1 + 0.5 * (ratio is None) for _, ratio in rows]) - 1.5
    ax = new_axes(0.24 * ys[-1] + 0.9)
    for y, (name, ratio) in zip(ys, rows, strict=True):
        if ratio is None:
            work = re.sub(r"(\d) ", r"\1, ", name)
            ax.text(
                0, y, work, va="center", transform=ax.get_yaxis_transform(), **PANEL
            )
            continue
        ax.plot([1, 1], [y - 0.5, y + 0.5], color=INK, linewidth=0.8, zorder=0)
        colour = GREY if round(ratio, 2) == 1 else ORANGE if ratio > 1 else BLUE
        ax.plot([1, ratio], [y, y], color=colour, linewidth=3, solid_capstyle="butt")
        ax.plot(ratio, y, "o", color=colour, markersize=6, label=name)
    finish(ax, min(0.5, *found) / 1.2, max(2, *found) * 1.2)
    ticks = [(y, name) for y, (name, ratio) in zip(ys, rows, strict=True) if ratio]
    ax.set_yticks(*zip(*ticks, strict=True))
    ax.set_ylim(ys[-1] + 0.5, -0.7)
    ax.set_xlabel(f"time, as a multiple of that of {own}")
    return ax


def finish(ax: Axes, low: float, high: float) -> None:
    """A logarithmic axis, and no line where no row begins."""
    ax.set_xscale("log")
    ax.set_xlim(low, high)
    ticks = [t for t in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if low <= t <= high]
    ax.set_xticks(ticks, [f"{t:g}" for t in ticks])
    ax.minorticks_off()
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
