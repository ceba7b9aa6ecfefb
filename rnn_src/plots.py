"""The figures of the book, a function each; every one returns its Axes.

One palette for all of them: the colours of Okabe and Ito, which people with any
kind of colour vision can tell apart. Figures stand on a white ground, so that
they read alike on a light and on a dark page.
"""
from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

BLUE, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#00795A", "#5A5A5A"
SIGNED = "PuOr"     # colour map of numbers around zero
SHARES = "Blues"    # colour map of numbers from 0 to 1

def new_axes(width: float = 5.6, height: float = 2.9) -> Axes:
    """Axes in the book's style; sizes in inches.

    The style is set on the figure itself: matplotlib's own settings stay the
    reader's.
    """
    figure, ax = plt.subplots(figsize=(width, height), dpi=120,
                              layout="constrained", facecolor="white")
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(GREY)
    return ax


def number(ax: Axes, x: float, y: float, value: float,
           ground: np.ndarray) -> None:
    """Write a number, dark on a light ground and light on a dark one."""
    dark = ground[:3] @ (0.299, 0.587, 0.114) < 0.5     # perceived brightness
    text = f"{round(value, 2) + 0.0:.2f}"      # + 0.0 makes 0.00 of -0.00
    ax.text(x, y, text, ha="center", va="center", fontsize=8.5,
            color="white" if dark else "black")


def table(ax: Axes, values: np.ndarray, rows: Sequence[str],
          columns: Sequence[str], colour_map: str, low: float,
          high: float) -> None:
    """Draw a table as coloured cells with their numbers written in."""
    image = ax.imshow(values, cmap=colour_map, vmin=low, vmax=high,
                      aspect="auto")
    colours = image.cmap(image.norm(values))
    for (row, column), value in np.ndenumerate(values):
        number(ax, column, row, value, colours[row, column])
    ax.set_xticks(range(len(columns)), columns)
    ax.set_yticks(range(len(rows)), rows)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)


def hidden_states(words: Sequence[str], hidden: Sequence[Sequence[float]]) -> Axes:
    """A row for each word read, a column for each hidden unit.

    `hidden` has shape (T, H); the colours span the largest size found.
    """
    values = np.asarray(hidden)
    ax = new_axes(5.8, 0.38 * len(words) + 0.9)
    reach = np.abs(values).max()
    table(ax, values, words, range(values.shape[1]), SIGNED, -reach, reach)
    ax.set_xlabel("hidden unit")
    ax.set_ylabel("word just read")
    return ax


def distributions(questions: Sequence[str], predictions: Sequence[Sequence[float]],
                  words: Sequence[str], targets: Sequence[int],
                  title: str = "") -> Axes:
    """A row for each question, a column for each word that may come next.

    `predictions` has shape (number of questions, V). A frame marks the target.
    """
    values = np.asarray(predictions)
    ax = new_axes(5.8, 0.33 * len(questions) + 1.0)
    table(ax, values, questions, words, SHARES, 0, 1)
    for row, target in enumerate(targets):
        ax.add_patch(Rectangle((target - 0.5, row - 0.5), 1, 1, fill=False,
                               edgecolor=ORANGE, linewidth=2.5,
                               clip_on=False))
    ax.set_xlabel("probability of the next word (frame: the right one)")
    ax.set_title(title)
    return ax


def unrolled(words: Sequence[str], hidden: Sequence[Sequence[float]],
             predictions: Sequence[Sequence[float]],
             vocabulary: Sequence[str]) -> Axes:
    """The network unrolled in time, downwards, with its numbers.

    One band for each word read: the word, the hidden state it leaves, and the
    two most likely next words. `hidden` is (T, H), `predictions` (T, V).
    """
    hidden, predictions = np.asarray(hidden), np.asarray(predictions)
    steps, units = hidden.shape
    ax = new_axes(6.0, 1.15 * steps + 0.8)
    reach = np.abs(hidden).max()
    colour_map = plt.get_cmap(SIGNED)
    left, right = 2.2, 2.2 + units
    for t in range(steps):
        y = -2.2 * t
        colours = colour_map((hidden[t] / reach + 1) / 2)
        for unit in range(units):
            ax.add_patch(Rectangle((left + unit, y - 0.5), 1, 1,
                                   facecolor=colours[unit], edgecolor="white"))
            number(ax, left + unit + 0.5, y, hidden[t, unit], colours[unit])
        arrow(ax, (1.35, y), (left - 0.05, y), "$W_x$")
        ax.text(1.3, y, words[t], ha="right", va="center", weight="bold")
        arrow(ax, (right + 0.05, y), (right + 0.95, y), "$W_y$")
        best = np.argsort(-predictions[t], kind="stable")[:2]
        ax.text(right + 1.0, y, "\n".join(
            f"{vocabulary[i]} {predictions[t, i]:.2f}" for i in best),
            ha="left", va="center")
        middle = left + units / 2
        arrow(ax, (middle, y + 1.65), (middle, y + 0.55),
              "$W_h$" if t else "$h_0 = 0$", beside=True)
    ax.set_xlim(-0.3, right + 3.6)
    ax.set_ylim(-2.2 * steps + 1.4, 2.4)
    for x, text in ((0.5, "word read"), (left + units / 2, "hidden state"),
                    (right + 2.0, "likeliest next")):
        ax.text(x, 2.1, text, ha="center", color=GREY)
    ax.axis("off")
    return ax


def arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float],
          label: str, beside: bool = False) -> None:
    """An arrow with its weight matrix written above it, or beside it."""
    ax.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": GREY,
                                            "lw": 1.5, "shrinkA": 0,
                                            "shrinkB": 0})
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    if beside:
        ax.text(x + 0.15, y, label, va="center", color=GREY)
    else:
        ax.text(x, y + 0.18, label, ha="center", va="bottom", color=GREY,
                fontsize=8.5)


def squashing() -> Axes:
    """tanh from -4 to 4, beside the line that it follows near zero."""
    a = np.linspace(-4, 4, 401)
    ax = new_axes()
    ax.axhline(0, color=GREY, linewidth=0.6)
    ax.axvline(0, color=GREY, linewidth=0.6)
    ax.plot(a[np.abs(a) < 1.2], a[np.abs(a) < 1.2], color=ORANGE,
            linestyle="--", label="a itself")
    ax.plot(a, np.tanh(a), color=BLUE, label="tanh a")
    ax.set_xlabel("pre-activation a")
    ax.set_ylabel("output")
    ax.legend(frameon=False)
    return ax


def surprise(points: Sequence[float] = ()) -> Axes:
    """The loss -ln p against the probability p, with some points marked."""
    p = np.linspace(0.005, 1, 400)
    ax = new_axes()
    ax.plot(p, -np.log(p), color=BLUE)
    for point in points:
        ax.plot(point, -np.log(point), "o", color=ORANGE)
        ax.annotate(f"p = {point:.2g}: {-np.log(point):.2f}",
                    (point, -np.log(point)), (6, 6), textcoords="offset points")
    ax.set_xlabel("probability given to the word that came")
    ax.set_ylabel("loss (nats)")
    ax.set_xlim(0, 1.12)
    ax.set_ylim(0)
    return ax


def losses_at_start(losses: Sequence[float], expected: float) -> Axes:
    """How often each total loss occurred, and the one that is expected."""
    ax = new_axes()
    ax.hist(losses, bins=25, color=BLUE)
    ax.axvline(expected, color=ORANGE, linestyle="--",
               label=f"even guess: {expected:.2f}")
    ax.set_xlabel("total loss before training (nats)")
    ax.set_ylabel("number of networks")
    ax.legend(frameon=False)
    return ax


def split_answer() -> Axes:
    """The loss of one answer q for two words that come equally often."""
    q = np.linspace(0.02, 0.98, 400)
    ax = new_axes()
    ax.plot(q, -np.log(q) - np.log(1 - q), color=BLUE)
    ax.plot(0.5, 2 * np.log(2), "o", color=ORANGE)
    ax.annotate(f"q = 1/2: 2 ln 2 = {2 * np.log(2):.2f}", (0.5, 2 * np.log(2)),
                (0, 14), textcoords="offset points", ha="center")
    ax.set_xlabel("probability q given to the first of the two words")
    ax.set_ylabel("loss of both questions (nats)")
    ax.set_ylim(0)
    return ax


def learning_curve(losses: Sequence[float], floor: float, name: str) -> Axes:
    """The loss after each update, with the floor that it is held against."""
    ax = new_axes()
    ax.plot(losses, color=BLUE, label="this network")
    ax.axhline(floor, color=ORANGE, linestyle="--", label=name)
    ax.set_xlabel("updates")
    ax.set_ylabel("loss of both sentences (nats)")
    ax.set_ylim(0)
    ax.legend(frameon=False)
    return ax
