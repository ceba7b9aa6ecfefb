"""Mistakes with batches that readers make in chapter 11, as code.

Most of them raise an error, since the shapes do not fit. An exercise names the
mistake if the reader's function raises the same error, so these functions
contain only the line that raises it.
"""

from collections.abc import Callable, Mapping

import numpy as np

from rnn_src.functions import one_hot, softmax
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


def words_beside_states(parameters: Arrays, ids: np.ndarray, h0: np.ndarray) -> None:
    """Raises because a row of V numbers is added to one of H."""
    np.zeros((len(h0), len(parameters["by"]))) + h0


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
    da = da_of(parameters, targets, states, logits)
    dWx, shares = np.zeros_like(parameters["Wx"]), da.transpose(2, 0, 1)
    for t in range(len(ids)) if stepwise else (slice(None),):
        dWx[:, ids[t]] += shares[:, t]
    return {"gradients.Wx": dWx}


def shares_lost_in_time(
    parameters: Arrays,
    ids: np.ndarray,
    targets: np.ndarray,
    states: np.ndarray,
    logits: np.ndarray,
) -> dict[str, np.ndarray]:
    """The same with a loop over the sequences: what is lost is lost in time."""
    da, dWx = (
        da_of(parameters, targets, states, logits),
        np.zeros_like(parameters["Wx"]),
    )
    for b in range(ids.shape[1]):
        dWx[:, ids[:, b]] += da[:, b].T
    return {"gradients.Wx": dWx}


def da_of(
    parameters: Arrays, targets: np.ndarray, states: np.ndarray, logits: np.ndarray
) -> np.ndarray:
    """The right gradients at the pre-activations."""
    dlogits = (softmax(logits) - one_hot(targets, logits.shape[2])) / logits.shape[1]
    layer = HiddenLayer(parameters["Wh"], parameters["bh"])
    return layer.backward(dlogits @ parameters["Wy"], states)[2]
