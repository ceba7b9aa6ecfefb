"""What a mistake is, and the one collection of them all."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn_src.mistakes.backward import PIECES, backward, totals
from rnn_src.mistakes.case import Case
from rnn_src.mistakes.pieces import Piece

KINDS = ("step", "time")


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A wrong backward pass: the right one with one piece replaced, or two.

    Attributes
    ----------
    name : str
        In small letters and hyphens.
    kind : str
        "step" if it can be made in a single step, "time" if it takes several.
    what : str
        What is wrong, in one sentence.
    how : str
        How it comes about.
    message : str
        The feedback for a reader who made it.
    pieces : dict of functions
        The wrong pieces, by the names of those in `PIECES` that they replace.
    address : str
        Where it was published, if it was: "owner/repository#issue".
    """

    right: ClassVar[dict[str, Piece]] = PIECES

    name: str
    kind: str
    what: str
    how: str
    message: str
    pieces: dict[str, Piece]
    address: str = ""

    @property
    def code(self) -> str:
        """The wrong line, as an assignment: "dz = y - p"; one for each piece."""
        return "\n".join(map(as_line, self.pieces, self.pieces.values()))

    @property
    def right_code(self) -> str:
        """The right line instead."""
        return "\n".join(as_line(piece, self.right[piece]) for piece in self.pieces)

    def backward(self, case: Case) -> dict[str, object]:
        """Go back through time with the mistake; the result is as of `backward`."""
        # Without the reset, the carry of the previous sequence is still there.
        leftover = backward(case)["carry"] if "start" in self.pieces else None
        return backward(case, PIECES | self.pieces, leftover)

    def gradients(self, case: Case) -> dict[str, np.ndarray]:
        """What this backward pass takes for the gradients of the case's loss.

        Returns
        -------
        dict of arrays
            By the names of the parameters, in their shapes.
        """
        return totals(self.backward(case))


def as_line(piece: str, function: Piece) -> str:
    """What a function returns, as its source has it, assigned to the piece."""
    _, _, returned = inspect.getsource(function).rpartition("return ")
    return f"{piece} = {returned.strip()}"


MISTAKES: dict[str, Mistake] = {}


def mistake(
    piece: str,
    *,
    kind: str,
    of: type[Mistake] = Mistake,
    collection: dict[str, Mistake] = MISTAKES,
    **texts: str,
) -> Callable[[Piece], Piece]:
    """Add the function below to a collection, as a wrong version of a piece.

    The mistake is named after the function. `texts` are its `what`, `how` and
    `message`, and its `address` if it has one.

    Raises
    ------
    ValueError
        If there is no such piece or kind, or the name is taken.
    """
    if piece not in of.right:
        raise ValueError(f"piece is {piece!r}; expected one of {', '.join(of.right)}")
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}; expected 'step' or 'time'")

    def add(function: Piece) -> Piece:
        name = function.__name__.lower().replace("_", "-")
        if name in collection:
            raise ValueError(f"{name} is in the collection already; choose a new name")
        pieces = {piece: function}
        collection[name] = of(name=name, kind=kind, pieces=pieces, **texts)
        return function

    return add
