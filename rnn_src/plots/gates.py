"""Figures of the gated network: one unit, and two networks on the same text."""

import json
from collections.abc import Mapping, Sequence
from importlib import resources

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from rnn_src.palette import GREY, INK, ORANGE, PAPER, tint
from rnn_src.plots.graph import draw_arrow, draw_quantity, steps_of
from rnn_src.plots.labels import SMALL, name_lines
from rnn_src.plots.style import level, new_axes, with_looks

#: Where each quantity of a unit is drawn, and how it is written.
PLACES = {
    "c_prev": (0, 0, "$c_{t-1}$"),
    "keep": (1.5, 0, "×"),
    "sum": (3.3, 0, "+"),
    "c": (4.8, 0, "$c_t$"),
    "f": (1.5, 2, "$f_t$"),
    "i": (2.7, 2, "$i_t$"),
    "g": (3.9, 2, "$g_t$"),
    "write": (3.3, 1, "×"),
    "o": (5.7, 2, "$o_t$"),
    "show": (5.7, 1, "×"),
    "h": (7, 1, "$h_t$"),
    "x": (2.7, 3.1, "$x_t$"),
    "h_prev": (3.9, 3.1, "$h_{t-1}$"),
}
#: What each is made from, and what is written at an arrow.
MADE_FROM = {
    "keep": ("c_prev", "f"),
    "write": ("i", "g"),
    "sum": ("keep", "write"),
    "c": ("sum",),
    "show": ("c", "o"),
    "h": ("show",),
    **{gate: ("x", "h_prev") for gate in "ifgo"},
}


def memory_cell(path: Sequence[str] = ()) -> Axes:
    """One unit of an LSTM, from the old cell to the new cell and the state.

    Parameters
    ----------
    path : list of str
        Keys of `PLACES`, each made from the one before it, drawn in colour: the
        additive path is "c_prev", "keep", "sum", "c".

    Raises
    ------
    ValueError
        If no arrow leads from one entry of the path to the next.
    """
    arrows = {(cause, effect) for effect in MADE_FROM for cause in MADE_FROM[effect]}
    steps = steps_of(path, arrows)
    ax = new_axes(2.7)
    boxes = {
        name: draw_part(ax, *place, ORANGE if name in path else GREY)
        for name, place in PLACES.items()
    }
    for cause, effect in sorted(arrows):
        colour = ORANGE if (cause, effect) in steps else GREY
        draw_arrow(ax, boxes[cause], boxes[effect], colour)
    ax.text(5.5, 0.4, "tanh", color=GREY, fontsize=SMALL)
    ax.set_xlim(-0.5, 7.4)
    ax.set_ylim(3.5, -0.5)
    ax.set_aspect("equal")
    ax.axis("off")
    return ax


def draw_part(ax: Axes, x: float, y: float, text: str, colour: str) -> FancyBboxPatch:
    """A quantity in its box; an operation, a single sign, in a circle."""
    if len(text) > 1:
        return draw_quantity(ax, x, y, text, colour)
    box = FancyBboxPatch(
        (x - 0.2, y - 0.2),
        0.4,
        0.4,
        boxstyle="circle,pad=0.02",
        facecolor=PAPER if colour == GREY else tint(colour, 0.14),
        edgecolor=colour,
    )
    ax.add_patch(box)
    ax.text(x, y, text, ha="center", va="center", color=INK)
    return box


def gates_results() -> dict:
    """What `python -m benchmarks.gates` measured last, by the names of its parts."""
    file = resources.files("rnn_src.plots") / "gates.json"
    return json.loads(file.read_text("utf8"))


def held_out_losses(
    curves: Mapping[str, Sequence[tuple[float, float]]],
    guesses: Mapping[str, float],
) -> Axes:
    """The loss on text that is held out against the seconds of training.

    Parameters
    ----------
    curves : dict of lists of (seconds, nats per character)
        One for each network.
    guesses : dict of floats
        Losses of simpler predictions, drawn as lines with their names.

    Raises
    ------
    ValueError
        If there are more curves than can be told apart.
    """
    drawn = with_looks("curves", curves)
    ax = new_axes(3.0)
    for name, loss in guesses.items():
        level(ax, loss, name)
    for name, points, look in drawn:
        ax.plot(
            *zip(*points, strict=True),
            color=look.colour,
            linestyle=look.line,
            label=name,
        )
    ax.set_xlabel("seconds of training")
    ax.set_ylabel("held-out loss (nats per character)")
    name_lines(ax)
    return ax
