"""The look of the book's figures: one kind of axes, and lines in a fixed order.

Figures are drawn on white, in the colours of `rnn_src.palette`. On a dark page
the style sheet exchanges light and dark.
"""

from collections.abc import Mapping, Sequence, Sized
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from rnn_src.palette import BLUE, GREEN, GREY, INK, ORANGE, PAPER, PINK, tint
from rnn_src.plots.labels import LABEL, SMALL


class Look(NamedTuple):
    """A colour, a kind of line and a kind of mark that belong together."""

    colour: str
    line: str | tuple
    mark: str


#: The looks of several series, in the order in which a figure takes them: no
#: two have the same colour, line or mark, so colour alone never decides.
LOOKS = (
    Look(BLUE, "-", "o"),
    Look(ORANGE, "--", "s"),
    Look(GREY, ":", "^"),
    Look(GREEN, "-.", "d"),
    Look(PINK, (0, (9, 3)), "v"),
    Look(INK, (0, (5, 1, 1, 1, 1, 1)), "P"),
)
#: Colour map of numbers around zero: black digits can be read on all of it.
SIGNED = LinearSegmentedColormap.from_list(
    "signed", [tint(BLUE, 0.7), PAPER, tint(ORANGE, 0.7)]
)
#: Colour map of numbers from 0 to 1: the same half of it.
SHARES = LinearSegmentedColormap.from_list("shares", [PAPER, tint(ORANGE, 0.7)])
#: Inches. A phone shows a figure of this width with text that can be read.
WIDTH = 4.4


def new_axes(height: float = 2.8) -> Axes:
    """Axes in the book's style, as wide as all figures; the height is in inches.

    The style is set on the figure itself: matplotlib's own settings stay the
    reader's.
    """
    figure, ax = plt.subplots(
        figsize=(WIDTH, height), dpi=120, layout="constrained", facecolor=PAPER
    )
    plain_frame(ax)
    return ax


def plain_frame(ax: Axes) -> None:
    """Leave only the axes themselves of the frame, in grey."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(GREY)
    ax.tick_params(labelsize=SMALL)
    for axis in (ax.xaxis, ax.yaxis):
        axis.label.set_fontsize(LABEL)


def level(ax: Axes, value: float, name: str) -> None:
    """A thin line across the figure, to compare others with."""
    ax.axhline(value, color=GREY, linewidth=0.8, label=name)


def same_length(**series: Sized) -> None:
    """Refuse series of unequal lengths; the names say which is which.

    Raises
    ------
    ValueError
        If the lengths differ; the message names each series and its length.
    """
    if len({len(values) for values in series.values()}) > 1:
        found = " and ".join(
            f"{name} has length {len(values)}" for name, values in series.items()
        )
        raise ValueError(f"{found}; expected equal lengths")


def with_looks(
    name: str, series: Mapping, looks: Sequence[Look] = LOOKS
) -> list[tuple[object, Sequence[float], Look]]:
    """The key and the values of each series, and a look of its own.

    Raises
    ------
    ValueError
        If there are more series than looks; `name` says which argument holds them.
    """
    if len(series) > len(looks):
        raise ValueError(
            f"{name} holds {len(series)} series; expected at most {len(looks)}, which "
            "can be told apart"
        )
    # Looks may be left over.
    return [(*item, look) for item, look in zip(series.items(), looks, strict=False)]


def number(ax: Axes, x: float, y: float, value: float, ground: np.ndarray) -> None:
    """Write a number, dark on a light ground and light on a dark one."""
    dark = ground[:3] @ (0.299, 0.587, 0.114) < 0.5  # perceived brightness
    text = f"{round(value, 2) + 0.0:.2f}"  # + 0.0 makes 0.00 of -0.00
    text = text.replace("-", "\N{MINUS SIGN}")  # as the axes have it
    ax.text(
        x,
        y,
        text,
        ha="center",
        va="center",
        fontsize=SMALL,
        color=PAPER if dark else INK,
    )


def arrow(
    ax: Axes, start: tuple[float, float], end: tuple[float, float], label: str
) -> None:
    """An arrow with its weight matrix written beside it."""
    ax.annotate(
        "",
        end,
        start,
        arrowprops={
            "arrowstyle": "-|>",
            "color": GREY,
            "lw": 1.5,
            "shrinkA": 0,
            "shrinkB": 0,
        },
    )
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    ax.text(x + 0.15, y, label, va="center", color=GREY)
