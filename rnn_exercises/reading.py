"""A reader's answer, taken apart: named arrays, whatever form it came in.

The right answer says what form is expected. Lists, tuples and arrays are the
same to it, and so are the dtypes of floats; but a number is never made of
something that is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from numbers import Real
from types import GeneratorType

import numpy as np

from rnn_exercises.shapes import Shape

Names = str | tuple[str, ...]
Parts = dict[str, np.ndarray]
NO_RETURN = "is there a `return` on every way through it?"
LAZY = (GeneratorType, map, filter, zip, reversed, enumerate)


class Unreadable(Exception):
    """An answer that has no form of an answer; the text says why."""


def parts(answer: object, like: object, names: Names) -> Parts:
    """Take an answer apart, as the right answer is built.

    Parameters
    ----------
    answer : anything
    like : the right answer
        A tuple with as many entries as there are names, or one value. A value
        is an array (or lists, or a number), text, or a mapping or dataclass
        of such values.
    names : str or tuple of str
        What the messages call it.

    Returns
    -------
    dict of arrays
        By name: of floats, of bools, or of text; `like` says which.

    Raises
    ------
    Unreadable
        With a sentence about what it is and what it should be.
    """
    if isinstance(names, str):
        return value_parts(names, answer, like)
    answers = several(answer, names)
    return {
        name: values
        for key, one, right in zip(names, answers, like, strict=True)
        for name, values in value_parts(key, one, right).items()
    }


def several(answer: object, names: tuple[str, ...]) -> Sequence[object]:
    """The entries of an answer of several values, in the order of the names."""
    wanted = f"{len(names)} values: {', '.join(names)}"
    if answer is None:
        raise Unreadable(
            f"The answer is None; expected {wanted}. In a function: {NO_RETURN}"
        )
    if isinstance(answer, Mapping):
        refuse_names("the answer", answer, names)
        return [answer[name] for name in names]
    if not isinstance(answer, (tuple, list)):
        raise Unreadable(f"The answer is {kind_of(answer)}; expected {wanted}.")
    if len(answer) != len(names):
        raise Unreadable(f"The answer has {len(answer)} values; expected {wanted}.")
    return answer


def value_parts(name: str, answer: object, like: object) -> Parts:
    """The parts of one value: itself, or those that it is made of."""
    if answer is None:
        raise Unreadable(
            f"{name} is None; a value is missing. In a function: {NO_RETURN}"
        )
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
    if isinstance(answer, LAZY):
        raise Unreadable(
            f"{name} is {kind_of(answer)}; expected its values. "
            f"Write list(...) around it."
        )
    if callable(answer) or isinstance(answer, (set, frozenset, Mapping)):
        raise Unreadable(f"{name} is {kind_of(answer)}; expected {wanted(like)}.")
    try:
        array = np.array(answer)
    except ValueError:
        raise Unreadable(
            f"{name} has rows of unequal lengths; expected {wanted(like)}."
        ) from None
    except Exception as error:  # whatever an object of the reader's does
        raise Unreadable(f"{name} cannot be read as numbers: {error}") from None
    kind = np.asarray(like).dtype.kind
    if kind in "Ub":
        return of_kind(name, array, kind, like)
    if array.dtype.kind == "O":
        array = floats_of(name, array, like)
    if array.dtype.kind == "b" or has_bool(answer):
        raise Unreadable(
            f"{name} holds True or False; expected {wanted(like)}. Write 1.0 or 0.0."
        )
    if array.dtype.kind not in "fiu":
        what = {"c": "complex numbers", "U": "text"}.get(
            array.dtype.kind, str(array.dtype)
        )
        raise Unreadable(f"{name} holds {what}; expected {wanted(like)}.")
    return (
        array if array.dtype in (np.float16, np.float32) else array.astype(np.float64)
    )


def of_kind(name: str, array: np.ndarray, kind: str, like: object) -> np.ndarray:
    """Text or bools; refuse anything else."""
    if array.dtype.kind != kind:
        raise Unreadable(f"{name} is {array.tolist()!r}; expected {wanted(like)}.")
    return np.asarray(np.char.strip(array)) if kind == "U" else array


def floats_of(name: str, array: np.ndarray, like: object) -> np.ndarray:
    """Fractions and long integers as floats; refuse other objects."""
    for entry in array.flat:
        if not isinstance(entry, Real):
            raise Unreadable(f"{name} holds {kind_of(entry)}; expected {wanted(like)}.")
    return array.astype(np.float64)


def has_bool(answer: object) -> bool:
    """Whether a bool hides among the numbers of a list."""
    if isinstance(answer, (list, tuple)):
        return any(has_bool(entry) for entry in answer)
    return isinstance(answer, (bool, np.bool_))


def wanted(like: object) -> str:
    """What is expected, for a message."""
    if isinstance(like, Shape):
        return "a shape, such as (2, 3)"
    array = np.asarray(like)
    one, many = {
        "U": ("a text in quotes", "texts"),
        "b": ("True or False", "True or False each"),
    }.get(array.dtype.kind, ("a number", "numbers"))
    return f"{many} of shape {array.shape}" if array.shape else one
