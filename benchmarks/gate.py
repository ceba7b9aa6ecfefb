"""Before any clock starts: all of them have to compute the same."""

from collections.abc import Mapping

import numpy as np

TOLERANCE = 1e-4


class Different(Exception):
    """An implementation computes something else."""


def same(
    name: str,
    work: str,
    found: Mapping[str, np.ndarray],
    expected: Mapping[str, np.ndarray],
) -> None:
    """Refuse results that differ by more than 1e-4 of their largest entry.

    Raises
    ------
    Different
        With the implementation, the work, what differs, and by how much.
    """
    if set(found) != set(expected):
        raise Different(
            f"{name} ({work}) gives {sorted(found)}; expected {sorted(expected)}"
        )
    for key, right in expected.items():
        if np.shape(found[key]) != np.shape(right):
            raise Different(
                f"{name} ({work}): {key} has shape "
                f"{np.shape(found[key])}; expected {np.shape(right)}"
            )
        error = np.abs(found[key] - right).max() / np.abs(right).max()
        if not error <= TOLERANCE:
            raise Different(
                f"{name} ({work}): {key} is off by {error:.1e} of "
                f"its largest entry; expected at most {TOLERANCE}. "
                "No time is taken of work that is not the same."
            )
