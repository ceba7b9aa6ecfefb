"""Passes in pieces: functions that are called by the names of their arguments.

A piece is a function of what is already known. Its arguments say what it needs,
and its result is then known under its own name.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

import numpy as np

Piece = Callable[..., np.ndarray | Iterable[int]]
Known = dict[str, object]


def by_name(*pieces: Piece) -> dict[str, Piece]:
    """Each piece under its name, in order."""
    return {piece.__name__: piece for piece in pieces}


@cache
def needs(piece: Piece) -> tuple[str, ...]:
    """The names of the values that a piece needs: its arguments."""
    return tuple(inspect.signature(piece).parameters)


def call(piece: Piece, known: Mapping[str, object]) -> np.ndarray | Iterable[int]:
    """The result of a piece, its arguments taken by name from what is known.

    Raises
    ------
    ValueError
        If the piece has an argument that is not known.
    """
    try:
        values = [known[name] for name in needs(piece)]
    except KeyError as error:
        raise ValueError(
            f"{piece.__name__} has the argument {error}; expected only values that "
            f"are known by then: {', '.join(known)}"
        ) from None
    return piece(*values)


def walk(
    known: Known,
    pieces: Mapping[str, Piece],
    in_a_step: Iterable[Piece],
    trace: Sequence[Known] = (),
) -> list[Known]:
    """Visit the steps that the piece `steps` names, and call all pieces in each.

    Parameters
    ----------
    known : dict
        What is known before the first visited step.
    pieces : mapping from names to functions
    in_a_step : functions
        Their names say which pieces are called in a step, in this order.
    trace : sequence of dicts, one for each step, optional
        What an earlier pass found in it, which is known there too.

    Returns
    -------
    list of dicts
        All that is known before the first visited step, and after each.

    Raises
    ------
    ValueError
        If a piece has an argument that is not known when it is called.
    """
    called = [(piece.__name__, pieces[piece.__name__]) for piece in in_a_step]
    found = [known]
    for t in call(pieces["steps"], known):
        known = known | (trace[t] if trace else {}) | {"t": t}
        for name, piece in called:
            known[name] = call(piece, known)
        found.append(known)
    return found
