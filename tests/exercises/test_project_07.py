"""The project of Part II: which checks are refused, and why."""

import pytest

from rnn_exercises import check
from rnn_exercises.questions.project_07 import library_check
from rnn_exercises.showing import MISTAKE, RIGHT, WRONG
from rnn_src.parameters import NAMES


def verdict(function):
    return check("07-project", function, record=False)


def with_tolerance(tolerance, epsilon=1e-5, sides=2, absolute=False):
    """A check in the usual style, with settings of its own."""

    def my_check(loss, parameters, gradients):
        wrong = []
        for name, values in parameters.items():
            matrix = isinstance(values[0], list)
            apart = largest = 0.0
            for row, slopes in zip(
                values if matrix else [values],
                gradients[name] if matrix else [gradients[name]],
                strict=True,
            ):
                for i, kept in enumerate(row):
                    row[i] = kept + epsilon
                    above = loss()
                    row[i] = kept - epsilon if sides == 2 else kept
                    below = loss()
                    row[i] = kept
                    slope = (above - below) / (sides * epsilon)
                    apart = max(apart, abs(slope - slopes[i]))
                    largest = max(largest, abs(slope), abs(slopes[i]))
            if apart > tolerance * (1.0 if absolute else largest):
                wrong.append(name)
        return wrong

    return my_check


@pytest.mark.parametrize(
    "function",
    [
        with_tolerance(1e-6),
        with_tolerance(1e-4),
        with_tolerance(1e-7, 1e-4),
        lambda *a: set(library_check(*a)),
        lambda *a: tuple(library_check(*a)),
    ],
)
def test_any_settings_that_work_are_right(function):
    assert verdict(function).kind == RIGHT


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (with_tolerance(1e-14), "names-a-right-one"),
        (with_tolerance(1e-6, 1e-5, sides=1), "one-side"),
        (with_tolerance(1e-3, 1e-6, sides=1), "one-side"),
        (with_tolerance(1e-3, absolute=True), "absolute"),
        (with_tolerance(1e-6, absolute=True), "absolute"),
        (with_tolerance(10.0), "names-none"),
    ],
)
def test_settings_that_do_not_work_are_named(function, name):
    found = verdict(function)
    assert found.kind == MISTAKE and found.mistakes == (name,)


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (with_tolerance(0.9), "wrong backward passes get by"),
        (
            lambda *a: [] if not library_check(*a) else [*NAMES],
            "names a gradient that is right",
        ),
        (lambda *a: "Wx", "returned a text; expected a list"),
        (lambda *a: None, "returned None"),
        (lambda *a: ["Wz"], "named 'Wz'"),
        (lambda: [], "stopped with TypeError"),
    ],
)
def test_a_check_of_the_wrong_form_gets_a_sentence(function, sentence):
    found = verdict(function)
    assert found.kind == WRONG
    assert sentence in found.message
