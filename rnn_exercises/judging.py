"""`check`: what is right, or which mistake it was.

A function is called on new random cases, then on special ones, then on the
first once more. A value is a function without arguments: it has one case. What
is wrong is explained by a mistake of the exercise, by one that every exercise
knows, or by the first difference.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from rnn_exercises import knowing, reading, running, showing
from rnn_exercises import record as record_file
from rnn_exercises.exercise import Exercise, Question, Wrong
from rnn_exercises.numpy_errors import alike
from rnn_exercises.reading import Parts, Unreadable, equal, kind_of, untouched
from rnn_exercises.registry import exercise
from rnn_exercises.running import state
from rnn_exercises.showing import MISTAKE, NOT_ATTEMPTED, RIGHT, WRONG, Verdict

# A mistake, the parts in which it answers as the reader does, those it makes wrong.
Explained = tuple[knowing.Named, set[str], set[str]]

PRINTED = 200  # letters of what a function printed
FORGETFUL = (
    "The function keeps something from call to call, or uses chance. "
    "Begin each call afresh."
)


def check(name: str, answer: object, *, record: bool = True) -> Verdict:
    """Say whether an answer is right, and if it is not, which mistake it was.

    A function is called with new random inputs and with special ones, and has to
    be right in every case. It may print, raise, or never end: the verdict says
    so, and the notebook goes on.

    Parameters
    ----------
    name : str
        Of the exercise, "06-tanh".
    answer : a function or a value
        As the exercise asks. `...` stands for an answer still to come.
    record : bool
        Whether `progress()` counts it as yours; the book's solutions say False.

    Returns
    -------
    Verdict
        A notebook shows it as a panel, `print` as text.

    Raises
    ------
    ValueError
        If there is no exercise of this name.
    """
    asked = exercise(name)
    verdict = replace(judge(asked, answer), name=asked.name)
    if not record or verdict.kind == NOT_ATTEMPTED:
        return verdict
    showing.last_verdict[asked.name] = verdict
    trouble = record_file.add(asked.name) if verdict.kind == RIGHT else ""
    return replace(verdict, message=f"{verdict.message}\n{trouble}".strip("\n"))


def judge(asked: Exercise, answer: object) -> Verdict:
    """The verdict on an answer of any kind."""
    if asked.judge:
        return judge_open(asked, answer)
    if asked.arguments:
        return judge_function(asked, answer)
    return judge_cases(asked, lambda: answer)


def judge_open(asked: Exercise, answer: object) -> Verdict:
    """The verdict on one of many right answers: the exercise has its own judge."""
    if untouched(answer):
        return Verdict(NOT_ATTEMPTED)
    waiting = reading.waiting(answer, asked.answers)
    if waiting and isinstance(asked.answers, str):
        return Verdict(WRONG, f"Still to do: {joined(waiting)}.")
    entries = answer if isinstance(answer, (tuple, list)) else [answer]
    functions = [entry for entry in entries if callable(entry)]
    limit = running.TimeLimit(asked.seconds or running.SECONDS)
    own = functions[0] if functions else answer
    outcome = running.call(asked.judge, (answer,), limit, own)
    if outcome.raised and not functions:
        kind, text = outcome.raised
        problem = f"The answer is {kind_of(answer)}; expected {asked.expects}."
        stopped = f"The check stopped with {kind.__name__}: {text}"
        return Verdict(WRONG, f"{problem} {stopped}")
    found = outcome.problem or outcome.value
    if isinstance(found, Verdict):
        return found
    for mistake in asked.mistakes:
        if mistake.name == found:
            return Verdict(MISTAKE, mistake.message, (mistake.name,))
    return Verdict(WRONG if found else RIGHT, found)


def judge_function(question: Question, function: object) -> Verdict:
    """The verdict on what should be a function of the question's arguments."""
    if function is ...:
        return Verdict(NOT_ATTEMPTED)
    if not callable(function):
        expected = f"a function of ({', '.join(question.arguments)}), without a call."
        return Verdict(WRONG, f"The answer is {kind_of(function)}; expected {expected}")
    if problem := running.signature_mistake(function, question.arguments):
        return Verdict(WRONG, problem)
    return judge_cases(question, function)


def judge_cases(question: Question, function: Callable) -> Verdict:
    """The verdict on a function that can be called as the question asks."""
    limit, called = running.TimeLimit(question.seconds or running.SECONDS), []
    for trial in trials_of(question):
        called.append(trial)
        if not trial.attempt(function, limit):
            break
    verdict = verdict_on(question, called)
    if verdict.kind == RIGHT:
        verdict = refusing(question, function, limit)
    text = called[0].outcome.printed.strip()
    if not text or verdict.kind == NOT_ATTEMPTED:
        return verdict
    printed = f"It printed: {text[:PRINTED]}{' …' * (len(text) > PRINTED)}"
    return replace(verdict, message=f"{verdict.message}\n{printed}".lstrip("\n"))


@dataclass
class Trial:
    """One call of the reader's function, and what is right there."""

    question: Question
    seed: int
    edge: str = ""  # what makes the case special
    repeated: bool = False  # the first case, asked once more
    outcome: running.Outcome = running.Outcome()
    changed: Sequence[str] = ()  # the arguments that the call changed
    answer: Parts | None = None

    def fresh(self) -> dict[str, object]:
        """The arguments by name, made anew."""
        question, rng = self.question, np.random.default_rng(self.seed)
        values = question.edges(rng)[self.edge] if self.edge else question.case(rng)
        return dict(zip(question.arguments, values, strict=True))

    @cached_property
    def like(self) -> object:
        """The right answer."""
        if not self.question.arguments:
            return self.question.solution
        return self.result_of(self.question.right)(*self.fresh().values())

    @cached_property
    def right(self) -> Parts:
        """The right answer, in parts."""
        return self.read(self.like)

    @cached_property
    def wrong(self) -> list[str]:
        """The parts of the answer that are wrong."""
        return [part for part in self.right if not self.agrees(part, self.right)]

    def agrees(self, part: str, other: Parts) -> bool:
        """Whether a part of the answer is as in another one."""
        return equal(self.answer[part], other[part], self.question.within)

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

    def attempt(self, function: Callable, limit: running.TimeLimit) -> bool:
        """Call the function; whether there is an answer that can be read."""
        given = self.fresh()
        before = {name: state(value) for name, value in given.items()}
        function = self.result_of(function)
        self.outcome = running.call(function, tuple(given.values()), limit)
        self.changed = [name for name in given if state(given[name]) != before[name]]
        if not (self.outcome.problem or reading.has_dots(self.outcome.value)):
            try:
                self.answer = self.read(self.outcome.value)
            except Unreadable as sentence:
                self.outcome = replace(self.outcome, problem=str(sentence))
        return self.answer is not None

    def result_of(self, function: Callable) -> Callable:
        """The function itself, or what it does to the argument to be changed."""
        question = self.question
        if not question.changes:
            return function
        place = question.arguments.index(question.changes)

        def changed(*arguments: object) -> object:
            value = function(*arguments)
            if untouched(value):
                return ...
            if isinstance(question.answers, str):
                return arguments[place]
            returned = value if isinstance(value, (tuple, list)) else [value]
            return (*returned, arguments[place])

        changed.__name__ = running.name_of(function)
        changed.__wrapped__ = function
        return changed

    def read(self, answer: object) -> Parts:
        """An answer in parts."""
        return reading.parts(answer, self.like, self.question.answers)

    def outcome_of(self, mistake: Wrong) -> running.Outcome:
        """What comes of a mistake here."""
        function = self.result_of(mistake.given)
        return running.call(function, tuple(self.fresh().values()))

    def answer_of(self, mistake: Wrong) -> Parts | None:
        """A mistake's answer in parts, if it has one; those left out are right."""
        made, right = self.outcome_of(mistake), self.right
        if made.problem:
            return None
        value = made.value
        try:
            if not (isinstance(value, Mapping) and set(value) <= set(right)):
                return self.read(value)
            own = {part: reading.leaf(part, value[part], right[part]) for part in value}
        except Unreadable:
            return None
        return right | own


def trials_of(question: Question) -> list[Trial]:
    """New random cases, the special ones, the first once more; of a value one."""
    if not question.arguments:
        return [Trial(question, 0)]
    chance, edges = running.chance(), question.edges
    seeds = chance.integers(2**63, size=question.draws + bool(edges)).tolist()
    drawn = [Trial(question, seed) for seed in seeds[: question.draws]]
    special = edges(np.random.default_rng(seeds[-1])) if edges else ()
    again = Trial(question, seeds[0], repeated=True)
    return [*drawn, *(Trial(question, seeds[-1], edge) for edge in special), again]


def verdict_on(question: Question, called: Sequence[Trial]) -> Verdict:
    """The verdict on calls that came to an end."""
    last = called[-1]
    if untouched(last.outcome.value):
        return Verdict(NOT_ATTEMPTED)
    if waiting := reading.waiting(last.outcome.value, question.answers):
        return Verdict(WRONG, f"Still to do: {joined(waiting)}.")
    changed = {name for trial in called for name in trial.changed}
    spoiled = changed.difference([question.changes])
    if names := [name for name in question.arguments if name in spoiled]:
        return changed_input(called, names)
    if last.answer is None:
        return unanswered(last)
    drawn = [trial for trial in called if not (trial.edge or trial.repeated)]
    for group in (drawn, called):
        if any(trial.wrong for trial in group):
            return explanation(group, called)
    return Verdict(RIGHT)


def changed_input(called: Sequence[Trial], names: Sequence[str]) -> Verdict:
    """The verdict on a function that writes into what it was given."""
    message = (
        f"You changed your input{'s' * (len(names) > 1)} {joined(names)} in place: "
        "whoever calls this function finds other numbers afterwards. Work on a copy, "
        "or make something new."
    )
    wrong = [trial for trial in called if trial.answer is not None and trial.wrong]
    lines = differences(wrong[:1], wrong[0].wrong) if wrong else []
    return Verdict(MISTAKE, "\n".join([message, *lines]), ("changed-input",))


def unanswered(trial: Trial) -> Verdict:
    """The verdict on a call that raised, or returned what cannot be read."""
    raised, lines = trial.outcome.raised, [trial.outcome.problem]
    if trial.outcome.late:
        return Verdict(WRONG, *lines)
    for mistake in trial.question.ways if raised else ():
        other = trial.outcome_of(mistake).raised
        if other and alike(other, raised):
            return Verdict(MISTAKE, mistake.message, (mistake.name,))
    if trial.repeated:
        lines.append(f"The first time this went well. {FORGETFUL}")
    elif trial.edge:
        lines.append(f"This happens for {trial.edge}.")
    return Verdict(WRONG, "\n".join([*lines, *described(trial)]))


def described(trial: Trial) -> list[str]:
    """The arguments of a case, in numbers if they are few, else in shapes."""
    given, texts = trial.fresh(), []
    for name, value in given.items():
        array = knowing.as_floats(value)
        if array is None:
            texts.append(f"{name} a {type(value).__name__}")
        elif array.ndim > 1 or array.size > 8:
            texts.append(f"{name} of shape {array.shape}")
        else:  # as it came: whole numbers stay whole
            texts.append(f"{name} = {np.asarray(value).tolist()!r}")
    line = f"Called with {', '.join(texts)}."
    if trial.outcome.raised and any(isinstance(one, list) for one in given.values()):
        line += " Vectors and matrices come as lists here."
    return [line] if texts else []


def refusing(
    question: Question, function: Callable, limit: running.TimeLimit
) -> Verdict:
    """The verdict on a function that is right wherever there is an answer."""
    cases = question.refuses(running.chance()) if question.refuses else {}
    for label, arguments in cases.items():
        outcome = running.call(function, arguments, limit)
        message = "Your answers are right. "
        if not outcome.problem:
            message += (
                f"But {label} gets an answer too; there is none, so raise a ValueError "
                "that says what is wrong."
            )
            return Verdict(MISTAKE, message, ("not-refused",))
        if not (outcome.raised and issubclass(outcome.raised[0], ValueError)):
            message += f"{label[0].upper()}{label[1:]} should raise a ValueError."
            return Verdict(WRONG, f"{message}\n{outcome.problem}")
    return Verdict(RIGHT)


def explanation(group: Sequence[Trial], called: Sequence[Trial]) -> Verdict:
    """The verdict on wrong answers: mistakes with a name, else a difference."""
    every, again = set(group[0].right), called[-1]
    wrong = [p for p in group[0].right if any(p in trial.wrong for trial in group)]
    likenesses = (likeness(way, group, wrong) for way in group[0].question.ways)
    made = [one for one in likenesses if one]
    whole = [one for one in made if one[1] == every][:1]
    differs = not all(again.agrees(part, called[0].answer) for part in every)
    if again.repeated and differs and not whole:
        message = f"The same question gets another answer the second time. {FORGETFUL}"
        return Verdict(MISTAKE, message, ("keeps-something",))
    named = {part: named_part(part, group, whole or made) for part in wrong}
    found = list(dict.fromkeys(filter(None, named.values())))
    left = [part for part in wrong if not named[part]]
    names = tuple(dict.fromkeys(name for name, _ in found))
    lines = [*(message for _, message in found), *differences(group, left)]
    return Verdict(MISTAKE if found else WRONG, "\n".join(lines), names)


def likeness(
    mistake: Wrong, group: Sequence[Trial], wrong: Sequence[str]
) -> Explained | None:
    """How a mistake compares; None if it explains nothing that is wrong."""
    agreeing, own = set(group[0].right), set()
    for trial in group:
        answer = trial.answer_of(mistake)
        if answer is None:
            return None
        agreeing &= {part for part in answer if trial.agrees(part, answer)}
        own |= {part for part in answer if not equal(answer[part], trial.right[part])}
        if not agreeing.intersection(wrong):
            return None
    return (mistake.name, mistake.message), agreeing, own


def named_part(
    part: str, group: Sequence[Trial], made: Sequence[Explained]
) -> knowing.Named:
    """What explains one part of an answer in all cases.

    First a mistake all of whose traces are there; then one that every exercise
    knows; then a mistake that leaves no trace in the other parts.
    """
    fitting = [one for one in made if part in one[1] & one[2]]
    for named, agreeing, own in fitting:
        if own <= agreeing:
            return named
    if special := group[0].special.get(part):
        generic = special.mistake(part, group[0].answer[part])
    else:
        cases, axes = [trial.fresh() for trial in group], group[0].question.axes
        generic = knowing.generic_mistake(part, pairs(part, group), cases, axes)
    return generic or next((named for named, *_ in fitting), None)


def pairs(part: str, group: Sequence[Trial]) -> knowing.Pairs:
    return [(trial.right[part], trial.answer[part]) for trial in group]


def differences(group: Sequence[Trial], left: Sequence[str]) -> list[str]:
    """Of a function, its first difference, and the case.

    Of a value, a sentence about each part, without the right one; then the rest.
    """
    trial = next((trial for trial in group if set(left) & set(trial.wrong)), group[0])
    places = [part for part in trial.wrong if part in left]
    if not trial.question.arguments:
        lines = [trial.difference(part) for part in places]
        good = [part for part in trial.right if part not in trial.wrong]
        return [*lines, f"The rest is right: {joined(good)}."] if good else lines
    if not places:
        return []
    lines = [trial.difference(places[0])]
    if trial.edge:
        lines.append(f"Other inputs are right; this is {trial.edge}.")
    lines.append(knowing.one_entry(places[0], pairs(places[0], group)))
    return [line for line in [*lines, *described(trial)] if line]


def joined(names: Sequence[str]) -> str:
    """Names as a sentence has them: "da, dbh and dWh"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
