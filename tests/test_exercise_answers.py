"""Right answers in any style are right; each mistake gets its own name."""
import copy
import functools

import numpy as np
import pytest
from solutions import answer_of, body_of

from rnn_src.exercises import check, run
from rnn_src.exercises.reading import members
from rnn_src.exercises.exercise import (FunctionExercise, OpenExercise,
                                        ValueExercise)
from rnn_src.exercises.trial import answer_of as result_of
from rnn_src.exercises.registry import all_exercises
from rnn_src.exercises.verdict import MISTAKE, RIGHT

def of(these):
    """A test of each of some exercises."""
    return pytest.mark.parametrize("one", these, ids=lambda one: one.name)


ALL = all_exercises()
FUNCTIONS = [one for one in ALL if isinstance(one, FunctionExercise)]
RETURNING = [one for one in FUNCTIONS if not one.changes]
VALUES = [one for one in ALL if isinstance(one, ValueExercise)]


def arrays(value, make):
    """A result with `make` of an array in the place of each array of numbers."""
    inner = members(value)
    if inner is not None:
        return {name: arrays(entry, make) for name, entry in inner.items()}
    if isinstance(value, tuple):
        return tuple(arrays(entry, make) for entry in value)
    array = np.asarray(value)
    return make(array) if array.dtype.kind in "fiu" else value


def nested(kind, array):
    """An array as lists, or as tuples, of what `kind` says."""
    if array.ndim == 0:
        return array.item()
    return kind(nested(kind, row) for row in array)


STYLES = {
    "lists": functools.partial(nested, list),
    "tuples": functools.partial(nested, tuple),
    "lists of NumPy's numbers": lambda array: list(array) if array.ndim
    else array[()],
    "float64": lambda array: array.astype(np.float64),
    "float32": lambda array: array.astype(np.float32),
    "float16": lambda array: array.astype(np.float16),
    "long double": lambda array: array.astype(np.longdouble),
    "another order in memory": lambda array: np.asarray(
        array, order="F"),
    "every second of a larger one": lambda array: np.repeat(
        array, 2, axis=-1)[..., ::2] if array.ndim else array,
    "read only": lambda array: np.broadcast_to(array, array.shape),
}


class Callable:
    """Something else than a function that can be called."""

    def __init__(self, function):
        self.function = function

    def __call__(self, *arguments):
        return self.function(*arguments)


def with_default(function):
    return lambda *arguments, scale=1.0: function(*arguments)


def on_its_own_copies(function):
    """Works in place, on copies, and leaves them spoiled."""
    def wrapped(*arguments):
        own = copy.deepcopy(arguments)
        result = copy.deepcopy(function(*own))
        for argument in own:
            if isinstance(argument, (list, np.ndarray)) and len(argument):
                argument[0] = argument[-1]
        return result
    return wrapped


def talkative(function):
    def wrapped(*arguments):
        print("here", arguments[0])
        np.log(np.zeros(1))             # warns
        return function(*arguments)
    return wrapped


WRAPPERS = {"an object that is called": Callable, "a default": with_default,
            "on its own copies": on_its_own_copies, "prints": talkative,
            "a partial": functools.partial}


def styled(one, make):
    """The right function, whose results are in a style."""
    right = result_of(one, one.right)

    def my_function(*arguments):
        return arrays(right(*arguments), make)
    return my_function


@of(ALL)
def test_the_solution_of_the_book_is_right(one):
    assert check(one.name, answer_of(one.name, body_of(one.name)),
                 record=False).kind == RIGHT


@pytest.mark.parametrize("style", STYLES)
@of(RETURNING + VALUES)
def test_a_right_answer_in_any_style_is_right(one, style):
    make = STYLES[style]
    answer = (styled(one, make) if isinstance(one, FunctionExercise)
              else arrays(one.right(), make))
    if style == "float16" and one.name == "02-shapes":
        return          # 103550 is more than a float16 can hold
    verdict = check(one.name, answer, record=False)
    assert verdict.kind == RIGHT, verdict


@pytest.mark.parametrize("wrapper", WRAPPERS)
@of(FUNCTIONS)
def test_a_right_function_of_any_make_is_right(one, wrapper):
    if one.changes and wrapper == "on its own copies":
        return          # it has to change what it is given
    verdict = check(one.name, WRAPPERS[wrapper](one.right), record=False)
    assert verdict.kind == RIGHT, verdict


@of([one for one in VALUES if isinstance(one.answers, tuple)])
def test_a_right_value_may_come_under_its_names(one):
    """A dict is as good as a tuple."""
    answer = dict(zip(one.answers, one.right(), strict=True))
    assert check(one.name, answer, record=False).kind == RIGHT


def complete(one, made, right):
    """A mistake's answer, with the right one's parts where it has none."""
    if not isinstance(made, dict):
        return made
    flat = one.answers if isinstance(one.answers, tuple) else (one.answers,)
    entries = right if isinstance(one.answers, tuple) else (right,)
    whole = []
    for name, entry in zip(flat, entries, strict=True):
        inner = members(entry)
        whole.append(made.get(name, entry) if inner is None else {
            key: made.get(f"{name}.{key}", value)
            for key, value in inner.items()})
    return tuple(whole) if isinstance(one.answers, tuple) else whole[0]


def mistaken(one, wrong):
    """The answer of a reader who makes one mistake."""
    if isinstance(one, OpenExercise):
        return wrong.given()
    if isinstance(one, ValueExercise):
        return complete(one, wrong.given(), one.right())
    if one.changes:     # the mistake changes the argument itself
        return wrong.answer
    right = result_of(one, one.right)

    def my_function(*arguments):
        expected = right(*copy.deepcopy(arguments))
        return complete(one, wrong.answer(*arguments), expected)
    return my_function


CASES = [(one, wrong) for one in all_exercises() for wrong in one.mistakes]


@pytest.mark.parametrize(("one", "wrong"), CASES,
                         ids=[f"{one.name}-{wrong.name}" for one, wrong in CASES])
def test_every_mistake_gets_its_name(one, wrong):
    for _ in range(3):
        verdict = check(one.name, mistaken(one, wrong), record=False)
        assert (verdict.kind, verdict.mistakes) == (MISTAKE, (wrong.name,))
        assert verdict.message.startswith(wrong.told)


@of(FUNCTIONS)
def test_a_case_repeats_and_each_is_new(one):
    for seed in range(5):
        first, second = (one.case(np.random.default_rng(seed))
                         for _ in range(2))
        assert len(first) == len(one.arguments)
        assert all(map(run.same, first, second))
        other = one.case(np.random.default_rng(seed + 100))
        assert not all(map(run.same, first, other))
    for label, arguments in (one.edges(np.random.default_rng(0)).items()
                             if one.edges else ()):
        assert label and len(arguments) == len(one.arguments)


@of([one for one in VALUES if not one.choices])
def test_no_check_of_a_value_gives_the_answer_away(one):
    off = arrays(one.right(), lambda array: array + 0.123456)
    assert "expected" not in check(one.name, off, record=False).message


def test_there_are_at_least_five_styles():
    assert len(STYLES) >= 5 and len(WRAPPERS) >= 5
