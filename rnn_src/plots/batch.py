"""A batch, drawn: sequences side by side, and the row of numbers under one word."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from rnn_src.palette import BLUE, GREY, ORANGE, PAPER
from rnn_src.plots.style import arrow, new_axes, same_length


def side_by_side(
    sequences: Sequence[Sequence[str]], step: int, sequence: int, hidden_size: int
) -> Axes:
    """Words in a grid: a column for each sequence, time downwards.

    One word, that of `step` in `sequence`, is framed; an arrow leads from it to
    its `hidden_size` numbers.

    Raises
    ------
    ValueError
        If the sequences have different lengths.
    """
    same_length(**{f"sequence {b}": words for b, words in enumerate(sequences)})
    T, B = len(sequences[0]), len(sequences)
    ax = new_axes(0.45 * T + 1.0)
    for b, words in enumerate(sequences):
        ax.text(2 * b + 1, -0.35, f"b = {b}", ha="center", color=GREY)
        for t, word in enumerate(words):
            here = (t, b) == (step, sequence)
            ax.add_patch(
                Rectangle(
                    (2 * b, t),
                    2,
                    1,
                    fill=False,
                    zorder=2 + here,
                    edgecolor=ORANGE if here else GREY,
                    linewidth=2.5 if here else 0.8,
                )
            )
            ax.text(2 * b + 1, t + 0.5, word, ha="center", va="center")
    for t in range(T):
        ax.text(-0.2, t + 0.5, f"t = {t}", ha="right", va="center", color=GREY)
    left = 2 * B + 1.2
    arrow(ax, (2 * (sequence + 1), step + 0.5), (left - 0.1, step + 0.5), "")
    for unit in range(hidden_size):
        ax.add_patch(
            Rectangle(
                (left + 0.45 * unit, step + 0.2),
                0.45,
                0.6,
                facecolor=BLUE,
                edgecolor=PAPER,
            )
        )
    ax.text(
        left,
        step + 1.3,
        f"hidden[{step}, {sequence}]:\na row of {hidden_size} numbers",
        color=GREY,
        va="center",
    )
    ax.set_xlim(-1.3, left + max(0.45 * hidden_size, 3.4))
    ax.set_ylim(max(T, step + 1.9) + 0.1, -0.8)
    ax.axis("off")
    return ax
