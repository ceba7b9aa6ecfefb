"""Mistakes that every exercise knows: what a wrong array is of the right one.

Most are a function of one trial that gives the array which the mistake would
have made, or None where it does not apply. A mistake is named if it explains
every trial, and a plain coincidence cannot do that.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from rnn_exercises.compare import close, equal
from rnn_exercises.explain import PartTrial
from rnn_exercises.factors import a_factor, as_floats


def transposed(trial: PartTrial) -> np.ndarray | None:
    return trial.right.T if trial.right.ndim > 1 else None


def reshaped(trial: PartTrial) -> np.ndarray | None:
    """The transpose, pressed into the right shape."""
    right = trial.right
    return right.T.reshape(right.shape) if right.ndim > 1 else None


def other_shape(trial: PartTrial) -> np.ndarray | None:
    """The right numbers in another shape."""
    right, answer = trial.right, trial.answer
    return right.reshape(answer.shape) if right.size == answer.size else None


def negative(trial: PartTrial) -> np.ndarray:
    return -trial.right


def absolute(trial: PartTrial) -> np.ndarray:
    return np.abs(trial.right)


def reverse(trial: PartTrial) -> np.ndarray | None:
    return trial.right[::-1] if trial.right.ndim else None


def one_late(trial: PartTrial) -> np.ndarray | None:
    return np.roll(trial.right, 1, axis=0) if trial.right.ndim else None


def one_early(trial: PartTrial) -> np.ndarray | None:
    return np.roll(trial.right, -1, axis=0) if trial.right.ndim else None


def without_last(trial: PartTrial) -> np.ndarray | None:
    return trial.right[:-1] if trial.right.ndim else None


def without_first(trial: PartTrial) -> np.ndarray | None:
    return trial.right[1:] if trial.right.ndim else None


def zeros(trial: PartTrial) -> np.ndarray:
    return np.zeros_like(trial.right)


def cut_to_integers(trial: PartTrial) -> np.ndarray:
    return np.trunc(trial.right)


def summed(trial: PartTrial) -> np.ndarray | None:
    return np.asarray(trial.right.sum()) if trial.right.ndim else None


GENERIC: dict[str, tuple[Callable[[PartTrial], np.ndarray | None], str]] = {
    "transposed": (
        transposed,
        "{part} is the transpose of the right answer: "
        "rows and columns are swapped. Which of the two factors "
        "should come first?",
    ),
    "all-zero": (
        zeros,
        "{part} is zero everywhere. Is what you compute ever added to it?",
    ),
    "negative": (
        negative,
        "{part} has the right size and the wrong sign, in every entry.",
    ),
    "absolute": (
        absolute,
        "{part} has lost its signs: every entry has the "
        "right size, and none is negative.",
    ),
    "reversed": (
        reverse,
        "{part} has the right entries in reverse order: the last one comes first.",
    ),
    "one-late": (
        one_late,
        "{part} has the right entries, one place too late: an index is off by one.",
    ),
    "one-early": (
        one_early,
        "{part} has the right entries, one place too early: an index is off by one.",
    ),
    "reshaped": (
        reshaped,
        "{part} has the right numbers in wrong places: it "
        "is the transpose, with its shape changed to fit. A reshape "
        "is no transpose.",
    ),
    "without-last": (
        without_last,
        "{part} lacks its last entry; the others are right. Where does your loop end?",
    ),
    "without-first": (
        without_first,
        "{part} lacks its first entry; the others "
        "are right. Where does your loop begin?",
    ),
    "cut-to-integers": (
        cut_to_integers,
        "{part} has lost its decimals: "
        "something made whole numbers of them, an array of "
        "integers perhaps.",
    ),
    "summed": (
        summed,
        "{part} is a single number, the sum of the right entries. Keep them apart.",
    ),
}


def explained(
    part: str, trials: Sequence[PartTrial], axes: Mapping[str, str]
) -> tuple[str, str] | None:
    """The name and the text of the generic mistake that explains a part.

    Parameters
    ----------
    part : str
        What it is called.
    trials : of the part, in every case
    axes : the letters of the arguments' sizes, beside `AXES`

    Returns
    -------
    name, text
        Or None, if none of the mistakes explains all trials.
    """
    if any(trial.right.dtype.kind != "f" for trial in trials):
        return None
    found = an_argument(part, trials)
    if found:
        return found
    for name, (make, text) in GENERIC.items():
        if matches(trials, make):
            return name, text.format(part=part)
    return (
        a_factor(part, trials, axes)
        or a_constant(part, trials)
        or a_shape(part, trials)
    )


def matches(
    trials: Sequence[PartTrial], make: Callable[[PartTrial], np.ndarray | None]
) -> bool:
    """Whether a mistake makes every answer, and not the right ones."""
    mades = [make(trial) for trial in trials]
    return all(
        made is not None and equal(trial.answer, made)
        for made, trial in zip(mades, trials, strict=True)
    ) and any(not equal(trial.answer, trial.right) for trial in trials)


def an_argument(part: str, trials: Sequence[PartTrial]) -> tuple[str, str] | None:
    """An answer that is one of the arguments, as it came."""
    for name in trials[0].arguments:
        given = [as_floats(trial.arguments[name]) for trial in trials]
        if all(
            one is not None and one.size and equal(trial.answer, one)
            for one, trial in zip(given, trials, strict=True)
        ):
            return "an-argument", (
                f"{part} is {name}, as it came in: nothing has been done to it."
            )
    return None


def a_constant(part: str, trials: Sequence[PartTrial]) -> tuple[str, str] | None:
    """The same number too much in every entry of every case."""
    if len(trials) < 2 or any(
        trial.right.shape != trial.answer.shape or not trial.right.size
        for trial in trials
    ):
        return None
    shifts = [trial.answer - trial.right for trial in trials]
    first = shifts[0].flat[0]
    if np.isfinite(first) and all(
        np.allclose(shift, first, rtol=1e-6, atol=1e-9) for shift in shifts
    ):
        return "constant", f"{part} is too large by {first:.4g} in every entry."
    return None


def a_shape(part: str, trials: Sequence[PartTrial]) -> tuple[str, str] | None:
    """The right numbers, in their order, in another shape."""
    if not matches(trials, other_shape):
        return None
    trial = trials[0]
    return "other-shape", (
        f"{part} has the right numbers in the wrong shape: "
        f"{trial.answer.shape}; expected "
        f"{trial.right.shape or 'a single number'}."
    )


def one_entry(part: str, trials: Sequence[object]) -> str:
    """A sentence if one and the same place is wrong in every case."""
    places: set[tuple[int, ...]] = set()
    for trial in trials:
        right, answer = trial.right[part], trial.answer[part]
        if right.shape != answer.shape or not right.ndim or len(trials) < 2:
            return ""
        wrong = np.argwhere(~close(answer, right))
        if len(wrong) != 1:
            return ""
        places.update(tuple(int(i) for i in place) for place in wrong)
    if len(places) != 1:
        return ""
    return f"{part}{list(places.pop())} alone is wrong, and it is in every case."
