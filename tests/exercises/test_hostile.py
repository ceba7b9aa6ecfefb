"""Whatever Python can make gets a verdict: in time, on a screenful."""

import gc
import sys
import time

import numpy as np
import pytest

from rnn_exercises import check, judging, running
from rnn_exercises.registry import all_exercises, exercise
from rnn_exercises.showing import RIGHT


class Raising:
    """All that can be asked of it raises."""

    def __getattribute__(self, name):
        raise RuntimeError(f"no {name}")

    def __iter__(self):
        raise RuntimeError("no iter")

    __len__ = __call__ = __eq__ = __bool__ = __float__ = __repr__ = __iter__
    __hash__ = None


class Lying(dict):
    """A dict whose length, keys and values contradict each other."""

    def __len__(self):
        return -1

    def keys(self):
        return 7

    def __iter__(self):
        return iter([1, "Wx", None])

    def values(self):
        return [self]

    items = keys


class LyingClass:
    __class__ = property(lambda self: dict)
    __name__ = 3
    __signature__ = "no"

    def __call__(self, *arguments):
        return self


class Endless:
    def __getattr__(self, name):
        while True:
            time.sleep(0.01)

    def __len__(self):
        return 10**9

    def __getitem__(self, place):
        while True:
            time.sleep(0.01)


class LongError(Exception):
    def __str__(self):
        return "x" * 10_000_000


class EndlessError(Exception):
    def __str__(self):
        while True:
            time.sleep(0.01)


class Nameless(type):
    __name__ = property(lambda cls: 1 / 0)


class Odd(Exception):
    args = property(lambda self: 1 / 0)


def raising(error):
    def function(*arguments):
        raise error

    return function


def recursive(*arguments):
    return recursive(*arguments)


def closing(*arguments):
    sys.stdout.close()
    sys.stderr.close()


def raising_on_warnings(*arguments):
    np.seterr(all="raise")
    return np.array(1e300) * 1e300


def any_arguments(function, count):
    """The function with as many arguments as asked for."""
    names = ", ".join(f"a{i}" for i in range(count))
    return eval(f"lambda {names}: function({names})", {"function": function})


CYCLE = []
CYCLE.append(CYCLE)
LOOP = {}
LOOP["Wx"] = LOOP
DEEP = []
for _ in range(100_000):
    DEEP = [DEEP]

VALUES = {
    "a list that holds itself": CYCLE,
    "a dict that holds itself": LOOP,
    "a very deep list": DEEP,
    "a huge whole number": 10**400,
    "many huge numbers": [10**400] * 3,
    "an object that raises": Raising(),
    "a list of such objects": [Raising(), Raising()],
    "a dict that lies": Lying(Wx=1),
    "an object that lies of its class": LyingClass(),
    "a class whose name raises": Nameless("Odd", (), {}),
    "an array of objects": np.array([object(), None], dtype=object),
    "a structured array": np.zeros(3, dtype="i4, f8"),
    "dates": np.array(["2026-01-01"], dtype="M8[D]"),
    "a surrogate": "\ud800",
    "a long text": "x" * 1_000_000,
    "bytes": b"b",
    "an empty list": [],
    "an empty array": np.zeros((0, 3)),
    "nan": float("nan"),
    "None": None,
    "a class": int,
    "a module": np,
}
FUNCTIONS = {
    "raises a long text": raising(LongError()),
    "raises an odd error": raising(Odd()),
    "raises a group": raising(ExceptionGroup("many", [ValueError("x" * 9999)] * 99)),
    "never comes back from itself": recursive,
    "closes what it prints to": closing,
    "lets NumPy raise": raising_on_warnings,
    "ends Python": lambda *arguments: sys.exit(3),
    "returns itself": lambda *arguments: recursive,
}
KINDS = ("01-back", "02-by-hand", "06-tanh", "08-step", "09-project", "11-backward")


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    """A short time for every answer, none of which goes to the garbage collector.

    In a long test run it takes as long, and an alarm in one of its callbacks is lost.
    """
    monkeypatch.setattr(running, "SECONDS", 0.3)
    gc.disable()
    old = np.seterr(all="raise")
    yield
    gc.enable()
    np.seterr(**old)


def assert_harmless(name, answer):
    verdict = check(name, answer, record=False)
    assert verdict.kind != RIGHT and len(str(verdict)) < judging.SCREENFUL + 100
    assert verdict.message.strip() and verdict._repr_html_().encode("utf8", "replace")


ALL = [one.name for one in all_exercises()]


@pytest.mark.parametrize("what", VALUES)
def test_any_value_gets_a_verdict(what):
    for name in ALL if what in ("None", "an object that raises") else KINDS:
        one, value = exercise(name), VALUES[what]
        assert_harmless(name, value)
        if one.arguments:
            returning = any_arguments(lambda *_: value, len(one.arguments))  # noqa: B023
            assert_harmless(name, returning)
        if not isinstance(one.answers, str):
            assert_harmless(name, (value,) * len(one.answers))


@pytest.mark.parametrize("what", FUNCTIONS)
@pytest.mark.parametrize("name", ["06-tanh", "08-step", "11-backward"])
def test_any_function_gets_a_verdict(what, name):
    count = len(exercise(name).arguments)
    assert_harmless(name, any_arguments(FUNCTIONS[what], count))
    assert not sys.stdout.closed


@pytest.mark.parametrize("name", KINDS)
def test_what_never_ends_ends(name):
    assert_harmless(name, Endless())
    count = len(exercise(name).arguments)
    if count:
        assert_harmless(name, any_arguments(lambda *_: Endless(), count))
        assert_harmless(name, any_arguments(raising(EndlessError()), count))


def test_a_function_that_closes_its_output_is_judged_by_its_answer():
    def my_tanh_backward(dh, h):
        closing()
        return exercise("06-tanh").right(dh, h)

    assert check("06-tanh", my_tanh_backward, record=False).kind == RIGHT
