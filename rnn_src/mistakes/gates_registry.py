"""What a mistake in a gated network is, and the collection of them all."""

from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

import numpy as np

from rnn_src.mistakes import gates_case
from rnn_src.mistakes.gates_backward import PIECES, backward, totals
from rnn_src.mistakes.gates_case import FORWARD, GatedCase
from rnn_src.mistakes.pieces import Known, Piece
from rnn_src.mistakes.registry import Mistake, as_line, mistake


@dataclass(frozen=True, kw_only=True)
class GatedMistake(Mistake):
    """A wrong backward pass; or a wrong forward pass, and the backward pass of it.

    Attributes
    ----------
    kind : str
        "step", "time", or "forward".
    forward : dict of functions
        The wrong pieces of the forward pass, by the names of those in `FORWARD`.
        If there are any, `pieces` are those that make the gradients right again:
        what automatic differentiation would find.
    seen_by : str
        What finds a wrong forward pass.
    """

    right: ClassVar[dict[str, Piece]] = PIECES

    forward: dict[str, Piece] = field(default_factory=dict)
    seen_by: str = ""

    @property
    def code(self) -> str:
        """The wrong line, or lines: those of the forward pass, if they are wrong."""
        wrong = self.forward or self.pieces
        return "\n".join(map(as_line, wrong, wrong.values()))

    @property
    def right_code(self) -> str:
        """The right line instead."""
        wrong, right = self.forward or self.pieces, FORWARD if self.forward else PIECES
        return "\n".join(as_line(piece, right[piece]) for piece in wrong)

    def states(self, case: GatedCase) -> np.ndarray:
        """h and c after each step, as this forward pass finds them; (T, 2, H)."""
        trace = gates_case.forward(case, FORWARD | self.forward)
        return np.array([[step["h"], step["c"]] for step in trace])

    def loss(self, case: GatedCase) -> float:
        """The loss that this forward pass finds, in nats."""
        return gates_case.loss(case, FORWARD | self.forward)

    def backward(self, case: GatedCase) -> Known:
        """Both passes; the result is that of `gates_backward.backward`."""
        return backward(case, PIECES | self.pieces, FORWARD | self.forward)

    def gradients(self, case: GatedCase) -> dict[str, np.ndarray]:
        """What this backward pass takes for the gradients, as of `right_gradients`."""
        return totals(self.backward(case))


GATED_MISTAKES: dict[str, GatedMistake] = {}

gated_mistake = partial(mistake, of=GatedMistake, collection=GATED_MISTAKES)
