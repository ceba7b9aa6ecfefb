"""Figures of training: the losses of many runs, rates, and sizes."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from rnn_src.palette import BLUE, GREY, ORANGE
from rnn_src.plots.labels import name_lines, write_powers
from rnn_src.plots.style import LOOKS, level, new_axes, same_length, with_looks

#: Not the order of other figures, since rates have one of their own: too small, good,
#: near the edge, too large. In colour are the one to choose and the one that fails.
RATES = (
    LOOKS[3]._replace(colour=GREY),
    LOOKS[0],
    LOOKS[4]._replace(colour=GREY),
    LOOKS[1],
)


def loss_axes(even_guess: float, epochs: int) -> Axes:
    """Axes for total losses on a logarithmic scale, with the even guess."""
    ax = new_axes(3.0)
    level(ax, even_guess, "even guess")
    ax.set_yscale("log")
    ax.margins(y=0.1)
    write_powers(ax.yaxis)
    ax.set_xlabel("epoch")
    ax.set_ylabel("total loss (nats)")
    return ax


def loss_band(
    losses: Sequence[Sequence[float]],
    even_guess: float,
    points: Mapping[int, float] | None = None,
    name: str = "",
) -> Axes:
    """The median of many runs at each epoch, in a band from smallest to largest.

    Parameters
    ----------
    losses : shape (runs, epochs)
        In nats.
    even_guess : float
        The loss of the even guess, drawn as a line.
    points : dict of int to float, optional
        Losses of another run, each at its epoch.
    name : str, optional
        What the points are called.

    Raises
    ------
    ValueError
        If there is no run, or the runs have different lengths.
    """
    if not losses or len({len(run) for run in losses}) > 1:
        raise ValueError(
            f"losses has runs of lengths {[*map(len, losses)]}; "
            "expected at least one run, and equal lengths"
        )
    values = np.asarray(losses)
    epochs = np.arange(values.shape[1])
    ax = loss_axes(even_guess, len(epochs))
    ax.fill_between(
        epochs,
        values.min(axis=0),
        values.max(axis=0),
        color=BLUE,
        alpha=0.25,
        linewidth=0,
    )
    ax.plot(
        epochs,
        np.median(values, axis=0),
        color=BLUE,
        label="median (band: smallest to largest)",
    )
    if points:
        ax.plot(list(points), list(points.values()), "o", color=ORANGE, label=name)
    name_lines(ax)
    return ax


def learning_rates(curves: Mapping[float, Sequence[float]], even_guess: float) -> Axes:
    """The loss at each epoch, a curve for each learning rate.

    Parameters
    ----------
    curves : dict of float to a list of float
        For each learning rate its losses in nats: at most four, equally long.
    even_guess : float
        The loss of the even guess, drawn as a line.

    Raises
    ------
    ValueError
        If there is no curve, or more than four, or they have different lengths.
    """
    lengths = {len(losses) for losses in curves.values()}
    if not curves or len(curves) > len(RATES) or len(lengths) > 1:
        raise ValueError(
            f"curves has {len(curves)} learning rates, with {sorted(lengths)} losses; "
            f"expected 1 to {len(RATES)} rates, and equal lengths"
        )
    ax = loss_axes(even_guess, *lengths)
    for (rate, losses), look in zip(curves.items(), RATES, strict=False):
        ax.plot(losses, color=look.colour, linestyle=look.line, label=f"lr {rate:g}")
    name_lines(ax)
    return ax


def losses_by_size(
    sizes: Sequence[int], losses: Mapping[str, Sequence[float]], even_guess: float
) -> Axes:
    """The loss after training against the number of hidden units, by name.

    `losses` holds, for each name, one loss for each entry of `sizes`; at most
    three names.

    Raises
    ------
    ValueError
        If there are more than three names, or a series does not have one loss
        for each size.
    """
    ax = losses_by_doubling("sizes", sizes, losses, even_guess)
    ax.set_xlabel("hidden units, H")
    name_lines(ax)
    return ax


def losses_by_doubling(
    name: str,
    numbers: Sequence[int],
    losses: Mapping[str, Sequence[float]],
    even_guess: float,
) -> Axes:
    """Losses against numbers that double, with the even guess as a line.

    `name` says which argument of the caller holds the numbers.
    """
    for key, series in losses.items():
        same_length(**{name: numbers, f"losses[{key!r}]": series})
    drawn = with_looks("losses", losses, LOOKS[:3])
    ax = new_axes(2.9)
    level(ax, even_guess, f"even guess: {even_guess:.2f}")
    for key, series, look in drawn:
        line = f"{look.mark}-"
        ax.semilogx(numbers, series, line, base=2, color=look.colour, label=key)
    ax.set_xticks(numbers, [str(number) for number in numbers])
    ax.minorticks_off()
    ax.set_ylabel("loss of a prediction (nats)")
    highest = max(even_guess, *(max(series) for series in losses.values()))
    ax.set_ylim(-0.03 * highest, 1.1 * highest)
    return ax
