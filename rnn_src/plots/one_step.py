"""Figures of single-step training: what its gradient sees, and how far it gets."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from rnn_src.palette import GREY, ORANGE
from rnn_src.plots.beside import name_beside
from rnn_src.plots.style import LOOKS, level, new_axes, with_looks

#: For the ways to train, from the weakest to the best: it gets the first look.
WAYS = LOOKS[2::-1]


def single_step_sight(words: Sequence[str]) -> Axes:
    """The network unrolled over the words, with one loss at the end.

    Arrows that the gradient of a single step goes back along are thick and in
    colour; those that it does not are dashed.

    Raises
    ------
    ValueError
        If there are fewer than two words.
    """
    T = len(words)
    if T < 2:
        raise ValueError(
            f"words has {T} entries; expected at least two, since "
            "a single step sees all of one word"
        )
    ax = new_axes(2.0)
    for t, word in enumerate(words, 1):
        draw_link(ax, (t, 0), (t, 1), seen=t == T)
        if t > 1:
            draw_link(ax, (t - 1, 1), (t, 1), seen=t == T)
        draw_node(ax, t, 0, word)
        draw_node(ax, t, 1, f"$h_{{{t}}}$")
    draw_link(ax, (T, 1), (T + 1, 1), seen=True)
    draw_node(ax, T + 1, 1, f"$L_{{{T}}}$")
    ax.legend(
        handles=[
            Line2D([], [], color=ORANGE, linewidth=3, label="a single step sees this"),
            Line2D([], [], color=GREY, linestyle="--", label="and not this"),
        ],
        frameon=False,
        loc="lower center",
        bbox_to_anchor=(0.5, 1),
        ncols=2,
        fontsize=9,
    )
    ax.set_xlim(0.5, T + 1.5)
    ax.set_ylim(-0.4, 1.4)
    ax.axis("off")
    return ax


def draw_link(
    ax: Axes, cause: tuple[float, float], effect: tuple[float, float], seen: bool
) -> None:
    """An arrow from a cause to its effect."""
    ax.annotate(
        "",
        effect,
        cause,
        arrowprops={
            "arrowstyle": "-|>",
            "shrinkA": 15,
            "shrinkB": 15,
            "color": ORANGE if seen else GREY,
            "lw": 3 if seen else 1.2,
            "linestyle": "-" if seen else "--",
        },
    )


def draw_node(ax: Axes, x: float, y: float, text: str) -> None:
    """A quantity, written over the arrows."""
    ax.text(x, y, text, ha="center", va="center", fontsize=12)


def down_to_the_floor(
    curves: Mapping[str, Sequence[float]], floor: float, name: str
) -> Axes:
    """The loss after each pass, for up to three ways to train, and a floor.

    `curves` holds the losses per prediction by the name of the way; `name`
    says what the floor is.
    """
    drawn = with_looks("curves", curves, WAYS)
    ax = new_axes()
    for way, losses, look in drawn:
        epochs = range(1, len(losses) + 1)
        ax.plot(epochs, losses, look.line, color=look.colour, label=way)
    level(ax, floor, name)
    ax.set_xlabel("passes over the text")
    ax.set_ylabel("loss per prediction (nats)")
    ax.set_ylim(0)
    name_beside(ax)
    return ax


def recall_by_lag(
    lags: Sequence[int], shares: Mapping[str, np.ndarray], chance: float
) -> Axes:
    """How many answers are right, against how far back the answer lies.

    `shares` holds, by the name of up to three ways to train, an array of shape
    (number of lags, number of networks): a point each, and a line through the medians.
    """
    drawn = with_looks("shares", shares, WAYS)
    ax = new_axes()
    for way, right, look in drawn:
        percent = 100 * np.asarray(right)
        medians = np.median(percent, axis=1)
        ax.plot(lags, medians, look.line, color=look.colour, label=way)
        ax.plot(lags, percent, look.mark, color=look.colour, markersize=4.5, alpha=0.6)
    level(ax, 100 * chance, "chance")
    ax.set_xlabel("lag: how many steps ago the symbol was read")
    ax.set_ylabel("right answers (percent)")
    ax.set_xticks(lags)
    ax.set_ylim(0, 105)
    name_beside(ax)
    return ax
