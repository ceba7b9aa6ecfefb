"""The verdict on a function: called on random cases, then on special ones."""

from collections.abc import Callable, Sequence
from functools import partial

from rnn_exercises import numpy_errors, run
from rnn_exercises.exercise import FunctionExercise
from rnn_exercises.explain import joined, open_parts
from rnn_exercises.findings import FORGETFUL, explained, first_difference
from rnn_exercises.reading import kind_of
from rnn_exercises.trial import AGAIN, Trial, answer_of, described, trials_of
from rnn_exercises.verdict import MISTAKE, NOT_ATTEMPTED, RIGHT, WRONG, Verdict

PRINTED = 200  # letters of what a function printed


def judge_function(exercise: FunctionExercise, function: object) -> Verdict:
    """Call a function on new cases, and say what came of it."""
    if function is ...:
        return Verdict(exercise.name, NOT_ATTEMPTED)
    verdict = partial(Verdict, exercise.name)
    call = f"({', '.join(exercise.arguments)})"
    if not callable(function):
        return verdict(
            WRONG,
            f"The answer is {kind_of(function)}; expected a "
            f"function of {call}, without a call.",
        )
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
            else:
                refused = refusing(exercise, function)
    except run.OutOfTime:
        return verdict(
            WRONG,
            f"{run.name_of(function)} did not end within "
            f"{seconds:g} s. Does every loop come to an end?",
        )
    found = judged(exercise, [*trials, again])
    if found.kind == RIGHT:
        found = refused
    return with_printed(found, trials[0])


def refusing(exercise: FunctionExercise, function: Callable) -> Verdict:
    """The verdict on a function that is right wherever there is an answer."""
    cases = exercise.refuses(run.chance()) if exercise.refuses else {}
    for label, arguments in cases.items():
        outcome = run.quietly(function, arguments)
        if not outcome.raised:
            return Verdict(
                exercise.name,
                MISTAKE,
                "Your answers are right. But "
                f"{label} gets an answer too; there is none, so raise a "
                "ValueError that says what is wrong.",
                ("not-refused",),
            )
        if not issubclass(outcome.raised[0], ValueError):
            return Verdict(
                exercise.name,
                WRONG,
                f"Your answers are right. {label[0].upper()}"
                f"{label[1:]} should raise a ValueError.\n{outcome.problem}",
            )
    return Verdict(exercise.name, RIGHT)


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
    changed = [
        name
        for name in exercise.arguments
        if any(name in trial.outcome.changed for trial in called)
        and name not in exercise.changes
    ]
    if changed:
        return changed_input(exercise, called, changed)
    if last.answer is None:
        return unanswered(exercise, called)
    drawn = [trial for trial in called if not trial.label]
    for group in (drawn, called):
        if not all(trial.is_right for trial in group):
            return explained(exercise, group, called)
    return verdict(RIGHT)


def changed_input(
    exercise: FunctionExercise, called: Sequence[Trial], changed: Sequence[str]
) -> Verdict:
    """The verdict on a function that writes into what it was given."""
    what = "inputs" if len(changed) > 1 else "input"
    message = (
        f"You changed your {what} {joined(changed)} in place: whoever "
        "calls this function finds other numbers afterwards. Work on a "
        "copy, or make something new."
    )
    wrong = next(
        (trial for trial in called if trial.answer is not None and not trial.is_right),
        None,
    )
    if wrong:
        message += "\n" + first_difference([wrong], wrong.wrong)
    return Verdict(exercise.name, MISTAKE, message, ("changed-input",))


def unanswered(exercise: FunctionExercise, called: Sequence[Trial]) -> Verdict:
    """The verdict on a call that raised, or returned what cannot be read."""
    trial = called[-1]
    raised = trial.outcome.raised
    for mistake in exercise.ways if raised else ():
        made = run.quietly(answer_of(exercise, mistake.given), trial.fresh())
        if made.raised and numpy_errors.alike(made.raised, raised):
            return Verdict(exercise.name, MISTAKE, mistake.told, (mistake.name,))
    message = trial.outcome.problem or trial.unread
    if trial.label == AGAIN:
        message += f"\nThe first time this went well. {FORGETFUL}"
    elif trial.label:
        message += f"\nThis happens for {trial.label}."
    return Verdict(exercise.name, WRONG, f"{message}\n{described(trial)}")
