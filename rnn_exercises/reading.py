"""A reader's answer, taken apart: named arrays, whatever form it came in.

The right answer says what form is expected. Lists, tuples and arrays are the
same to it, and so are the dtypes of floats; but a number is never made of
something that is not one, and nothing is broadcast.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from numbers import Real
from types import GeneratorType

import numpy as np

from rnn_exercises.exercise import Names

Parts = dict[str, np.ndarray]
NO_RETURN = "In a function: is there a `return` on every way through it?"
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
    wanted = f"{len(names)} values: {', '.join(names)}"
    if answer is None:
        raise Unreadable(f"The answer is None; expected {wanted}. {NO_RETURN}")
    if isinstance(answer, Mapping):
        refuse_names("the answer", answer, names)
    elif not isinstance(answer, (tuple, list)):
        raise Unreadable(f"The answer is {kind_of(answer)}; expected {wanted}.")
    elif len(answer) != len(names):
        raise Unreadable(f"The answer has {len(answer)} values; expected {wanted}.")
    else:
        answer = dict(zip(names, answer, strict=True))
    found: Parts = {}
    for name, right in zip(names, like, strict=True):
        found |= value_parts(name, answer[name], right)
    return found


def value_parts(name: str, answer: object, like: object) -> Parts:
    """The parts of one value: itself, or those that it is made of."""
    if answer is None:
        raise Unreadable(f"{name} is None; a value is missing. {NO_RETURN}")
    inner = members(like)
    if inner is None:
        return {name: leaf(name, answer, like)}
    found = members(answer)
    if found is None and all(hasattr(answer, str(key)) for key in inner):
        found = {key: getattr(answer, str(key)) for key in inner}
    if found is None:
        raise Unreadable(
            f"{name} is {kind_of(answer)}; expected something "
            f"with {', '.join(inner)}, a dict for example."
        )
    refuse_names(name, found, inner)
    return {
        part: values
        for key, right in inner.items()
        for part, values in value_parts(f"{name}.{key}", found[key], right).items()
    }


def members(value: object) -> Mapping | None:
    """What a mapping or a dataclass holds, by name; None for any other."""
    if isinstance(value, Mapping):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return None


def refuse_names(name: str, found: Mapping, expected: Sequence[str]) -> None:
    """Refuse a mapping with other names than those expected."""
    if set(found) != set(expected):
        raise Unreadable(
            f"{name} has the names {', '.join(map(str, found))}; "
            f"expected {', '.join(map(str, expected))}."
        )


def kind_of(value: object) -> str:
    """What something is, for a message: "a str", "the function my_tanh"."""
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if callable(value) and hasattr(value, "__name__"):
        return f"the function {value.__name__}, not what it returns"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def leaf(name: str, answer: object, like: object) -> np.ndarray:
    """One array of an answer; its dtype is that of the answer, or float64."""

    def refused(what: str, advice: str = "") -> Unreadable:
        return Unreadable(f"{name} {what}; expected {wanted(like)}.{advice}")

    if isinstance(answer, LAZY):
        raise Unreadable(
            f"{name} is {kind_of(answer)}; expected its values. "
            f"Write list(...) around it."
        )
    if callable(answer) or isinstance(answer, (set, frozenset, Mapping)):
        raise refused(f"is {kind_of(answer)}")
    try:
        array = np.array(answer)
    except ValueError:
        raise refused("has rows of unequal lengths") from None
    except Exception as error:  # whatever an object of the reader's does
        raise Unreadable(f"{name} cannot be read as numbers: {error}") from None
    kind = np.asarray(like).dtype.kind
    if kind in "Ub":
        if array.dtype.kind != kind:
            raise refused(f"is {array.tolist()!r}")
        return np.asarray(np.char.strip(array)) if kind == "U" else array
    if array.dtype.kind == "O":  # fractions and long integers
        for entry in array.flat:
            if not isinstance(entry, Real):
                raise refused(f"holds {kind_of(entry)}")
        array = array.astype(np.float64)
    if array.dtype.kind == "b" or has_bool(answer):
        raise refused("holds True or False", " Write 1.0 or 0.0.")
    if array.dtype.kind not in "fiu":
        what = {"c": "complex numbers", "U": "text"}
        raise refused(f"holds {what.get(array.dtype.kind, array.dtype)}")
    small = array.dtype in (np.float16, np.float32)
    return array if small else array.astype(np.float64)


def folded(found: Parts) -> Parts:
    """The parts, with all texts in small letters."""
    return {
        part: np.asarray(np.char.lower(values)) if values.dtype.kind == "U" else values
        for part, values in found.items()
    }


def has_bool(answer: object) -> bool:
    """Whether a bool hides among the numbers of a list."""
    if isinstance(answer, (list, tuple)):
        return any(has_bool(entry) for entry in answer)
    return isinstance(answer, (bool, np.bool_))


def wanted(like: object) -> str:
    """What is expected, for a message."""
    if hasattr(like, "wanted"):
        return like.wanted
    array = np.asarray(like)
    words = {
        "U": ("a text in quotes", "texts"),
        "b": ("True or False", "True or False each"),
    }
    one, many = words.get(array.dtype.kind, ("a number", "numbers"))
    return f"{many} of shape {array.shape}" if array.shape else one


def open_parts(answer: object, names: Names) -> tuple[str, list[str]]:
    """Whether "all", "some" or "none" of an answer is still `...`, and which."""
    if answer is ...:
        return "all", []
    if isinstance(answer, Mapping):
        entries = {str(name): value for name, value in answer.items()}
    elif isinstance(answer, (tuple, list)):
        named = isinstance(names, tuple) and len(names) == len(answer)
        keys = names if named else [f"entry {i}" for i in range(len(answer))]
        entries = dict(zip(keys, answer, strict=True))
    else:
        return "none", []
    states = {name: open_parts(value, name)[0] for name, value in entries.items()}
    if states and set(states.values()) == {"all"}:
        return "all", []
    waiting = [name for name, state in states.items() if state != "none"]
    return ("some" if waiting else "none"), waiting


def close(answer: np.ndarray, right: np.ndarray, within: float = 0.0) -> np.ndarray:
    """Entry by entry, whether two arrays of one shape agree.

    How near is near enough depends on the answer's dtype.
    """
    if right.dtype.kind != "f":
        return answer == right
    size = min(answer.dtype.itemsize, right.dtype.itemsize)
    relative, of_largest = TOLERANCE[size]
    floor = 4 * np.finfo(f"f{size}").eps + within * (1 + 1e-9)
    answer, right = answer.astype(np.float64), right.astype(np.float64)
    finite = np.isfinite(right)
    largest = np.abs(right[finite]).max(initial=0.0)
    with np.errstate(invalid="ignore"):
        near = np.abs(answer - right) <= (
            relative * np.abs(right) + of_largest * largest + floor
        )
    same = (answer == right) | (np.isnan(answer) & np.isnan(right))
    return np.where(finite, near & np.isfinite(answer), same)


def equal(answer: np.ndarray, right: np.ndarray, within: float = 0.0) -> bool:
    """Whether two arrays have one shape, and agree in every entry."""
    return (
        answer.shape == right.shape
        and (answer.dtype.kind == "f") == (right.dtype.kind == "f")
        and bool(np.all(close(answer, right, within)))
    )


def difference(
    name: str, answer: np.ndarray, right: np.ndarray, within: float, tell: bool
) -> str:
    """The first difference in a sentence, shapes first; empty if there is none.

    With `tell` False the sentence does not give the right value away.
    """
    if answer.shape != right.shape:
        return (
            f"{name} has shape {answer.shape}; expected "
            f"{right.shape or 'a single number'}."
        )
    wrong = np.argwhere(~np.atleast_1d(close(answer, right, within)))
    if not len(wrong):
        return ""
    place = tuple(int(i) for i in wrong[0]) if answer.shape else ()
    found, expected = shown(answer[place]), shown(right[place])
    if found == expected:
        found, expected = repr(answer[place].item()), repr(right[place].item())
    where = f"{name}[{', '.join(map(str, place))}]" if place else name
    if found.strip("-") in ("nan", "inf") and np.isfinite(right[place]):
        return f"{where} is {found}; expected a finite number."
    end = f"; expected {expected}." if tell else ", and that is not right."
    return f"{where} is {found}{end}"


def shown(value: np.generic) -> str:
    """An entry, as a message shows it."""
    return repr(value.item()) if value.dtype.kind in "Ub" else f"{value:.6g}"
