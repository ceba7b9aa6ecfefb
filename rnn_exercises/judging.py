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

from rnn_exercises import knowing, running, showing
from rnn_exercises import record as record_file
from rnn_exercises.exercise import Exercise, Question, Shape, Wrong
from rnn_exercises.numpy_errors import alike
from rnn_exercises.reading import (
    Parts,
    Unreadable,
    difference,
    equal,
    folded,
    kind_of,
    leaf,
    open_parts,
    parts,
)
from rnn_exercises.registry import exercise
from rnn_exercises.showing import MISTAKE, NOT_ATTEMPTED, RIGHT, WRONG, Verdict

FORGETFUL = (
    "The function keeps something from call to call, or uses chance. "
    "Begin each call afresh."
)
PRINTED = 200  # letters of what a function printed


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
    showing.remember(verdict)
    trouble = record_file.add(asked.name) if verdict.kind == RIGHT else ""
    return replace(verdict, message=f"{verdict.message}\n{trouble}".strip("\n"))


def judge(asked: Exercise, answer: object) -> Verdict:
    """The verdict on an answer of any kind."""
    if open_parts(answer, asked.answers)[0] == "all":
        return Verdict(NOT_ATTEMPTED)
    if asked.judge:
        return judge_open(asked, answer)
    if asked.arguments:
        return judge_function(asked, answer)
    return judge_cases(asked, lambda: answer)


def judge_open(asked: Exercise, answer: object) -> Verdict:
    """The verdict on one of many right answers: the exercise has its own judge."""
    _, waiting = open_parts(answer, asked.answers)
    if waiting and not asked.in_parts:
        return Verdict(WRONG, f"Still to do: {joined(waiting)}.")
    entries = answer if isinstance(answer, (tuple, list)) else [answer]
    functions = [entry for entry in entries if callable(entry)]
    seconds = asked.seconds or running.SECONDS
    try:
        with running.TimeLimit(seconds):
            outcome = running.quietly(asked.judge, (answer,), *functions[:1])
    except running.OutOfTime:
        return out_of_time("Your answer was still busy after", seconds)
    if outcome.raised and not functions:
        kind, text = outcome.raised
        problem = f"The answer is {kind_of(answer)}; expected {asked.expects}."
        stopped = f"The check stopped with {kind.__name__}: {text}"
        return Verdict(WRONG, f"{problem} {stopped}")
    found = outcome.problem or outcome.value
    for mistake in asked.mistakes:
        if mistake.name == found:
            return Verdict(MISTAKE, mistake.message, (mistake.name,))
    return (
        found
        if isinstance(found, Verdict)
        else Verdict(WRONG if found else RIGHT, found)
    )


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
        return out_of_time(f"{running.name_of(function)} did not end within", seconds)
    text = called[0].outcome.printed.strip()
    if not text or verdict.kind == NOT_ATTEMPTED:
        return verdict
    text = text if len(text) <= PRINTED else f"{text[:PRINTED]} …"
    message = f"{verdict.message}\nIt printed: {text}".lstrip("\n")
    return replace(verdict, message=message)


def out_of_time(problem: str, seconds: float) -> Verdict:
    return Verdict(WRONG, f"{problem} {seconds:g} s. Does every loop come to an end?")


@dataclass
class Trial:
    """One call of the reader's function, and what is right there."""

    question: Question
    seed: int
    edge: str = ""  # what makes the case special
    repeated: bool = False  # the first case, asked once more
    outcome: running.Outcome | None = None
    answer: Parts | None = None
    unread: str = ""  # why there is no answer

    def fresh(self) -> tuple:
        """The arguments, made anew."""
        rng = np.random.default_rng(self.seed)
        if self.edge:
            return self.question.edges(rng)[self.edge]
        return self.question.case(rng)

    @property
    def arguments(self) -> dict[str, object]:
        """The arguments by name, made anew."""
        return dict(zip(self.question.arguments, self.fresh(), strict=True))

    @cached_property
    def like(self) -> object:
        """The right answer."""
        if not self.question.arguments:
            return self.question.solution
        return self.result_of(self.question.right)(*self.fresh())

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

    def attempt(self, function: Callable, limit: running.TimeLimit) -> bool:
        """Call the function; whether there is an answer that can be read."""
        self.outcome = running.call(self.result_of(function), self.arguments, limit)
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
        found = parts(answer, self.like, self.question.answers)
        return found if self.question.arguments else folded(found)

    def outcome_of(self, mistake: Wrong) -> running.Outcome:
        """What comes of a mistake here."""
        return running.quietly(self.result_of(mistake.given), self.fresh())

    def answer_of(self, mistake: Wrong) -> Parts | None:
        """A mistake's answer in parts, if it has one; those left out are right."""
        made = self.outcome_of(mistake)
        if made.problem:
            return None
        try:
            if isinstance(made.value, Mapping) and set(made.value) <= set(self.right):
                own = {
                    part: leaf(part, value, self.right[part])
                    for part, value in made.value.items()
                }
                return self.right | (own if self.question.arguments else folded(own))
            return self.read(made.value)
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
    for trial in called:
        if trial.answer is not None and trial.wrong:
            message += "\n" + first_difference([trial], trial.wrong)
            break
    return Verdict(MISTAKE, message, ("changed-input",))


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
    for name, value in trial.arguments.items():
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


@dataclass
class Likeness:
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
    made = [found for found in likenesses if found]
    if whole := [one.named for one in made if one.alike == set(every)]:
        found, left = whole[:1], []
    elif keeps_something(called):
        message = f"The same question gets another answer the second time. {FORGETFUL}"
        return Verdict(MISTAKE, message, ("keeps-something",))
    else:
        by_part = {part: named_part(part, group, made) for part in wrong}
        found = list(filter(None, by_part.values()))
        left = [part for part in wrong if not by_part[part]]
    names, messages = zip(*found, strict=True) if found else ((), ())
    if not question.arguments:
        messages = *messages, *value_differences(group[0], left)
    elif left:
        messages = *messages, first_difference(group, left)
    text = "\n".join(dict.fromkeys(messages))
    return Verdict(MISTAKE if names else WRONG, text, tuple(dict.fromkeys(names)))


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
    if shape := shape_of(part, group[0]):
        generic = knowing.shape_mistake(part, group[0].answer[part], shape)
    else:
        cases = [trial.arguments for trial in group]
        axes = group[0].question.axes
        generic = knowing.generic_mistake(part, pairs(part, group), cases, axes)
    return generic or next((one.named for one in fitting), None)


def pairs(part: str, group: Sequence[Trial]) -> knowing.Pairs:
    return [(trial.right[part], trial.answer[part]) for trial in group]


def shape_of(part: str, trial: Trial) -> Shape | None:
    """The right value of a part, if it is a shape."""
    names, like = trial.question.answers, trial.like
    if not isinstance(names, str):
        like = dict(zip(names, like, strict=True)).get(part)
    return like if isinstance(like, Shape) else None


def first_difference(group: Sequence[Trial], names: Sequence[str]) -> str:
    """The first difference of the first case that has one, and the case."""
    trial = next(trial for trial in group if set(names) & set(trial.wrong))
    part = next(part for part in trial.wrong if part in names)
    (right, answer), within = pairs(part, [trial])[0], trial.question.within
    lines = [difference(part, answer, right, within, tell=True)]
    if trial.edge:
        lines.append(f"Other inputs are right; this is {trial.edge}.")
    lines += [knowing.one_entry(part, pairs(part, group)), *described(trial)]
    return "\n".join(filter(None, lines))


def value_differences(trial: Trial, left: Sequence[str]) -> list[str]:
    """A sentence about each wrong part, without the right value; then the rest."""
    sentences = []
    for part in left:
        (right, answer), within = pairs(part, [trial])[0], trial.question.within
        sentences.append(
            knowing.shape_difference(part, answer, shape)
            if (shape := shape_of(part, trial))
            else difference(part, answer, right, within, tell=False)
        )
    good = [part for part in trial.right if part not in trial.wrong]
    return [*sentences, f"The rest is right: {joined(good)}."] if good else sentences


def joined(names: Sequence[str]) -> str:
    """Names as a sentence has them: "da, dbh and dWh"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
