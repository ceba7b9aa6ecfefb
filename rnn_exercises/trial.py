"""One call of a reader's function, and what is right there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from rnn_exercises import run
from rnn_exercises.compare import equal
from rnn_exercises.exercise import FunctionExercise
from rnn_exercises.explain import open_parts
from rnn_exercises.factors import as_floats
from rnn_exercises.reading import Parts, Unreadable, parts

AGAIN = "the first case, asked once more"


@dataclass
class Trial:
    """One call of the reader's function, and what is right there."""

    exercise: FunctionExercise
    fresh: Callable[[], tuple]  # the arguments, made anew
    label: str = ""  # what makes the case special
    outcome: run.Outcome | None = None
    answer: Parts | None = None
    unread: str = ""

    @cached_property
    def like(self) -> object:
        """The right answer."""
        return answer_of(self.exercise, self.exercise.right)(*self.fresh())

    @cached_property
    def right(self) -> Parts:
        """The right answer, in parts."""
        return parts(self.like, self.like, self.exercise.answers)

    @property
    def is_right(self) -> bool:
        return self.answer is not None and not self.wrong

    @cached_property
    def wrong(self) -> list[str]:
        """The parts that are wrong."""
        return [
            name
            for name in self.right
            if not equal(self.answer[name], self.right[name], self.exercise.within)
        ]

    def attempt(self, function: Callable) -> bool:
        """Call the function; whether there is an answer that can be read."""
        self.outcome = run.call(
            answer_of(self.exercise, function), self.exercise.arguments, self.fresh
        )
        if self.outcome.problem:
            return False
        if open_parts(self.outcome.value, self.exercise.answers)[0] != "none":
            return False
        try:
            self.answer = parts(self.outcome.value, self.like, self.exercise.answers)
        except Unreadable as sentence:
            self.unread = str(sentence)
        return self.answer is not None


def answer_of(exercise: FunctionExercise, function: Callable) -> Callable:
    """The function itself, or what it does to the arguments to be changed.

    If the exercise names more answers than these, what is returned comes first.
    """
    if not exercise.changes:
        return function
    places = [exercise.arguments.index(name) for name in exercise.changes]
    single = isinstance(exercise.answers, str)
    returns = not single and len(exercise.answers) > len(places)

    def changed(*arguments: object) -> object:
        value = function(*arguments)
        returned = value if isinstance(value, (tuple, list)) else (value,)
        if returned and all(one is ... for one in returned):
            return ...
        found = tuple(arguments[place] for place in places)
        if returns:
            found = (*returned, *found)
        return found[0] if single else found

    changed.__name__ = run.name_of(function)
    changed.__wrapped__ = function
    return changed


def trials_of(exercise: FunctionExercise) -> list[Trial]:
    """New random cases, and the special ones."""
    chance = run.chance()
    seeds = [int(seed) for seed in chance.integers(2**63, size=exercise.draws)]
    made = [Trial(exercise, partial(case, exercise, seed)) for seed in seeds]
    if exercise.edges:
        seed = int(chance.integers(2**63))
        labels = exercise.edges(np.random.default_rng(seed))
        made += [
            Trial(exercise, partial(edge, exercise, seed, label), label)
            for label in labels
        ]
    return made


def case(exercise: FunctionExercise, seed: int) -> tuple:
    return exercise.case(np.random.default_rng(seed))


def edge(exercise: FunctionExercise, seed: int, label: str) -> tuple:
    return exercise.edges(np.random.default_rng(seed))[label]


def described(trial: Trial) -> str:
    """The arguments of a case, in numbers if they are few, else in shapes."""
    texts = []
    for name, value in zip(trial.exercise.arguments, trial.fresh(), strict=True):
        array = as_floats(value)
        if array is None:
            texts.append(f"{name} a {type(value).__name__}")
        elif array.ndim < 2 and array.size <= 8:
            # As it came: whole numbers stay whole.
            texts.append(
                f"{name} = {np.asarray(value).tolist()}"
                if array.ndim
                else f"{name} = {value!r}"
            )
        else:
            texts.append(f"{name} of shape {array.shape}")
    lists = any(isinstance(value, list) for value in trial.fresh())
    form = (
        " Vectors and matrices come as lists here."
        if lists and trial.outcome.problem
        else ""
    )
    return f"Called with {', '.join(texts)}.{form}"
