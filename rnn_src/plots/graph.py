"""Computational graphs, of one step and of several, with paths in colour."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from rnn_src.checks import count
from rnn_src.palette import BLUE, GREY, ORANGE, PAPER, tint
from rnn_src.parameters import NAMES
from rnn_src.plots.style import new_axes

#: Where each quantity is drawn, and how it is written.
PLACES = {
    "x": (0, 2, "$x_t$"),
    "Wx": (0, 3, "$W_x$"),
    "Wh": (0, 0, "$W_h$"),
    "h_prev": (0, 1, "$h_{t-1}$"),
    "bh": (1.3, 0, "$b_h$"),
    "a": (1.3, 1.5, "$a_t$"),
    "h": (2.6, 1.5, "$h_t$"),
    "Wy": (2.6, 3, "$W_y$"),
    "by": (3.9, 3, "$b_y$"),
    "z": (3.9, 1.5, "$z_t$"),
    "p": (5.2, 1.5, "$p_t$"),
    "y": (5.2, 3, "$y_t$"),
    "L": (6.5, 1.5, "$L_t$"),
}
#: What each quantity is made from.
MADE_FROM = {
    "a": ("Wx", "x", "Wh", "h_prev", "bh"),
    "h": ("a",),
    "z": ("Wy", "h", "by"),
    "p": ("z",),
    "L": ("p", "y"),
}


PALE = tint(GREY, 0.52)  # what is not there yet
QUIET = {GREY, PALE}  # no path


def computation_graph(shown: Sequence[str], path: Sequence[str] = ()) -> Axes:
    """Draw the quantities named in `shown`, with arrows from cause to effect.

    The rest of the graph is pale and has no names.

    Parameters
    ----------
    shown : list of str
        Names of quantities: keys of `PLACES`, such as "h", "z", "p", "L".
    path : list of str
        The quantities that the current gradient passes, in forward order, each
        made from the one before it. They are drawn in colour.

    Raises
    ------
    ValueError
        If a name is unknown, or no arrow leads from one entry of the path to the
        next.
    """
    unknown = set(shown) - set(PLACES)
    if unknown:
        raise ValueError(
            f"shown holds {sorted(unknown)}; expected names out of {', '.join(PLACES)}"
        )
    arrows = {(cause, effect) for effect in MADE_FROM for cause in MADE_FROM[effect]}
    seen = {arrow for arrow in arrows if set(arrow) <= set(shown)}
    steps = steps_of(path, seen)
    ax = new_axes(2.4)
    boxes = {}
    for name, (x, y, text) in PLACES.items():
        colour = ORANGE if name in path else GREY if name in shown else PALE
        text = text if name in shown else ""
        boxes[name] = draw_quantity(ax, x, y, text, colour, square=name in NAMES)
    for cause, effect in sorted(arrows, key=lambda one: (one in seen, one)):
        on_path = (cause, effect) in steps
        colour = ORANGE if on_path else GREY if (cause, effect) in seen else PALE
        draw_arrow(ax, boxes[cause], boxes[effect], colour)
    ax.set_xlim(-0.45, 6.95)
    ax.set_ylim(3.4, -0.4)
    ax.axis("off")
    return ax


def unrolled_graph(steps: int, paths: Sequence[Sequence[str]] = ()) -> Axes:
    """Draw `steps` steps of the network side by side, with paths in colour.

    Parameters
    ----------
    steps : int
        T.
    paths : lists of names
        The names are h0, …, hT, x1, …, xT and L1, …, LT. The first path has a
        colour of its own; where it shares an arrow with another path, it is the
        one you see.

    Raises
    ------
    ValueError
        If no arrow leads from one entry of a path to the next, or `steps` is
        below 1.
    """
    count("steps", steps)
    places = {"h0": (0, 1, "$h_0$")}
    arrows = set()
    for t in range(1, steps + 1):
        for kind, row in (("L", 0), ("h", 1), ("x", 2)):
            places[f"{kind}{t}"] = (1.5 * t, row, f"${kind}_{t}$")
        arrows |= {(f"x{t}", f"h{t}"), (f"h{t - 1}", f"h{t}"), (f"h{t}", f"L{t}")}
    coloured = {}
    for number, path in reversed(list(enumerate(paths))):
        colour = BLUE if number else ORANGE
        coloured |= dict.fromkeys([*steps_of(path, arrows), *path], colour)
    ax = new_axes(2.2)
    boxes = {
        name: draw_quantity(ax, *place, coloured.get(name, GREY))
        for name, place in places.items()
    }
    for cause, effect in sorted(arrows):
        colour = coloured.get((cause, effect), GREY)
        draw_arrow(ax, boxes[cause], boxes[effect], colour)
    ax.set_xlim(-0.5, 1.5 * steps + 0.5)
    ax.set_ylim(2.5, -0.5)
    ax.axis("off")
    return ax


def steps_of(path: Sequence[str], arrows: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The arrows of a path; a ValueError if there is no such arrow."""
    steps = set(zip(path[:-1], path[1:], strict=True))
    if steps - arrows:
        raise ValueError(
            f"path takes the steps {sorted(steps - arrows)}; no arrow of the graph does"
        )
    return steps


def draw_arrow(
    ax: Axes, cause: FancyBboxPatch, effect: FancyBboxPatch, colour: str
) -> None:
    """An arrow from box to box, thick where the gradient goes."""
    start, end = (
        ((box.get_x() + box.get_width() / 2), (box.get_y() + box.get_height() / 2))
        for box in (cause, effect)
    )
    ax.annotate(
        "",
        end,
        start,
        arrowprops={
            "arrowstyle": "-|>",
            "patchA": cause,
            "patchB": effect,
            "shrinkA": 1,
            "shrinkB": 3,
            "color": colour,
            "lw": 1.2 if colour in QUIET else 3,
        },
    )


def draw_quantity(
    ax: Axes, x: float, y: float, text: str, colour: str, square: bool = False
) -> FancyBboxPatch:
    """A box: square for a parameter, round for everything else."""
    corner = 0.02 if square else 0.22
    half = 0.42 if len(text) > 7 else 0.24  # an index of more than one sign
    box = FancyBboxPatch(
        (x - half, y - 0.22),
        2 * half,
        0.44,
        boxstyle=f"round,pad=0.04,rounding_size={corner}",
        facecolor=PAPER if colour in QUIET else tint(colour, 0.14),
        edgecolor=colour,
        linewidth=1.2 if colour in QUIET else 2,
    )
    ax.add_patch(box)
    ax.text(x, y, text, ha="center", va="center", fontsize=12)
    return box
