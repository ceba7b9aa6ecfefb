"""Solutions with one change each: none is accepted, known mistakes are named.

The figures are printed at the end of `make test`; those of each exercise stand
beside it, as `mutants`.
"""

import copy

import numpy as np
import pytest
from mutants import mutants
from solutions import answer_of, body_of

from rnn_exercises import check, run
from rnn_exercises.compare import equal
from rnn_exercises.exercise import FunctionExercise, OpenExercise
from rnn_exercises.explain import parts_of
from rnn_exercises.reading import Unreadable, parts
from rnn_exercises.registry import all_exercises
from rnn_exercises.trial import answer_of as result_of
from rnn_exercises.verdict import NOT_ATTEMPTED, RIGHT

#: Of an open question much of the solution may be otherwise.
CLOSED = [one for one in all_exercises() if not isinstance(one, OpenExercise)]
exercises = pytest.mark.parametrize(
    "exercise", CLOSED, ids=lambda exercise: exercise.name
)


def cases(exercise) -> list[tuple]:
    """Arguments to try an answer on: four random cases, and the special ones."""
    if not isinstance(exercise, FunctionExercise):
        return [()]
    rng = np.random.default_rng
    special = exercise.edges(rng(0)).values() if exercise.edges else ()
    return [*(exercise.case(rng(seed)) for seed in range(4)), *special]


def answered(exercise, function, arguments):
    """What a function answers to one case, in parts; None if it does not."""
    is_function = isinstance(exercise, FunctionExercise)
    given = copy.deepcopy(arguments)
    like = (
        result_of(exercise, exercise.right)(*given) if is_function else exercise.right()
    )
    right = parts(like, like, exercise.answers)
    if is_function:
        given = copy.deepcopy(arguments)
        outcome = run.quietly(result_of(exercise, function), given)
        if outcome.problem:
            return None, right
        function = outcome.value
    try:
        return parts_of(exercise, function, right), right
    except Unreadable:
        return None, right


def twins(exercise, answer) -> set[str]:
    """The registered mistakes that answer as `answer` does, in all cases."""
    left = list(exercise.ways)
    is_function = isinstance(exercise, FunctionExercise)
    for arguments in cases(exercise):
        try:
            with run.time_limit(1):
                found, right = answered(exercise, answer, arguments)
        except run.OutOfTime:
            return set()
        if found is None:
            return set()
        made = [
            answered(
                exercise, mistake.given if is_function else mistake.given(), arguments
            )[0]
            for mistake in left
        ]
        left = [
            mistake
            for mistake, one in zip(left, made, strict=True)
            if one is not None and all(equal(found[part], one[part]) for part in right)
        ]
    return {mistake.name for mistake in left}


@exercises
def test_no_mutant_is_accepted(exercise, record_property, monkeypatch):
    monkeypatch.setattr(run, "SECONDS", 0.5)  # many loops never end
    monkeypatch.setattr(run, "AGAIN", 0.01)
    tried, accepted, known, named = 0, [], 0, 0
    for mutant in mutants(body_of(exercise.name)):
        try:
            with run.time_limit(1):
                answer = run.enter(answer_of, (exercise.name, mutant.source))
        except (Exception, run.OutOfTime):
            continue  # the cell itself stops
        tried += 1
        verdict = check(exercise.name, answer, record=False)
        assert verdict.kind != NOT_ATTEMPTED, mutant
        if verdict.kind == RIGHT:
            accepted.append(mutant.change)
        elif "changed-input" not in verdict.mistakes and (
            names := twins(exercise, answer)
        ):
            known += 1
            named += bool(names & set(verdict.mistakes))
    record_property("mutants", (tried, len(accepted), known, named))
    assert sorted(accepted) == sorted(exercise.equivalent), (
        "accepted, and not in `equivalent` of the exercise: "
        f"{sorted(set(accepted) - set(exercise.equivalent))}; listed and not "
        f"accepted: {sorted(set(exercise.equivalent) - set(accepted))}"
    )
    assert named >= 0.9 * known
    assert exercise.mutants == (tried, named), (
        f"write mutants=({tried}, {named}) beside {exercise.name}"
    )
