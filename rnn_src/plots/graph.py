"""The computational graph of one step, with a path through it highlighted."""
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from rnn_src.plots.style import GREY, ORANGE, new_axes

#: Where each quantity stands, and how it is written.
PLACES = {
    "x": (0, 2, "$x_t$"), "Wx": (0, 3, "$W_x$"), "Wh": (0, 0, "$W_h$"),
    "h_prev": (0, 1, "$h_{t-1}$"), "bh": (1.5, 0, "$b_h$"),
    "a": (1.5, 1.5, "$a_t$"), "h": (3, 1.5, "$h_t$"), "Wy": (3, 3, "$W_y$"),
    "by": (4.5, 3, "$b_y$"), "z": (4.5, 1.5, "$z_t$"), "p": (6, 1.5, "$p_t$"),
    "y": (6, 3, "$y_t$"), "L": (7.5, 1.5, "$L_t$"),
}
#: What each quantity is made from.
MADE_FROM = {
    "a": ("Wx", "x", "Wh", "h_prev", "bh"), "h": ("a",),
    "z": ("Wy", "h", "by"), "p": ("z",), "L": ("p", "y"),
}
PARAMETERS = {"Wx", "Wh", "bh", "Wy", "by"}


def computation_graph(shown: Sequence[str], path: Sequence[str] = ()) -> Axes:
    """Draw the quantities named in `shown`, with arrows from cause to effect.

    Parameters
    ----------
    shown : list of str
        Names of quantities: keys of `PLACES`, such as "h", "z", "p", "L".
    path : list of str
        The quantities that the current gradient passes, in forward order; each
        must be made from the one before. They are drawn in colour.

    Raises
    ------
    ValueError
        If a name is unknown, or the path takes a step that no arrow takes.
    """
    unknown = set(shown) - set(PLACES)
    if unknown:
        raise ValueError(f"shown holds {sorted(unknown)}; expected names out "
                         f"of {', '.join(PLACES)}")
    steps = set(zip(path[:-1], path[1:]))
    arrows = {(cause, effect) for effect in shown
              for cause in MADE_FROM.get(effect, ()) if cause in shown}
    if steps - arrows:
        raise ValueError(f"path takes the steps {sorted(steps - arrows)}; no "
                         "arrow of the graph does")
    rows = {PLACES[name][1] for name in shown}
    ax = new_axes(5.8, 0.62 * (max(rows) - min(rows)) + 0.9)
    for cause, effect in sorted(arrows):
        draw_arrow(ax, cause, effect, (cause, effect) in steps)
    for name in shown:
        draw_quantity(ax, name, name in path)
    ax.set_xlim(-0.6, 8.1)      # every quantity keeps its place as it grows
    ax.set_ylim(max(rows) + 0.6, min(rows) - 0.6)
    ax.axis("off")
    return ax


def draw_arrow(ax: Axes, cause: str, effect: str, on_path: bool) -> None:
    """An arrow from a cause to its effect, thick where the gradient goes."""
    ax.annotate("", PLACES[effect][:2], PLACES[cause][:2],
                arrowprops={"arrowstyle": "-|>", "shrinkA": 17, "shrinkB": 17,
                            "color": ORANGE if on_path else GREY,
                            "lw": 3 if on_path else 1.2})


def draw_quantity(ax: Axes, name: str, on_path: bool) -> None:
    """A box for a parameter, a round one for everything else."""
    x, y, text = PLACES[name]
    corner = 0.02 if name in PARAMETERS else 0.22
    ax.add_patch(FancyBboxPatch(
        (x - 0.24, y - 0.22), 0.48, 0.44, boxstyle=f"round,pad=0.04,"
        f"rounding_size={corner}", facecolor="#FDE9DC" if on_path else "white",
        edgecolor=ORANGE if on_path else GREY, linewidth=2 if on_path else 1.2))
    ax.text(x, y, text, ha="center", va="center",
            fontsize=10 if name == "h_prev" else 12)
