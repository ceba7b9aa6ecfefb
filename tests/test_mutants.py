"""Solutions with one change each: none is accepted, known mistakes are named.

The figures are printed at the end of `make test`; those of each exercise stand
beside it, as `mutants`.
"""
import numpy as np
import pytest
from mutants import mutants
from solutions import answer_of, body_of

from rnn_src.exercises import check, run
from rnn_src.exercises.compare import equal
from rnn_src.exercises.exercise import FunctionExercise, OpenExercise
from rnn_src.exercises.explain import parts_of
from rnn_src.exercises.reading import Unreadable, parts
from rnn_src.exercises.trial import answer_of as result_of
from rnn_src.exercises.registry import all_exercises
from rnn_src.exercises.verdict import NOT_ATTEMPTED, RIGHT

#: Of an open question much of the solution may be otherwise.
CLOSED = [one for one in all_exercises() if not isinstance(one, OpenExercise)]
exercises = pytest.mark.parametrize("exercise", CLOSED,
                                    ids=lambda exercise: exercise.name)


def answered(exercise, function, seed):
    """What a function answers to one case, in parts; None if it does not."""
    arguments = exercise.case(np.random.default_rng(seed)) \
        if isinstance(exercise, FunctionExercise) else ()
    like = result_of(exercise, exercise.right)(*arguments) if arguments \
        else exercise.right()
    right = parts(like, like, exercise.answers)
    if arguments:
        arguments = exercise.case(np.random.default_rng(seed))
        outcome = run.quietly(result_of(exercise, function), arguments)
        if outcome.problem:
            return None, right
        function = outcome.value
    try:
        return parts_of(exercise, function, right), right
    except Unreadable:
        return None, right


def twins(exercise, answer) -> set[str]:
    """The registered mistakes that answer as `answer` does, in four cases."""
    left = {mistake.name: mistake for mistake in exercise.mistakes}
    is_function = isinstance(exercise, FunctionExercise)
    for seed in range(4 if is_function else 1):
        try:
            with run.time_limit(1):
                found, right = answered(exercise, answer, seed)
        except run.OutOfTime:
            return set()
        if found is None:
            return set()
        for name, mistake in list(left.items()):
            made, _ = answered(exercise, mistake.given if is_function
                               else mistake.given(), seed)
            if made is None or not all(equal(found[part], made[part])
                                       for part in right):
                del left[name]
    return set(left)


@exercises
def test_no_mutant_is_accepted(exercise, record_property, monkeypatch):
    monkeypatch.setattr(run, "SECONDS", 1.0)
    monkeypatch.setattr(run, "AGAIN", 0.01)
    tried, accepted, known, named = 0, [], 0, 0
    for mutant in mutants(body_of(exercise.name)):
        try:
            with run.time_limit(1):
                answer = run.enter(answer_of, (exercise.name, mutant.source))
        except (Exception, run.OutOfTime):
            continue                    # the cell itself stops
        tried += 1
        verdict = check(exercise.name, answer, record=False)
        assert verdict.kind != NOT_ATTEMPTED, mutant
        if verdict.kind == RIGHT:
            accepted.append(mutant.change)
        elif "changed-input" not in verdict.mistakes and (
                names := twins(exercise, answer)):
            known += 1
            named += bool(names & set(verdict.mistakes))
    record_property("mutants", (tried, len(accepted), known, named))
    assert sorted(accepted) == sorted(exercise.equivalent), (
        "accepted, and not in `equivalent` of the exercise: "
        f"{sorted(set(accepted) - set(exercise.equivalent))}; listed and not "
        f"accepted: {sorted(set(exercise.equivalent) - set(accepted))}")
    assert named >= 0.9 * known
    assert exercise.mutants == (tried, named), (
        f"write mutants=({tried}, {named}) beside {exercise.name}")
