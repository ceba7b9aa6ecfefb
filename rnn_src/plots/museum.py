"""Figures of wrong gradients: how they train, and where they point."""
from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from rnn_src.plots.style import BLUE, GREY, ORANGE, new_axes
from rnn_src.words.algebra import same_length


def museum(right: Sequence[float],
           wrong: Mapping[str, Sequence[float]]) -> list[Axes]:
    """A panel for each wrong gradient: its losses over those of the right one.

    Two columns, so that a phone shows the names at a size that can be read.

    Parameters
    ----------
    right : list of float
        The losses of the right gradient, in nats per step, before and after
        each update.
    wrong : mapping from names to lists of the same length

    Returns
    -------
    list of Axes, a panel for each name

    Raises
    ------
    ValueError
        If a list has another length than that of the right gradient.
    """
    for name, losses in wrong.items():
        same_length(**{"right": right, name: losses})
    rows = (len(wrong) + 2) // 2        # one panel more, for the legend
    figure, grid = plt.subplots(rows, 2, sharex=True, sharey=True, dpi=120,
                                figsize=(4.8, 1.45 * rows + 0.3),
                                layout="constrained", facecolor="white")
    panels = list(grid.flat)
    for ax, (name, losses) in zip(panels, wrong.items()):
        ax.spines[["top", "right"]].set_visible(False)
        ax.spines[["left", "bottom"]].set_color(GREY)
        ax.semilogy(right, color=BLUE, linewidth=4, alpha=0.45, label="right")
        ax.semilogy(losses, color=ORANGE, linewidth=1.5, label="wrong")
        ax.set_title(name, fontsize=10)
    for ax in panels[len(wrong):]:
        ax.axis("off")
    panels[-1].legend(*panels[0].get_legend_handles_labels(), frameon=False,
                      loc="center")
    for ax in panels[max(len(wrong) - 2, 0):len(wrong)]:
        ax.tick_params(labelbottom=True)    # nothing but the legend is below
    figure.supxlabel("updates", fontsize=10)
    figure.supylabel("loss (nats per step)", fontsize=10)
    return panels[:len(wrong)]


def error_and_loss(errors: Sequence[float], losses: Sequence[float],
                   right: tuple[float, float], threshold: float) -> Axes:
    """How wrong each gradient is, against the loss that training ends with.

    Parameters
    ----------
    errors, losses : lists of one length
        For each wrong gradient its relative error and its last loss, in nats
        per step.
    right : the same two figures of the right gradient
    threshold : float
        The relative error that parts right from wrong.

    Raises
    ------
    ValueError
        If there are not as many errors as losses.
    """
    same_length(errors=errors, losses=losses)
    ax = new_axes(5.2, 3.4)
    ax.axvline(threshold, color=GREY, linestyle="--", linewidth=1,
               label=f"threshold {threshold:.0e}")
    ax.axhline(right[1], color=BLUE, linestyle=":", linewidth=1)
    ax.loglog(errors, losses, "o", color=ORANGE, alpha=0.6, label="wrong")
    ax.loglog(*right, "D", color=BLUE, markersize=9, label="right")
    ax.set_xlabel("relative error of the gradient")
    ax.set_ylabel("last loss (nats per step)")
    ax.legend(frameon=False, loc="upper left")
    return ax


def directions(angles: Mapping[str, tuple[Sequence[float], Sequence[float]]],
               names: tuple[str, str]) -> Axes:
    """The angle between each wrong gradient and the right one, at two times.

    Parameters
    ----------
    angles : mapping from a mistake's name to two lists of angles, in degrees
        An angle for each network: at the first time, and at the second.
    names : what the two times are called
    """
    ax = new_axes(5.2, 0.42 * len(angles) + 1.2)
    ax.axvline(90, color=GREY, linestyle="--", linewidth=1)
    for row, pair in enumerate(angles.values()):
        for found, name, colour, marker, lift in zip(
                pair, names, (BLUE, ORANGE), "os", (-0.16, 0.16)):
            ax.plot(found, [row + lift] * len(found), marker, color=colour,
                    alpha=0.6, markersize=5, label=None if row else name)
    ax.set_yticks(range(len(angles)), list(angles))
    ax.set_ylim(len(angles) - 0.5, -0.5)
    ax.set_xticks(range(0, 181, 30))
    ax.set_xlim(0, 180)
    ax.set_xlabel("angle to the right gradient (degrees)")
    ax.legend(frameon=False, loc="lower right", fontsize=9)
    return ax
