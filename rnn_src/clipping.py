"""Two ways to keep a gradient from being too long."""

import numpy as np

from rnn_src.checks import finite_floats, positive


def clip_by_value(gradient: np.ndarray, limit: float) -> None:
    """Cut every entry to the range from -limit to limit, in place.

    Implements :eq:`eq-clip-value`. Entries are cut one by one, so the gradient
    may turn.

    Raises
    ------
    ValueError
        If `limit` is not a positive number, or an entry is not finite.
    """
    limit = positive("limit", limit)
    finite_floats("gradient", gradient)  # once cut, an inf looks like any other
    gradient.clip(-limit, limit, out=gradient)


def clip_by_norm(gradient: np.ndarray, limit: float) -> None:
    """Shorten a gradient that is longer than limit, in place.

    Implements :eq:`eq-clip-norm`. All entries get the same factor, so the
    direction stays. Pass the gradient of *all* parameters as one vector: a
    factor for each would turn it after all.

    Raises
    ------
    ValueError
        If `limit` is not a positive number, or the gradient's length is not
        finite.
    """
    limit = positive("limit", limit)
    norm = np.linalg.norm(gradient.astype(np.float64))
    if not np.isfinite(norm):
        raise ValueError(
            f"the gradient has length {norm}; expected a finite one: lower lr, "
            "or start from smaller weights"
        )
    if norm > limit:
        gradient *= limit / norm


CLIPS = {"value": clip_by_value, "norm": clip_by_norm}


def clipped(
    gradient: np.ndarray, clip: float | None = None, clip_by: str = "value"
) -> np.ndarray:
    """A copy of the gradient, clipped in one of the two ways; or not, with None."""
    if clip_by not in list(CLIPS):
        raise ValueError(f"clip_by is {clip_by!r}; expected one of {', '.join(CLIPS)}")
    copy = gradient.copy()
    if clip is not None:
        CLIPS[clip_by](copy, positive("clip", clip))
    return copy
