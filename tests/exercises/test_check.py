"""`check`: whatever a reader hands in gets a verdict, and a sentence."""

import functools
import json
import signal
import sys
import threading
import time
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest

from rnn_exercises import check, running, showing
from rnn_exercises.exercise import Exercise, Question, Wrong
from rnn_exercises.judging import judge
from rnn_exercises.numpy_errors import alike, misfit_of
from rnn_exercises.questions.shapes import Shape
from rnn_exercises.reading import Unreadable, difference, equal, parts
from rnn_exercises.showing import MISTAKE, NOT_ATTEMPTED, RIGHT, WRONG
from rnn_src.words import tanh_backward


def double(x, W):
    """The right answer of the exercise below: W x, and x doubled."""
    return W @ x, 2 * x


def draw(rng):
    H, V = 3 + rng.permutation(4)[:2]
    return rng.uniform(0.3, 1, V), rng.uniform(0.3, 1, (H, V))


def function_exercise(**changes):
    fields = dict(
        name="00-test",
        kind="code",
        arguments=("x", "W"),
        answers=("a", "b"),
        case=draw,
        right=double,
        mistakes=(
            Wrong("b-halved", "You halve.", lambda x, W: {"b": x / 2}),
            Wrong("b-is-a", "You mix them up.", lambda x, W: (W @ x + 1, x)),
        ),
        hints=("one", "two"),
    )
    return Exercise(**fields | changes)


def value_exercise(right, **changes):
    fields = dict(
        name="00-value",
        kind="derive",
        answers="c",
        right=lambda: right,
        hints=("one", "two"),
    )
    return Exercise(**fields | changes)


def of(function, **changes):
    return judge(function_exercise(**changes), function)


def of_value(answer, right, **changes):
    return judge(value_exercise(right, **changes), answer)


def test_the_right_function_is_right():
    assert of(double).kind == RIGHT
    assert str(replace(of(double), name="00-test")) == "00-test: right"


@pytest.mark.parametrize(
    "answer",
    [
        ...,
        lambda x, W: ...,
        lambda x, W: (..., ...),
        lambda x, W: [..., ...],
        lambda x, W: {"a": ..., "b": ...},
    ],
)
def test_dots_are_no_attempt(answer):
    assert of(answer).kind == NOT_ATTEMPTED
    assert str(of(answer)).endswith(": not attempted yet")


@pytest.mark.parametrize("answer", [..., [..., ...], {"a": ...}, (...,)])
def test_dots_are_no_attempt_at_a_value(answer):
    assert of_value(answer, [1.0, 2.0]).kind == NOT_ATTEMPTED


def test_some_dots_are_named():
    assert of(lambda x, W: (W @ x, ...)).message == "Still to do: b."
    assert "Still to do: entry 1." in of_value([1.0, ...], [1.0, 2.0]).message


class Unspeakable(BaseException):
    def __str__(self):
        raise RuntimeError("no")


def raises_it(x, W):
    raise Unspeakable


class Odd:
    def __array__(self, *_, **__):
        raise RuntimeError("no")


LOOPED = []
LOOPED.append(LOOPED)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (3, "The answer is a number; expected a function of (x, W), without a call."),
        (LOOPED, "The answer is a list; expected a function"),
        (None, "The answer is None; expected a function"),
        (lambda x: x, "takes (x); expected (x, W)."),
        (lambda x, W, y: x, "takes (x, W, y); expected (x, W)."),
        (
            lambda W, x: x,
            "takes (W, x); expected (x, W): the same arguments in this order.",
        ),
        (
            lambda x, W: None,
            "The answer is None; expected 2 values: a, b. In a "
            "function: is there a `return`",
        ),
        (lambda x, W: x, "The answer is an array of shape ("),
        (lambda x, W: (x,), "The answer has 1 value; expected 2 values: a, b."),
        (lambda x, W: {"a": x}, "the answer has the names a; expected a, b."),
        (lambda x, W: (W @ x, None), "b is None; a value is missing."),
        (lambda x, W: (v for v in x), "The answer is a generator; expected 2"),
        (
            lambda x, W: (W @ x, (v for v in x)),
            " Write list(...) around it.",
        ),
        (lambda x, W: (W @ x, map(float, x)), "b is a map; expected numbers of shape"),
        (lambda x, W: (W @ x, {1.0}), "b is a set; expected numbers of shape"),
        (lambda x, W: (W @ x, "2"), "b holds text; expected numbers of shape"),
        (lambda x, W: (W @ x, 2j * x), "b holds complex numbers; expected"),
        (lambda x, W: (W @ x, x > 0), "b holds True or False; expected"),
        (lambda x, W: (W @ x, [True, *2 * x[1:]]), "b holds True or False"),
        (lambda x, W: (W @ x, [[1.0], [1.0, 2.0]]), "b has rows of unequal"),
        (lambda x, W: (W @ x, [Odd()]), "b "),
        (lambda x, W: (W @ x, np.array([object()])), "b holds an object; expected"),
        (lambda x, W: (W @ x, abs), "b is the function abs, not what it returns"),
        (lambda x, W: (W @ x, 2 * x * np.nan), "b[0] is nan; expected a finite"),
        (lambda x, W: (W @ x, 2 * x / 0), "b[0] is inf; expected a finite number."),
        (lambda x, W: (W @ x, 2 * x[:1]), "b is 1 number in a row; expected "),
        (lambda x, W: (W @ x, 2.0), "b is a single number; expected "),
        (lambda x, W: 1 / 0, "<lambda> stopped with ZeroDivisionError: division"),
        (lambda x, W: sys.exit(), "ended Python with exit(); return its result"),
        (raises_it, "raises_it stopped with Unspeakable:"),
        (lambda x, W: W @ x @ W @ W, "stopped with ValueError: matmul"),
        (lambda x, W: W @ x @ W @ W, "A product `A @ B` needs as many columns"),
    ],
)
def test_an_answer_of_the_wrong_form_gets_a_sentence(answer, sentence):
    verdict = of(answer)
    assert verdict.kind == WRONG
    assert sentence in verdict.message, verdict.message


def test_the_message_has_the_line_that_raised():
    def my_double(x, W):
        a = W @ x
        return undefined(a), 2 * x  # noqa: F821

    message = of(my_double).message
    assert "my_double stopped with NameError: name 'undefined'" in message
    assert "at the line: return undefined(a), 2 * x" in message
    assert "Called with x = [" in message and "W of shape (" in message


def test_whole_numbers_are_shown_as_whole_numbers():
    """What a function is called with, as it is called."""
    given = dict(
        arguments=("ids", "lr", "T", "h"),
        answers="n",
        mistakes=(),
        case=lambda rng: ([2, 0, 1], 0.5, 3, np.array([1.0, 2.0])),
        right=lambda ids, lr, T, h: [1.0, 2.0],
        edges=lambda rng: {"an array": (np.array([4, 1]), 0.5, 3, [1.0])},
    )
    assert (
        "Called with ids = [2, 0, 1], lr = 0.5, T = 3, h = [1.0, 2.0]."
        in of(lambda ids, lr, T, h: [1.0, 2.7], **given).message
    )
    assert (
        "Called with ids = [4, 1], lr"
        in of(lambda ids, lr, T, h: [1.0, len(ids) - 1.0], **given).message
    )


def ones(*shapes):
    return [np.ones(shape) for shape in shapes]


def assigned(place, value, index=...):
    place[index] = value


def added(place, value):
    place += value


#: What NumPy refuses, and how the sentence about it ends.
REFUSED = {
    "matrices": (np.matmul, ones((2, 4), (3, 5)), "here 4 and 3."),
    "a matrix and a vector": (np.matmul, ones((2, 4), 3), "here 4 and 3."),
    "a vector and a matrix": (np.matmul, ones(4, (3, 2)), "here 4 and 3."),
    "stacks of rows": (np.matmul, ones((7, 2, 4), (3, 5)), "here 4 and 3."),
    "lists": (np.matmul, [[[1, 2, 3]], [[1, 2]]], "here 3 and 1."),
    "dot": (
        np.dot,
        ones((3, 4), 3),
        "A product `A @ B` needs as many columns "
        "in A as B has rows (a vector: entries): here 4 and 3.",
    ),
    "dot of vectors": (np.dot, ones(4, 3), "here 4 and 3."),
    "dot of stacks": (np.dot, ones((2, 3, 4), (2, 3, 4)), "here 4 and 3."),
    "inner, which turns": (np.inner, ones((3, 4), (5, 3)), "here 4 and 3."),
    "a number": (np.matmul, [np.ones((2, 4)), 2.0], "is a single number: write `*`."),
    "other stacks": (
        np.matmul,
        ones((7, 2, 4), (6, 4, 5)),
        "here are (7, 2, 4) and (6, 4, 5).",
    ),
    "a sum": (
        np.add,
        ones((3, 4), (4, 3)),
        "counted from the last axis: here 4 meets 3, in (3, 4) and (4, 3).",
    ),
    "a sum of vectors": (np.add, ones(3, 4), "3 meets 4, in (3,) and (4,)."),
    "one axis is broadcast": (
        np.add,
        ones((5, 1, 4), (2, 3, 4)),
        "here 5 meets 2, in (5, 1, 4) and (2, 3, 4).",
    ),
    "in place": (added, ones((3, 4), (4, 3)), "4 meets 3, in (3, 4) and (4, 3)."),
    "in place, too large": (
        added,
        ones(3, (4, 3)),
        "`+=` keeps the shape of what is on its left: here (3,) would become (4, 3).",
    ),
    "assigned": (assigned, ones(3, 4), "here (4,) does not go into (3,)."),
    "at places": (
        assigned,
        [*ones((5, 3), (5, 2)), [0, 1]],
        "here (5, 2) does not go into (2, 3).",
    ),
    "an index": (
        lambda a: a[7],
        ones(5),
        "An axis of 5 entries counts them from 0: there is no entry 7.",
    ),
    "an index of an array": (
        lambda a: a[np.array([1, -9])],
        ones((5, 2)),
        "there is no entry -9.",
    ),
}


def error_of(function, arguments):
    with pytest.raises((ValueError, IndexError)) as caught:
        function(*arguments)
    return caught.type, str(caught.value)


@pytest.mark.parametrize("case", REFUSED)
def test_what_numpy_refuses_is_said_in_words(case):
    """NumPy's own errors: should it word them otherwise, this fails."""
    function, arguments, end = REFUSED[case]
    words = misfit_of(error_of(function, arguments)[1])[1]
    assert words.endswith(end)
    verdict = of(lambda x, W: function(*arguments))
    assert f"{words}\nat the line: " in verdict.message


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (int, ["x"]),
        (np.vdot, ones(4, 3)),
        (np.reshape, [np.ones(4), (3,)]),
        (np.concatenate, [ones((2, 2), (3,))]),
    ],
)
def test_about_other_errors_nothing_is_added(function, arguments):
    assert misfit_of(error_of(function, arguments)[1]) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (lambda a, b: a + b, lambda a, b: b + a, True),
        (lambda a, b: a + b, added, True),
        (lambda a, b: a @ a, lambda a, b: np.dot(a, a), True),
        (lambda a, b: a @ a, lambda a, b: b @ b, False),
        (lambda a, b: a + b, lambda a, b: a + b[:2], False),
        (lambda a, b: a[5], lambda a, b: a[7], True),
        (lambda a, b: a[5], lambda a, b: b[7], False),
        (lambda a, b: int("x"), lambda a, b: int("x"), True),
        (lambda a, b: int("x"), lambda a, b: int("y"), False),
        (lambda a, b: a[5], lambda a, b: a @ a, False),
    ],
)
def test_errors_are_alike_if_the_same_shapes_do_not_fit(one, other, same):
    """Whichever comes first, a mistake is the same one."""
    errors = [error_of(function, ones((3, 4), (4, 3))) for function in (one, other)]
    assert alike(*errors) is same


def test_a_mistake_may_be_written_in_several_ways():
    """Each stops, or is wrong, in a way of its own; the name is one."""
    wrong = Wrong(
        "turned",
        "Turned.",
        lambda x, W: (W.T @ x, x),
        also=(lambda x, W: W + W.T, lambda x, W: {"b": x / 4}),
    )
    for function in (
        lambda x, W: np.dot(W.T, x),
        lambda x, W: W.T + W,
        lambda x, W: (W @ x, x / 4),
    ):
        assert of(function, mistakes=(wrong,)).mistakes == ("turned",)
    assert of(lambda x, W: x @ W + W, mistakes=(wrong,)).mistakes == ()
    value = Wrong("off", "Off.", 3.0, also=(4.0,))
    assert [
        of_value(answer, 1.0, mistakes=(value,)).mistakes for answer in (3, 4, 5)
    ] == [("off",), ("off",), ()]


def test_an_endless_loop_ends(monkeypatch):
    """Even one that swallows every exception; what was there is back."""
    monkeypatch.setattr(running, "SECONDS", 0.2)

    def my_double(x, W):
        while True:
            try:
                time.sleep(10)
            except BaseException:
                if len(tries) < 3:
                    tries.append(1)
                    continue
                raise

    tries, handler = [], signal.getsignal(signal.SIGALRM)
    verdict = of(my_double)
    assert "my_double did not end within 0.2 s" in verdict.message
    assert signal.getsignal(signal.SIGALRM) is handler
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert len(tries) == 3 and sys.stdout.write and of(double).kind == RIGHT


def slowly(x, W):
    time.sleep(0.06)
    return double(x, W)


def test_the_limit_is_for_all_calls_of_the_reader_and_for_no_others(monkeypatch):
    monkeypatch.setattr(running, "SECONDS", 0.2)
    assert of(slowly).message == (
        "slowly did not end within 0.2 s. Does every loop come to an end?"
    )
    assert of(double, right=slowly).kind == RIGHT


def test_a_thread_has_no_limit_and_a_verdict():
    found = []
    thread = threading.Thread(target=lambda: found.append(of(double)))
    thread.start()
    thread.join()
    assert found[0].kind == RIGHT


def test_the_function_may_print_and_warn(capfd):
    def my_double(x, W):
        print("look", "here" * 100)
        print("and here", file=sys.stderr)
        np.log(-x)
        import warnings

        warnings.warn("careful", stacklevel=2)
        return double(x, W)

    verdict = of(my_double)
    assert verdict.kind == RIGHT
    assert verdict.message.startswith("It printed: look here")
    assert len(verdict.message) < 250
    assert capfd.readouterr() == ("", "")


def test_what_is_printed_without_end_is_cut(monkeypatch):
    monkeypatch.setattr(running, "SECONDS", 0.2)

    def my_double(x, W):
        while True:
            print("x" * 100_000)

    assert "did not end" in of(my_double).message
    paper = running.Paper()
    for _ in range(100):
        paper.write("x" * 1000)
    assert len(paper.getvalue()) == running.LONGEST


def test_a_reader_who_interrupts_is_heard():
    def my_double(x, W):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        of(my_double)


def in_place(x, W):
    result = double(x, W)
    x[0] = 5.0
    return result


def sorted_in_place(x, W):
    result = double(x, W)
    W.sort()
    x.sort()
    return result


@pytest.mark.parametrize(
    ("function", "inputs"),
    [
        (in_place, "your input x in place"),
        (sorted_in_place, "your inputs x and W in place"),
    ],
)
def test_a_changed_input_is_a_mistake(function, inputs):
    verdict = of(function)
    assert verdict.mistakes == ("changed-input",)
    assert inputs in verdict.message
    assert "expected" not in verdict.message


def test_a_changed_input_and_a_wrong_answer_are_both_reported():
    def my_double(x, W):
        x *= 3
        return W @ x, x

    message = of(my_double).message
    assert "in place" in message and "a is 3 times" in message


@pytest.mark.parametrize(
    "function",
    [
        lambda x, W: ((x, W), (W @ x, 2 * x))[1],
        lambda x, W: [list(W @ x), list(2 * x)],
        lambda x, W: {"b": 2 * x, "a": W @ x},
        functools.partial(lambda factor, x, W: (W @ x, factor * x), 2),
    ],
)
def test_other_forms_of_right_are_right(function):
    assert of(function).kind == RIGHT


def test_a_result_may_be_an_input():
    assert (
        of(lambda x, W: x, answers="a", right=lambda x, W: x.copy(), mistakes=()).kind
        == RIGHT
    )


def test_a_result_that_a_later_call_changes_is_a_mistake():
    buffer = np.zeros(9)

    def my_double(x, W):
        buffer[: len(x)] = 2 * x
        return W @ x, buffer[: len(x)]

    assert of(my_double).mistakes == ("gives-one-object",)


def test_reading_an_answer_again_has_to_end(monkeypatch):
    """Nobody is blamed for a later call if there was no time left to look."""
    monkeypatch.setattr(running, "SECONDS", 0.2)

    class Once:
        def __init__(self, array):
            self.left = [array]

        def __array__(self, *_, **__):
            while not self.left:
                time.sleep(0.01)
            return self.left.pop()

    assert of(lambda x, W: (W @ x, Once(2 * x))).kind == RIGHT


def test_what_is_kept_from_call_to_call_is_seen():
    total = []

    def my_double(x, W):
        total.append(x.sum())
        return W @ x + sum(total[:-1]), 2 * x

    assert of(my_double).mistakes == ("keeps-something",)
    rng = np.random.default_rng()
    assert of(lambda x, W: (W @ x + rng.normal(), 2 * x)).mistakes == (
        "keeps-something",
    )


def test_a_second_call_that_raises_is_reported():
    seen = []

    def my_double(x, W):
        assert x.tobytes() not in seen, "again"
        seen.append(x.tobytes())
        return double(x, W)

    message = of(my_double).message
    assert "AssertionError: again" in message
    assert "The first time this went well. The function keeps" in message


def test_nobody_is_right_by_knowing_the_case():
    """The draws are new each time, so nothing can be learned by heart."""
    cases = []

    def my_double(x, W):
        cases.append(x.tobytes())
        return double(x, W)

    of(my_double)
    of(my_double)
    assert len(set(cases)) == 10 and len(cases) == 14


GENERIC = {
    "transposed": lambda right: right.T,
    "reshaped": lambda right: right.T.reshape(right.shape),
    "all-zero": lambda right: 0 * right,
    "negative": lambda right: -right,
    "reversed": lambda right: right[::-1],
    "one-late": lambda right: np.roll(right, 1, axis=0),
    "one-early": lambda right: np.roll(right, -1, axis=0),
    "without-last": lambda right: right[:-1],
    "without-first": lambda right: right[1:],
    "cut-to-integers": lambda right: right.astype(int),
    "summed": lambda right: right.sum(),
    "absolute": np.abs,
    "factor": lambda right: 3 * right,
    "constant": lambda right: right + 0.25,
    "other-shape": lambda right: right.reshape(1, -1),
}


def outer(x, W):
    return np.outer(x, W[:, 0] - 0.7) * 5


@pytest.mark.parametrize("name", GENERIC)
def test_a_generic_mistake_is_named(name):
    verdict = of(
        lambda x, W: GENERIC[name](outer(x, W)), right=outer, answers="g", mistakes=()
    )
    assert (verdict.kind, verdict.mistakes) == (MISTAKE, (name,))
    assert verdict.message.startswith("g ")


@pytest.mark.parametrize(
    ("factor", "name", "sentence"),
    [
        (lambda x, W: len(x), "factor-V", "too large by the factor V, the number"),
        (lambda x, W: 1 / len(W), "factor-H", "too small by the factor H, the num"),
        (lambda x, W: 0.5, "factor", "g is 0.5 times the right answer"),
    ],
)
def test_a_factor_is_named_after_what_it_equals(factor, name, sentence):
    verdict = of(
        lambda x, W: factor(x, W) * outer(x, W),
        right=outer,
        answers="g",
        mistakes=(),
        axes={"W": "HV"},
    )
    assert verdict.mistakes == (name,) and sentence in verdict.message


def test_an_argument_handed_back_is_named():
    verdict = of(lambda x, W: (W @ x, x), mistakes=())
    assert verdict.mistakes == ("an-argument",)
    assert verdict.message == "b is x, as it came in: nothing has been done to it."


def test_a_mistake_of_the_exercise_comes_before_a_generic_one():
    assert of(lambda x, W: (W @ x, x / 2)).mistakes == ("b-halved",)
    assert of(lambda x, W: (W @ x + 1, x)).mistakes == ("b-is-a",)


def test_two_mistakes_are_both_named():
    verdict = of(lambda x, W: (-(W @ x), x / 2))
    assert verdict.mistakes == ("negative", "b-halved")
    assert verdict.message.startswith("a has the right size and the wrong sign")
    assert verdict.message.endswith("You halve.")


def test_unexplained_parts_are_reported_beside_explained_ones():
    verdict = of(lambda x, W: (W @ x + x[0] ** 2, x / 2))
    assert verdict.mistakes == ("b-halved",)
    assert verdict.message.startswith("You halve.\na[0] is ")


def test_one_case_is_not_enough_for_a_name():
    """A mistake that explains some of the cases explains nothing."""
    verdict = of(lambda x, W: (W @ x, x / 2 if x[0] < 0.65 else x / 3), draws=50)
    assert "b-halved" not in verdict.mistakes


def test_a_single_wrong_entry_is_shown():
    def my_double(x, W):
        a, b = double(x, W)
        a[1] += x[0]
        return a, b

    assert "a[1] alone is wrong, and it is in every case." in of(my_double).message


def edges(rng):
    return {"a zero": (np.zeros(3), np.ones((2, 3)))}


def test_a_special_case_is_named():
    verdict = of(lambda x, W: (W @ x, 2 * x + (x == 0)), edges=edges)
    assert verdict.kind == WRONG
    assert "b[0] is 1; expected 0." in verdict.message
    assert "Other inputs are right. It is wrong for a zero." in verdict.message


def test_a_special_case_that_raises_is_named():
    def my_double(x, W):
        assert x.all(), "a zero"
        return double(x, W)

    message = of(my_double, edges=edges).message
    assert "AssertionError: a zero" in message
    assert "This happens for a zero." in message


def test_a_mistake_that_only_a_special_case_shows_is_named():
    wrong = Wrong("zero", "You forget zero.", lambda x, W: {"b": 2 * x + (x == 0)})
    assert of(
        lambda x, W: (W @ x, 2 * x + (x == 0)), edges=edges, mistakes=(wrong,)
    ).mistakes == ("zero",)
    raising = Wrong(
        "raises", "You divide.", lambda x, W: int("x") if not x.all() else double(x, W)
    )
    assert of(
        lambda x, W: int("x") if not x.all() else double(x, W),
        edges=edges,
        mistakes=(raising,),
    ).mistakes == ("raises",)


def add_one(values):
    for i in range(len(values)):
        values[i] += 1.0


CHANGING = dict(
    arguments=("values",),
    answers="values",
    changes="values",
    case=lambda rng: (rng.uniform(1, 2, 4).tolist(),),
    right=add_one,
    mistakes=(Wrong("nothing", "Nothing changes.", lambda values: None),),
)


def test_a_function_may_be_asked_to_change_its_argument():
    assert of(add_one, **CHANGING).kind == RIGHT
    assert of(lambda values: None, **CHANGING).mistakes == ("nothing",)
    assert of(lambda values: ..., **CHANGING).kind == NOT_ATTEMPTED
    assert of(lambda values: [v + 1 for v in values], **CHANGING).mistakes == (
        "nothing",
    )


def refusing(x, W):
    if x[0] < 0:
        raise ValueError("x is negative")
    return double(x, W)


def negative(rng):
    x, W = draw(rng)
    return -x, W


REFUSES = {"refuses": lambda rng: {"a negative number": negative(rng)}}


def test_bad_input_may_have_to_be_refused():
    assert of(refusing, **REFUSES).kind == RIGHT
    accepted = of(double, **REFUSES)
    assert accepted.mistakes == ("not-refused",)
    assert "But a negative number gets an answer too" in accepted.message
    other = of(lambda x, W: double(x, W) if x[0] > 0 else {}["x"], **REFUSES)
    assert other.kind == WRONG
    assert "A negative number should raise a ValueError" in other.message
    assert "KeyError" in other.message
    wrong = of(lambda x, W: (W @ x, x / 2), **REFUSES)
    assert wrong.mistakes == ("b-halved",)


def test_a_refusal_has_to_come_in_time(monkeypatch):
    monkeypatch.setattr(running, "SECONDS", 0.2)

    def endless(x, W):
        while x[0] < 0:
            pass
        return double(x, W)

    assert "did not end within" in of(endless, **REFUSES).message


def counted_up(values):
    add_one(values)
    return len(values)


def test_a_function_may_change_its_argument_and_return_something():
    both = CHANGING | {
        "answers": ("n", "values"),
        "right": counted_up,
        "mistakes": (Wrong("count", "Counted wrongly.", lambda v: add_one(v) or 0),),
    }
    assert of(counted_up, **both).kind == RIGHT
    assert of(lambda v: add_one(v) or 0, **both).mistakes == ("count",)
    assert "nothing has been done" in of(lambda v: len(v), **both).message
    assert "n is None" in of(add_one, **both).message
    assert of(lambda v: ..., **both).kind == NOT_ATTEMPTED
    assert "3 values; expected 2" in of(lambda v: (1, 2), **both).message


@pytest.mark.parametrize(
    "answer",
    [
        [1.0, -2.0],
        (1, -2),
        np.array([1, -2]),
        [Fraction(1), Fraction(-2)],
        np.array([1, -2], np.float32),
        [np.float16(1), np.float64(-2)],
        [1 + 1e-9, -2.0],
        np.array([1, -2], np.int8),
    ],
)
def test_a_right_value_in_any_form_is_right(answer):
    assert of_value(answer, [1.0, -2.0]).kind == RIGHT


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ([1.0, -2.001], "c[1] is -2.001, and that is not right."),
        ([[1.0, -2.0]], "c has the right numbers in the wrong shape: it is 1 row of 2"),
        (1.0, "c is a single number; expected 2 numbers in a row."),
        ([-1.0, 2.0], "c has the right size and the wrong sign"),
        ([-2.0, 1.0], "c has the right entries in reverse order"),
        ([True, -2.0], "c holds True or False; expected numbers of shape (2,)"),
        (print, "c is the function print, not what it returns; expected numbers"),
        ("1, -2", "c holds text; expected numbers of shape (2,)."),
        (None, "c is None; a value is missing."),
    ],
)
def test_a_wrong_value_gets_a_sentence(answer, sentence):
    verdict = of_value(answer, [1.0, -2.0])
    assert verdict.kind in (WRONG, MISTAKE)
    assert sentence in verdict.message


def test_a_rounded_value_may_be_off_by_so_much():
    assert of_value(0.333, 1 / 3, within=0.0005).kind == RIGHT
    assert of_value(0.332, 1 / 3, within=0.0005).kind == WRONG
    assert of_value(0.333, 1 / 3).mistakes == ("rounded",)


def test_capitals_and_blanks_make_no_difference():
    assert of_value(" how ", "how").kind == of_value("How", "how").kind == RIGHT
    assert of_value(["how", "ARE "], ["how", "are"]).kind == RIGHT
    assert of_value("rnn", "RNN").kind == RIGHT
    wrong = (Wrong("other", "The other one.", {"d": "No"}),)
    ask = functools.partial(
        of_value, right=(1.0, "Yes"), answers=("c", "d"), mistakes=wrong
    )
    assert ask((1, "YES")).kind == RIGHT
    assert ask((1, "nO ")).mistakes == ("other",)
    assert ask((1, "n O")).message.startswith("d is 'n O', and that is not")


def test_words_and_truth_are_compared_as_they_are():
    assert of_value(["how", "are"], ["how", "are"]).kind == RIGHT
    assert "c is 'are', and that is not right." in of_value("are", "how").message
    assert "c is 3; expected a text" in of_value(3, "how").message
    assert of_value(True, True).kind == RIGHT
    assert "c is 1; expected True or False." in of_value(1, True).message


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ((2, 0), None),
        ((0, 5), None),
        ((5, 3), None),
        ((3, 5, 0), None),
        ((0, 3, 5), "reversed"),
        ((5, 3, 1), None),
    ],
)
def test_a_few_whole_numbers_blame_no_loop(answer, name):
    """What is left out or moved by a place, there is no index to blame for."""
    verdict = of_value(answer, (5.0, 3.0, 0.0))
    assert verdict.mistakes == ((name,) if name else ())
    assert "loop" not in verdict.message and "index" not in verdict.message


def test_zeros_and_ones_are_reversed_by_chance():
    assert of_value((1, 0, 0), (0.0, 0.0, 1.0)).mistakes == ()
    assert of_value((0.7, 0.5), (0.5, 0.7)).mistakes == ("reversed",)
    assert of_value((0.5,), (0.5, 0.7)).mistakes == ("without-last",)


COLUMNS = Shape((16, 64), ("B", "H"))
STATES = Shape((21, 16, 64), ("T + 1", "B", "H"))
BIAS = Shape((50,), ("H",))
ROWS = Shape((26, 320), ("V", "T * B"))


@pytest.mark.parametrize("right", [COLUMNS, STATES, BIAS, ROWS])
def test_a_right_shape_is_right(right):
    for answer in (tuple(right), list(right), np.array(right)):
        assert of_value(answer, right).kind == RIGHT


@pytest.mark.parametrize(
    ("right", "answer", "name", "sentence"),
    [
        (
            BIAS,
            50,
            "no-tuple",
            "c is a list of H numbers: one axis, (H,). The comma "
            "makes the tuple: Python reads (50) as the number 50.",
        ),
        (
            BIAS,
            (50, 1),
            "extra-axis",
            "c is a list of H numbers: one axis, (H,). A "
            "column or a row of a matrix has two.",
        ),
        (BIAS, (1, 50), "extra-axis", "one axis, (H,)"),
        (
            BIAS,
            (50, 20),
            "extra-axis",
            "c has an axis too many in your answer, of size 20.",
        ),
        (BIAS, (), "missing-axis", "c lacks an axis in your answer: that of H."),
        (BIAS, [0.0] * 50, "array-for-shape", "For c you hand in an array."),
        (BIAS, [0.0] * 40, "no-tuple", "many entries. A shape is one tuple"),
        (COLUMNS, 64, "no-tuple", "the single number 64. A shape is a tuple"),
        (COLUMNS, (64,), "missing-axis", "that of B."),
        (COLUMNS, (16,), "missing-axis", "that of H."),
        (
            COLUMNS,
            (64, 16),
            "swapped-axes",
            "In c you swap B and H: the sizes are right, and their order is not.",
        ),
        (COLUMNS, (20, 16, 64), "extra-axis", "of size 20."),
        (COLUMNS, np.zeros((16, 64)), "array-for-shape", "a tuple of whole"),
        (COLUMNS, [[16, 64]], "no-tuple", "one tuple, with a whole number for each"),
        (STATES, (64, 16, 21), "swapped-axes", "you swap T + 1 and H:"),
        (
            STATES,
            (16, 64, 21),
            "axes-in-disorder",
            "c has the right sizes in a wrong order. Which axis comes first",
        ),
        (STATES, (21, 64), "missing-axis", "that of B."),
        (ROWS, (26, 20, 16), "axes-apart", "Which of your axes become one?"),
        (
            COLUMNS,
            (20, 64),
            None,
            "The first number in the shape of c is 20, and that is not right.",
        ),
        (COLUMNS, (16, 0.5), None, "The second number in the shape of c is 0.5,"),
        (COLUMNS, (16, np.nan), None, "The second number in the shape of c is nan,"),
        (COLUMNS, (9, 9, 9), None, "c has 3 axes in your answer, and that is not"),
        (COLUMNS, (9,), None, "c has 1 axis in your answer, and that is not right."),
        (COLUMNS, "(16, 64)", None, "c holds text; expected a shape, such as (2, 3)"),
    ],
)
def test_a_wrong_shape_is_explained_in_its_own_words(right, answer, name, sentence):
    verdict = of_value(answer, right)
    assert verdict.mistakes == ((name,) if name else ())
    assert sentence in verdict.message
    for word in ("loop", "has shape", "entries in reverse", "c["):
        assert word not in verdict.message


def test_a_shape_among_other_values_is_explained_as_a_shape():
    ask = functools.partial(of_value, right=(COLUMNS, 3.0), answers=("c", "d"))
    assert ask(((16, 64), 3)).kind == RIGHT
    verdict = ask(((64, 16), -3))
    assert verdict.mistakes == ("swapped-axes", "negative")


def test_wrong_shapes_of_the_book_are_explained_in_words():
    """The answers of a reader who was told of tuples and of loops."""
    two = ((50, 1000), (50, 50), (1000, 50), (50,), (1000,), 103550)
    verdict = check("02-shapes", (*two[:3], (50, 1), *two[4:]), record=False)
    assert verdict.mistakes == ("extra-axis",)
    verdict = check("02-shapes", (*two[:3], 50, 1000, two[5]), record=False)
    assert verdict.mistakes == ("no-tuple",)
    assert "bh is a list of H numbers: one axis, (H,)" in verdict.message
    assert "by is a list of V numbers: one axis, (V,)" in verdict.message
    eleven = {
        "states": (21, 16, 64),
        "logits": (20, 16, 26),
        "dWx": (64, 26),
        "rows(dlogits).T": (26, 320),
        "da": (20, 16, 64),
        "carry": (16, 64),
        "numbers in states": 21504,
    }
    for part, answer, name in (
        ("carry", (64,), "carry-of-one"),
        ("carry", (64, 16), "swapped-axes"),
        ("states", (21, 64, 16), "swapped-axes"),
        ("rows(dlogits).T", (26, 20, 16), "rows-forgotten"),
    ):
        verdict = check("11-shapes", eleven | {part: answer}, record=False)
        assert verdict.mistakes == (name,), verdict


def test_a_choice():
    wrong = (Wrong("grows", "It falls.", "a"),)
    ask = functools.partial(of_value, right="b", mistakes=wrong)
    assert ask("b").kind == ask(" B ").kind == RIGHT
    assert ask("a").message == "It falls." and ask("a").mistakes == ("grows",)
    assert ask("c").kind == WRONG and "'b'" not in ask("c").message
    assert "expected one letter in quotes, such as" in ask(2).message


def test_several_values_and_what_is_right_already():
    ask = functools.partial(of_value, right=(1.0, [2.0, 3.0]), answers=("c", "d"))
    assert ask((1.0, [2.0, 3.0])).kind == RIGHT
    assert ask({"d": [2, 3], "c": 1}).kind == RIGHT
    assert ask((1.0, [2.0, 4.0])).message == (
        "d[1] is 4, and that is not right.\nRight already: c."
    )


def test_the_mistake_that_explains_no_more_than_was_wrong_is_named():
    """One that would have spoiled another part too comes second."""
    wrong = (
        Wrong("both", "Both.", {"c": 5.0, "d": 5.0}),
        Wrong("one", "One.", {"d": 5.0}),
    )
    for c in (1.0, 7.0):
        verdict = of_value((c, 5.0), (1.0, 2.0), answers=("c", "d"), mistakes=wrong)
        assert verdict.mistakes == ("one",)


@pytest.mark.parametrize(
    ("dtype", "off"), [(np.float16, 0.02), (np.float32, 1e-4), (np.float64, 1e-6)]
)
def test_the_tolerance_is_that_of_the_dtype(dtype, off):
    right = np.array([1.0, -0.37, 1e-3])
    eps = np.finfo(dtype).eps
    assert equal((right * (1 + 4 * eps)).astype(dtype), right)
    assert not equal((right * (1 + off)).astype(dtype), right)
    assert equal(np.zeros(3, dtype), np.zeros(3))
    assert not equal(np.full(3, 0.05, dtype), np.zeros(3))


def test_nothing_is_broadcast():
    right = parts(np.ones((3, 1)), np.ones((3, 1)), "c")["c"]
    for answer in (np.ones((3, 3)), np.ones(3), np.ones(()), np.ones((1, 3))):
        assert not equal(answer, right)
        assert "shape" in difference("c", answer, right, 0, True)


def test_infinities_and_nans_that_belong_are_right():
    right = np.array([np.inf, -np.inf, np.nan, 1.0])
    assert equal(right.copy(), right)
    for place, other in ((0, -np.inf), (1, 1e300), (2, 0.0), (3, np.nan)):
        wrong = right.copy()
        wrong[place] = other
        assert not equal(wrong, right)


def test_an_infinity_of_the_wrong_sign_gets_the_right_one():
    assert difference("n", np.array(-np.inf), np.array(np.inf), 0, True) == (
        "n is -inf; expected inf."
    )


def test_a_difference_in_the_last_digits_is_shown_in_full():
    text = difference("c", np.array(1.0000011), np.array(1.0), 0, True)
    assert text == "c is 1.0000011; expected 1.0."


def test_an_answer_with_the_wrong_names_is_refused():
    with pytest.raises(Unreadable, match="g has the names x; expected Wx, by"):
        parts({"x": 1.0}, {"Wx": [1.0], "by": 1.0}, "g")
    with pytest.raises(
        Unreadable,
        match="g is a list; expected something with Wx, by, a dict for example",
    ):
        parts([1.0], {"Wx": [1.0], "by": 1.0}, "g")


def test_an_object_with_the_right_attributes_is_read():
    found = parts(
        SimpleNamespace(Wx=[1.0], by=2, more=3), {"Wx": [1.0], "by": 1.0}, "g"
    )
    assert set(found) == {"g.Wx", "g.by"}


OPEN = Exercise(
    name="00-open",
    kind="project",
    answers="the list",
    right=lambda: [1, 2, 3],
    hints=("one", "two"),
    expects="a list of three",
    seconds=0.2,
    mistakes=(Wrong("backwards", "You go backwards.", [3, 2, 1]),),
    judge=lambda answer: (
        "backwards"
        if answer[0] > answer[-1]
        else ""
        if len(answer) == 3
        else f"It has {len(answer)} entries."
    ),
)


@pytest.mark.parametrize(
    ("answer", "kind", "text"),
    [
        (..., NOT_ATTEMPTED, ""),
        ([1, 2, 3], RIGHT, ""),
        ([3, 1], MISTAKE, "You go backwards."),
        ([1], WRONG, "It has 1 entries."),
        (
            3,
            WRONG,
            "The answer is a number; expected a list of three. The check "
            "stopped with TypeError: 'int' object is not subscriptable",
        ),
    ],
)
def test_an_open_question(answer, kind, text):
    verdict = judge(OPEN, answer)
    assert (verdict.kind, verdict.message) == (kind, text)


def test_a_part_of_an_open_answer_is_named_or_judged():
    assert judge(OPEN, [1, ..., 3]).message == "Still to do: entry 1."
    assert judge(OPEN, [..., ..., ...]).kind == NOT_ATTEMPTED
    partly = replace(
        OPEN,
        answers=("one", "two", "three"),
        judge=lambda answer: f"so far {answer.index(...)} of 3",
    )
    assert judge(partly, [1, 2, ...]).message == "so far 2 of 3"
    assert judge(partly, ...).kind == NOT_ATTEMPTED


def test_a_function_in_an_open_answer_is_reported_with_its_line():
    exercise = replace(OPEN, judge=lambda answer: answer[0](3))

    def my_own(x):
        y = x + 1
        return y.nothing

    for answer in ((my_own, 1), [my_own, my_own]):
        message = judge(exercise, answer).message
        assert message.startswith("my_own stopped with AttributeError: 'int'")
        assert message.endswith("at the line: return y.nothing")


def test_an_answer_to_an_open_question_may_not_run_for_ever():
    class Endless:
        def __getitem__(self, i):
            while True:
                pass

    assert "your answer did not end within 0.2 s" in judge(OPEN, Endless()).message


def test_an_unknown_name_is_answered_with_those_that_there_are():
    with pytest.raises(
        ValueError, match="there is no exercise '06-tahn'; did you mean '06-tanh'"
    ):
        check("06-tahn", ...)
    with pytest.raises(ValueError, match="Chapter 6 has 06-by-hand, 06-tanh"):
        check("06-nonsense", ...)
    with pytest.raises(ValueError, match="A name begins with its chapter: .*06"):
        check("tanh", ...)
    with pytest.raises(ValueError, match="the name comes first"):
        check(tanh_backward, "06-tanh")


@pytest.fixture
def progress_file(tmp_path, monkeypatch):
    file = tmp_path / "a folder" / "progress.json"
    monkeypatch.setenv("RNN_BOOK_PROGRESS", str(file))
    monkeypatch.setattr(showing, "_opened", {})
    monkeypatch.setattr(showing, "last_verdict", {})
    return file


def test_a_right_answer_is_recorded_once(progress_file):
    for _ in range(2):
        assert check("06-tanh", tanh_backward).message == ""
    assert json.loads(progress_file.read_text()) == {"solved": ["06-tanh"]}
    assert [file.name for file in progress_file.parent.iterdir()] == ["progress.json"]


@pytest.mark.parametrize(
    ("answer", "options"),
    [
        (..., {}),
        (lambda dh, h: ..., {}),
        (lambda dh, h: dh, {}),
        (tanh_backward, {"record": False}),
    ],
)
def test_nothing_else_is_recorded(progress_file, answer, options):
    check("06-tanh", answer, **options)
    assert not progress_file.parent.exists()


def test_every_kind_of_verdict_shows_as_text_and_as_a_panel():
    verdicts = [
        check("06-tanh", answer, record=False)
        for answer in (..., tanh_backward, lambda dh, h: dh, lambda dh, h: int("<b>"))
    ]
    assert [verdict.kind for verdict in verdicts] == [
        NOT_ATTEMPTED,
        RIGHT,
        MISTAKE,
        WRONG,
    ]
    for verdict in verdicts:
        html = verdict._repr_html_()
        assert html.count('role="status"') == 1 and str(verdict) == repr(verdict)
        assert verdict.head in html and "<b>" not in html
        assert ("&lt;b&gt;" in html) == ("<b>" in str(verdict))
        assert " id=" not in html and "<script" not in html


def test_a_mistake_that_left_no_other_trace_comes_after_a_plain_one():
    """Every part of it would be negative; one is, so that is what is said."""
    whole = Wrong(
        "climbs",
        "All of them climb.",
        lambda x: {"one": -np.array(x), "two": -2 * np.array(x)},
    )
    question = Question(
        arguments=("x",),
        answers=("one", "two"),
        case=lambda rng: (rng.uniform(1, 2, 4),),
        mistakes=(whole,),
        right=lambda x: (1.0 * x, 2.0 * x),
    )
    part = judge(question, lambda x: (-x, 2 * x))
    assert part.mistakes == ("negative",)
    both = judge(question, lambda x: (-x, -2 * x))
    assert both.mistakes == ("climbs",)
