"""A name is given if all of it is true; the ordinary comes before the special."""

import numpy as np
import pytest

from rnn_exercises.exercise import Question, Wrong
from rnn_exercises.judging import judge
from rnn_exercises.showing import MISTAKE, RIGHT, WRONG


def large(rng):
    return {"large numbers": (np.linspace(-90.0, 80.0, 7),)}


def vector_question(right=lambda x: 3 * x, **changes):
    fields = dict(
        arguments=("x",),
        answers="y",
        case=lambda rng: (rng.uniform(-2, 2, 3 + rng.integers(4)),),
        right=right,
        edges=large,
    )
    return Question(**fields | changes)


def verdict_on(function, right=lambda x: 3 * x, **changes):
    return judge(vector_question(right, **changes), function)


def test_a_mistake_of_which_a_part_is_missing_has_no_name():
    both = Wrong("unscaled", "You scale nothing.", lambda x: (x, 1.1 * x))
    ask = dict(answers=("y", "z"), right=lambda x: (3 * x, 2 * x), mistakes=(both,))
    assert verdict_on(lambda x: (x, 1.1 * x), **ask).mistakes == ("unscaled",)
    found = verdict_on(lambda x: (3 * x, 1.1 * x), **ask)
    assert "unscaled" not in found.mistakes and "nothing" not in found.message


def test_of_a_value_too():
    both = Wrong("early", "Too early in both.", {"h": 5.0, "a": 4.0})
    question = Question(answers=("a", "h"), right=lambda: (1.0, 2.0), mistakes=(both,))
    assert judge(question, (4.0, 5.0)).mistakes == ("early",)
    assert judge(question, (1.0, 5.0)).message == (
        "h is 5, and that is not right.\nRight already: a."
    )


def test_the_ordinary_case_is_explained_before_the_special_one():
    """It raises where numbers are large; that is not what is wrong with it."""
    wrong = Wrong("overflows", "Too large.", lambda x: int("x") if x[0] < -9 else 3 * x)

    def twice(x):
        return int("x") if x[0] < -9 else 2 * x

    found = verdict_on(twice, mistakes=(wrong,))
    assert found.kind == MISTAKE and found.mistakes == ("factor",)
    right_else = verdict_on(lambda x: int("x") if x[0] < -9 else 3 * x)
    assert "This happens for large numbers." in right_else.message
    named = verdict_on(
        lambda x: int("x") if x[0] < -9 else 3 * x, mistakes=(wrong,)
    ).mistakes
    assert named == ("overflows",)


def test_an_exception_has_a_name_only_if_all_cases_agree():
    """Another mistake stops with the same error at the same place."""
    wrong = Wrong(
        "sometimes", "For small ones.", lambda x: 1 // 0 if abs(x[0]) > 1 else 2 * x
    )
    ask = dict(mistakes=(wrong,), draws=20)
    assert verdict_on(wrong.answer, **ask).mistakes == ("sometimes",)
    other = verdict_on(lambda x: 1 // 0 if abs(x[0]) > 1 else 3 * x, **ask)
    assert other.kind == WRONG and "ZeroDivisionError" in other.message


def test_an_exception_comes_before_a_changed_input():
    def my_function(x):
        x *= 2
        return x[99]

    assert verdict_on(my_function).message.startswith("my_function stopped with Index")


def test_what_is_put_back_with_rounding_is_no_other_number():
    def my_function(x):
        for k in range(len(x)):
            x[k] += 10.0
            x[k] -= 10.0
        return 3 * x

    for arguments in ({}, {"case": lambda rng: (rng.uniform(0.3, 0.9, 40),)}):
        assert verdict_on(my_function, **arguments).mistakes == ("put-back-rounded",)

    def shifted(x):
        x += 1e-5
        return 3 * (x - 1e-5)

    assert verdict_on(shifted).mistakes == ("changed-input",)


NAMED = {
    "cut-to-integers": lambda x: (3 * x).astype(int),
    "clipped": lambda x: np.clip(3 * x, -20, 20),
    "bits": lambda x: 3 * x / np.log(2),
    "rounded": lambda x: np.round(3 * x, 2),
    "an-argument": lambda x: x,
}


@pytest.mark.parametrize("name", NAMED)
def test_what_every_exercise_knows(name):
    verdict = verdict_on(NAMED[name])
    assert verdict.mistakes == (name,), verdict


def test_decimals_are_lost_also_where_every_number_is_small():
    small = dict(right=lambda x: 0.1 * x, edges=None)
    assert verdict_on(lambda x: (0.1 * x).astype(int), **small).mistakes == (
        "cut-to-integers",
    )
    for zeros in (lambda x: 0 * x, lambda x: [0] * len(x)):
        assert verdict_on(zeros, **small).mistakes == ("all-zero",)


def test_a_limit_that_nobody_would_choose_is_no_clip():
    def off(x):
        y = 3 * x
        y[np.argmax(np.abs(y))] = np.sort(np.abs(y))[-2]
        return y

    assert "clipped" not in verdict_on(off, edges=None).mistakes


@pytest.mark.parametrize("shift", [1e-9, 1e-6, 0.25, -0.25])
def test_a_number_too_much_everywhere_is_in_every_entry(shift):
    """One tiny entry that is off is not all of them."""

    def off(x):
        y = np.zeros(len(x))
        y[0] = shift
        return y

    tiny = dict(right=lambda x: np.zeros(len(x)), edges=None)
    assert verdict_on(off, **tiny).kind == WRONG
    found = verdict_on(lambda x: np.zeros(len(x)) + shift, **tiny)
    assert found.mistakes == ("constant",)
    too = "large" if shift > 0 else "small"
    assert found.message == f"y is too {too} by {abs(shift):.4g} in every entry."


def test_a_single_number_has_no_every_entry():
    for right, made in ((np.sum, -1), (np.max, 3)):
        found = verdict_on(lambda x: made * right(x), right=right)  # noqa: B023
        assert found.kind == MISTAKE and "entr" not in found.message


HOLDER = dict(
    arguments=("parameters", "lr"),
    answers="parameters",
    changes="parameters",
    case=lambda rng: ({"W": rng.uniform(1, 2, (2, 3)), "b": rng.uniform(1, 2, 3)}, 0.5),
    mistakes=(Wrong("nothing", "All is as it was.", lambda parameters, lr: None),),
)


def move(parameters, lr, names=("W", "b")):
    for name in names:
        parameters[name] -= lr


def test_an_array_in_the_place_of_another_is_not_that_one_changed():
    def replacing(parameters, lr):
        for name in parameters:
            parameters[name] = parameters[name] - lr

    assert verdict_on(move, move, edges=None, **HOLDER).kind == RIGHT
    found = verdict_on(replacing, move, edges=None, **HOLDER)
    assert found.mistakes == ("nothing",)


def test_one_part_that_is_as_it_came_in_is_named():
    found = verdict_on(
        lambda parameters, lr: move(parameters, lr, "W"), move, edges=None, **HOLDER
    )
    assert (found.mistakes, found.message) == (
        ("an-argument",),
        "parameters.b is as it came in: nothing has been done to it.",
    )


def moved_and_counted(parameters, lr):
    move(parameters, lr)
    return 2


@pytest.mark.parametrize(
    "returning",
    [
        lambda p: 2,
        lambda p: (2,),
        lambda p: (2, p),
        lambda p: [2, p],
        lambda p: {"n": 2},
        lambda p: {"parameters": p, "n": 2},
    ],
)
def test_what_is_returned_and_what_is_changed_are_judged_apart(returning):
    def function(parameters, lr):
        move(parameters, lr)
        return returning(parameters)

    ask = HOLDER | {"answers": ("n", "parameters"), "mistakes": ()}
    assert verdict_on(function, moved_and_counted, edges=None, **ask).kind == RIGHT


def test_an_array_of_several_results_is_read_as_they_are():
    question = Question(answers=("a", "b"), right=lambda: (1.5, 2.0))
    assert judge(question, np.array([1.5, 2.0])).kind == RIGHT
    rows = Question(answers=("a", "b"), right=lambda: ([1.5, 1.0], [2.0, 3.0]))
    assert judge(rows, np.array([[1.5, 1.0], [2.0, 3.0]])).kind == RIGHT


@pytest.mark.parametrize("answer", ["b", "B", " b ", "(b)", "b.", "b)", "(B).", "b:"])
def test_a_choice_in_any_writing(answer):
    question = Question(answers="the choice", right=lambda: "b")
    assert judge(question, answer).kind == RIGHT
    assert judge(question, answer.lower().replace("b", "c")).kind == WRONG
    text = Question(answers="the word", right=lambda: "(and)")
    assert judge(text, "and").kind == WRONG


@pytest.mark.parametrize(
    ("answer", "digits"),
    [(0.76, "2 decimals"), (0.762, "3 decimals"), (0.8, ""), (0.77, "")],
)
def test_a_number_that_is_rounded_too_far_is_named(answer, digits):
    question = Question(answers="tanh 1", right=lambda: np.tanh(1.0))
    found = judge(question, answer)
    if digits:
        assert found.message == (
            f"tanh 1 is rounded too far, to {digits}. Give more digits."
        )
    else:
        assert found.mistakes == ()


def test_small_numbers_are_rounded_to_digits():
    question = Question(answers="p", right=lambda: [1.23456e-7, 4.4444e-3])
    found = judge(question, [1.23e-7, 4.44e-3])
    assert found.message == "p is rounded too far, to 3 digits. Give more digits."


def test_a_function_that_keeps_something_is_asked_twice_at_once():
    """Later cases have other sizes: what is kept would not even fit."""
    kept = []

    def my_function(x):
        kept.append(x)
        return 3 * x + sum(kept[:-1])

    assert verdict_on(my_function).mistakes == ("keeps-something",)
