"""`check`: what is right, or which mistake it was."""

from rnn_exercises import hinting
from rnn_exercises import record as record_file
from rnn_exercises.exercise import Exercise, FunctionExercise, OpenExercise
from rnn_exercises.judge_function import judge_function
from rnn_exercises.judge_open import judge_open
from rnn_exercises.judge_value import judge_value
from rnn_exercises.registry import exercise
from rnn_exercises.verdict import NOT_ATTEMPTED, RIGHT, Verdict


def judge(asked: Exercise, answer: object) -> Verdict:
    """The verdict of the judge for this kind of exercise."""
    if isinstance(asked, FunctionExercise):
        return judge_function(asked, answer)
    if isinstance(asked, OpenExercise):
        return judge_open(asked, answer)
    return judge_value(asked, answer)


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
    verdict = judge(asked, answer)
    if record and verdict.kind != NOT_ATTEMPTED:
        hinting.remember(verdict)
    if record and verdict.kind == RIGHT:
        trouble = record_file.add(asked.name)
        if trouble:
            return Verdict(
                verdict.name, RIGHT, "\n".join(filter(None, (verdict.message, trouble)))
            )
    return verdict
