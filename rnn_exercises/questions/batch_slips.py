"""Mistakes with batches that readers make in chapter 11, as code.

Most of them raise an error, since the shapes do not fit. An exercise names the
mistake if the reader's function raises the same error, so these functions
contain only the line that raises it.
"""

from collections.abc import Callable, Mapping

import numpy as np

from rnn_src.functions import softmax
from rnn_src.layers import HiddenLayer

Arrays = Mapping[str, np.ndarray]


def matrix_first(parameters: Arrays, ids: np.ndarray, h0: np.ndarray) -> None:
    """Raises because the matrix expects columns and gets rows."""
    parameters["Wh"] @ h0


def row_of_wx(parameters: Arrays, ids: np.ndarray, h0: np.ndarray) -> None:
    """Raises because there is no such row, or because it is added to a state."""
    parameters["Wx"][ids[0]] + h0


def rows_of_wx(parameters: Arrays, ids: np.ndarray, h0: np.ndarray) -> None:
    """The same, with the rows of all steps looked up at once."""
    parameters["Wx"][ids][0] + h0


def columns_of_wx(parameters: Arrays, ids: np.ndarray, h0: np.ndarray) -> None:
    """Raises because columns and rows are added."""
    parameters["Wx"][:, ids[0]] + h0


def outer_turned(matrix: np.ndarray) -> None:
    """Raises because the share does not fit into the gradient."""
    gradient = np.zeros_like(matrix)
    gradient += matrix.T


def row_of_dwx(pick: Callable[[np.ndarray], np.ndarray]) -> Callable[..., None]:
    """Raises because a row of dWx gets what belongs to a column.

    Parameters
    ----------
    pick : function of the ids
        The ids that the first `+=` uses.
    """

    def raises(parameters: Arrays, ids: np.ndarray, *rest: np.ndarray) -> None:
        dWx, found = np.zeros_like(parameters["Wx"]), pick(ids)
        dWx[found] += np.zeros((*found.shape, len(dWx)))

    return raises


def shares_lost(
    parameters: Arrays,
    ids: np.ndarray,
    targets: np.ndarray,
    states: np.ndarray,
    logits: np.ndarray,
    *,
    stepwise: bool = True,
) -> dict[str, np.ndarray]:
    """dWx by `+=`, which loses shares where two columns are the same."""
    Wx, Wh, Wy, bh, by = (parameters[name] for name in ("Wx", "Wh", "Wy", "bh", "by"))
    dlogits = (softmax(logits) - np.eye(len(by))[targets]) / ids.shape[1]
    _, _, da, _ = HiddenLayer(Wh, bh).backward(dlogits @ Wy, states)
    dWx, shares = np.zeros_like(Wx), da.transpose(2, 0, 1)
    for t in range(len(ids)) if stepwise else (slice(None),):
        dWx[:, ids[t]] += shares[:, t]
    return {"gradients.Wx": dWx}
