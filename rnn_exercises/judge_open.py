"""The verdict on an answer to an open question: has it what is asked for?"""

from functools import partial

from rnn_exercises import run
from rnn_exercises.exercise import OpenExercise
from rnn_exercises.explain import joined, open_parts
from rnn_exercises.reading import kind_of
from rnn_exercises.verdict import MISTAKE, NOT_ATTEMPTED, RIGHT, WRONG, Verdict


def judge_open(exercise: OpenExercise, answer: object) -> Verdict:
    """Ask the exercise what is wrong with an answer."""
    verdict = partial(Verdict, exercise.name)
    state, waiting = open_parts(answer, exercise.answers)
    if state == "all":
        return verdict(NOT_ATTEMPTED)
    if state == "some" and not exercise.in_parts:
        return verdict(WRONG, f"Still to do: {joined(waiting)}.")
    functions = [
        part
        for part in (answer if isinstance(answer, (tuple, list)) else [answer])
        if callable(part)
    ]
    seconds = exercise.seconds or run.SECONDS
    try:
        with run.time_limit(seconds):
            outcome = run.quietly(exercise.fault, (answer,), *functions[:1])
    except run.OutOfTime:
        return verdict(
            WRONG,
            f"Your answer was still busy after {seconds:g} "
            "s. Does every loop come to an end?",
        )
    if outcome.raised and functions:
        return verdict(WRONG, outcome.problem)
    if outcome.raised:
        kind, text = outcome.raised
        return verdict(
            WRONG,
            f"The answer is {kind_of(answer)}; expected "
            f"{exercise.expects}. The check stopped with "
            f"{kind.__name__}: {text}",
        )
    if not outcome.value:
        return verdict(RIGHT)
    for mistake in exercise.mistakes:
        if mistake.name == outcome.value:
            return verdict(MISTAKE, mistake.told, (mistake.name,))
    return verdict(WRONG, outcome.value)
