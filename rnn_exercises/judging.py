"""`check`: what is right, or which mistake it was.

A function is called on new random cases, then on special ones, then on the
first once more. A value is a function without arguments: it has one case. What
is wrong is explained by a mistake of the exercise, by one that every exercise
knows, or by the first difference.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from rnn_exercises import knowing, reading, running, showing
from rnn_exercises import record as record_file
from rnn_exercises.exercise import Exercise, Question, Wrong
from rnn_exercises.numpy_errors import alike
from rnn_exercises.reading import Parts, Unreadable, equal, kind_of, open_parts
from rnn_exercises.registry import exercise
from rnn_exercises.showing import MISTAKE, NOT_ATTEMPTED, RIGHT, WRONG, Verdict

PRINTED = 200  # letters of what a function printed
ENDLESS = "Does every loop come to an end?"
FORGETFUL = (
    "The function keeps something from call to call, or uses chance. "
    "Begin each call afresh."
)


def check(name: str, answer: object, *, record: bool = True) -> Verdict:
    """Say whether an answer is right, and if it is not, which mistake it was.

    A function is called with new random inputs, the same as in the chapter in
    form, and with special ones. It is right if it is right in every case. It
    may print, raise, or never end: the verdict says so, and the notebook goes
    on. (The time limit works in the main thread, where notebooks run.)

    Parameters
    ----------
    name : str
        Of the exercise, "06-tanh".
    answer : a function or a value
        As the exercise asks. `...` stands for an answer still to come.
    record : bool
        Whether `progress()` is to count a right answer as yours. The book's
        own solutions say False.

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
    state, waiting = open_parts(answer, asked.answers)
    if state == "all":
        return Verdict(NOT_ATTEMPTED)
    if waiting and not asked.in_parts:
        return Verdict(WRONG, f"Still to do: {joined(waiting)}.")
    entries = answer if isinstance(answer, (tuple, list)) else [answer]
    functions = [entry for entry in entries if callable(entry)]
    seconds = asked.seconds or running.SECONDS
    try:
        with running.TimeLimit(seconds):
            outcome = running.quietly(asked.judge, (answer,), *functions[:1])
    except running.OutOfTime:
        busy = f"Your answer was still busy after {seconds:g} s."
        return Verdict(WRONG, f"{busy} {ENDLESS}")
    if outcome.raised and not functions:
        kind, text = outcome.raised
        problem = f"The answer is {kind_of(answer)}; expected {asked.expects}."
        stopped = f"The check stopped with {kind.__name__}: {text}"
        return Verdict(WRONG, f"{problem} {stopped}")
    found = outcome.problem or outcome.value
    for mistake in asked.mistakes:
        if mistake.name == found:
            return Verdict(MISTAKE, mistake.message, (mistake.name,))
    if isinstance(found, Verdict):
        return found
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
    seconds = question.seconds or running.SECONDS
    limit, called = running.TimeLimit(seconds), []
    try:
        for trial in trials_of(question):
            called.append(trial)
            if not trial.attempt(function, limit):
                break
        verdict = verdict_on(question, called)
        if verdict.kind == RIGHT:
            verdict = refusing(question, function, limit)
    except running.OutOfTime:
        busy = f"{running.name_of(function)} did not end within {seconds:g} s."
        return Verdict(WRONG, f"{busy} {ENDLESS}")
    text = called[0].outcome.printed.strip()
    if not text or verdict.kind == NOT_ATTEMPTED:
        return verdict
    text = text if len(text) <= PRINTED else f"{text[:PRINTED]} …"
    message = f"{verdict.message}\nIt printed: {text}".lstrip("\n")
    return replace(verdict, message=message)


@dataclass
class Trial:
    """One call of the reader's function, and what is right there."""

    question: Question
    seed: int
    edge: str = ""  # what makes the case special
    repeated: bool = False  # the first case, asked once more
    outcome: running.Outcome | None = field(default=None, init=False)
    answer: Parts | None = field(default=None, init=False)
    unread: str = field(default="", init=False)  # why there is no answer

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

    def special(self, part: str) -> object:
        """The right value of a part, if it can explain what is wrong with another."""
        names, like = self.question.answers, self.like
        if not isinstance(names, str):
            like = dict(zip(names, like, strict=True)).get(part)
        return like if hasattr(like, "mistake") else None

    def difference(self, part: str, tell: bool) -> str:
        """A sentence about a part that is wrong."""
        answer, right = self.answer[part], self.right[part]
        if special := self.special(part):
            return special.difference(part, answer)
        return reading.difference(part, answer, right, self.question.within, tell)

    def attempt(self, function: Callable, limit: running.TimeLimit) -> bool:
        """Call the function; whether there is an answer that can be read."""
        self.outcome = running.call(self.result_of(function), self.fresh(), limit)
        value, names = self.outcome.value, self.question.answers
        if self.outcome.problem or open_parts(value, names)[0] != "none":
            return False
        try:
            self.answer = self.read(value)
        except Unreadable as sentence:
            self.unread = str(sentence)
        return self.answer is not None

    def result_of(self, function: Callable) -> Callable:
        """The function itself, or what it does to the arguments to be changed."""
        question = self.question
        if not question.changes:
            return function
        places = [question.arguments.index(name) for name in question.changes]
        single = isinstance(question.answers, str)

        def changed(*arguments: object) -> object:
            value = function(*arguments)
            returned = value if isinstance(value, (tuple, list)) else (value,)
            if returned and all(one is ... for one in returned):
                return ...
            found = tuple(arguments[place] for place in places)
            if single:
                return found[0]
            returns = len(question.answers) > len(places)
            return (*returned, *found) if returns else found

        changed.__name__ = running.name_of(function)
        changed.__wrapped__ = function
        return changed

    def read(self, answer: object) -> Parts:
        """An answer in parts; in a value, capitals make no difference."""
        found = reading.parts(answer, self.like, self.question.answers)
        return found if self.question.arguments else reading.folded(found)

    def outcome_of(self, mistake: Wrong) -> running.Outcome:
        """What comes of a mistake here."""
        arguments = tuple(self.fresh().values())
        return running.quietly(self.result_of(mistake.given), arguments)

    def answer_of(self, mistake: Wrong) -> Parts | None:
        """A mistake's answer in parts, if it has one; those left out are right."""
        made, right = self.outcome_of(mistake), self.right
        if made.problem:
            return None
        try:
            if not (isinstance(made.value, Mapping) and set(made.value) <= set(right)):
                return self.read(made.value)
            own = {
                part: reading.leaf(part, value, right[part])
                for part, value in made.value.items()
            }
            return right | (own if self.question.arguments else reading.folded(own))
        except Unreadable:
            return None


def trials_of(question: Question) -> list[Trial]:
    """New random cases, the special ones, the first once more; of a value one."""
    if not question.arguments:
        return [Trial(question, 0)]
    chance = running.chance()
    trials = [
        Trial(question, int(seed))
        for seed in chance.integers(2**63, size=question.draws)
    ]
    again = replace(trials[0], repeated=True)
    if question.edges:
        seed = int(chance.integers(2**63))
        edges = question.edges(np.random.default_rng(seed))
        trials += [Trial(question, seed, edge) for edge in edges]
    return [*trials, again]


def verdict_on(question: Question, called: Sequence[Trial]) -> Verdict:
    """The verdict on calls that came to an end."""
    last = called[-1]
    state, waiting = open_parts(last.outcome.value, question.answers)
    if state == "all":
        return Verdict(NOT_ATTEMPTED)
    if state == "some":
        return Verdict(WRONG, f"Still to do: {joined(waiting)}.")
    changed = {name for trial in called for name in trial.outcome.changed}
    if spoiled := changed.difference(question.changes):
        names = [name for name in question.arguments if name in spoiled]
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
    raised = trial.outcome.raised
    for mistake in trial.question.ways if raised else ():
        other = trial.outcome_of(mistake).raised
        if other and alike(other, raised):
            return Verdict(MISTAKE, mistake.message, (mistake.name,))
    lines = [trial.outcome.problem or trial.unread]
    if trial.repeated:
        lines.append(f"The first time this went well. {FORGETFUL}")
    elif trial.edge:
        lines.append(f"This happens for {trial.edge}.")
    return Verdict(WRONG, "\n".join([*lines, *described(trial)]))


def described(trial: Trial) -> list[str]:
    """The arguments of a case, in numbers if they are few, else in shapes."""
    texts, lists = [], False
    for name, value in trial.fresh().items():
        array = knowing.as_floats(value)
        lists |= isinstance(value, list)
        if array is None:
            texts.append(f"{name} a {type(value).__name__}")
        elif array.ndim > 1 or array.size > 8:
            texts.append(f"{name} of shape {array.shape}")
        else:  # as it came: whole numbers stay whole
            shown = np.asarray(value).tolist() if array.ndim else value
            texts.append(f"{name} = {shown!r}")
    line = f"Called with {', '.join(texts)}."
    if lists and trial.outcome.problem:
        line += " Vectors and matrices come as lists here."
    return [line] if texts else []


def refusing(
    question: Question, function: Callable, limit: running.TimeLimit
) -> Verdict:
    """The verdict on a function that is right wherever there is an answer."""
    cases = question.refuses(running.chance()) if question.refuses else {}
    for label, arguments in cases.items():
        with limit:
            outcome = running.quietly(function, arguments)
        if not outcome.raised:
            message = (
                f"Your answers are right. But {label} gets an answer too; there is "
                "none, so raise a ValueError that says what is wrong."
            )
            return Verdict(MISTAKE, message, ("not-refused",))
        if not issubclass(outcome.raised[0], ValueError):
            what = f"{label[0].upper()}{label[1:]} should raise a ValueError."
            message = f"Your answers are right. {what}\n{outcome.problem}"
            return Verdict(WRONG, message)
    return Verdict(RIGHT)


class Likeness(NamedTuple):
    """How a mistake compares with the answers, in all cases."""

    mistake: Wrong
    alike: set[str]  # the parts in which it answers as the reader does
    own: set[str]  # the parts that it makes wrong

    @property
    def named(self) -> knowing.Named:
        return self.mistake.name, self.mistake.message


def explanation(group: Sequence[Trial], called: Sequence[Trial]) -> Verdict:
    """The verdict on wrong answers: mistakes with a name, else a difference."""
    question, every = group[0].question, list(group[0].right)
    wrong = [part for part in every if any(part in trial.wrong for trial in group)]
    likenesses = (likeness(mistake, group, wrong) for mistake in question.ways)
    made = [one for one in likenesses if one]
    found = [one.named for one in made if one.alike == set(every)][:1]
    left = []
    if not found and keeps_something(called):
        message = f"The same question gets another answer the second time. {FORGETFUL}"
        return Verdict(MISTAKE, message, ("keeps-something",))
    if not found:
        by_part = {part: named_part(part, group, made) for part in wrong}
        found = [named for named in by_part.values() if named]
        left = [part for part in wrong if not by_part[part]]
    names, messages = zip(*found, strict=True) if found else ((), ())
    lines = dict.fromkeys([*messages, *differences(group, left)])
    kind = MISTAKE if names else WRONG
    return Verdict(kind, "\n".join(lines), tuple(dict.fromkeys(names)))


def likeness(
    mistake: Wrong, group: Sequence[Trial], wrong: Sequence[str]
) -> Likeness | None:
    """How a mistake compares; None if it explains nothing that is wrong."""
    alike, own = set(group[0].right), set()
    for trial in group:
        answer = trial.answer_of(mistake)
        if answer is None:
            return None
        alike &= {part for part in answer if trial.agrees(part, answer)}
        own |= {part for part in answer if not equal(answer[part], trial.right[part])}
        if not alike.intersection(wrong):
            return None
    return Likeness(mistake, alike, own)


def keeps_something(called: Sequence[Trial]) -> bool:
    """Whether the same case was answered in two ways."""
    first, last = called[0], called[-1]
    return last.repeated and not all(
        equal(last.answer[part], first.answer[part]) for part in first.right
    )


def named_part(
    part: str, group: Sequence[Trial], made: Sequence[Likeness]
) -> knowing.Named:
    """What explains one part of an answer in all cases.

    First a mistake all of whose traces are there; then one that every exercise
    knows; then a mistake that leaves no trace in the other parts.
    """
    fitting = [one for one in made if part in one.alike & one.own]
    for one in fitting:
        if one.own <= one.alike:
            return one.named
    if special := group[0].special(part):
        generic = special.mistake(part, group[0].answer[part])
    else:
        cases, axes = [trial.fresh() for trial in group], group[0].question.axes
        generic = knowing.generic_mistake(part, pairs(part, group), cases, axes)
    return generic or next((one.named for one in fitting), None)


def pairs(part: str, group: Sequence[Trial]) -> knowing.Pairs:
    return [(trial.right[part], trial.answer[part]) for trial in group]


def differences(group: Sequence[Trial], left: Sequence[str]) -> list[str]:
    """Of a function, its first difference, and the case.

    Of a value, a sentence about each part, without the right one; then the rest.
    """
    trial = next((trial for trial in group if set(left) & set(trial.wrong)), group[0])
    places = [part for part in trial.wrong if part in left]
    if not trial.question.arguments:
        lines = [trial.difference(part, tell=False) for part in places]
        good = [part for part in trial.right if part not in trial.wrong]
        return [*lines, f"The rest is right: {joined(good)}."] if good else lines
    if not places:
        return []
    lines = [trial.difference(places[0], tell=True)]
    if trial.edge:
        lines.append(f"Other inputs are right; this is {trial.edge}.")
    lines.append(knowing.one_entry(places[0], pairs(places[0], group)))
    return [line for line in [*lines, *described(trial)] if line]


def joined(names: Sequence[str]) -> str:
    """Names as a sentence has them: "da, dbh and dWh"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
