"""What an exercise is: the question's right answers, and its wrong ones."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from rnn_exercises.reading import Names

KINDS = ("code", "predict", "derive", "bug", "experiment", "project")

Case = Callable[[np.random.Generator], tuple]
Edges = Callable[[np.random.Generator], dict[str, tuple]]


@dataclass(frozen=True)
class Wrong:
    """A mistake that readers make in one exercise.

    Attributes
    ----------
    name : str
        In small letters and hyphens.
    told : str
        What the reader who made it is told: what went wrong, and what to look
        at.
    answer : function, or a value
        For a function exercise a function with the same arguments; for any
        other a value, or a function without arguments. It gives the whole
        wrong answer, or a dict of the parts that are wrong: {"dWh": …}.
    also : tuple of the same
        The mistake written otherwise, where that gives another wrong answer or
        stops with another error.
    """

    name: str
    told: str
    answer: object
    also: tuple = ()

    @property
    def ways(self) -> tuple["Wrong", ...]:
        """The mistake, once for each way to write it."""
        return tuple(
            Wrong(self.name, self.told, answer) for answer in (self.answer, *self.also)
        )

    def given(self, *arguments: object) -> object:
        """The wrong answer to these arguments."""
        return self.answer(*arguments) if callable(self.answer) else self.answer


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """What all exercises have.

    Attributes
    ----------
    name : str
        The chapter and a slug, "06-tanh". Its label in the book is ex-06-tanh.
    title : str
        As in the book.
    kind : str
        One of `KINDS`.
    difficulty : int
        1, 2 or 3.
    minutes : int
        About how long it takes.
    answers : str or tuple of str
        What the answer, or each of its parts, is called.
    right : function
        Of the case's arguments, or of none: the right answer. Not the
        solution's code: an answer found in another way.
    mistakes : tuple of Wrong
        Named first to last: the likeliest, and the most special, first.
    hints : tuple of str
        From a nudge to nearly all; at least two.
    within : float
        How far an answer may be off, as for a rounded number.
    equivalent : dict
        Changes of the solution that are no mistakes, each with the reason.
    mutants : tuple of int
        How many changed solutions the tests try, and how many of them make a
        mistake that has a name; the tests say what to write here.
    """

    name: str
    title: str
    kind: str
    difficulty: int
    minutes: int
    answers: Names
    right: Callable
    mistakes: tuple[Wrong, ...] = ()
    hints: tuple[str, ...]
    within: float = 0.0
    equivalent: dict[str, str] = field(default_factory=dict)
    mutants: tuple[int, int] = (0, 0)

    @property
    def chapter(self) -> str:
        """The chapter's number, "06"."""
        return self.name.partition("-")[0]

    @property
    def ways(self) -> tuple[Wrong, ...]:
        """Every mistake, in every way to write it."""
        return tuple(way for mistake in self.mistakes for way in mistake.ways)


@dataclass(frozen=True, kw_only=True)
class ValueExercise(Exercise):
    """An exercise whose answer is a value: a number, an array, words, a letter.

    Attributes
    ----------
    choices : tuple of str
        The letters to choose from, if it is a choice.
    """

    choices: tuple[str, ...] = ()

    @cached_property
    def solution(self) -> object:
        """The right answer, found once."""
        return self.right()


@dataclass(frozen=True, kw_only=True)
class OpenExercise(Exercise):
    """An exercise with many right answers, such as a network that has learned.

    `right` gives one of them. No tests change its solution: much of it may be
    otherwise. Use it where nothing else will do.

    Attributes
    ----------
    fault : function of the answer
        Empty text if the answer is right; else the name of a mistake, or a
        sentence about what is missing.
    expects : str
        What an answer is: "a VanillaRNN".
    in_parts : bool
        Whether `fault` also judges an answer of which a part is still `...`.
    seconds : float, optional
        For the check.
    """

    fault: Callable[[object], str]
    expects: str
    in_parts: bool = False
    seconds: float | None = None


@dataclass(frozen=True, kw_only=True)
class FunctionExercise(Exercise):
    """An exercise whose answer is a function.

    Attributes
    ----------
    arguments : tuple of str
        Their names, in order.
    case : function of an rng
        One random case: the arguments. The same rng gives the same case.
    edges : function of an rng, optional
        Special cases, under what makes them special: "a saturated unit".
    refuses : function of an rng, optional
        Cases that have to raise a ValueError, under what is wrong with them:
        "a negative index".
    axes : dict, optional
        The sizes of arguments, by letters: {"h": "H"}. A factor that equals
        such a size is named after it. `factors.AXES` has the usual ones.
    changes : tuple of str
        The arguments that the function has to change; the answer is then what
        they are afterwards, not what is returned. With more `answers` than
        these, what is returned comes before them.
    draws : int
        How many random cases.
    seconds : float
        For all cases together.
    """

    arguments: tuple[str, ...]
    case: Case
    edges: Edges | None = None
    refuses: Edges | None = None
    axes: dict[str, str] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    draws: int = 5
    seconds: float | None = None
