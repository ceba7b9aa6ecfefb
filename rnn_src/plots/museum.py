"""Figures of wrong gradients: how they train, and where they point."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, MaxNLocator, MultipleLocator

from rnn_src.palette import BLUE, GREY, ORANGE, PAPER
from rnn_src.plots.labels import LABEL, PANEL, SMALL, name_lines, power, write_powers
from rnn_src.plots.style import WIDTH, level, new_axes, plain_frame, same_length


def museum(right: Sequence[float], wrong: Mapping[str, Sequence[float]]) -> list[Axes]:
    """A panel for each wrong gradient: its losses over those of the right one.

    Two columns, so that the names can be read on a phone.

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
        If a list is not as long as that of the right gradient.
    """
    for name, losses in wrong.items():
        same_length(**{"right": right, name: losses})
    rows = (len(wrong) + 2) // 2  # one panel more, for the legend
    figure, grid = plt.subplots(
        rows,
        2,
        sharex=True,
        sharey=True,
        dpi=120,
        figsize=(WIDTH, 1.45 * rows + 0.3),
        layout="constrained",
        facecolor=PAPER,
    )
    panels = list(grid.flat)
    # A panel or two are left over, for the legend.
    for ax, (name, losses) in zip(panels, wrong.items(), strict=False):
        plain_frame(ax)
        ax.semilogy(right, color=BLUE, linewidth=4, alpha=0.45, label="right")
        ax.semilogy(losses, color=ORANGE, linewidth=1.5, label="wrong")
        ax.set_title(name, loc="left", **PANEL)
        ax.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10], integer=True))
        ax.yaxis.set_major_locator(LogLocator(numticks=4))
        write_powers(ax.yaxis)
        ax.minorticks_off()
    for ax in panels[len(wrong) :]:
        ax.axis("off")
    panels[-1].legend(
        *panels[0].get_legend_handles_labels(),
        frameon=False,
        loc="center",
        fontsize=SMALL,
    )
    for ax in panels[max(len(wrong) - 2, 0) : len(wrong)]:
        ax.tick_params(labelbottom=True)  # nothing but the legend is below
        ax.set_xlabel("updates")
        ax.xaxis.label.set_in_layout(ax is panels[len(wrong) - 1])
    figure.supylabel("loss (nats per step)", fontsize=LABEL)
    return panels[: len(wrong)]


def error_and_loss(
    errors: Mapping[str, float],
    losses: Mapping[str, float],
    right: tuple[float, float],
    threshold: float,
) -> list[Axes]:
    """How wrong each gradient is, and below it the loss that it ends with.

    The wrong ones are sorted by their final losses, in both panels.

    Parameters
    ----------
    errors, losses : mappings with the same names
        The relative error of each wrong gradient and its final loss, in nats per
        step. The one with the highest loss is labelled.
    right : the same two figures of the right gradient
    threshold : float
        The relative error that separates right from wrong.

    Returns
    -------
    list of two Axes, the errors and the losses

    Raises
    ------
    ValueError
        If errors and losses do not have the same names.
    """
    if set(errors) != set(losses):
        raise ValueError(
            f"only errors or only losses have "
            f"{sorted(set(errors) ^ set(losses))}; expected the "
            "same names"
        )
    order = sorted(losses, key=losses.get)
    below = sum(losses[name] < right[1] for name in order)
    figure, panels = plt.subplots(
        2,
        sharex=True,
        dpi=120,
        figsize=(WIDTH, 4.6),
        layout="constrained",
        facecolor=PAPER,
    )
    for ax, values, own in zip(panels, (errors, losses), right, strict=True):
        plain_frame(ax)
        ax.axhline(own, color=BLUE, linestyle=":", linewidth=2, label="right")
        ax.semilogy(
            np.arange(1, len(order) + 1),
            [values[name] for name in order],
            "o",
            color=ORANGE,
            markersize=4.5,
            label="wrong",
        )
    above, beneath = panels
    level(above, threshold, f"threshold {power(threshold)}")
    above.set_ylabel("relative error")
    beneath.annotate(
        order[-1],
        (len(order), losses[order[-1]]),
        (-8, 0),
        textcoords="offset points",
        fontsize=SMALL,
        ha="right",
        va="center",
    )
    beneath.set_xticks(sorted({1, max(below, 1), len(order)}))
    beneath.set_xlabel("wrong gradients, in the order of their last loss")
    beneath.set_ylabel("last loss (nats per step)")
    for ax in panels:
        write_powers(ax.yaxis)
        name_lines(ax)
    return list(panels)


def directions(
    angles: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    names: tuple[str, str],
) -> Axes:
    """The angle between each wrong gradient and the right one, at two times.

    Parameters
    ----------
    angles : mapping from a mistake's name to two lists of angles, in degrees
        An angle for each network: at the first time, and at the second.
    names : what the two times are called
    """
    ax = new_axes(0.42 * len(angles) + 1.2)
    ax.axvline(90, color=GREY, linestyle="--", linewidth=1)
    for row, pair in enumerate(angles.values()):
        for found, name, colour, marker, lift in zip(
            pair, names, (BLUE, ORANGE), "os", (-0.16, 0.16), strict=True
        ):
            ax.plot(
                found,
                [row + lift] * len(found),
                marker,
                color=colour,
                alpha=0.6,
                markersize=5,
                label=None if row else name,
            )
    ax.set_yticks(range(len(angles)), list(angles))
    ax.set_ylim(len(angles) - 0.5, -0.5)
    widest = max(max(*one, *other) for one, other in angles.values())
    ax.set_xlim(0, 120 if widest < 120 else 180)
    ax.xaxis.set_major_locator(MultipleLocator(30))
    ax.set_xlabel("angle to the right gradient (degrees)")
    ax.legend(
        frameon=False, fontsize=SMALL, ncols=2, loc="lower left", bbox_to_anchor=(0, 1)
    )
    return ax
