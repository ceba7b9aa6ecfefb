"""The look of the book's figures: one palette, one kind of axes.

The colours are those of Okabe and Ito, which people with any kind of colour
vision can tell apart. Figures are drawn on white; on a dark page the style
sheet exchanges light and dark. The explorer has the same two colours.
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#5A5A5A"
#: Colour map of numbers around zero: black digits can be read on all of it.
SIGNED = LinearSegmentedColormap.from_list(
    "signed",
    [
        (0, 1 - 0.7 * (1 - np.array(to_rgb(BLUE)))),
        (0.5, "white"),
        (1, 1 - 0.7 * (1 - np.array(to_rgb(ORANGE)))),
    ],
)
SHARES = "Blues"  # colour map of numbers from 0 to 1


def new_axes(width: float = 5.6, height: float = 2.9) -> Axes:
    """Axes in the book's style; sizes in inches.

    The style is set on the figure itself: matplotlib's own settings stay the
    reader's.
    """
    figure, ax = plt.subplots(
        figsize=(width, height), dpi=120, layout="constrained", facecolor="white"
    )
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(GREY)
    return ax


def number(ax: Axes, x: float, y: float, value: float, ground: np.ndarray) -> None:
    """Write a number, dark on a light ground and light on a dark one."""
    dark = ground[:3] @ (0.299, 0.587, 0.114) < 0.5  # perceived brightness
    text = f"{round(value, 2) + 0.0:.2f}"  # + 0.0 makes 0.00 of -0.00
    ax.text(
        x,
        y,
        text,
        ha="center",
        va="center",
        fontsize=8.5,
        color="white" if dark else "black",
    )


def arrow(
    ax: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    label: str,
    beside: bool = False,
) -> None:
    """An arrow with its weight matrix written above it, or beside it."""
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
    if beside:
        ax.text(x + 0.15, y, label, va="center", color=GREY)
    else:
        ax.text(x, y + 0.18, label, ha="center", va="bottom", color=GREY, fontsize=8.5)
