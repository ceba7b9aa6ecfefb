"""Two ways to keep a gradient from being too long."""
import numpy as np

from rnn_src.checks import positive


def clip_by_value(gradient: np.ndarray, limit: float) -> None:
    """Cut every entry to the range from -limit to limit, in place.

    Implements :eq:`eq-clip-value`. Entries are cut one by one, so the gradient
    may turn.

    Raises
    ------
    ValueError
        If `limit` is not a positive number.
    """
    positive("clip", limit)
    np.clip(gradient, -limit, limit, out=gradient)


def clip_by_norm(gradient: np.ndarray, limit: float) -> None:
    """Shorten a gradient that is longer than limit, in place.

    Implements :eq:`eq-clip-norm`. All entries get the same factor, so the
    direction stays. Pass the gradient of *all* parameters as one vector: a
    factor for each would turn it after all.

    Raises
    ------
    ValueError
        If `limit` is not a positive number.
    """
    positive("clip", limit)
    largest = np.abs(gradient).max(initial=0)
    if largest == 0:
        return
    # Of entries of at most 1: the square of a large one would overflow.
    norm = np.linalg.norm(gradient / largest)
    if largest > limit / norm:
        gradient /= largest
        gradient *= limit / norm


CLIPS = {"value": clip_by_value, "norm": clip_by_norm}
