"""Mistakes that every exercise knows: what a wrong array is of the right one.

A mistake is named if it explains every case, and a plain coincidence cannot do
that.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from rnn_exercises.reading import close, equal, members
from rnn_src.parameters import SHAPES

Named = tuple[str, str] | None  # a mistake's name, and its message
Pairs = Sequence[tuple[np.ndarray, np.ndarray]]  # right and answer, of each case

#: The letters of the sizes, for the usual names. A leading d changes nothing.
AXES = SHAPES | {
    name: axes
    for axes, names in {
        "H": ("h", "a", "h_prev", "h0"),
        "V": ("logits", "z", "p", "x"),
        "T": ("ids", "targets"),
    }.items()
    for name in names
}
COUNTS = {
    "T": "T, the number of steps",
    "B": "B, the number of sequences",
    "H": "H, the number of hidden units",
    "V": "V, the number of words",
}

#: What the mistake makes of the right array (an IndexError: nothing), and the
#: message about a part that is such an array.
GENERIC: dict[str, tuple[Callable[[np.ndarray], np.ndarray], str]] = {
    "transposed": (
        lambda right: right.T,
        "{part} is the transpose of the right answer: rows and columns are swapped. "
        "Which of the two factors should come first?",
    ),
    "all-zero": (
        np.zeros_like,
        "{part} is zero everywhere. Is what you compute ever added to it?",
    ),
    "negative": (
        np.negative,
        "{part} has the right size and the wrong sign, in every entry.",
    ),
    "absolute": (
        np.abs,
        "{part} has lost its signs: every entry has the right size, and none is "
        "negative.",
    ),
    "reversed": (
        lambda right: right[::-1],
        "{part} has the right entries in reverse order: the last one comes first.",
    ),
    "one-late": (
        lambda right: np.roll(right, 1, axis=0),
        "{part} has the right entries, one place too late: an index is off by one.",
    ),
    "one-early": (
        lambda right: np.roll(right, -1, axis=0),
        "{part} has the right entries, one place too early: an index is off by one.",
    ),
    "reshaped": (
        lambda right: right.T.reshape(right.shape),
        "{part} has the right numbers in wrong places: it is the transpose, with its "
        "shape changed to fit. A reshape is no transpose.",
    ),
    "without-last": (
        lambda right: right[:-1],
        "{part} lacks its last entry; the others are right. Where does your loop end?",
    ),
    "without-first": (
        lambda right: right[1:],
        "{part} lacks its first entry; the others are right. Where does your loop "
        "begin?",
    ),
    "cut-to-integers": (
        np.trunc,
        "{part} has lost its decimals: something made whole numbers of them, an array "
        "of integers perhaps.",
    ),
    "summed": (
        np.sum,
        "{part} is a single number, the sum of the right entries. Keep them apart.",
    ),
}
#: Of one value alone, these cannot be told from chance.
BY_CHANCE = {"all-zero", "absolute", "cut-to-integers", "summed"}
#: Of a few whole numbers these are chance, and nobody wrote a loop for them.
OF_LOOPS = {"without-last", "without-first", "one-late", "one-early"}
FEW = 10


def generic_mistake(
    part: str, pairs: Pairs, cases: Sequence[Mapping], axes: Mapping[str, str]
) -> Named:
    """The mistake that explains a part in all cases.

    `cases` has the arguments by name, none for a value; `axes` their sizes' letters.
    """
    if any(right.dtype.kind != "f" for right, _ in pairs):
        return None
    found = (
        an_argument(part, pairs, cases)
        or a_changed_array(part, pairs)
        or a_factor(part, pairs, cases, AXES | axes)
        or a_constant(part, pairs)
        or another_shape(part, pairs)
    )
    if found and not cases[0] and found[0] in by_chance(pairs[0][0]):
        return None
    return found


def by_chance(right: np.ndarray) -> set[str]:
    """The generic mistakes that one wrong value may be by chance."""
    whole = right.ndim == 1 and right.size <= FEW and np.all(right == np.round(right))
    if not whole:
        return BY_CHANCE
    repeats = len(np.unique(right)) < right.size
    return BY_CHANCE | OF_LOOPS | ({"reversed"} if repeats else set())


def an_argument(part: str, pairs: Pairs, cases: Sequence[Mapping]) -> Named:
    """An answer that is one of the arguments, as it came."""
    for name in cases[0]:
        given = [as_floats(case[name]) for case in cases]
        if all(
            one is not None and one.size and equal(answer, one)
            for one, (_, answer) in zip(given, pairs, strict=True)
        ):
            message = f"{part} is {name}, as it came in: nothing has been done to it."
            return "an-argument", message
    return None


def as_floats(value: object) -> np.ndarray | None:
    """An argument as an array of floats, or None."""
    if not isinstance(value, (list, tuple, float, int, np.ndarray, np.generic)):
        return None
    try:
        return np.asarray(value, np.float64)
    except (TypeError, ValueError):
        return None


def a_changed_array(part: str, pairs: Pairs) -> Named:
    """The first of `GENERIC` that makes every answer."""
    for name, (make, message) in GENERIC.items():
        try:
            if all(equal(answer, make(right)) for right, answer in pairs):
                return name, message.format(part=part)
        except IndexError:  # a single number has no first entry
            continue
    return None


def a_factor(
    part: str, pairs: Pairs, cases: Sequence[Mapping], axes: Mapping[str, str]
) -> Named:
    """An answer that is a multiple of the right one, by one rule in all cases."""
    factors = [factor(right, answer) for right, answer in pairs]
    if None in factors or np.allclose(factors, 1):
        return None
    sizes = [sizes_of(case, axes) for case in cases]
    several = len(pairs) > 1
    for letter in sizes[0] if several else ():
        values = np.array([size.get(letter, np.nan) for size in sizes], float)
        for power, what, question in (
            (1, "large", "summed that should be a mean, or counted more than once?"),
            (-1, "small", "a mean that should be a sum?"),
        ):
            if np.allclose(factors, values**power):
                return f"factor-{letter}", (
                    f"{part} is too {what} by the factor {COUNTS.get(letter, letter)}. "
                    f"Is something {question}"
                )
    if np.allclose(factors, factors[0]) and (several or factors[0] in (2, 0.5)):
        message = f"{part} is {factors[0]:.4g} times the right answer, in every entry."
        return "factor", message
    return None


def factor(right: np.ndarray, answer: np.ndarray) -> float | None:
    """The number by which an answer is the right one's multiple."""
    if right.shape != answer.shape or not right.any():
        return None
    place = np.unravel_index(np.argmax(np.abs(right)), right.shape)
    ratio = float(answer[place]) / float(right[place])
    if not np.isfinite(ratio) or ratio == 0:
        return None
    return ratio if equal(answer, ratio * right) else None


def sizes_of(case: Mapping[str, object], axes: Mapping[str, str]) -> dict[str, int]:
    """The sizes of a case's arguments, by letter; those that hold others opened."""
    found: dict[str, int] = {}
    for argument, value in case.items():
        inner = members(value)
        for name, entry in ({argument: value} if inner is None else inner).items():
            letters = axes.get(name) or axes.get(name.removeprefix("d"), "")
            shape = getattr(as_floats(entry), "shape", ())
            if letters and len(letters) == len(shape):
                found.update(zip(letters, shape, strict=True))
    return found


def a_constant(part: str, pairs: Pairs) -> Named:
    """The same number too much in every entry of every case."""
    alike = all(right.shape == answer.shape and right.size for right, answer in pairs)
    if len(pairs) < 2 or not alike:
        return None
    shifts = [answer - right for right, answer in pairs]
    first = shifts[0].flat[0]
    if np.isfinite(first) and all(
        np.allclose(shift, first, rtol=1e-6, atol=1e-9) for shift in shifts
    ):
        return "constant", f"{part} is too large by {first:.4g} in every entry."
    return None


def another_shape(part: str, pairs: Pairs) -> Named:
    """The right numbers, in their order, in another shape."""
    if not all(
        right.size == answer.size and equal(answer, right.reshape(answer.shape))
        for right, answer in pairs
    ):
        return None
    right, answer = pairs[0]
    return "other-shape", (
        f"{part} has the right numbers in the wrong shape: {answer.shape}; expected "
        f"{right.shape or 'a single number'}."
    )


def one_entry(part: str, pairs: Pairs) -> str:
    """A sentence if the same entry, and no other, is wrong in every case."""
    if any(right.shape != answer.shape or not right.ndim for right, answer in pairs):
        return ""
    wrong = [np.argwhere(~close(answer, right)).tolist() for right, answer in pairs]
    if len(pairs) < 2 or len(wrong[0]) != 1 or wrong != wrong[:1] * len(wrong):
        return ""
    return f"{part}{wrong[0][0]} alone is wrong, and it is in every case."
