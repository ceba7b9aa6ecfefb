"""The verdict on a function: called on random cases, then on special ones."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from rnn_src.exercises import generic, run
from rnn_src.exercises.compare import (Parts, Unreadable, difference, equal,
                                       kind_of, parts)
from rnn_src.exercises.exercise import FunctionExercise, Wrong
from rnn_src.exercises.explain import (Likeness, joined, of_part, open_parts,
                                       parts_of)
from rnn_src.exercises.verdict import (MISTAKE, NOT_ATTEMPTED, RIGHT, WRONG,
                                       Verdict)

FORGETFUL = ("The function keeps something from call to call, or uses chance. "
             "Begin each call afresh.")
PRINTED = 200       # letters of what a function printed
AGAIN = "the first case, asked once more"


@dataclass
class Trial:
    """One call of the reader's function, and what is right there."""

    exercise: FunctionExercise
    fresh: Callable[[], tuple]      # the arguments, made anew
    label: str = ""                 # what makes the case special
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
        return [name for name in self.right
                if not equal(self.answer[name], self.right[name],
                             self.exercise.within)]

    def attempt(self, function: Callable) -> bool:
        """Call the function; whether there is an answer that can be read."""
        self.outcome = run.call(answer_of(self.exercise, function),
                                self.exercise.arguments, self.fresh)
        if self.outcome.problem:
            return False
        if open_parts(self.outcome.value, self.exercise.answers)[0] != "none":
            return False
        try:
            self.answer = parts(self.outcome.value, self.like,
                                self.exercise.answers)
        except Unreadable as sentence:
            self.unread = str(sentence)
        return self.answer is not None


def answer_of(exercise: FunctionExercise, function: Callable) -> Callable:
    """The function itself, or what it does to the arguments to be changed."""
    if not exercise.changes:
        return function
    places = [exercise.arguments.index(name) for name in exercise.changes]

    def changed(*arguments: object) -> object:
        value = function(*arguments)
        if value is ...:
            return ...
        found = tuple(arguments[place] for place in places)
        return found if isinstance(exercise.answers, tuple) else found[0]

    changed.__name__ = run.name_of(function)
    changed.__wrapped__ = function
    return changed


def trials_of(exercise: FunctionExercise) -> list[Trial]:
    """New random cases, and the special ones."""
    chance = np.random.default_rng()
    seeds = [int(seed) for seed in chance.integers(2**63, size=exercise.draws)]
    made = [Trial(exercise, partial(case, exercise, seed)) for seed in seeds]
    if exercise.edges:
        seed = int(chance.integers(2**63))
        labels = exercise.edges(np.random.default_rng(seed))
        made += [Trial(exercise, partial(edge, exercise, seed, label), label)
                 for label in labels]
    return made


def case(exercise: FunctionExercise, seed: int) -> tuple:
    return exercise.case(np.random.default_rng(seed))


def edge(exercise: FunctionExercise, seed: int, label: str) -> tuple:
    return exercise.edges(np.random.default_rng(seed))[label]


def judge_function(exercise: FunctionExercise, function: object) -> Verdict:
    """Call a function on new cases, and say what came of it."""
    if function is ...:
        return Verdict(exercise.name, NOT_ATTEMPTED)
    verdict = partial(Verdict, exercise.name)
    call = f"({', '.join(exercise.arguments)})"
    if not callable(function):
        return verdict(WRONG, f"The answer is {kind_of(function)}; expected a "
                              f"function of {call}, without a call.")
    if problem := run.misfit(function, exercise.arguments):
        return verdict(WRONG, problem)
    trials = trials_of(exercise)
    again = Trial(exercise, trials[0].fresh, AGAIN)
    seconds = exercise.seconds or run.SECONDS
    try:
        with run.time_limit(seconds):
            for trial in (*trials, again):
                if not trial.attempt(function):
                    break
    except run.OutOfTime:
        return verdict(WRONG, f"{run.name_of(function)} did not end within "
                              f"{seconds:g} s. Does every loop come to an end?")
    found = judged(exercise, [*trials, again])
    return with_printed(found, trials[0])


def with_printed(verdict: Verdict, trial: Trial) -> Verdict:
    """The verdict, with what the function printed in the first case."""
    text = trial.outcome.printed.strip() if trial.outcome else ""
    if not text or verdict.kind == NOT_ATTEMPTED:
        return verdict
    text = text if len(text) <= PRINTED else f"{text[:PRINTED]} …"
    message = f"{verdict.message}\nIt printed: {text}".lstrip("\n")
    return Verdict(verdict.name, verdict.kind, message, verdict.mistakes)


def judged(exercise: FunctionExercise, trials: Sequence[Trial]) -> Verdict:
    """The verdict on calls that came to an end."""
    verdict = partial(Verdict, exercise.name)
    called = [trial for trial in trials if trial.outcome]
    last = called[-1]
    state, names = open_parts(last.outcome.value, exercise.answers)
    if state == "all":
        return verdict(NOT_ATTEMPTED)
    if state == "some":
        return verdict(WRONG, f"Still to do: {joined(names)}.")
    changed = [name for name in exercise.arguments
               if any(name in trial.outcome.changed for trial in called)
               and name not in exercise.changes]
    if changed:
        return changed_input(exercise, called, changed)
    if last.answer is None:
        return unanswered(exercise, called)
    drawn = [trial for trial in called if not trial.label]
    for group in (drawn, called):
        if not all(trial.is_right for trial in group):
            return explained(exercise, group, called)
    return verdict(RIGHT)


def changed_input(exercise: FunctionExercise, called: Sequence[Trial],
                  changed: Sequence[str]) -> Verdict:
    """The verdict on a function that writes into what it was given."""
    what = "inputs" if len(changed) > 1 else "input"
    message = (f"You changed your {what} {joined(changed)} in place: whoever "
               "calls this function finds other numbers afterwards. Work on a "
               "copy, or make something new.")
    wrong = next((trial for trial in called
                  if trial.answer is not None and not trial.is_right), None)
    if wrong:
        message += "\n" + first_difference([wrong], wrong.wrong)
    return Verdict(exercise.name, MISTAKE, message, ("changed-input",))


def unanswered(exercise: FunctionExercise, called: Sequence[Trial]) -> Verdict:
    """The verdict on a call that raised, or returned what cannot be read."""
    trial = called[-1]
    raised = trial.outcome.raised
    for mistake in exercise.mistakes:
        made = run.quietly(answer_of(exercise, mistake.given), trial.fresh())
        if raised and made.raised == raised:
            return Verdict(exercise.name, MISTAKE, mistake.told,
                           (mistake.name,))
    message = trial.outcome.problem or trial.unread
    if trial.label == AGAIN:
        message += f"\nThe first time this went well. {FORGETFUL}"
    elif trial.label:
        message += f"\nThis happens for {trial.label}."
    return Verdict(exercise.name, WRONG, f"{message}\n{described(trial)}")


def explained(exercise: FunctionExercise, group: Sequence[Trial],
              called: Sequence[Trial]) -> Verdict:
    """The verdict on wrong answers: mistakes with a name, else a difference."""
    verdict = partial(Verdict, exercise.name)
    wrong = [part for part in group[0].right
             if any(part in trial.wrong for trial in group)]
    made = [found for mistake in exercise.mistakes
            if (found := likeness(mistake, group, wrong))]
    if whole := next((one.mistake for one in made if one.is_all), None):
        return verdict(MISTAKE, whole.told, (whole.name,))
    if forgetful := keeps_something(called):
        return verdict(MISTAKE, forgetful, ("keeps-something",))
    told = {part: told_of(part, group, made) for part in wrong}
    names = [named[0] for named in told.values() if named]
    texts = [named[1] for named in told.values() if named]
    if left := [part for part in wrong if not told[part]]:
        texts.append(first_difference(group, left))
    return verdict(MISTAKE if names else WRONG,
                   "\n".join(dict.fromkeys(texts)),
                   tuple(dict.fromkeys(names)))


def likeness(mistake: Wrong, group: Sequence[Trial],
             wrong: Sequence[str]) -> Likeness | None:
    """In which parts a mistake answers as the reader does, in every case."""
    alike, own = set(group[0].right), set()
    for trial in group:
        made = run.quietly(answer_of(trial.exercise, mistake.given),
                           trial.fresh())
        if made.problem:
            return None
        try:
            answer = parts_of(trial.exercise, made.value, trial.right)
        except Unreadable:
            return None
        within = trial.exercise.within
        alike = {part for part in alike
                 if equal(trial.answer[part], answer[part], within)}
        own |= {part for part in answer
                if not equal(answer[part], trial.right[part], within)}
        if not alike.intersection(wrong):
            return None
    return Likeness(mistake, frozenset(alike), frozenset(own),
                    alike == set(group[0].right))


def told_of(part: str, group: Sequence[Trial],
            made: Sequence[Likeness]) -> tuple[str, str] | None:
    """The mistake that explains one part in all cases: its own, or a generic."""
    if mistake := of_part(part, made):
        return mistake.name, mistake.told
    exercise = group[0].exercise
    trials = [generic.Trial(
        trial.right[part], trial.answer[part],
        dict(zip(exercise.arguments, trial.fresh(), strict=True)))
        for trial in group]
    return generic.explained(part, trials, exercise.axes)


def keeps_something(called: Sequence[Trial]) -> str:
    """A sentence if the same case was answered in two ways."""
    first, last = called[0], called[-1]
    if last.label != AGAIN or all(
            equal(last.answer[name], first.answer[name])
            for name in first.right):
        return ""
    return f"The same question gets another answer the second time. {FORGETFUL}"


def first_difference(group: Sequence[Trial], names: Sequence[str]) -> str:
    """The first difference of the first case that has one, and the case."""
    trial = next(trial for trial in group if set(names) & set(trial.wrong))
    text, place = next(
        (text, generic.one_entry(name, group))
        for name in trial.right if name in names
        if (text := difference(name, trial.answer[name], trial.right[name],
                               trial.exercise.within)))
    lines = [text, place, described(trial)]
    if trial.label:
        lines.insert(1, f"Other inputs are right; this is {trial.label}.")
    return "\n".join(line for line in lines if line)


def described(trial: Trial) -> str:
    """The arguments of a case, in numbers if they are few, else in shapes."""
    texts = []
    for name, value in zip(trial.exercise.arguments, trial.fresh(),
                           strict=True):
        array = generic.as_floats(value)
        if array is None:
            texts.append(f"{name} a {type(value).__name__}")
        elif array.ndim < 2 and array.size <= 8:
            texts.append(f"{name} = {array.tolist()}" if array.ndim
                         else f"{name} = {value!r}")
        else:
            texts.append(f"{name} of shape {array.shape}")
    lists = any(isinstance(value, list) for value in trial.fresh())
    form = (" Vectors and matrices come as lists here."
            if lists and trial.outcome.problem else "")
    return f"Called with {', '.join(texts)}.{form}"
