"""A project that asks for several things: each is judged as an exercise of its own."""

from dataclasses import replace

from rnn_exercises.exercise import Question
from rnn_exercises.judging import judge
from rnn_exercises.showing import MISTAKE, NOT_ATTEMPTED, RIGHT, Verdict


def judge_part(
    name: str, question: Question, function: object, so_far: str = ""
) -> Verdict | str:
    """What is wrong with one of the functions; nothing if it is right.

    `so_far` is what can be said of the others if this one is still to be written.
    """
    verdict = judge(question, function)
    if verdict.kind == RIGHT:
        return ""
    if verdict.kind == NOT_ATTEMPTED:
        missing = "is still missing" if function is ... else "still returns the dots"
        return f"{name} {missing}.{so_far}"
    if verdict.kind == MISTAKE:
        return replace(verdict, message=f"{verdict.message}\nThis is about {name}.")
    return f"{name}: {verdict.message}"
