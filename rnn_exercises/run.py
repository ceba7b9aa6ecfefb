"""Call a reader's function, whatever it does, and go on."""

import contextlib
import inspect
import io
import signal
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

import numpy as np

from rnn_exercises.numpy_errors import misfit_of

SECONDS = 5.0  # for all calls of one check
LONGEST = 10_000  # letters of what is printed
AGAIN = 0.05  # the alarm repeats: an `except:` may swallow the first


def chance() -> np.random.Generator:
    """Where the cases come from: new ones in each check."""
    return np.random.default_rng()


class OutOfTime(BaseException):
    """Raised in the reader's function; no `except Exception` catches it."""


@dataclass(frozen=True)
class Outcome:
    """What came of one call.

    Attributes
    ----------
    value : what was returned; None if nothing was
    problem : str
        A sentence about what stopped it, or empty.
    raised : the type and the text of the exception, or None
    printed : str
    changed : tuple of str
        The arguments that it changed.
    """

    value: object = None
    problem: str = ""
    raised: tuple[type, str] | None = None
    printed: str = ""
    changed: tuple[str, ...] = ()


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `OutOfTime` in the block when its time is up.

    Only in the main thread of a system that has `setitimer`; elsewhere the
    block runs without a limit. A call that never returns from compiled code
    is not interrupted.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(
        signal, "setitimer"
    ):
        yield
        return

    def alarm(_signal: int, frame: object) -> None:
        while frame is not None:  # only within the reader's function:
            if frame.f_code is enter.__code__:  # what tidies up runs on
                raise OutOfTime
            frame = frame.f_back

    handler = signal.signal(signal.SIGALRM, alarm)
    timer = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, handler or signal.SIG_DFL)


def enter(function: Callable, arguments: tuple) -> object:
    """The call itself; an alarm is heard from here on."""
    return function(*arguments)


class Paper(io.StringIO):
    """Takes what is printed, and only the beginning of it."""

    def write(self, text: str) -> int:
        return super().write(text[: max(0, LONGEST - self.tell())])


def text_of(error: BaseException) -> str:
    """The text of an error, whose class may be the reader's own."""
    try:
        return str(error)
    except Exception:
        return ""


def quietly(
    function: Callable, arguments: tuple, readers: Callable | None = None
) -> Outcome:
    """Call a function and keep what it prints, warns and raises to itself.

    If it calls a function of the reader's, name that one: an error is told as
    having stopped it.
    """
    text = Paper()
    try:
        with (
            contextlib.redirect_stdout(text),
            contextlib.redirect_stderr(text),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
        ):
            warnings.simplefilter("ignore")
            value = enter(function, arguments)
    except (OutOfTime, KeyboardInterrupt):
        raise
    except BaseException as error:  # SystemExit, for one, is no Exception
        return Outcome(
            problem=told(readers or function, error),
            printed=text.getvalue(),
            raised=(type(error), text_of(error)),
        )
    return Outcome(value=value, printed=text.getvalue())


def call(
    function: Callable, names: tuple[str, ...], fresh: Callable[[], tuple]
) -> Outcome:
    """Call a function with arguments of its own, and see what it did to them.

    Parameters
    ----------
    function : the reader's
    names : the names of its arguments
    fresh : makes the same arguments anew at each call
    """
    arguments = fresh()
    outcome = quietly(function, arguments)
    changed = tuple(
        name
        for name, one, other in zip(names, arguments, fresh(), strict=True)
        if not same(one, other)
    )
    return Outcome(
        outcome.value, outcome.problem, outcome.raised, outcome.printed, changed
    )


def same(one: object, other: object) -> bool:
    """Whether an argument is what it was, in type, shape and every entry."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return (
            one.dtype == other.dtype
            and one.shape == other.shape
            and one.tobytes() == other.tobytes()
        )
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Mapping):
        return list(one) == list(other) and all(
            same(one[key], other[key]) for key in one
        )
    if is_dataclass(one):
        return all(
            same(getattr(one, field.name), getattr(other, field.name))
            for field in fields(one)
        )
    if isinstance(getattr(one, "parameters", None), Mapping):
        return same(one.parameters, other.parameters)  # a model may cache
    if isinstance(one, float):
        return one == other or (one != one and other != other)
    if isinstance(one, (int, str, bytes, bool, type(None))):
        return one == other
    return True  # a generator of chance is there to be used


def misfit(function: Callable, names: tuple[str, ...]) -> str:
    """A sentence if a function cannot be called with these arguments."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # some builtins have none
        return ""
    wanted = f"({', '.join(names)})"
    try:
        signature.bind(*names)
    except TypeError:
        return f"{name_of(function)} takes {signature}; expected {wanted}."
    own = tuple(signature.parameters)[: len(names)]
    if own != names and set(own) == set(names):
        return (
            f"{name_of(function)} takes {signature}; expected {wanted}: "
            "the same arguments in this order."
        )
    return ""


def name_of(function: Callable) -> str:
    """The name of a function, as its author knows it."""
    return getattr(function, "__name__", "") or "your function"


def told(function: Callable, error: BaseException) -> str:
    """What stopped a function: the error, and the line of the reader's."""
    name, code = name_of(function), getattr(inspect.unwrap(function), "__code__", None)
    if isinstance(error, SystemExit):
        return f"{name} ended Python with exit(); return its result instead."
    sentence = f"{name} stopped with {type(error).__name__}: {text_of(error)}"
    if unfit := misfit_of(text_of(error)):
        sentence += f"\n{unfit.words}"
    lines = [
        frame.line
        for frame in traceback.extract_tb(error.__traceback__)
        if code and frame.filename == code.co_filename and frame.line
    ]
    return sentence + (f"\nat the line: {lines[-1]}" if lines else "")
