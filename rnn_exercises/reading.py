"""A reader's answer, taken apart: named arrays, whatever form it came in.

The right answer says what form is expected. Lists, tuples and arrays are the
same, and so are the dtypes of floats; but nothing is made a number that is not
one, and nothing is broadcast.
"""

import re
import reprlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from numbers import Real
from types import GeneratorType

import numpy as np

from rnn_exercises.exercise import Names

Parts = dict[str, np.ndarray]
NO_RETURN = "In a function: is there a `return` on every way through it?"
TRUTHS = "holds True or False"
BOOLS = (bool, np.bool_)
KINDS = {str: "text", bool: "truth value", np.bool_: "truth value"} | dict.fromkeys(
    (int, float, complex, np.float64, np.float32, np.int64), "number"
)
#: A letter that is chosen, however it is written.
CHOICE = re.compile(r"\(?([a-zA-Z])[).:]*")
LAZY = (GeneratorType, map, filter, zip, reversed, enumerate)

#: How far a right answer may be off: relative to the entry, and to the
#: largest entry of its array. By the bytes of a float.
TOLERANCE = {2: (4e-3, 4e-3), 4: (1e-5, 1e-5), 8: (1e-7, 1e-9)}


class Unreadable(Exception):
    """An answer that has no form of an answer; the text says why."""


def parts(answer: object, like: object, names: Names) -> Parts:
    """Take an answer apart as `like`, the right one, is built.

    `names` is what the messages call it, or each of its entries. A value is an
    array (or lists, or a number), text, or a mapping or dataclass of values; the
    arrays are of floats, bools or text. What cannot be read raises Unreadable.
    """
    if isinstance(names, str):
        return value_parts(names, answer, like)
    wanted = f"expected {len(names)} values: {', '.join(names)}."
    if isinstance(answer, np.ndarray) and answer.shape[:1] == (len(names),):
        answer = list(answer)
    if isinstance(answer, (tuple, list)):
        if len(answer) != len(names):
            count = f"{len(answer)} value{'s' * (len(answer) != 1)}"
            raise Unreadable(f"The answer has {count}; {wanted}")
        answer = dict(zip(names, answer, strict=True))
    elif not isinstance(answer, Mapping):
        advice = f" {NO_RETURN}" if answer is None else ""
        raise Unreadable(f"The answer is {kind_of(answer)}; {wanted}{advice}")
    return inner_parts("", answer, dict(zip(names, like, strict=True)))


def value_parts(name: str, answer: object, like: object) -> Parts:
    """The parts of one value: itself, or those that it is made of."""
    if answer is None:
        raise Unreadable(f"{name} is None; a value is missing. {NO_RETURN}")
    inner, found = members(like), members(answer)
    if inner is None:
        return {name: leaf(name, answer, like)}
    if found is None and all(hasattr(answer, str(key)) for key in inner):
        found = {key: getattr(answer, str(key)) for key in inner}
    if found is None:
        raise Unreadable(
            f"{name} is {kind_of(answer)}; expected something "
            f"with {', '.join(inner)}, a dict for example."
        )
    return inner_parts(name, found, inner)


def inner_parts(name: str, found: Mapping, like: Mapping) -> Parts:
    """The parts of what holds several values by name."""
    if set(found) != set(like):
        raise Unreadable(
            f"{name or 'the answer'} has the names {', '.join(map(str, found))}; "
            f"expected {', '.join(map(str, like))}."
        )
    parts: Parts = {}
    for key, right in like.items():
        parts |= value_parts(f"{name}.{key}" if name else key, found[key], right)
    return parts


def members(value: object) -> Mapping | None:
    """What a mapping or a dataclass holds, by name; None for any other."""
    if isinstance(value, Mapping):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return None


def kind_of(value: object) -> str:
    """What something is, for a message: "a text", "the function my_tanh"."""
    if value is None:
        return "None"
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if callable(value) and hasattr(value, "__name__"):
        return f"the function {value.__name__}, not what it returns"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else "a number"
    name = KINDS.get(type(value), type(value).__name__)
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def leaf(name: str, answer: object, like: object) -> np.ndarray:
    """One array of an answer, of floats, or of whole numbers if it came as one."""
    kind, advice = np.asarray(like).dtype.kind, ""
    try:
        array = np.array(answer)
        what = objection(array, answer, like)
        whole = isinstance(answer, np.ndarray) and array.dtype.kind in "iu"
        same = kind in "Ub" or whole or array.dtype in (np.float16, np.float32)
        array = array if what or same else array.astype(np.float64)
    except ValueError:
        what = "has rows of unequal lengths"
    except Exception as error:  # whatever an object of the reader's does
        raise Unreadable(f"{name} cannot be read as numbers: {error}") from None
    if what:
        if what == TRUTHS or isinstance(answer, LAZY):
            advice = (
                f" Write {'1.0 or 0.0' if what == TRUTHS else 'list(...) around it'}."
            )
        raise Unreadable(f"{name} {what}; expected {wanted(like)}.{advice}")
    return np.vectorize(as_choice, otypes="U")(array) if kind == "U" else array


def as_choice(text: str) -> str:
    """A text without blanks around it; a choice without its brackets: "(b)", "b."."""
    text = text.strip().rstrip(".!")
    choice = CHOICE.fullmatch(text)
    return choice[1] if choice else text


def objection(array: np.ndarray, answer: object, like: object) -> str:
    """Why an answer, as an array, is none of this kind; empty if it is one."""
    kind = np.asarray(like).dtype.kind
    for entry in array.flat if array.dtype.kind == "O" else ():
        if not isinstance(entry, Real):  # as fractions and long integers are
            return f"{'holds' if array.ndim else 'is'} {kind_of(entry)}"
    if kind in "Ub":
        fits = array.dtype.kind == kind
        return "" if fits else f"is {reprlib.repr(array.tolist())}"
    truths = array.dtype.kind == "b" or any(isinstance(o, BOOLS) for o in flat(answer))
    if truths and not np.isin(like, (0, 1)).all():
        return TRUTHS
    what = {"c": "complex numbers", "U": "text"}.get(array.dtype.kind, array.dtype)
    return "" if array.dtype.kind in "fiuOb" else f"holds {what}"


def wanted(like: object) -> str:
    """What is expected, for a message."""
    if hasattr(like, "wanted"):
        return like.wanted
    array, one, many = np.asarray(like), "a number", "numbers"
    if array.dtype.kind == "U":
        one, many = "a text in quotes", "texts"
        if CHOICE.fullmatch(str(array)):
            one = 'one letter in quotes, such as "a"'
    elif array.dtype.kind == "b":
        one, many = "True or False", "True or False each"
    return f"{many} of shape {array.shape}" if array.shape else one


def flat(answer: object) -> list[object]:
    """What an answer holds, however deep."""
    if isinstance(answer, Mapping):
        answer = list(answer.values())
    if not isinstance(answer, (tuple, list)):
        return [answer]
    return [inner for entry in answer for inner in flat(entry)]


def has_dots(answer: object) -> bool:
    """Whether something in an answer is still `...`."""
    return any(one is ... for one in flat(answer))


def untouched(answer: object) -> bool:
    """Whether all of an answer is still `...`."""
    return has_dots(answer) and all(one is ... for one in flat(answer))


def waiting(answer: object, names: Names) -> list[str]:
    """The entries of an answer that have dots."""
    if isinstance(answer, (tuple, list)):
        if isinstance(names, str) or len(names) != len(answer):
            names = [f"entry {i}" for i in range(len(answer))]
        answer = dict(zip(names, answer, strict=True))
    entries = answer.items() if isinstance(answer, Mapping) else ()
    return [str(name) for name, value in entries if has_dots(value)]


def close(answer: np.ndarray, right: np.ndarray, within: float = 0.0) -> np.ndarray:
    """Entry by entry, whether two arrays of one shape agree, as their dtypes allow.

    In texts, capitals make no difference.
    """
    if right.dtype.kind == "U":
        return np.char.lower(answer) == np.char.lower(right)
    if right.dtype.kind != "f":
        return answer == right
    if answer.dtype.kind != "f":  # whole numbers, kept as they came
        answer = answer.astype(np.float64)
    size = min(answer.dtype.itemsize, right.dtype.itemsize)
    relative, of_largest = TOLERANCE[size]
    floor = 4 * np.finfo(f"f{size}").eps + within * (1 + 1e-9)
    answer, right = answer.astype(np.float64), right.astype(np.float64)
    finite = np.isfinite(right)
    magnitude = np.abs(right)
    largest = np.max(magnitude, initial=0.0, where=finite)
    with np.errstate(invalid="ignore"):
        near = np.abs(answer - right) <= (
            relative * magnitude + of_largest * largest + floor
        )
    if finite.all():  # and to these only a finite answer is near
        return near
    same = (answer == right) | (np.isnan(answer) & np.isnan(right))
    return np.where(finite, near & np.isfinite(answer), same)


def equal(answer: np.ndarray, right: np.ndarray, within: float = 0.0) -> bool:
    """Whether two arrays have one shape, and agree in every entry."""
    return (
        answer.shape == right.shape
        and (answer.dtype.kind in "fiu") == (right.dtype.kind in "fiu")
        and bool(close(answer, right, within).all())
    )


def resembles(answer: np.ndarray, other: np.ndarray, within: float = 0.0) -> bool:
    """Whether two answers are equal, or have overflowed and agree elsewhere.

    How far inf and nan spread depends on the order of the work, not on its cause.
    """
    if equal(answer, other, within):
        return True
    if answer.shape != other.shape or other.dtype.kind != "f":
        return False
    finite = np.isfinite(answer), np.isfinite(other)
    both = finite[0] & finite[1]
    overflowed = not (finite[0].all() or finite[1].all())
    return overflowed and bool(close(answer[both], other[both], within).all())


def difference(
    name: str, answer: np.ndarray, right: np.ndarray, within: float, tell: bool
) -> str:
    """The first difference in a sentence; with `tell` it has the right value."""
    if answer.shape != right.shape:
        return f"{name} is {sized(answer)}; expected {sized(right)}."
    wrong = np.argwhere(~np.atleast_1d(close(answer, right, within)))
    place = tuple(wrong[0].tolist()) if answer.shape else ()
    found, expected = shown(answer[place]), shown(right[place])
    if found == expected:
        found, expected = repr(answer[place].item()), repr(right[place].item())
    where = f"{name}{list(place)}" if place else name
    if found.strip("-") in ("nan", "inf") and np.isfinite(right[place]):
        return f"{where} is {found}; expected a finite number."
    end = f"; expected {expected}." if tell else ", and that is not right."
    return f"{where} is {found}{end}"


def shown(value: np.generic) -> str:
    """An entry, as a message shows it."""
    text = value.dtype.kind in "Ub"
    return reprlib.repr(value.item()) if text else f"{value:.6g}"


def sized(array: np.ndarray) -> str:
    """How many numbers, and how they are arranged, in words."""
    if array.ndim == 0:
        return "a single number"
    if array.ndim == 1:
        return f"{array.size} number{'s' * (array.size != 1)} in a row"
    if array.ndim == 2:
        rows, columns = array.shape
        one = f"{rows} row{'s' * (rows != 1)} of {columns}"
        return f"{one}, shape {array.shape}"
    return f"an array of shape {array.shape}"
