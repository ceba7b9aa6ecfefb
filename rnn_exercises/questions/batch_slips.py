"""Slips with batches that readers make in chapter 11, as code.

Most of them stop, since the shapes do not fit. An exercise names the mistake if
the reader's function stops in the same way; so what stands here is only the
line that stops.
"""

from collections.abc import Callable, Mapping

import numpy as np

from rnn_src.functions import softmax
from rnn_src.layers import HiddenLayer

Arrays = Mapping[str, np.ndarray]


def matrix_first(parameters: Arrays, ids: np.ndarray, h0: np.ndarray) -> None:
    """Stops where columns are expected and rows come."""
    parameters["Wh"] @ h0


def row_of_wx(parameters: Arrays, ids: np.ndarray, h0: np.ndarray) -> None:
    """Stops where there is no such row, or where it is added to a state."""
    parameters["Wx"][ids[0]] + h0


def rows_of_wx(parameters: Arrays, ids: np.ndarray, h0: np.ndarray) -> None:
    """The same, looked up for all steps at once."""
    parameters["Wx"][ids][0] + h0


def columns_of_wx(parameters: Arrays, ids: np.ndarray, h0: np.ndarray) -> None:
    """Stops where columns and rows are added."""
    parameters["Wx"][:, ids[0]] + h0


def outer_turned(matrix: np.ndarray) -> None:
    """Stops where the share does not fit into the gradient."""
    gradient = np.zeros_like(matrix)
    gradient += matrix.T


def row_of_dwx(pick: Callable[[np.ndarray], np.ndarray]) -> Callable[..., None]:
    """Stops where a row of dWx is to take what belongs to a column.

    Parameters
    ----------
    pick : function of the ids
        Those that the first `+=` looks up.
    """

    def stops(parameters: Arrays, ids: np.ndarray, *rest: np.ndarray) -> None:
        dWx, found = np.zeros_like(parameters["Wx"]), pick(ids)
        dWx[found] += np.zeros((*found.shape, len(dWx)))

    return stops


def shares_lost(
    parameters: Arrays,
    ids: np.ndarray,
    targets: np.ndarray,
    states: np.ndarray,
    logits: np.ndarray,
    *,
    stepwise: bool = True,
) -> dict[str, np.ndarray]:
    """dWx by `+=` at columns of which some are the same."""
    Wx, Wh, Wy, bh, by = (parameters[name] for name in ("Wx", "Wh", "Wy", "bh", "by"))
    dlogits = (softmax(logits) - np.eye(len(by))[targets]) / ids.shape[1]
    _, _, da, _ = HiddenLayer(Wh, bh).backward(dlogits @ Wy, states)
    dWx, shares = np.zeros_like(Wx), da.transpose(2, 0, 1)
    for t in range(len(ids)) if stepwise else (slice(None),):
        dWx[:, ids[t]] += shares[:, t]
    return {"gradients.Wx": dWx}
