"""What is written in a figure: names at the ends of lines, numbers at axes."""

import math
import re
import textwrap
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.ticker import Formatter, NullFormatter

from rnn_src.palette import PAPER

SMALL = 9.0  # points: the smallest text, which a phone shows 10 pixels high
LABEL = 9.5  # points: the name of an axis, no larger than the text of a page
#: How the title of a panel is written.
PANEL = {"fontsize": LABEL, "ha": "left"}
PLAIN = (1e-3, 1e3)  # numbers that need no power of ten
#: From a line to a name that had to move, the left end of which it touches.
LEADER = {
    "arrowstyle": "-",
    "linewidth": 0.6,
    "shrinkA": 0,
    "shrinkB": 0,
    "relpos": (0, 0.5),
}
#: Around a name that lies on another line.
HALO = [withStroke(linewidth=2.5, foreground=PAPER)]


def power(value: float) -> str:
    """A number as the axes write it: 0.01 and 1000, but the power of ten for 1e-6."""
    if PLAIN[0] <= value <= PLAIN[1]:
        return f"{value:g}"
    return f"$10^{{{math.log10(value):.0f}}}$"


class Powers(Formatter):
    """Plain numbers, if all of an axis are from 0.001 to 1000; else powers of ten."""

    def __call__(self, value: float, pos: int | None = None) -> str:
        low, high = sorted(self.axis.get_view_interval())
        ticks = self.axis.get_majorticklocs()
        seen = ticks[(low <= ticks) & (ticks <= high)]
        if all(PLAIN[0] <= place <= PLAIN[1] for place in seen):
            return f"{value:g}"
        return "1" if value == 1 else f"$10^{{{math.log10(value):.0f}}}$"


def write_powers(axis: Axis) -> None:
    """Write the numbers of a logarithmic axis in the one way of the book."""
    axis.set_major_formatter(Powers())
    axis.set_minor_formatter(NullFormatter())


def tex(name: str) -> str:
    """A name with the subscripts and roots that the formulas have."""
    name = re.sub(r"\bW_?([xhy])\b", r"$W_\1$", name)
    return re.sub(r"sqrt\((\w)\)", r"$\\sqrt{\1}$", name)


def darker(colour: str) -> tuple[float, ...]:
    """The colour of a line, dark enough for letters: all have a contrast of 4.5."""
    return tuple(0.75 * part for part in to_rgb(colour))


def spread(
    wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> np.ndarray:
    """The places nearest to the wanted ones at which labels do not overlap.

    Parameters
    ----------
    wanted : rising numbers, the middles of the labels
    heights : of the labels
    low, high : between which all of them are to be, if they fit
    """
    heights = np.asarray(heights, float)
    above = np.cumsum((heights[1:] + heights[:-1]) / 2)
    offsets = np.concatenate([[0.0], above])
    blocks: list[list[float]] = []
    for place in np.asarray(wanted, float) - offsets:
        blocks.append([place])
        while len(blocks) > 1 and np.mean(blocks[-2]) > np.mean(blocks[-1]):
            last = blocks.pop()
            blocks[-1] += last
    level = np.concatenate([np.full(len(one), np.mean(one)) for one in blocks])
    least, most = low + heights[0] / 2, high - heights[-1] / 2 - offsets[-1]
    return np.clip(level, min(least, most), max(least, most)) + offsets


def end_of(line: Line2D, ax: Axes) -> tuple[int, np.ndarray]:
    """The rightmost point of a line in the figure: its number, and where it is."""
    seen = ax.transAxes.inverted().transform(
        line.get_transform().transform(line.get_xydata())
    )
    inside = np.all((seen > -0.001) & (seen < 1.001), axis=1)
    best = int(np.argmax(np.where(inside, seen[:, 0], -1)))
    return best, seen[best]


def name_of(line: Line2D, width: int) -> str:
    """What is written of a line: its name, in lines of so many letters; or nothing."""
    name = str(line.get_label())
    return "" if name.startswith("_") else tex(textwrap.fill(name, width))


def named(ax: Axes, width: int) -> list[tuple[int, np.ndarray, str, Line2D]]:
    """Each line: its end, its name and itself, from the lowest end to the highest."""
    found = []
    for line in ax.lines:
        if name := name_of(line, width):
            found.append((*end_of(line, ax), name, line))
    return sorted(found, key=lambda one: one[1][1])


def name_lines(ax: Axes, width: int = 15) -> None:
    """Write the name of each line at its right end, in its colour: no legend.

    Call it last, when the limits of the axes are what they shall be. A name of
    more than `width` letters takes several lines of text.
    """
    ax.figure.draw_without_rendering()  # the layout, to know how high labels are
    high = ax.bbox.height * 72 / ax.figure.dpi
    found = named(ax, width)
    heights = [1.3 * SMALL * (1 + name.count("\n")) / high for *_, name, _ in found]
    places = spread([at[1] for _, at, *_ in found], heights, 0, 1)
    edge = max(end_of(line, ax)[1][0] for line in ax.lines)
    for (point, at, name, line), place in zip(found, places, strict=True):
        moved = (place - at[1]) * high
        ax.annotate(
            name,
            line.get_xydata()[point],
            ((edge if edge - at[0] < 0.1 else at[0]) + 0.02, moved),
            xycoords=line.get_transform(),
            textcoords=("axes fraction", "offset points"),
            va="center",
            fontsize=SMALL,
            color=darker(line.get_color()),
            annotation_clip=False,
            path_effects=HALO,
            arrowprops=LEADER | {"color": line.get_color()} if abs(moved) > 3 else None,
        )
