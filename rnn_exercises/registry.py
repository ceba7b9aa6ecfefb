"""Every exercise by its name; a chapter's modules are loaded when asked for.

The exercises of chapter 6 are in `questions/chapter_06.py`, its project in
`questions/project_06.py`; each call of `ask` there adds one. Their order, titles,
difficulty and minutes are those of the book's pages: `make reference` copies
them into `contents.json`.
"""

import difflib
import importlib
import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rnn_exercises.exercise import Exercise

HERE = Path(__file__).parent
_asked: dict[str, Exercise] = {}


class Entry(NamedTuple):
    """What the pages say of an exercise."""

    title: str
    difficulty: int
    minutes: int

    @property
    def effort(self) -> tuple[str, str]:
        """Difficulty and minutes, as the tables have them."""
        return f"{self.difficulty} of 3", str(self.minutes)


@cache
def entries() -> dict[str, Entry]:
    """The exercises of the book by name, in its order."""
    listed = json.loads((HERE / "contents.json").read_text("utf8"))
    return {name: Entry(**entry) for name, entry in listed.items()}


def ask(name: str, **fields: object) -> None:
    """Add an exercise. Its fields are those of `Exercise`."""
    if name in _asked:
        raise ValueError(f"there are two exercises {name!r}; give one another name")
    _asked[name] = Exercise(name=name, **fields)


def chapters() -> tuple[str, ...]:
    """The numbers of the chapters that have exercises: "06"."""
    return tuple(dict.fromkeys(name[:2] for name in entries()))


@cache
def of_chapter(number: str) -> dict[str, Exercise]:
    """The exercises of a chapter by name, in the order of the book."""
    for file in sorted((HERE / "questions").glob(f"*_{number}.py")):
        importlib.import_module(f"rnn_exercises.questions.{file.stem}")
    own = {name for name in _asked if name.startswith(f"{number}-")}
    if unlisted := own.difference(entries()):
        raise ValueError(
            f"no page has the exercise {unlisted.pop()!r}; write its question, then "
            "run `make reference`"
        )
    return {name: _asked[name] for name in entries() if name in own}


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
    number = name[:2]
    if number not in chapters():
        there_are = f"A name begins with its chapter: {', '.join(chapters())}"
        raise ValueError(f"there is no exercise {name!r}. {there_are}.")
    known = of_chapter(number)
    if name not in known:
        near = difflib.get_close_matches(name, known, 1, 0.5)
        guess = f"; did you mean {near[0]!r}?" if near else "."
        there_are = f"Chapter {int(number)} has {', '.join(known)}"
        raise ValueError(f"there is no exercise {name!r}{guess} {there_are}.")
    return known[name]


def all_exercises() -> list[Exercise]:
    """Every exercise, in the order of the book."""
    return [exercise(name) for name in entries()]
