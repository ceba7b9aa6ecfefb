"""Right answers in any style are right; each mistake gets its own name."""

import copy
import functools

import numpy as np
import pytest
from solutions import answer_of, body_of

from rnn_exercises import check, run
from rnn_exercises.exercise import FunctionExercise, OpenExercise, ValueExercise
from rnn_exercises.reading import members
from rnn_exercises.registry import all_exercises
from rnn_exercises.trial import answer_of as result_of
from rnn_exercises.verdict import MISTAKE, RIGHT


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
    "lists of NumPy's numbers": lambda array: list(array) if array.ndim else array[()],
    "float64": lambda array: array.astype(np.float64),
    "float32": lambda array: array.astype(np.float32),
    "float16": lambda array: array.astype(np.float16),
    "long double": lambda array: array.astype(np.longdouble),
    "another order in memory": lambda array: np.asarray(array, order="F"),
    "every second of a larger one": lambda array: (
        np.repeat(array, 2, axis=-1)[..., ::2] if array.ndim else array
    ),
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
        np.log(np.zeros(1))  # warns
        return function(*arguments)

    return wrapped


WRAPPERS = {
    "an object that is called": Callable,
    "a default": with_default,
    "on its own copies": on_its_own_copies,
    "prints": talkative,
    "a partial": functools.partial,
}


def styled(one, make):
    """The right function, whose results are in a style."""
    right = result_of(one, one.right)

    def my_function(*arguments):
        return arrays(right(*arguments), make)

    return my_function


@of(ALL)
def test_the_solution_of_the_book_is_right(one):
    assert (
        check(one.name, answer_of(one.name, body_of(one.name)), record=False).kind
        == RIGHT
    )


@pytest.mark.parametrize("style", STYLES)
@of(RETURNING + VALUES)
def test_a_right_answer_in_any_style_is_right(one, style):
    make = STYLES[style]
    answer = (
        styled(one, make)
        if isinstance(one, FunctionExercise)
        else arrays(one.right(), make)
    )
    if style == "float16" and one.name == "02-shapes":
        return  # 103550 is more than a float16 can hold
    verdict = check(one.name, answer, record=False)
    assert verdict.kind == RIGHT, verdict


@pytest.mark.parametrize("wrapper", WRAPPERS)
@of(FUNCTIONS)
def test_a_right_function_of_any_make_is_right(one, wrapper):
    if one.changes and wrapper == "on its own copies":
        return  # it has to change what it is given
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
        whole.append(
            made.get(name, entry)
            if inner is None
            else {key: made.get(f"{name}.{key}", value) for key, value in inner.items()}
        )
    return tuple(whole) if isinstance(one.answers, tuple) else whole[0]


def mistaken(one, wrong):
    """The answer of a reader who makes one mistake."""
    if isinstance(one, OpenExercise):
        return wrong.given()
    if isinstance(one, ValueExercise):
        return complete(one, wrong.given(), one.right())
    if one.changes:  # the mistake changes the argument itself
        return wrong.answer
    right = result_of(one, one.right)

    def my_function(*arguments):
        expected = right(*copy.deepcopy(arguments))
        return complete(one, wrong.answer(*arguments), expected)

    return my_function


CASES = {
    f"{one.name}-{mistake.name}" + (f"-{number}" if number else ""): (one, way)
    for one in ALL
    for mistake in one.mistakes
    for number, way in enumerate(mistake.ways)
}


@pytest.mark.parametrize(("one", "wrong"), CASES.values(), ids=CASES)
def test_every_mistake_gets_its_name(one, wrong):
    for _ in range(3):
        verdict = check(one.name, mistaken(one, wrong), record=False)
        assert (verdict.kind, verdict.mistakes) == (MISTAKE, (wrong.name,))
        assert verdict.message.startswith(wrong.told)


#: As readers write them: a piece of the solution, and what stands there instead.
SLIPS = [
    (
        "02-step",
        "lists-joined",
        {
            "add(add(matvec(parameters.Wx, x), from_past), parameters.bh)": "matvec(parameters.Wx, x) + from_past + parameters.bh"
        },
    ),
    (
        "02-step",
        "lists-joined",
        {
            "add(add(matvec(parameters.Wx, x), from_past),": "add(matvec(parameters.Wx, x) + from_past,"
        },
    ),
    (
        "02-step",
        "lists-joined",
        {
            "add(add(matvec(parameters.Wx, x), from_past), parameters.bh)": "add(matvec(parameters.Wx, x), from_past) + parameters.bh"
        },
    ),
    (
        "02-step",
        "lists-joined",
        {
            "add(matvec(parameters.Wy, h), parameters.by)": "matvec(parameters.Wy, h) + parameters.by"
        },
    ),
    ("10-last", "wh-forgotten", {"matvec(transpose(Wh), da)": "da"}),
    ("10-bptt", "h-prev-two-before", {"xs[t], states[t],": "xs[t], states[t - 1],"}),
    (
        "10-bptt",
        "states-one-before",
        {"xs[t], states[t], states[t + 1]": "xs[t], states[t - 1], states[t]"},
    ),
    (
        "10-bptt",
        "h-prev-wraps-around",
        {
            "[], [h0], []": "[], [], []",
            "states[-1], parameters)": "states[-1] if states else h0, parameters)",
            "states[t], states[t + 1]": "states[t - 1], states[t]",
        },
    ),
    ("10-bptt", "forwards", {"reversed(range(len(ids)))": "range(len(ids))"}),
    ("11-loop", "wy-not-turned", {"Wy.T @ dlogits[t, b]": "Wy @ dlogits[t, b]"}),
    ("11-loop", "wy-not-turned", {"Wy.T @ dlogits[t, b]": "np.dot(Wy, dlogits[t, b])"}),
    ("11-loop", "wy-not-turned", {"Wy.T @ dlogits[t, b]": "dlogits[t, b] @ Wy.T"}),
    (
        "11-loop",
        "outer-turned",
        {"dlogits[t, b], hidden[t, b]": "hidden[t, b], dlogits[t, b]"},
    ),
    (
        "11-loop",
        "outer-turned",
        {
            "dWy += np": "dWy = dWy + np",
            "dlogits[t, b], hidden[t, b]": "hidden[t, b], dlogits[t, b]",
        },
    ),
    (
        "11-loop",
        "outer-turned",
        {
            "np.zeros(Wy.shape)": "np.zeros(Wy.shape[::-1])",
            "dlogits[t, b], hidden[t, b]": "hidden[t, b], dlogits[t, b]",
        },
    ),
    ("11-forward", "columns-for-rows", {"states[-1] @ Wh.T": "Wh @ states[-1]"}),
    ("11-forward", "columns-for-rows", {"states[-1] @ Wh.T": "np.dot(Wh, states[-1])"}),
    ("11-forward", "columns-for-rows", {"states[1:] @ Wy.T": "Wy @ states[1:]"}),
    ("11-forward", "row-of-wx", {"Wx.T[step]": "Wx[step]"}),
    (
        "11-forward",
        "row-of-wx",
        {"Wx.T[step] + states[-1] @ Wh.T": "states[-1] @ Wh.T + Wx[step]"},
    ),
    (
        "11-forward",
        "row-of-wx",
        {"for step in ids": "for x in Wx[ids]", "Wx.T[step]": "x"},
    ),
    ("11-forward", "columns-beside-rows", {"Wx.T[step]": "Wx[:, step]"}),
    ("11-forward", "columns-beside-rows", {"states[-1] @ Wh.T": "Wh @ states[-1].T"}),
    (
        "11-bug",
        "dwh-turned",
        {"rows(da).T @ rows(states[:-1])": "rows(states[:-1]).T @ rows(da)"},
    ),
    ("11-backward", "row-of-dwx", {"dWx[:, ids[t, b]]": "dWx[ids[t, b]]"}),
    (
        "11-backward",
        "row-of-dwx",
        {"dWx[:, ids[t, b]] += da[t, b]": "dWx[ids[-1 - t, b]] += da[-1 - t, b]"},
    ),
    (
        "11-backward",
        "row-of-dwx",
        {"dWx[:, ids[t, b]] += da[t, b]": "dWx[ids[t]] += da[t]"},
    ),
    (
        "11-backward",
        "row-of-dwx",
        {"dWx[:, ids[t, b]] += da[t, b]": "dWx[ids[-1 - t]] += da[-1 - t]"},
    ),
    ("11-backward", "row-of-dwx", {"dWx[:, ids[t, b]] += da[t, b]": "dWx[ids] += da"}),
    (
        "11-backward",
        "shares-lost",
        {"dWx[:, ids[t, b]] += da[t, b]": "if b == 0: dWx[:, ids[t]] += da[t].T"},
    ),
    (
        "11-backward",
        "shares-lost",
        {
            "dWx[:, ids[t, b]] += da[t, b]": "if t == b == 0: dWx[:, ids] += da.transpose(2, 0, 1)"
        },
    ),
    (
        "11-backward",
        "outer-turned",
        {
            "dWx[:, ids[t, b]] += da[t, b]": "dWx += np.outer(np.eye(dWx.shape[1])[ids[t, b]], da[t, b])"
        },
    ),
    ("11-backward", "outer-turned", {"'Wy': dWy": "'Wy': dWy.T"}),
]


@pytest.mark.parametrize(("name", "mistake", "slip"), SLIPS)
def test_a_slip_of_a_reader_gets_its_name(name, mistake, slip, monkeypatch):
    """Where it stops depends on the case: a row may be missing, or too long."""
    body = body_of(name)
    for piece, instead in slip.items():
        assert piece in body
        body = body.replace(piece, instead)
    for seed in range(20 if mistake.startswith("row-of") else 3):
        monkeypatch.setattr(run, "chance", lambda: np.random.default_rng(seed))
        verdict = check(name, answer_of(name, body), record=False)
        assert verdict.mistakes == (mistake,), verdict


def test_another_wrong_length_is_no_list_joined_to_another(monkeypatch):
    """Two lists of H numbers in one are 2 H; no vocabulary is as large."""
    body = body_of("02-step").replace("matvec(parameters.Wx", "matvec(parameters.Wy")
    for seed in range(60):
        monkeypatch.setattr(run, "chance", lambda: np.random.default_rng(seed))
        verdict = check("02-step", answer_of("02-step", body), record=False)
        assert "a row of matrix has length" in verdict.message, verdict


@of(FUNCTIONS)
def test_a_case_repeats_and_each_is_new(one):
    for seed in range(5):
        first, second = (one.case(np.random.default_rng(seed)) for _ in range(2))
        assert len(first) == len(one.arguments)
        assert all(map(run.same, first, second))
        other = one.case(np.random.default_rng(seed + 100))
        assert not all(map(run.same, first, other))
    for label, arguments in (
        one.edges(np.random.default_rng(0)).items() if one.edges else ()
    ):
        assert label and len(arguments) == len(one.arguments)


@of([one for one in VALUES if not one.choices])
def test_no_check_of_a_value_gives_the_answer_away(one):
    off = arrays(one.right(), lambda array: array + 0.123456)
    assert "expected" not in check(one.name, off, record=False).message


def test_there_are_at_least_five_styles():
    assert len(STYLES) >= 5 and len(WRAPPERS) >= 5
