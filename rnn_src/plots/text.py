"""Figures of a text of your own: losses held out, tracks in a valley, drift."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from rnn_src.palette import GREY, tint
from rnn_src.plots.beside import name_beside
from rnn_src.plots.labels import name_lines
from rnn_src.plots.style import LOOKS, level, new_axes, with_looks


def losses_by_epoch(
    losses: Mapping[str, Sequence[float]], lines: Mapping[str, float] | None = None
) -> Axes:
    """The loss of a prediction after each epoch, a line for each series.

    Parameters
    ----------
    losses : dict of sequences
        In nats per character, from epoch 1 on.
    lines : dict of float, optional
        Losses to compare with, drawn across the figure with their names.

    Raises
    ------
    ValueError
        If there are more series than can be told apart.
    """
    drawn = with_looks("losses", losses)
    ax = new_axes(3.0)
    for name, series, look in drawn:
        epochs = range(1, len(series) + 1)
        ax.plot(epochs, series, color=look.colour, linestyle=look.line, label=name)
    for name, loss in (lines or {}).items():
        level(ax, loss, name)
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set_xlabel("epoch")
    ax.set_ylabel("loss (nats per character)")
    name_lines(ax)
    return ax


def valley(tracks: Mapping[str, Sequence[Sequence[float]]], steep: float) -> Axes:
    """The ways of several rules down L = (a² + steep b²) / 2, seen from above.

    Parameters
    ----------
    tracks : dict of sequences of points (a, b)
        Each from the start to the last step.
    steep : float
        How much steeper the valley is across than along.

    Raises
    ------
    ValueError
        If there are more tracks than can be told apart.
    """
    drawn = with_looks("tracks", tracks, LOOKS[:2] + LOOKS[3:])  # contours are grey
    points = np.concatenate([np.asarray(track) for track in tracks.values()])
    low, high = points.min(axis=0), points.max(axis=0)
    margin = 0.15 * (high - low)
    a = np.linspace(low[0] - margin[0], max(high[0], 0) + margin[0], 80)
    b = np.linspace(low[1] - margin[1], high[1] + margin[1], 80)
    ax = new_axes(3.0)
    loss = (a**2 + steep * b[:, np.newaxis] ** 2) / 2
    levels = loss.max() * np.linspace(0.1, 1, 9) ** 2
    ax.contour(a, b, loss, levels=levels, colors=tint(GREY, 0.35), linewidths=0.4)
    for name, track, look in drawn:
        ax.plot(
            *np.transpose(track),
            color=look.colour,
            linestyle=look.line,
            marker=look.mark,
            markersize=3,
            label=name,
        )
    ax.plot(0, 0, "+", color=GREY, markersize=12)
    ax.set_xlabel("weight a, along the valley")
    ax.set_ylabel("weight b, across")
    name_beside(ax)
    return ax


def drift(off: Mapping[str, Sequence[float]], chance: float) -> Axes:
    """How far predictions are off, step by step, a line for each way to read.

    Parameters
    ----------
    off : dict of sequences
        The mean distance from the truth at each step.
    chance : float
        The distance of a guess that knows nothing of the sequence.

    Raises
    ------
    ValueError
        If there are more series than can be told apart.
    """
    drawn = with_looks("off", off)
    ax = new_axes(2.8)
    level(ax, chance, "another wave")
    for name, series, look in drawn:
        ax.plot(series, color=look.colour, linestyle=look.line, label=name)
    ax.set_xlabel("steps since the start")
    ax.set_ylabel("mean distance (levels)")
    ax.set_ylim(0)
    name_lines(ax)
    return ax
