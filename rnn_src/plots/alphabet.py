"""Figures of the alphabet: losses, what decides the next letter, the ring."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from rnn_src.palette import BLUE, GREY, PAPER, tint
from rnn_src.plots.beside import name_beside
from rnn_src.plots.labels import SMALL, name_lines, write_powers
from rnn_src.plots.style import LOOKS, level, new_axes, same_length, with_looks


def training_losses(
    losses: Mapping[str, Sequence[float]],
    unit: str,
    floors: Mapping[str, float] | None = None,
) -> Axes:
    """Losses after each epoch on a logarithmic axis, up to three by name.

    `unit` says per what the loss is, such as "sequence". Each of `floors` is
    a thin line with its name. A single curve has no name.

    Raises
    ------
    ValueError
        If there are more than three curves.
    """
    drawn = with_looks("losses", losses, LOOKS[:3])
    ax = new_axes()
    for name, values, look in drawn:
        epochs = range(1, len(values) + 1)
        ax.semilogy(epochs, values, look.line, color=look.colour, label=name)
    for name, value in (floors or {}).items():
        level(ax, value, name)
    write_powers(ax.yaxis)
    ax.set_xlabel("epoch")
    ax.set_ylabel(f"loss per {unit} (nats)")
    if len(ax.lines) > 1:
        name_lines(ax)
    return ax


def going_by_the_count(shares: Mapping[str, Sequence[float]]) -> Axes:
    """How often the count survives 1, 2, … wrong letters; two curves by name."""
    drawn = with_looks("shares", shares, LOOKS[:2])
    ax = new_axes()
    for name, values, look in drawn:
        ax.plot(
            range(1, len(values) + 1),
            [100 * value for value in values],
            look.line,
            color=look.colour,
            marker="o",
            markersize=4,
            label=name,
        )
    ax.set_xticks(range(1, len(values) + 1))
    ax.set_xlabel("wrong letters after six right ones")
    ax.set_ylabel("goes by the count (percent)")
    name_beside(ax)
    return ax


def apart(places: np.ndarray, least: float) -> np.ndarray:
    """The places, moved just far enough for any two to be `least` apart."""
    spots = np.array(places, float)
    for _ in range(200):
        quiet = True
        for i in range(len(spots)):
            for j in range(i):
                way = spots[i] - spots[j]
                far = np.linalg.norm(way)
                if 0 < far < least * (1 - 1e-6):
                    push = way * (least / far - 1) / 2
                    spots[i] += push
                    spots[j] -= push
                    quiet = False
        if quiet:
            break
    return spots


def ring(places: np.ndarray, letters: Sequence[str], shares: Sequence[float]) -> Axes:
    """Hidden states in a plane, one for each letter, joined in order.

    The last one is joined to the first. Letters that would cover each other are
    moved a little apart.

    Parameters
    ----------
    places : array, shape (N, 2)
    letters : N texts
    shares : the share of all squared distances along each of the two axes

    Raises
    ------
    ValueError
        If there are not as many letters as places.
    """
    same_length(places=places, letters=letters)
    ax = new_axes(4.2)
    spots = apart(places, 0.06 * np.ptp(places, axis=0).max())
    ax.plot(*np.vstack([spots, spots[:1]]).T, color=tint(GREY, 0.6), linewidth=0.5)
    ax.plot(*spots.T, "o", color=BLUE, markersize=11)
    for spot, letter in zip(spots, letters, strict=True):
        ax.text(
            *spot,
            letter,
            ha="center",
            va="center_baseline",
            color=PAPER,
            fontsize=SMALL,
            weight="bold",
        )
    ax.set_aspect("equal", adjustable="datalim")
    for axis, name, share in (
        (ax.xaxis, "first", shares[0]),
        (ax.yaxis, "second", shares[1]),
    ):
        axis.set_label_text(f"{name} component ({share:.0%})")
    return ax
