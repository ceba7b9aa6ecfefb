"""The right backward pass, in pieces that can be replaced one at a time.

A piece is a function of what is already known in the current step. Its
arguments say what it needs: the step `t`, the weights `Wx`, `Wh`, `Wy`, what
the forward pass kept, and the results of earlier pieces. Its result is then
known under the name of the piece. The pieces appear in the order in which they
are called.
"""

from collections.abc import Mapping

import numpy as np

from rnn_src.functions import softmax
from rnn_src.mistakes.case import Case, forward
from rnn_src.mistakes.pieces import Piece, by_name, call, needs, walk
from rnn_src.parameters import NAMES

__all__ = ["PIECES", "backward", "call", "needs", "right_gradients", "totals"]


def steps(T):
    """The steps to visit: from the last to the first."""
    return range(T - 1, -1, -1)


def start(H):
    """The carry into the last step: nothing comes after it."""
    return np.zeros(H)


def x(V, ids, t):
    """The word that was read, one-hot; (V,)."""
    return np.eye(V)[ids[t]]


def y(V, targets, t):
    """The word that should be predicted, one-hot; (V,)."""
    return np.eye(V)[targets[t]]


def a(pre_activations, t):
    """The pre-activation of this step; (H,)."""
    return pre_activations[t]


def h(hidden, t):
    """The hidden state that this step produced; (H,)."""
    return hidden[t]


def h_prev(hidden, h0, t):
    """The hidden state before this step; (H,)."""
    return hidden[t - 1] if t > 0 else h0


def p(predictions, t):
    """The predicted probabilities of all words; (V,)."""
    return predictions[t]


def dz(p, y):
    """Implements :eq:`eq-dlogits`; (V,)."""
    return p - y


def dWy(dz, h):
    """Implements :eq:`eq-dWy`; (V, H)."""
    return np.outer(dz, h)


def dby(dz):
    """Implements :eq:`eq-dby`; (V,)."""
    return dz


def dh(Wy, dz, carry):
    """Implements :eq:`eq-dh`, plus what later steps send back; (H,)."""
    return Wy.T @ dz + carry


def da(h, dh):
    """Implements :eq:`eq-da`; (H,)."""
    return (1 - h**2) * dh


def dWx(da, x):
    """Implements :eq:`eq-dWx`; (H, V)."""
    return np.outer(da, x)


def dWh(da, h_prev):
    """Implements :eq:`eq-dWh`; (H, H)."""
    return np.outer(da, h_prev)


def dbh(da):
    """Implements :eq:`eq-dbh`; (H,)."""
    return da


def carry(Wh, da):
    """Implements :eq:`eq-dh-prev`: what this step sends to the one before; (H,)."""
    return Wh.T @ da


def total_dWx(total_dWx, dWx):
    """Each step adds its share of dL/dWx."""
    return total_dWx + dWx


def total_dWh(total_dWh, dWh):
    """Each step adds its share of dL/dWh."""
    return total_dWh + dWh


def total_dWy(total_dWy, dWy):
    """Each step adds its share of dL/dWy."""
    return total_dWy + dWy


def total_dbh(total_dbh, dbh):
    """Each step adds its share of dL/dbh."""
    return total_dbh + dbh


def total_dby(total_dby, dby):
    """Each step adds its share of dL/dby."""
    return total_dby + dby


BEFORE_THE_STEPS = (steps, start)
IN_A_STEP = (
    *(x, y, a, h, h_prev, p),
    *(dz, dWy, dby, dh, da, dWx, dWh, dbh, carry),
    *(total_dWx, total_dWh, total_dWy, total_dbh, total_dby),
)
PIECES = by_name(*BEFORE_THE_STEPS, *IN_A_STEP)


def backward(
    case: Case, pieces: Mapping[str, Piece] = PIECES, leftover: np.ndarray | None = None
) -> dict[str, object]:
    """Go back through time with the given pieces.

    Parameters
    ----------
    case : Case
    pieces : mapping from names to functions
        `PIECES`, or the same with some of them replaced.
    leftover : array, shape (H,)
        A carry left over from another sequence. Right code does not look at it.

    Returns
    -------
    dict
        All that is known after the last visited step, by name: total_dWx, …,
        total_dby, the carry, and what belongs to that step.

    Raises
    ------
    ValueError
        If a piece has an argument that is not known when it is called.
    """
    pre_activations, hidden, logits = forward(case)
    V, H = case.parameters["Wy"].shape
    known = case.parameters | dict(
        T=len(case.ids),
        H=H,
        V=V,
        ids=case.ids,
        targets=case.targets,
        h0=case.h0,
        pre_activations=pre_activations,
        hidden=hidden,
        predictions=softmax(logits),
        leftover=leftover,
    )
    known |= {f"total_d{name}": np.zeros_like(known[name]) for name in NAMES}
    known["carry"] = call(pieces["start"], known)
    return walk(known, pieces, IN_A_STEP)[-1]


def totals(known: Mapping[str, object]) -> dict[str, np.ndarray]:
    """The gradients that a backward pass has summed, by the parameters' names."""
    return {name: known[f"total_d{name}"] for name in NAMES}


def right_gradients(case: Case) -> dict[str, np.ndarray]:
    """dL/dWx, …, dL/dby of the case's loss, in nats per unit of the weight.

    Returns
    -------
    dict of arrays
        By the names of the parameters, in their shapes.
    """
    return totals(backward(case))
