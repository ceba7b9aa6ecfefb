"""Every exercise by its name; a chapter's module is loaded when asked for.

The exercises of chapter 6 are `EXERCISES` in `rnn_exercises/questions/chapter_06.py`,
in the order of the book. Nothing else has to be told about a new module.
"""

import difflib
import importlib
import re
from functools import cache
from pathlib import Path

from rnn_exercises.exercise import KINDS, Exercise

NAME = re.compile(r"\d\d(-[a-z0-9]+)+")


@cache
def chapters() -> tuple[str, ...]:
    """The numbers of the chapters that have exercises: "06"."""
    files = (Path(__file__).parent / "questions").glob("chapter_[0-9][0-9].py")
    return tuple(sorted(file.stem[-2:] for file in files))


@cache
def of_chapter(number: str) -> dict[str, Exercise]:
    """The exercises of a chapter by name, in the order of the book.

    Raises
    ------
    ValueError
        If there are none, or one of them is not as it should be.
    """
    if number not in chapters():
        raise ValueError(
            f"chapter {number!r} has no exercises to check; "
            f"expected one of {', '.join(chapters())}"
        )
    module = importlib.import_module(f"rnn_exercises.questions.chapter_{number}")
    found: dict[str, Exercise] = {}
    for one in module.EXERCISES:
        refuse(one, number, found)
        found[one.name] = one
    return found


def refuse(one: Exercise, number: str, others: dict[str, Exercise]) -> None:
    """A ValueError if an exercise is not as the others are."""
    names = [mistake.name for mistake in one.mistakes]
    for wrong, what in (
        (
            not NAME.fullmatch(one.name) or one.chapter != number,
            f"name; expected {number}-, and words in small letters",
        ),
        (one.name in others, "name; it is there already"),
        (
            one.kind not in KINDS,
            f"kind {one.kind!r}; expected one of {', '.join(KINDS)}",
        ),
        (
            one.difficulty not in (1, 2, 3),
            f"difficulty {one.difficulty}; expected 1, 2 or 3",
        ),
        (len(one.hints) < 2, f"{len(one.hints)} hints; expected 2 or more"),
        (len(set(names)) < len(names), "two mistakes of one name"),
    ):
        if wrong:
            raise ValueError(f"the exercise {one.name!r} has the wrong {what}")


def exercise(name: str) -> Exercise:
    """The exercise of this name, "06-tanh", or of this label, "ex-06-tanh".

    Raises
    ------
    ValueError
        If there is none; the text has the names that come closest.
    """
    if not isinstance(name, str):
        raise ValueError(
            f"name is {name!r}; expected a text, such as "
            '"06-tanh": the name comes first, the answer second'
        )
    name = name.strip().removeprefix("ex-")
    number = name.partition("-")[0]
    known = of_chapter(number) if number in chapters() else {}
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, 1, 0.5)
    raise ValueError(
        f"there is no exercise {name!r}"
        + (f"; did you mean {near[0]!r}?" if near else ".")
        + (
            f" Chapter {int(number)} has {', '.join(known)}."
            if known
            else f" A name begins with its chapter: {', '.join(chapters())}."
        )
    )


def all_exercises() -> list[Exercise]:
    """Every exercise, in the order of the book."""
    return [one for number in chapters() for one in of_chapter(number).values()]
