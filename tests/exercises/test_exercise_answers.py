"""Right answers in any style are right; each mistake gets its own name."""

import copy
import functools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from same_trials import SameTrials
from solutions import answer_of, body_of

from rnn_exercises import check, judging, running
from rnn_exercises.reading import equal, members, parts
from rnn_exercises.registry import all_exercises, chapters, exercise, of_chapter
from rnn_exercises.running import state
from rnn_exercises.showing import MISTAKE, RIGHT
from rnn_exercises.trials import Trial

ALL = all_exercises()
FUNCTIONS = [one for one in ALL if one.arguments]


def restyled(value, make):
    """A result with `make` of an array instead of each array of numbers."""
    inner = members(value)
    if inner is not None:
        return {name: restyled(entry, make) for name, entry in inner.items()}
    if isinstance(value, tuple):
        return tuple(restyled(entry, make) for entry in value)
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


@given(
    arrays(float, array_shapes(min_dims=0), elements=st.floats(-1000, 1000)),
    st.sampled_from(list(STYLES)),
)
def test_an_array_in_any_style_is_read_as_it_is(array, style):
    found = parts(STYLES[style](array), array, "c")["c"]
    assert equal(found, array)
    assert not equal(found + 50, array)


#: A function of lists, one that returns several arrays in a dict, and a value.
STYLED = ("06-tanh", "11-backward", "06-by-hand")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", STYLED)
def test_a_right_answer_in_any_style_is_right(name, style):
    one, make = exercise(name), STYLES[style]

    def my_function(*arguments):
        return restyled(one.right(*arguments), make)

    answer = my_function if one.arguments else my_function()
    verdict = check(name, answer, record=False)
    assert verdict.kind == RIGHT, verdict


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


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_a_right_function_of_any_make_is_right(wrapper):
    function = WRAPPERS[wrapper](exercise("06-tanh").right)
    verdict = check("06-tanh", function, record=False)
    assert verdict.kind == RIGHT, verdict


@pytest.mark.parametrize("number", chapters())
def test_the_solutions_of_the_book_are_right(number):
    for name in of_chapter(number):
        verdict = check(name, answer_of(name, body_of(name)), record=False)
        assert verdict.kind == RIGHT, verdict


def complete(one, made, find_right):
    """A mistake's answer, with the right one's parts where it has none."""
    if not isinstance(made, dict):
        return made
    right = find_right()
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
    if one.judge:
        return wrong.given()
    if not one.arguments:
        return complete(one, wrong.given(), lambda: one.solution)
    if one.changes:  # the mistake changes the argument itself
        return wrong.answer
    right = Trial(one, 0).result_of(one.right)

    def my_function(*arguments):
        made = wrong.answer(*arguments)
        return complete(one, made, lambda: right(*copy.deepcopy(arguments)))

    return my_function


CASES = {}
for one in ALL:
    for wrong in one.ways:
        number = sum(name.startswith(f"{one.name}-{wrong.name}.") for name in CASES)
        CASES[f"{one.name}-{wrong.name}.{number}"] = one, wrong


#: Two rounds, in each of which the mistakes of an exercise are given the same cases.
ROUNDS = SameTrials(), SameTrials()


@pytest.mark.parametrize(("one", "wrong"), CASES.values(), ids=CASES)
def test_every_mistake_gets_its_name(one, wrong, monkeypatch):
    rounds = 2 if one.arguments or one.judge else 1  # a value has no chance
    for trials in ROUNDS[:rounds]:
        monkeypatch.setattr(judging, "trials_of", trials)
        verdict = check(one.name, mistaken(one, wrong), record=False)
        assert (verdict.kind, verdict.mistakes) == (MISTAKE, (wrong.name,))
        assert verdict.message.startswith(wrong.message)


def seeded(seed):
    return lambda: np.random.default_rng(seed)


#: As readers write them: a piece of the solution, and what is there instead.
INNER = "add(matvec(parameters.Wx, x), from_past)"
SLIPS = [
    (
        "02-step",
        "lists-joined",
        {
            f"add({INNER}, parameters.bh)": (
                "matvec(parameters.Wx, x) + from_past + parameters.bh"
            )
        },
    ),
    (
        "02-step",
        "lists-joined",
        {f"add({INNER},": "add(matvec(parameters.Wx, x) + from_past,"},
    ),
    (
        "02-step",
        "lists-joined",
        {f"add({INNER}, parameters.bh)": f"{INNER} + parameters.bh"},
    ),
    (
        "02-step",
        "lists-joined",
        {
            "add(matvec(parameters.Wy, h), parameters.by)": (
                "matvec(parameters.Wy, h) + parameters.by"
            )
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
            "dWx[:, ids[t, b]] += da[t, b]": (
                "if t == b == 0: dWx[:, ids] += da.transpose(2, 0, 1)"
            )
        },
    ),
    (
        "11-backward",
        "outer-turned",
        {
            "dWx[:, ids[t, b]] += da[t, b]": (
                "dWx += np.outer(np.eye(dWx.shape[1])[ids[t, b]], da[t, b])"
            )
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
    answer = answer_of(name, body)
    for seed in range(20 if mistake.startswith("row-of") else 3):
        monkeypatch.setattr(running, "chance", seeded(seed))
        verdict = check(name, answer, record=False)
        assert verdict.mistakes == (mistake,), verdict


def test_another_wrong_length_is_no_list_joined_to_another(monkeypatch):
    """Two lists of H numbers in one are 2 H; no vocabulary is as large."""
    body = body_of("02-step").replace("matvec(parameters.Wx", "matvec(parameters.Wy")
    answer = answer_of("02-step", body)
    for seed in range(60):
        monkeypatch.setattr(running, "chance", seeded(seed))
        verdict = check("02-step", answer, record=False)
        assert "a row of matrix has length" in verdict.message, verdict


@pytest.mark.parametrize("one", FUNCTIONS, ids=lambda one: one.name)
def test_a_case_repeats_and_each_is_new(one):
    for seed in range(5):
        first, second, other = (
            state(one.case(np.random.default_rng(seed + more))) for more in (0, 0, 100)
        )
        assert first == second != other
        case = one.case(np.random.default_rng(seed))
        assert len(case) == len(one.arguments)
        assert state(copy.deepcopy(case)) == first  # as each call gets it
    for label, arguments in (
        one.edges(np.random.default_rng(0)).items() if one.edges else ()
    ):
        assert label and len(arguments) == len(one.arguments)


@pytest.mark.parametrize("name", ("06-by-hand", "02-shapes", "08-first"))
def test_no_check_of_a_value_gives_the_answer_away(name):
    off = restyled(exercise(name).right(), lambda array: array + 0.123456)
    assert "expected" not in check(name, off, record=False).message
