"""The right backward pass, in pieces that can be taken out one at a time.

A piece is a function of `s`, which holds the values of the step: s.t, s.a,
s.h, s.p, the weights s.Wx, s.Wh, s.Wy, and all that the pieces before it
found. What a piece returns becomes s.<its name>. The pieces stand in the order
in which they are called.
"""

from collections.abc import Callable, Iterable, Mapping
from types import SimpleNamespace

import numpy as np

from rnn_src.functions import softmax
from rnn_src.mistakes.case import Case, forward

Piece = Callable[[SimpleNamespace], np.ndarray | Iterable[int]]


def steps(s: SimpleNamespace) -> range:
    """The steps to visit: from the last to the first."""
    return range(s.T - 1, -1, -1)


def start(s: SimpleNamespace) -> np.ndarray:
    """The carry into the last step: nothing comes after it."""
    return np.zeros(s.H)


def x(s: SimpleNamespace) -> np.ndarray:
    """The word that was read, one-hot; (V,)."""
    return np.eye(s.V)[s.ids[s.t]]


def y(s: SimpleNamespace) -> np.ndarray:
    """The word that came, one-hot; (V,)."""
    return np.eye(s.V)[s.targets[s.t]]


def h_prev(s: SimpleNamespace) -> np.ndarray:
    """The hidden state that the step began with; (H,)."""
    return s.hidden[s.t - 1] if s.t > 0 else s.h0


def dz(s: SimpleNamespace) -> np.ndarray:
    """Implements :eq:`eq-dlogits`; (V,)."""
    return s.p - s.y


def dWy(s: SimpleNamespace) -> np.ndarray:
    """Implements :eq:`eq-dWy`; (V, H)."""
    return np.outer(s.dz, s.h)


def dby(s: SimpleNamespace) -> np.ndarray:
    """Implements :eq:`eq-dby`; (V,)."""
    return s.dz


def dh(s: SimpleNamespace) -> np.ndarray:
    """Implements :eq:`eq-dh`, and adds what later steps send back; (H,)."""
    return s.Wy.T @ s.dz + s.carry


def da(s: SimpleNamespace) -> np.ndarray:
    """Implements :eq:`eq-da`; (H,)."""
    return (1 - s.h**2) * s.dh


def dWx(s: SimpleNamespace) -> np.ndarray:
    """Implements :eq:`eq-dWx`; (H, V)."""
    return np.outer(s.da, s.x)


def dWh(s: SimpleNamespace) -> np.ndarray:
    """Implements :eq:`eq-dWh`; (H, H)."""
    return np.outer(s.da, s.h_prev)


def dbh(s: SimpleNamespace) -> np.ndarray:
    """Implements :eq:`eq-dbh`; (H,)."""
    return s.da


def carry(s: SimpleNamespace) -> np.ndarray:
    """Implements :eq:`eq-dh-prev`: what this step sends to the one before."""
    return s.Wh.T @ s.da


def total_dWx(s: SimpleNamespace) -> np.ndarray:
    """Every step adds its share of dL/dWx."""
    return s.total_dWx + s.dWx


def total_dWh(s: SimpleNamespace) -> np.ndarray:
    """Every step adds its share of dL/dWh."""
    return s.total_dWh + s.dWh


def total_dWy(s: SimpleNamespace) -> np.ndarray:
    """Every step adds its share of dL/dWy."""
    return s.total_dWy + s.dWy


def total_dbh(s: SimpleNamespace) -> np.ndarray:
    """Every step adds its share of dL/dbh."""
    return s.total_dbh + s.dbh


def total_dby(s: SimpleNamespace) -> np.ndarray:
    """Every step adds its share of dL/dby."""
    return s.total_dby + s.dby


BEFORE = {"steps": steps, "start": start}
STEP = {
    piece.__name__: piece
    for piece in (
        x,
        y,
        h_prev,
        dz,
        dWy,
        dby,
        dh,
        da,
        dWx,
        dWh,
        dbh,
        carry,
        total_dWx,
        total_dWh,
        total_dWy,
        total_dbh,
        total_dby,
    )
}
PIECES: dict[str, Piece] = BEFORE | STEP


def backward(
    case: Case, pieces: Mapping[str, Piece] = PIECES, leftover: np.ndarray | None = None
) -> SimpleNamespace:
    """Walk back through time with the pieces given.

    Parameters
    ----------
    case : Case
    pieces : mapping from names to functions of `s`
        `PIECES`, or those with one of them replaced.
    leftover : array, shape (H,)
        The carry that is still there from a sequence before this one. Right
        code does not look at it.

    Returns
    -------
    SimpleNamespace
        `s` after its last step, with total_dWx, …, total_dby and the carry.
    """
    a, hidden, logits = forward(case)
    p = softmax(logits)
    V, H = case.parameters["Wy"].shape
    s = SimpleNamespace(
        **case.parameters,
        T=len(case.ids),
        H=H,
        V=V,
        ids=case.ids,
        targets=case.targets,
        h0=case.h0,
        hidden=hidden,
        leftover=leftover,
    )
    for name, values in case.parameters.items():
        setattr(s, f"total_d{name}", np.zeros_like(values))
    s.carry = pieces["start"](s)
    for s.t in pieces["steps"](s):  # each turn sets s.t
        s.a, s.h, s.p = a[s.t], hidden[s.t], p[s.t]
        for name in STEP:
            setattr(s, name, pieces[name](s))
    return s


def totals(s: SimpleNamespace, names: Iterable[str]) -> dict[str, np.ndarray]:
    """The gradients that a walk has summed, under the parameters' names."""
    return {name: getattr(s, f"total_d{name}") for name in names}


def right_gradients(case: Case) -> dict[str, np.ndarray]:
    """dL/dWx, …, dL/dby of the case's loss, in nats per unit of the weight.

    Returns
    -------
    dict of arrays
        Under the names of the parameters, in their shapes.
    """
    return totals(backward(case), case.parameters)
