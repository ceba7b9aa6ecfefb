"""What judges of values and of functions share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rnn_exercises.exercise import Exercise, Wrong
from rnn_exercises.reading import Names, Parts, leaf, parts


@dataclass(frozen=True)
class PartTrial:
    """One part of an answer, in one case.

    Attributes
    ----------
    right, answer : arrays
    arguments : dict
        What the case gave, by name; empty for a value.
    """

    right: np.ndarray
    answer: np.ndarray
    arguments: Mapping[str, object]


@dataclass(frozen=True)
class Likeness:
    """How a mistake compares with an answer, in all cases.

    Attributes
    ----------
    mistake : Wrong
    alike : frozenset of str
        The parts in which it answers as the reader does.
    own : frozenset of str
        The parts that it makes wrong.
    is_all : bool
        Whether it answers as the reader does in every part.
    """

    mistake: Wrong
    alike: frozenset[str]
    own: frozenset[str]
    is_all: bool


Told = tuple[str, str] | None  # a mistake's name, and its text


def told_of_part(
    part: str, made: Sequence[Likeness], generic: Callable[[], Told]
) -> Told:
    """What explains one part of an answer.

    First a mistake all of whose traces are there; then one that every exercise
    knows; then a mistake of which other parts show nothing.
    """
    fitting = [one for one in made if part in one.alike & one.own]
    complete = [one for one in fitting if one.own <= one.alike]
    if not complete and (told := generic()):
        return told
    for one in (*complete, *fitting):
        return one.mistake.name, one.mistake.told
    return None


def joined(names: Sequence[str]) -> str:
    """Names as a sentence has them: "da, dbh and dWh"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def open_parts(answer: object, names: Names) -> tuple[str, list[str]]:
    """Which parts of an answer are still `...`.

    Returns
    -------
    state : "all", "some" or "none"
    names : of the open ones
    """
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


def parts_of(exercise: Exercise, made: object, right: Parts) -> Parts:
    """A mistake's answer in parts; those that it leaves out are right."""
    if isinstance(made, Mapping) and set(made) <= set(right):
        return right | {
            name: leaf(name, value, right[name]) for name, value in made.items()
        }
    return parts(made, like_of(right, exercise.answers), exercise.answers)


def like_of(right: Parts, names: Names) -> object:
    """Something built like the right answer, from its parts."""

    def one(name: str) -> object:
        if name in right:
            return right[name]
        return {
            key.removeprefix(f"{name}."): value
            for key, value in right.items()
            if key.startswith(f"{name}.")
        }

    return one(names) if isinstance(names, str) else tuple(map(one, names))
