"""Figures with an x axis and a y axis: functions, losses, counts."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from rnn_src.palette import BLUE, GREY, ORANGE, tint
from rnn_src.plots.beside import name_beside
from rnn_src.plots.labels import SMALL, darker, name_lines, power, write_powers
from rnn_src.plots.style import new_axes, with_looks


def squashing() -> Axes:
    """tanh from -4 to 4, and the straight line that it follows near zero."""
    a = np.linspace(-4, 4, 401)
    ax = new_axes()
    ax.axhline(0, color=GREY, linewidth=0.6)
    ax.axvline(0, color=GREY, linewidth=0.6)
    ax.plot(
        a[np.abs(a) < 1.2],
        a[np.abs(a) < 1.2],
        color=ORANGE,
        linestyle="--",
        label="a itself",
    )
    ax.plot(a, np.tanh(a), color=BLUE, label="tanh a")
    ax.set_xlabel("a")
    ax.set_ylabel("output")
    name_lines(ax)
    return ax


def surprise(points: Sequence[float] = ()) -> Axes:
    """The loss -ln p against the probability p, with some points marked."""
    p = np.linspace(0.005, 1, 400)
    ax = new_axes()
    ax.plot(p, -np.log(p), color=BLUE)
    for point in points:
        ax.plot(point, -np.log(point), "o", color=ORANGE)
        ax.annotate(
            f"p = {point:.2g}: {-np.log(point):.2f}",
            (point, -np.log(point)),
            (6, 6),
            textcoords="offset points",
            fontsize=SMALL,
        )
    ax.set_xlabel("probability given to the word that came")
    ax.set_ylabel("loss (nats)")
    ax.set_xlim(0, 1.12)
    ax.set_ylim(0)
    return ax


def losses_at_start(losses: Sequence[float], expected: float) -> Axes:
    """A histogram of total losses, and the loss that is expected."""
    ax = new_axes()
    ax.hist(losses, bins=25, color=tint(BLUE, 0.6), rwidth=0.85)
    ax.axvline(expected, color=ORANGE, linewidth=2)
    ax.annotate(
        f"even guess: {expected:.2f}",
        (expected, 1),
        (0, 2),
        xycoords=ax.get_xaxis_transform(),
        textcoords="offset points",
        fontsize=SMALL,
        ha="center",
        va="bottom",
        color=darker(ORANGE),
    )
    ax.set_xlabel("total loss before training (nats)")
    ax.set_ylabel("number of networks")
    return ax


def split_answer() -> Axes:
    """The loss if q is the answer to two questions with different targets."""
    q = np.linspace(0.02, 0.98, 400)
    ax = new_axes()
    ax.plot(q, -np.log(q) - np.log(1 - q), color=BLUE)
    ax.plot(0.5, 2 * np.log(2), "o", color=ORANGE)
    ax.annotate(
        f"q = 1/2: 2 ln 2 = {2 * np.log(2):.2f}",
        (0.5, 2 * np.log(2)),
        (0, 14),
        textcoords="offset points",
        fontsize=SMALL,
        ha="center",
    )
    ax.set_xlabel("probability q given to the first of the two words")
    ax.set_ylabel("loss of both questions (nats)")
    ax.set_ylim(0)
    return ax


def learning_curve(losses: Sequence[float], floor: float, name: str) -> Axes:
    """The loss after each update, and the floor that it cannot go below."""
    ax = new_axes()
    ax.plot(losses, color=BLUE, label="this network")
    ax.axhline(floor, color=GREY, linestyle="--", label=name)
    ax.set_xlabel("updates")
    ax.set_ylabel("loss of both sentences (nats)")
    ax.set_ylim(0)
    name_lines(ax)
    return ax


def nudge_errors(nudges: Sequence[float], errors: dict[str, Sequence[float]]) -> Axes:
    """The error of a numeric derivative against the size of the nudge.

    `errors` holds one series for each method, by its name.
    """
    drawn = with_looks("errors", errors)
    ax = new_axes()
    for name, series, look in drawn:
        ax.loglog(
            nudges,
            series,
            color=look.colour,
            linestyle=look.line,
            marker=look.mark,
            markersize=4,
            label=name,
        )
    write_powers(ax.xaxis)
    write_powers(ax.yaxis)
    ax.set_xlabel("size of the nudge")
    ax.set_ylabel("error of the derivative")
    name_beside(ax)
    return ax


def gap(right: Sequence[float], wrong: Sequence[float], threshold: float) -> Axes:
    """Relative errors of right and wrong gradients, and a threshold between them."""
    ax = new_axes(1.8)
    for row, (errors, colour) in enumerate(((right, BLUE), (wrong, ORANGE))):
        ax.semilogx(errors, [row] * len(errors), "o", color=colour, alpha=0.5)
    ax.axvline(threshold, color=GREY, linestyle="--")
    ax.annotate(
        f"threshold {power(threshold)}",
        (threshold, 0.5),
        (7, 0),
        textcoords="offset points",
        fontsize=SMALL,
        color=GREY,
        va="center",
    )
    write_powers(ax.xaxis)
    ax.set_yticks([0, 1], ["right", "wrong"])
    ax.set_ylim(-0.5, 1.5)
    ax.set_xlabel("relative error")
    return ax
