"""What a mistake is, and the one list of them all."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rnn_src.mistakes.backward import PIECES, Piece, backward, totals
from rnn_src.mistakes.case import Case


@dataclass(frozen=True)
class Mistake:
    """A wrong backward pass: the right one with one piece replaced.

    Attributes
    ----------
    name : str
        In small letters and hyphens.
    piece : str
        The piece of `rnn_src.mistakes.backward` that it replaces.
    kind : str
        "step" can be made in a single step; "time" needs several.
    what, how, told : str
        What is wrong, in a sentence; how it comes about; what the reader who
        made it is told.
    formula : function of `s`
        The wrong piece.
    """

    name: str
    piece: str
    kind: str
    what: str
    how: str
    told: str
    formula: Piece

    @property
    def code(self) -> str:
        """The wrong line, as it runs, without the `s.`: "dz = y - p"."""
        return line_of(self.piece, self.formula)

    @property
    def right_code(self) -> str:
        """The line that should stand there."""
        return line_of(self.piece, PIECES[self.piece])

    def gradients(self, case: Case) -> dict[str, np.ndarray]:
        """What this backward pass takes for the gradients of the case's loss.

        Returns
        -------
        dict of arrays
            Under the names of the parameters, in their shapes.
        """
        # Who forgets to reset the carry has one of a sequence before this.
        leftover = backward(case).carry if self.piece == "start" else None
        wrong = backward(case, PIECES | {self.piece: self.formula}, leftover)
        return totals(wrong, case.parameters)


class WithoutNamespace(ast.NodeTransformer):
    """Turns `s.name` into `name`, as a reader would write it."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id == "s":
            return ast.copy_location(ast.Name(node.attr, node.ctx), node)
        return node


def line_of(piece: str, formula: Piece) -> str:
    """The `return` of a formula as an assignment to its piece."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(formula)))
    returned = tree.body[0].body[-1].value
    return f"{piece} = {ast.unparse(WithoutNamespace().visit(returned))}"


MISTAKES: dict[str, Mistake] = {}


def mistake(
    piece: str, *, kind: str, what: str, how: str, told: str
) -> Callable[[Piece], Piece]:
    """Enter the formula below into the registry, named as the function is.

    Raises
    ------
    ValueError
        If there is no such piece or kind, or the name is taken.
    """

    def enter(formula: Piece) -> Piece:
        name = formula.__name__.lower().replace("_", "-")
        if piece not in PIECES:
            raise ValueError(f"piece is {piece!r}; expected one of {', '.join(PIECES)}")
        if kind not in ("step", "time"):
            raise ValueError(f"kind is {kind!r}; expected 'step' or 'time'")
        if name in MISTAKES:
            raise ValueError(f"{name} is in the registry already; expected a new name")
        MISTAKES[name] = Mistake(name, piece, kind, what, how, told, formula)
        return formula

    return enter
