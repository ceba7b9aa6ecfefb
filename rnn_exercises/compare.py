"""Whether two arrays agree, and where they do not: shapes first, then values.

Nothing is broadcast. How near is near enough depends on the answer's dtype.
"""

import numpy as np

#: How far a right answer may be off: relative to the entry, and to the
#: largest entry of its array. By the bytes of a float.
TOLERANCE = {2: (4e-3, 4e-3), 4: (1e-5, 1e-5), 8: (1e-7, 1e-9)}


def close(answer: np.ndarray, right: np.ndarray, within: float = 0.0) -> np.ndarray:
    """Entry by entry, whether two arrays of one shape agree."""
    if right.dtype.kind != "f":
        return answer == right
    size = min(answer.dtype.itemsize, right.dtype.itemsize)
    relative, of_largest = TOLERANCE[size]
    eps = np.finfo(f"f{size}").eps
    answer, right = answer.astype(np.float64), right.astype(np.float64)
    finite = np.abs(right[np.isfinite(right)])
    largest = finite.max() if finite.size else 0.0
    border = (
        relative * np.abs(right) + of_largest * largest + 4 * eps + within * (1 + 1e-9)
    )
    with np.errstate(invalid="ignore"):
        near = np.abs(answer - right) <= border
    infinite = ~np.isfinite(right)
    same = (answer == right) | (np.isnan(answer) & np.isnan(right))
    return np.where(infinite, same, near & np.isfinite(answer))


def equal(answer: np.ndarray, right: np.ndarray, within: float = 0.0) -> bool:
    """Whether two arrays have one shape, and agree in every entry."""
    return (
        answer.shape == right.shape
        and (answer.dtype.kind == "f") == (right.dtype.kind == "f")
        and bool(np.all(close(answer, right, within)))
    )


def shown(value: np.generic) -> str:
    """An entry, as a message shows it."""
    return repr(value.item()) if value.dtype.kind in "Ub" else f"{value:.6g}"


def difference(
    name: str,
    answer: np.ndarray,
    right: np.ndarray,
    within: float = 0.0,
    tell: bool = True,
) -> str | None:
    """The first difference in a sentence, shapes first; None if there is none.

    With `tell` False the sentence does not give the right value away.
    """
    if answer.shape != right.shape:
        return (
            f"{name} has shape {answer.shape}; expected "
            f"{right.shape or 'a single number'}."
        )
    wrong = np.argwhere(~np.atleast_1d(close(answer, right, within)))
    if not len(wrong):
        return None
    place = tuple(int(i) for i in wrong[0]) if answer.shape else ()
    found, expected = shown(answer[place]), shown(right[place])
    if found == expected:
        found, expected = repr(answer[place].item()), repr(right[place].item())
    where = f"{name}[{', '.join(map(str, place))}]" if place else name
    if found.strip("-") in ("nan", "inf") and np.isfinite(right[place]):
        return f"{where} is {found}; expected a finite number."
    return f"{where} is {found}" + (
        f"; expected {expected}." if tell else ", and that is not right."
    )
