"""One call of the reader's function, beside what is right there."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from rnn_exercises import knowing, reading, running
from rnn_exercises.exercise import Question, Wrong
from rnn_exercises.numpy_errors import alike
from rnn_exercises.reading import Parts, Unreadable, equal, untouched
from rnn_exercises.running import state


@dataclass
class Trial:
    """One case, what the reader's function made of it, and what is right."""

    question: Question
    seed: int
    edge: str = ""  # what makes the case special
    given: tuple = ()  # the arguments, if they are not drawn
    first: "Trial | None" = None  # the same case, which was asked before
    outcome: running.Outcome = running.Outcome()
    changed: dict[str, bool] = field(default_factory=dict)  # by rounding alone?
    answer: Parts | None = None
    #: What mistakes do here, found once: each with its outcome and its answer.
    known: dict[tuple, tuple] = field(default_factory=dict)

    @cached_property
    def case(self) -> tuple:
        """The arguments, of which each call gets a copy."""
        if self.first:
            return self.first.case
        return self.given or self.question.case(np.random.default_rng(self.seed))

    @cached_property
    def before(self) -> dict[str, object]:
        """The state of each argument before a call, by name."""
        if self.first:
            return self.first.before
        states = map(state, self.case)
        return dict(zip(self.question.arguments, states, strict=True))

    def fresh(self) -> dict[str, object]:
        """The arguments by name, made anew."""
        values = copy.deepcopy(self.case)
        return dict(zip(self.question.arguments, values, strict=True))

    @cached_property
    def like(self) -> object:
        """The right answer."""
        if self.first:
            return self.first.like
        if not self.question.arguments:
            return self.question.solution
        return self.result_of(self.question.right)(*self.fresh().values())

    @cached_property
    def right(self) -> Parts:
        """The right answer, in parts."""
        parts = self.read(self.like)
        whole = {part for part in parts if parts[part].dtype.kind in "iu"}
        return parts | {part: parts[part].astype(np.float64) for part in whole}

    @cached_property
    def wrong(self) -> list[str]:
        """The parts of the answer that are wrong; none if there is no answer."""
        if self.answer is None:
            return []
        return [part for part in self.right if not self.agrees(part, self.right)]

    def agrees(self, part: str, other: Parts) -> bool:
        """Whether a part of the answer is as in another one."""
        return equal(self.answer[part], other[part], self.question.within)

    def resembles(self, part: str, other: Parts) -> bool:
        """Whether a part of the answer is as a mistake makes it."""
        return reading.resembles(self.answer[part], other[part], self.question.within)

    def agrees_with(self, other: "Trial") -> bool:
        """Whether the same case was answered alike."""
        return all(self.agrees(part, other.answer) for part in self.right)

    @cached_property
    def special(self) -> dict[str, object]:
        """The right values that explain in their own words what is wrong."""
        names, like = self.question.answers, self.like
        both = (
            [(names, like)] if isinstance(names, str) else zip(names, like, strict=True)
        )
        return {name: one for name, one in both if hasattr(one, "mistake")}

    def difference(self, part: str) -> str:
        """A sentence about a part that is wrong; of a value, not the right one."""
        answer, question = self.answer[part], self.question
        if part in self.special:
            return self.special[part].difference(part, answer)
        tell = bool(question.arguments)
        return reading.difference(part, answer, self.right[part], question.within, tell)

    @property
    def has_dots(self) -> bool:
        """Whether something in the answer is still to come."""
        return self.answer is None and not self.outcome.problem

    @property
    def is_faulty(self) -> bool:
        """Whether there is no answer, a wrong one, or something else has changed."""
        return bool(self.answer is None or self.changed or self.wrong)

    def is_lasting(self, limit: running.TimeLimit) -> bool:
        """Whether the answer, read again after all calls, is as it was."""
        again = running.call(self.read, [self.outcome.value], limit)
        if again.late:  # there was no time left to look
            return True
        return again.value is not None and all(
            equal(again.value[name], part) for name, part in self.answer.items()
        )

    def attempt(self, function: Callable, limit: running.TimeLimit) -> bool:
        """Call the function; whether it is worth while to call it again."""
        given, before, _ = self.fresh(), self.before, self.right
        outcome = running.call(self.result_of(function), [*given.values()], limit)
        self.changed = {
            name: knowing.only_rounded(old, given[name])
            for name, old in zip(given, self.case, strict=True)
            if name != self.question.changes and state(given[name]) != before[name]
        }
        if not outcome.problem:
            arguments = [outcome.value]
            read = running.call(self.read_unless_dots, arguments, limit, function)
            self.answer, problem = read.value, read.problem
            if read.raised:
                kind, text = read.raised
                problem = f"The answer cannot be read: {kind.__name__}: {text}"
                problem = text if kind is Unreadable else problem
            outcome = replace(outcome, problem=problem, late=read.late)
        self.outcome = outcome
        return not (outcome.late or self.has_dots)

    def read_unless_dots(self, answer: object) -> Parts | None:
        """An answer in parts; None if something in it is still `...`."""
        return None if reading.has_dots(answer) else self.read(answer)

    def result_of(self, function: Callable) -> Callable:
        """The function itself, or what it does to the argument to be changed."""
        question = self.question
        if not question.changes:
            return function
        place = question.arguments.index(question.changes)

        def changed(*arguments: object) -> object:
            target = arguments[place]
            held = what_is_held(target)
            value = function(*arguments)
            if untouched(value):
                return ...
            if isinstance(question.answers, str):
                return held
            return (*returned(value, question.answers[:-1], target), held)

        changed.__name__ = running.name_of(function)
        changed.__wrapped__ = function
        return changed

    def read(self, answer: object) -> Parts:
        """An answer in parts."""
        return reading.parts(answer, self.like, self.question.answers)

    def made_by(self, mistake: Wrong) -> tuple[running.Outcome, Parts | None]:
        """What comes of a mistake here, and its answer in parts, if it has one."""
        if self.first:
            return self.first.made_by(mistake)
        key = mistake.name, id(mistake.answer)
        if key not in self.known:
            arguments = [*self.fresh().values()]
            outcome = running.call(self.result_of(mistake.given), arguments)
            self.known[key] = outcome, self.completed(outcome)
        return self.known[key]

    def completed(self, made: running.Outcome) -> Parts | None:
        """The parts of an answer, of which those that are left out are right."""
        value, right = made.value, self.right
        if made.problem:
            return None
        try:
            if not (isinstance(value, Mapping) and set(value) <= set(right)):
                return self.read(value)
            own = {part: reading.leaf(part, value[part], right[part]) for part in value}
        except Unreadable:
            return None
        return right | own

    def is_as(self, mistake: Wrong) -> bool:
        """Whether a mistake answers, or stops, as the reader's function does here."""
        if self.answer is None:
            made, own = self.made_by(mistake)[0].raised, self.outcome.raised
            return bool(made and own) and alike(made, own)
        other = self.made_by(mistake)[1]
        return other is not None and all(self.resembles(part, other) for part in other)


def what_is_held(target: object) -> object:
    """What the caller still holds: a row that replaces another is not among it."""
    if isinstance(target, Mapping):
        return dict(target)
    if isinstance(target, list) and all(isinstance(row, list) for row in target):
        return dict(enumerate(target))
    return target


def returned(value: object, names: tuple[str, ...], target: object) -> list[object]:
    """What a function returns beside what it changes, which it may return too."""
    if isinstance(value, Mapping) and set(names) <= set(value):
        return [value[name] for name in names]
    if not isinstance(value, (tuple, list)):
        return [value]
    again = len(value) > len(names) and value[-1] is target
    return [*value[:-1]] if again else [*value]


def trials_of(question: Question) -> list[Trial]:
    """Random cases, the first asked twice; special ones; the first. Of a value one."""
    if not question.arguments:
        return [Trial(question, 0)]
    chance, edges = running.chance(), question.edges
    seeds = chance.integers(2**63, size=question.draws + bool(edges)).tolist()
    first, *drawn = (Trial(question, seed) for seed in seeds[: question.draws])
    special = edges(np.random.default_rng(seeds[-1])) if edges else {}
    again, last = (Trial(question, first.seed, first=first) for _ in range(2))
    of_edges = [Trial(question, seeds[-1], *one) for one in special.items()]
    return [first, again, *drawn, *of_edges, last]
