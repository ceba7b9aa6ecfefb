"""`check`: what is right, or which mistake it was.

A function is called on new random cases, the first of them twice, then on special
ones, then on the first once more. A value is a function without arguments: it has
one case.
"""

from collections.abc import Callable
from dataclasses import replace

from rnn_exercises import reading, running, showing
from rnn_exercises import record as record_file
from rnn_exercises.exercise import Exercise, Question
from rnn_exercises.explaining import joined, verdict_on
from rnn_exercises.reading import kind_of
from rnn_exercises.registry import exercise
from rnn_exercises.showing import MISTAKE, NOT_ATTEMPTED, RIGHT, WRONG, Verdict
from rnn_exercises.trials import trials_of

PRINTED = 200  # letters of what a function printed
SCREENFUL = 2000  # letters of a message
SAME_OBJECT = (
    "Each answer is right when it comes, but a later call changes it: the function "
    "gives out the same object every time. Make a new one in each call."
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


def judge(asked: Question, answer: object) -> Verdict:
    """The verdict on anything that Python can make."""
    limit = running.TimeLimit(asked.seconds or running.SECONDS)
    judge_it = judge_value
    if getattr(asked, "judge", None):
        judge_it = judge_open
    elif asked.arguments:
        judge_it = judge_function
    outcome = running.call(judge_it, [asked, answer, limit], own=answer)
    verdict = outcome.value
    if outcome.raised:
        kind, text = outcome.raised
        message = f"Your answer cannot be read: {kind.__name__}: {text}"
        verdict = Verdict(WRONG, message)
    if len(verdict.message) <= SCREENFUL:
        return verdict
    return replace(verdict, message=f"{verdict.message[:SCREENFUL]} …")


def judge_open(asked: Exercise, answer: object, limit: running.TimeLimit) -> Verdict:
    """The verdict on one of many right answers: the exercise has its own judge."""
    if reading.untouched(answer):
        return Verdict(NOT_ATTEMPTED)
    waiting = reading.waiting(answer, asked.answers)
    if waiting and isinstance(asked.answers, str):
        return Verdict(WRONG, f"Still to do: {joined(waiting)}.")
    entries = answer if isinstance(answer, (tuple, list)) else [answer]
    functions = [entry for entry in entries if callable(entry)]
    own = functions[0] if functions else answer
    outcome = running.call(asked.judge, [answer], limit, own)
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


def judge_function(
    question: Question, function: object, limit: running.TimeLimit
) -> Verdict:
    """The verdict on what should be a function of the question's arguments."""
    if function is ...:
        return Verdict(NOT_ATTEMPTED)
    if not callable(function):
        expected = f"a function of ({', '.join(question.arguments)}), without a call."
        return Verdict(WRONG, f"The answer is {kind_of(function)}; expected {expected}")
    arguments = [function, question.arguments]
    form = running.call(running.signature_mistake, arguments, limit, function)
    if problem := form.problem or form.value:
        return Verdict(WRONG, problem)
    return judge_cases(question, function, limit)


def judge_value(
    question: Question, answer: object, limit: running.TimeLimit
) -> Verdict:
    """The verdict on a value: that of a function without arguments."""
    return judge_cases(question, lambda: answer, limit)


def judge_cases(
    question: Question, function: Callable, limit: running.TimeLimit
) -> Verdict:
    """The verdict on a function that can be called as the question asks."""
    called = []
    for trial in trials_of(question):
        if trial.edge and any(one.is_faulty for one in called if not one.edge):
            continue  # an ordinary case is explained first
        called.append(trial)
        if not trial.attempt(function, limit):
            break
    verdict = verdict_on(question, called)
    if verdict.kind == RIGHT and not all(one.is_lasting(limit) for one in called):
        verdict = Verdict(MISTAKE, SAME_OBJECT, ("gives-one-object",))
    if verdict.kind == RIGHT:
        verdict = refusing(question, function, limit)
    text = called[0].outcome.printed.strip()
    if not text or verdict.kind == NOT_ATTEMPTED:
        return verdict
    printed = f"It printed: {text[:PRINTED]}{' …' * (len(text) > PRINTED)}"
    return replace(verdict, message=f"{verdict.message}\n{printed}".lstrip("\n"))


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
