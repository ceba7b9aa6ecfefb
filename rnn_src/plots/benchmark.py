"""How long other libraries take for the same work: the measurements, the figure."""

import json
from collections.abc import Mapping
from importlib import resources

import numpy as np
from matplotlib.axes import Axes

from rnn_src.palette import INK, PAPER
from rnn_src.plots.style import LOOKS, new_axes

COLOURS = (*(look.colour for look in LOOKS[:3]), PAPER, LOOKS[3].colour)


def benchmark_results() -> dict:
    """What `make bench` measured last: machine, rows and scaling."""
    file = resources.files("rnn_src.plots") / "benchmark.json"
    return json.loads(file.read_text("utf8"))


def ratios(measured: Mapping[str, Mapping[str, float]], own: str) -> Axes:
    """Times as multiples of one implementation's, a group of bars for each work.

    The axis is logarithmic and the bars begin at 1, the time of `own`: a bar to
    the right means that it takes longer.

    Parameters
    ----------
    measured : dict of dicts
        For each piece of work, the ratio of each implementation, all above 0.
    own : str
        The implementation that the others are compared with; it has no bar.

    Raises
    ------
    ValueError
        If a ratio is not above 0, or there are more than five pieces of work.
    """
    found = [value for series in measured.values() for value in series.values()]
    if not found or min(found) <= 0 or len(measured) > len(COLOURS):
        raise ValueError(
            f"measured holds {measured}; expected ratios above 0, "
            f"for at most {len(COLOURS)} pieces of work"
        )
    names = [
        name
        for name in dict.fromkeys(
            name for series in measured.values() for name in series
        )
        if name != own
    ]
    ax = new_axes(5.8, 0.62 * len(names) + 1.3)
    height = 0.8 / len(measured)
    for i, ((work, series), colour) in enumerate(
        zip(measured.items(), COLOURS, strict=False)
    ):
        here = [(k, series[name]) for k, name in enumerate(names) if name in series]
        ax.barh(
            [k + (i - (len(measured) - 1) / 2) * height for k, _ in here],
            [value - 1 for _, value in here],
            height=0.9 * height,
            left=1,
            color=colour,
            edgecolor=INK,
            linewidth=0.6,
            label=work,
        )
    ax.set_xscale("log")
    low, high = min(0.5, *found) / 1.2, max(2, *found) * 1.2
    ax.set_xlim(low, high)
    ticks = [t for t in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if low <= t <= high]
    ax.set_xticks(ticks, [f"{t:g}" for t in ticks])
    ax.minorticks_off()
    ax.axvline(1, color=INK, linewidth=1)
    ax.set_yticks(np.arange(len(names)), names)
    ax.invert_yaxis()
    ax.set_xlabel(f"time, as a multiple of that of {own}")
    ax.legend(
        frameon=False,
        fontsize=8,
        ncols=2,
        loc="lower center",
        bbox_to_anchor=(0.4, 1.0),
    )
    return ax
