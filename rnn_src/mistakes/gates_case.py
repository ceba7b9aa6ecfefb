"""One small problem for the gated network, and its forward pass in pieces."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn_src.functions import cross_entropy
from rnn_src.mistakes.case import Case, drawn
from rnn_src.mistakes.pieces import Known, Piece, by_name, walk
from rnn_src.parameters import SHAPES, Shapes


@dataclass(frozen=True, eq=False, kw_only=True)
class GatedCase(Case):
    """An LSTM of one layer and one sequence for it, in float64, without a batch.

    Attributes
    ----------
    parameters : dict of arrays
        Wx (4H, V), Wh (4H, H), Wy (V, H), b (4H,), by (V,); the rows are those
        of the gates i, f, g, o.
    ids, targets, h0
        As in `Case`.
    c0 : array, shape (H,)
        The cell before the first word.

    Raises
    ------
    ValueError
        As `Case`; also if c0 has another shape than h0.
    """

    shapes: ClassVar[Shapes] = {
        "Wx": ("4H", "V"),
        "Wh": ("4H", "H"),
        "Wy": SHAPES["Wy"],
        "b": ("4H",),
        "by": SHAPES["by"],
    }

    c0: np.ndarray

    def __post_init__(self) -> None:
        super().__post_init__()
        if np.shape(self.c0) != self.h0.shape:
            raise ValueError(
                f"c0 has shape {np.shape(self.c0)}; expected {self.h0.shape}, as h0"
            )

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """All that has a gradient: the parameters, h0 and c0."""
        return self.parameters | {"h0": self.h0, "c0": self.c0}


def random_gated_case(
    rng: np.random.Generator, T: int, H: int, V: int, scale: float
) -> GatedCase:
    """A case with normal weights of size `scale`; arguments as of `random_case`."""
    parts = drawn(rng, T, H, V, scale, GatedCase.shapes)
    return GatedCase(**parts, c0=rng.normal(0, scale, H))


def sigmoid(a: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-a)), which cannot overflow in this form."""
    return (1 + np.tanh(a / 2)) / 2


def steps(T):
    """The steps to visit: from the first to the last."""
    return range(T)


def h_prev(h):
    """The state that this step reads; (H,)."""
    return h


def c_prev(c):
    """The cell that this step begins with; (H,)."""
    return c


def x(V, ids, t):
    """The word that is read, one-hot; (V,)."""
    return np.eye(V)[ids[t]]


def bias(b):
    """What each row adds; (4H,)."""
    return b


def a(Wx, Wh, bias, x, h_prev):
    """The pre-activations of i, f, g and o; (4H,)."""
    return Wx @ x + Wh @ h_prev + bias


def i(a, H):
    """The input gate; (H,)."""
    return sigmoid(a[:H])


def f(a, H):
    """The forget gate; (H,)."""
    return sigmoid(a[H : 2 * H])


def g(a, H):
    """The candidate; (H,)."""
    return np.tanh(a[2 * H : 3 * H])


def o(a, H):
    """The output gate; (H,)."""
    return sigmoid(a[3 * H :])


def c(f, c_prev, i, g):
    """The new cell; (H,)."""
    return f * c_prev + i * g


def tanh_c(c):
    """What the output gate may show of it; (H,)."""
    return np.tanh(c)


def h(o, tanh_c):
    """The new state; (H,)."""
    return o * tanh_c


def z(Wy, by, h):
    """The logits; (V,)."""
    return Wy @ h + by


IN_A_STEP = (h_prev, c_prev, x, bias, a, i, f, g, o, c, tanh_c, h, z)
FORWARD = by_name(steps, *IN_A_STEP)


def given(case: GatedCase) -> Known:
    """What is known before any step."""
    V, H = case.parameters["Wy"].shape
    sizes = {"T": len(case.ids), "H": H, "V": V}
    words = {"ids": case.ids, "targets": case.targets}
    return case.arrays | sizes | words


def forward(case: GatedCase, pieces: Mapping[str, Piece] = FORWARD) -> list[Known]:
    """Read the sequence: what is known after each step, by name."""
    return walk(given(case) | {"h": case.h0, "c": case.c0}, pieces, IN_A_STEP)[1:]


def loss(case: GatedCase, pieces: Mapping[str, Piece] = FORWARD) -> float:
    """The cross-entropies of the sequence, summed over its steps, in nats."""
    logits = np.array([step["z"] for step in forward(case, pieces)])
    return float(cross_entropy(logits, case.targets).sum())
