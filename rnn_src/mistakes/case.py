"""One small problem: a network, a sequence for it, and its loss."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn_src.checks import checked_ids, count, positive
from rnn_src.functions import cross_entropy
from rnn_src.parameters import SHAPES, Shapes, parameter_shapes


@dataclass(frozen=True, eq=False, kw_only=True)
class Case:
    """A network of one layer and one sequence for it, in float64, without a batch.

    Attributes
    ----------
    parameters : dict of arrays
        Wx (H, V), Wh (H, H), Wy (V, H), bh (H,), by (V,).
    ids, targets : int arrays, shape (T,)
        The words to read, and the words to predict after each.
    h0 : array, shape (H,)
        The hidden state before the first word.

    Raises
    ------
    ValueError
        If a name is missing or unknown, a shape does not fit, or an id is out
        of range.
    """

    shapes: ClassVar[Shapes] = SHAPES

    parameters: dict[str, np.ndarray]
    ids: np.ndarray
    targets: np.ndarray
    h0: np.ndarray

    def __post_init__(self) -> None:
        H, T = len(self.h0), len(self.ids)
        V = len(self.parameters.get("by", ()))
        expected = parameter_shapes(V, H, self.shapes)
        if set(self.parameters) != set(expected):
            raise ValueError(
                f"parameters has {sorted(self.parameters)}; expected {sorted(expected)}"
            )
        values = self.parameters | {"ids": self.ids, "targets": self.targets}
        for name, shape in (expected | {"ids": (T,), "targets": (T,)}).items():
            found = getattr(values[name], "shape", "of no array")
            if found != shape or 0 in shape:
                raise ValueError(
                    f"{name} has shape {found}; expected "
                    f"{shape}, without a 0, for an h0 of {H} "
                    f"units, a by of {V} words, and {T} ids"
                )
        checked_ids("ids", self.ids, V)
        checked_ids("targets", self.targets, V)


def random_case(rng: np.random.Generator, T: int, H: int, V: int, scale: float) -> Case:
    """A case with normal weights of size `scale`; biases and h0 are not zero.

    Parameters
    ----------
    rng : np.random.Generator
        The source of randomness.
    T, H, V : int
        Steps, hidden units and words, at least 1 each. With one unit an extra
        transpose goes unnoticed, with one step a mistake in time does.
    scale : float
        The standard deviation of every weight and bias, and of the values
        whose tanh is h0.

    Raises
    ------
    ValueError
        If a size is not a whole number of at least 1, or `scale` is not
        positive and finite.
    """
    return Case(**drawn(rng, T, H, V, scale, Case.shapes))


def drawn(
    rng: np.random.Generator, T: int, H: int, V: int, scale: float, shapes: Shapes
) -> dict[str, np.ndarray | dict[str, np.ndarray]]:
    """What a case holds, as `random_case` draws it."""
    T, H, V = count("T", T), count("H", H), count("V", V)
    positive("scale", scale)
    axes = parameter_shapes(V, H, shapes)
    return {
        "parameters": {
            name: rng.normal(0, scale, shape) for name, shape in axes.items()
        },
        "ids": rng.integers(V, size=T),
        "targets": rng.integers(V, size=T),
        "h0": np.tanh(rng.normal(0, scale, H)),
    }


def forward(case: Case) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Read the sequence.

    Implements :eq:`eq-pre-activation`, :eq:`eq-hidden-state` and
    :eq:`eq-logits`.

    Returns
    -------
    a, h : arrays, shape (T, H)
        Pre-activations and hidden states.
    logits : array, shape (T, V)
    """
    w, h, pre, hidden = case.parameters, case.h0, [], []
    for word in case.ids:
        a = w["Wx"][:, word] + w["Wh"] @ h + w["bh"]
        h = np.tanh(a)
        pre.append(a)
        hidden.append(h)
    return np.array(pre), np.array(hidden), hidden @ w["Wy"].T + w["by"]


def loss(case: Case) -> float:
    """The cross-entropies of the sequence, summed over its steps, in nats.

    Implements :eq:`eq-sentence-loss`.
    """
    _, _, logits = forward(case)
    return float(cross_entropy(logits, case.targets).sum())
