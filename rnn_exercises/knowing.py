"""Mistakes that every exercise knows: what a wrong array is of the right one.

A mistake is named if it explains every case, and a plain coincidence cannot do
that.
"""

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from rnn_exercises.reading import close, equal, members, sized
from rnn_src.parameters import SHAPES

Named = tuple[str, str] | None  # a mistake's name, and its message
Pairs = Sequence[tuple[np.ndarray, np.ndarray]]  # right and answer, of each case

#: The letters of the sizes, for the usual names. A leading d changes nothing.
AXES = (
    SHAPES
    | dict.fromkeys(("h", "a", "h_prev", "h0"), "H")
    | dict.fromkeys(("logits", "z", "p", "x"), "V")
    | dict.fromkeys(("ids", "targets"), "T")
)
COUNTS = {
    "T": "T, the number of steps",
    "B": "B, the number of sequences",
    "H": "H, the number of hidden units",
    "V": "V, the number of words",
}

#: What a mistake makes of the right array; an IndexError is nothing.
GENERIC: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "transposed": lambda right: right.T,
    "all-zero": np.zeros_like,
    "negative": np.negative,
    "absolute": np.abs,
    "reversed": lambda right: right[::-1],
    "one-late": lambda right: np.roll(right, 1, axis=0),
    "one-early": lambda right: np.roll(right, -1, axis=0),
    "reshaped": lambda right: right.T.reshape(right.shape),
    "without-last": lambda right: right[:-1],
    "without-first": lambda right: right[1:],
    "cut-to-integers": np.trunc,
    "summed": np.sum,
}
#: What the reader sees, after the name of the part; {} is filled in. What is in
#: brackets is left out of a single number.
MESSAGES = {
    "transposed": "is the transpose of the right answer: rows and columns are swapped.",
    "all-zero": "is zero[ everywhere]. Is what you compute ever added to it?",
    "negative": "has the right size and the wrong sign[, in every entry].",
    "absolute": "has lost its sign[s: every size is right, and no entry is negative].",
    "reversed": "has the right entries in reverse order: the last one comes first.",
    "one-late": "has the right entries, one place too late: an index is off by one.",
    "one-early": "has the right entries, one place too early: an index is off by one.",
    "reshaped": "has the right numbers in wrong places: it is the transpose, with its "
    "shape changed to fit. A reshape is no transpose.",
    "without-last": "lacks only its last entry. Where does your loop end?",
    "without-first": "lacks only its first entry. Where does your loop begin?",
    "cut-to-integers": "has lost its decimals: is an array of integers on its way?",
    "summed": "is a single number, the sum of the right entries. Keep them apart.",
    "an-argument": "is {}as it came in: nothing has been done to it.",
    "factor": "is {:.4g} times the right answer[, in every entry].",
    "rounded-factor": "is right to {} digits only, and always off by one factor: is a "
    "number that you multiply or divide by rounded?",
    "bits": "is 1.443 times the right answer, 1 / ln 2: you count in bits. Here every "
    "logarithm is a natural one, np.log or math.log.",
    "constant": "is too {} by {:.4g}[ in every entry].",
    "other-shape": "has the right numbers in the wrong shape: it is {}; expected {}.",
    "too-large": "is too large by the factor {}. Is something summed that should be "
    "a mean, or counted more than once?",
    "too-small": "is too small by the factor {}. Is something a mean that should be "
    "a sum?",
    "rounded": "is rounded too far, to {}. Give more digits.",
    "clipped": "is right up to {:.4g}, and everything beyond is cut to that. Nobody "
    "asked for a clip here: clip when you take the step.",
}
#: Of one value alone, these cannot be told from chance.
BY_CHANCE = {"all-zero", "absolute", "cut-to-integers", "summed", "clipped"}
#: Of a few whole numbers these are chance, and nobody wrote a loop for them.
OF_LOOPS = {"without-last", "without-first", "one-late", "one-early"}
FEW = 10
BRACKETS = re.compile(r"\[(.*?)\]")
DIGITS = range(1, 12)


def generic_mistake(
    part: str, pairs: Pairs, cases: Sequence[Mapping], axes: Mapping[str, str]
) -> Named:
    """The mistake that explains a part in all cases.

    `cases` has the arguments by name, none for a value; `axes` their sizes' letters.
    """
    if any(right.dtype.kind != "f" for right, _ in pairs):
        return None
    found = (
        lost_decimals(pairs)
        or an_argument(part, pairs, cases)
        or a_changed_array(pairs)
        or a_rounding(pairs)
        or a_factor(pairs, cases, AXES | axes)
        or a_constant(pairs)
        or a_clip(pairs)
        or another_shape(pairs)
    )
    if not found or (not cases[0] and found[0] in by_chance(pairs[0][0])):
        return None
    many = all(answer.ndim for _, answer in pairs)
    message = BRACKETS.sub(r"\1" if many else "", found[1])
    return found[0], f"{part} {message}"


def by_chance(right: np.ndarray) -> set[str]:
    """The generic mistakes that one wrong value may be by chance."""
    if right.ndim != 1 or right.size > FEW or np.any(right != np.round(right)):
        return BY_CHANCE
    repeats = len(np.unique(right)) < right.size
    return BY_CHANCE | OF_LOOPS | ({"reversed"} if repeats else set())


def lost_decimals(pairs: Pairs) -> Named:
    """Arrays of whole numbers into which the right entries were put."""
    if all(
        answer.dtype.kind in "iu" and equal(answer, np.trunc(right))
        for right, answer in pairs
    ):
        return "cut-to-integers", MESSAGES["cut-to-integers"]
    return None


def an_argument(part: str, pairs: Pairs, cases: Sequence[Mapping]) -> Named:
    """An answer that is one of the arguments, or what one holds, as it came."""
    opened = [held_by(case) for case in cases]
    for name in opened[0]:
        given = [as_floats(case.get(name)) for case in opened]
        if all(
            one is not None and one.size and equal(answer, one)
            for one, (_, answer) in zip(given, pairs, strict=True)
        ):
            which = "" if name == part else f"{name}, "
            return "an-argument", MESSAGES["an-argument"].format(which)
    return None


def held_by(case: Mapping[str, object]) -> dict[str, object]:
    """The arguments by name, those that hold others opened: "parameters.by"."""
    found: dict[str, object] = {}
    for name, value in case.items():
        inner = members(value)
        found |= (
            {name: value}
            if inner is None
            else {f"{name}.{key}": one for key, one in inner.items()}
        )
    return found


def only_rounded(before: object, after: object) -> bool:
    """Whether an argument is what it was, but for the last digits of its numbers."""
    old, new = (held_by({"": value}) for value in (before, after))
    arrays = [(as_floats(old[name]), as_floats(new.get(name))) for name in old]
    return old.keys() == new.keys() and all(
        one is not None
        and other is not None
        and one.shape == other.shape
        and np.allclose(one, other, rtol=1e-9, atol=1e-12)
        for one, other in arrays
    )


def as_floats(value: object) -> np.ndarray | None:
    """An argument as an array of floats, or None."""
    try:
        array = np.asarray(value)
    except ValueError:  # rows of unequal lengths
        return None
    return array.astype(np.float64) if array.dtype.kind in "fiub" else None


def a_changed_array(pairs: Pairs) -> Named:
    """The first of `GENERIC` that makes every answer."""
    for name, make in GENERIC.items():
        try:
            if all(equal(answer, make(right)) for right, answer in pairs):
                return name, MESSAGES[name]
        except IndexError:  # a single number has no first entry
            continue
    return None


def a_factor(pairs: Pairs, cases: Sequence[Mapping], axes: Mapping[str, str]) -> Named:
    """An answer that is a multiple of the right one, by one rule in all cases."""
    factors = [factor(right, answer) for right, answer in pairs]
    if None in factors or np.allclose(factors, 1):
        return None
    sizes = [sizes_of(case, axes) for case in cases]
    several = len(pairs) > 1
    for letter in sizes[0] if several else ():
        values = np.array([size.get(letter, np.nan) for size in sizes], float)
        for power, too in ((1, "too-large"), (-1, "too-small")):
            if np.allclose(factors, values**power):
                message = MESSAGES[too].format(COUNTS.get(letter, letter))
                return f"factor-{letter}", message
    if not np.allclose(factors, factors[0]):
        return None
    if np.isclose(factors[0], 1 / np.log(2)):
        return "bits", MESSAGES["bits"]
    whole = np.all(pairs[0][0] == np.round(pairs[0][0]))  # may be chance
    digits = int(-np.log10(abs(factors[0] - 1)))
    if several and digits >= 3:
        return "rounded-factor", MESSAGES["rounded-factor"].format(digits)
    if several or (factors[0] in (2, 0.5) and not whole):
        return "factor", MESSAGES["factor"].format(factors[0])
    return None


def factor(right: np.ndarray, answer: np.ndarray) -> float | None:
    """The number by which an answer is the right one's multiple."""
    if right.shape != answer.shape or not right.any():
        return None
    place = np.argmax(np.abs(right))
    ratio = float(answer.flat[place]) / float(right.flat[place])
    multiple = np.isfinite(ratio) and ratio != 0 and equal(answer, ratio * right)
    return ratio if multiple else None


def sizes_of(case: Mapping[str, object], axes: Mapping[str, str]) -> dict[str, int]:
    """The sizes of a case's arguments, by letter; those that hold others opened."""
    entries: dict[str, object] = {}
    for name, value in case.items():
        entries |= members(value) or {name: value}
    found: dict[str, int] = {}
    for name, value in entries.items():
        letters = axes.get(name) or axes.get(name.removeprefix("d"), "")
        shape = getattr(as_floats(value), "shape", ())
        if len(letters) == len(shape):
            found |= zip(letters, shape, strict=True)
    return found


def a_constant(pairs: Pairs) -> Named:
    """The same number too much in every entry of every case."""
    if len(pairs) < 2 or any(right.shape != answer.shape for right, answer in pairs):
        return None
    shifts = np.concatenate([np.ravel(answer - right) for right, answer in pairs])
    if not (shifts.size and np.all(np.isfinite(shifts))):
        return None
    rounding = [
        np.full(right.size, 1e-12 * np.abs(right).max(initial=0.0))
        for right, _ in pairs
    ]
    if not np.allclose(shifts, shifts[0], rtol=1e-6, atol=np.concatenate(rounding)):
        return None
    if abs(shifts[0]) <= min(map(np.max, rounding)):
        return None
    too = "large" if shifts[0] > 0 else "small"
    return "constant", MESSAGES["constant"].format(too, abs(shifts[0]))


def a_rounding(pairs: Pairs) -> Named:
    """The right numbers, with fewer digits than asked for."""
    if any(right.shape != answer.shape for right, answer in pairs):
        return None
    right, answer = (
        np.concatenate([np.ravel(one) for one in side]).astype(np.float64)
        for side in zip(*pairs, strict=True)
    )
    if not np.allclose(answer, right, rtol=0.051, atol=0.051):  # no rounding is so far
        return None
    single = answer.size == 1  # one digit of one number may be chance
    for count in DIGITS[single:]:
        if np.allclose(answer, np.round(right, count), rtol=0, atol=1e-12):
            number = f"{count} decimal{'s' * (count > 1)}"
            return "rounded", MESSAGES["rounded"].format(number)
    for count in DIGITS[1 + single :]:
        shorter = np.array([float(f"{one:.{count - 1}e}") for one in right])
        if np.allclose(answer, shorter, rtol=1e-12, atol=0):
            return "rounded", MESSAGES["rounded"].format(f"{count} digits")
    return None


def a_clip(pairs: Pairs) -> Named:
    """The right numbers, cut to a range from -c to c."""
    if any(right.shape != answer.shape for right, answer in pairs):
        return None
    limit = max(np.abs(answer).max(initial=0.0) for _, answer in pairs)
    cut = any(np.any(np.abs(right) > limit) for right, _ in pairs)
    round_one = np.isclose(limit, float(f"{limit:.1e}"), rtol=1e-9)  # as people choose
    if (
        cut
        and round_one
        and all(equal(answer, np.clip(right, -limit, limit)) for right, answer in pairs)
    ):
        return "clipped", MESSAGES["clipped"].format(limit)
    return None


def another_shape(pairs: Pairs) -> Named:
    """The right numbers, in their order, in another shape."""
    if not all(
        right.size == answer.size and equal(answer, right.reshape(answer.shape))
        for right, answer in pairs
    ):
        return None
    right, answer = next(pair for pair in pairs if pair[0].shape != pair[1].shape)
    shapes = sized(answer), sized(right)
    return "other-shape", MESSAGES["other-shape"].format(*shapes)


def one_entry(part: str, pairs: Pairs) -> str:
    """A sentence if the same entry, and no other, is wrong in every case."""
    if any(right.shape != answer.shape or not right.ndim for right, answer in pairs):
        return ""
    wrong = [np.argwhere(~close(answer, right)).tolist() for right, answer in pairs]
    if len(pairs) < 2 or len(wrong[0]) != 1 or wrong != wrong[:1] * len(wrong):
        return ""
    return f"{part}{wrong[0][0]} alone is wrong, and it is in every case."
