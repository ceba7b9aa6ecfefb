"""What an exercise is: a question, its right answer, and the wrong ones."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

Names = str | tuple[str, ...]
Cases = Callable[[np.random.Generator], dict[str, tuple]]


@dataclass(frozen=True)
class Wrong:
    """A mistake that readers make in one exercise."""

    #: In small letters and hyphens.
    name: str
    #: What the reader who made it sees: what went wrong, and what to look at.
    message: str
    #: A function of the same arguments, or a value: the whole wrong answer, or a
    #: dict of the parts that are wrong, {"dWh": …}.
    answer: object
    #: The mistake written otherwise: it gives or raises something else.
    also: tuple = ()

    def given(self, *arguments: object) -> object:
        """The wrong answer to these arguments."""
        return self.answer(*arguments) if callable(self.answer) else self.answer


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question with one right answer: a function, or a value.

    A value is judged as a function without arguments, which has one case.
    """

    #: What the answer, or each of its parts, is called.
    answers: Names
    #: The right answer to the case's arguments, found otherwise than in the solution.
    right: Callable
    #: In the order in which they are tried: most likely and most specific first.
    mistakes: tuple[Wrong, ...] = ()
    #: How far an answer may be off, as for a rounded number.
    within: float = 0.0

    #: Of the function that is asked for, in order; empty for a value.
    arguments: tuple[str, ...] = ()
    #: The arguments of one random case; the same rng gives the same case.
    case: Callable[[np.random.Generator], tuple] = lambda rng: ()
    #: Special cases, under what makes them special: "a saturated unit".
    edges: Cases | None = None
    #: Cases that have to raise a ValueError: "a negative index".
    refuses: Cases | None = None
    #: The letters of arguments' sizes, beside the usual ones of `knowing.AXES`:
    #: {"h": "H"}. A factor that equals a size is named after it.
    axes: dict[str, str] = field(default_factory=dict)
    #: The argument that the function has to change: it is the answer, or the last
    #: of several `answers`, after what is returned.
    changes: str = ""
    #: How many random cases.
    draws: int = 5
    #: For all calls of the reader's code in one check.
    seconds: float | None = None

    @cached_property
    def ways(self) -> tuple[Wrong, ...]:
        """Every mistake, once for each way to write it."""
        return tuple(way for one in self.mistakes for way in self.ways_of(one))

    def ways_of(self, mistake: Wrong) -> list[Wrong]:
        """A mistake, once for each way to write it."""
        answers = (mistake.answer, *mistake.also)
        return [replace(mistake, answer=answer, also=()) for answer in answers]

    @cached_property
    def solution(self) -> object:
        """The right value, found once."""
        return self.right()


@dataclass(frozen=True, kw_only=True)
class Exercise(Question):
    """A question of the book, under its name."""

    #: The chapter and a slug, "06-tanh". Its label in the book is ex-06-tanh.
    name: str
    #: "code", "predict", "derive", "bug", "experiment" or "project".
    kind: str
    #: From a nudge to nearly all; at least two.
    hints: tuple[str, ...]

    #: Only for a question with many right answers, such as a network that has
    #: learned (`right` then gives one): takes the answer and returns "" if it is
    #: right, else a mistake's name, a sentence, or the verdict on a part. If there
    #: are several `answers`, some may still be `...`.
    judge: Callable[[object], object] | None = None
    #: What `judge` takes: "a VanillaRNN".
    expects: str = ""
