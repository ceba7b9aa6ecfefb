"""How a hidden state moves, and what becomes of a nudge on its way through time."""

import numpy as np

from rnn_src.checks import count, same_shape


def step_jacobian(h: np.ndarray, Wh: np.ndarray) -> np.ndarray:
    """How the new hidden state changes with the one before it.

    Implements :eq:`eq-step-jacobian`.

    Parameters
    ----------
    h : array, shape (H,)
        The *new* state, h_t.
    Wh : array, shape (H, H)

    Returns
    -------
    array, shape (H, H)
        Entry [i, j] is the immediate derivative of h_t[i] with respect to
        h_{t-1}[j].

    Raises
    ------
    ValueError
        If the shapes do not fit, as those of a batch.
    """
    if Wh.shape != (*h.shape, *h.shape):
        raise ValueError(
            f"h has shape {h.shape} and Wh has shape {Wh.shape}; "
            "expected (H,), one state, and (H, H)"
        )
    return (1 - h**2)[:, np.newaxis] * Wh


def jacobian_norms(hidden: np.ndarray, Wh: np.ndarray) -> np.ndarray:
    """By how much a nudge of the initial state can have grown after each step.

    The spectral norm of :eq:`eq-jacobian-product`: the largest factor by which
    any small nudge (perturbation) of h_0 is stretched on its way to h_t.

    Parameters
    ----------
    hidden : array, shape (T, H)
        The states h_1, …, h_T of one sequence.
    Wh : array, shape (H, H)

    Returns
    -------
    array, shape (T,)

    Raises
    ------
    ValueError
        If the shapes do not fit, as those of a batch.
    """
    product = np.eye(len(Wh))
    norms = np.empty(len(hidden))
    for t, h in enumerate(hidden):
        product = step_jacobian(h, Wh) @ product
        norms[t] = np.linalg.norm(product, 2)
    return norms


def spectral_radius(Wh: np.ndarray) -> float:
    """The size of the largest eigenvalue of a square matrix.

    Implements :eq:`eq-spectral-radius`. It is the mean factor a step of the
    matrix's powers in the long run; those of a non-normal matrix can grow first
    at any radius.
    """
    return float(np.abs(np.linalg.eigvals(Wh)).max())


def angle(u: np.ndarray, v: np.ndarray) -> float:
    """The angle between two vectors of equally many entries, in degrees.

    Implements :eq:`eq-angle`.

    Raises
    ------
    ValueError
        If the shapes differ, or a vector is zero: it has no direction.
    """
    same_shape(u=u, v=v)
    lengths = np.linalg.norm(u) * np.linalg.norm(v)
    if lengths == 0:
        raise ValueError("u or v is zero; expected two vectors with a direction")
    return float(np.degrees(np.arccos(np.clip(u @ v / lengths, -1, 1))))


def principal_components(
    points: np.ndarray, number: int = 2
) -> tuple[np.ndarray, np.ndarray]:
    """The directions in which points lie furthest apart, and their shares.

    Parameters
    ----------
    points : array, shape (N, H)
    number : int
        How many directions, at most min(N, H).

    Returns
    -------
    places : array, shape (N, number)
        Where each point lies along each direction, seen from their mean. The
        sign of a direction is chosen so that its largest entry is positive.
    shares : array, shape (number,)
        How much of the squared distances from the mean lies along each.

    Raises
    ------
    ValueError
        If `points` has another shape, or there are not as many directions; or
        if the points all lie in one place.
    """
    if points.ndim != 2 or count("number", number) > min(points.shape):
        raise ValueError(
            f"points has shape {points.shape}; expected (N, H), "
            f"with N and H at least {number}, the number of "
            "directions"
        )
    if not np.ptp(points, axis=0).any():
        raise ValueError("points are all the same; expected points that lie apart")
    centred = points - points.mean(axis=0)
    _, sizes, directions = np.linalg.svd(centred, full_matrices=False)
    largest = np.abs(directions).argmax(axis=1)
    signs = np.sign(directions[np.arange(len(directions)), largest])
    places = centred @ (directions.T * signs)[:, :number]
    return places, (sizes**2 / (sizes**2).sum())[:number]
