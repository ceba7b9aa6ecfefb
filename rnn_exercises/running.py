"""Call a reader's function, whatever it does, and go on."""

import contextlib
import inspect
import io
import signal
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from rnn_exercises.numpy_errors import misfit_of
from rnn_exercises.reading import members

SECONDS = 5.0  # for all calls of one check
LONGEST = 10_000  # letters of what is printed
ALARM_REPEATS = 0.05  # seconds: an `except:` may swallow the first alarm
PLAIN = (int, float, str, bytes, type(None))


def chance() -> np.random.Generator:
    """Where the cases come from: new ones in each check."""
    return np.random.default_rng()


class OutOfTime(BaseException):
    """Raised in the reader's function; no `except Exception` catches it."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one call."""

    value: object = None  # what was returned
    problem: str = ""  # a sentence about what stopped it
    raised: tuple[type, str] | None = None  # the exception, and its text
    printed: str = ""
    changed: tuple[str, ...] = ()  # the arguments that it changed


class TimeLimit:
    """Raises `OutOfTime` when its `with` blocks together take too long.

    Only in the main thread of a system that has `setitimer`; elsewhere there is
    no limit. A call that never returns from compiled code is not interrupted.
    """

    def __init__(self, seconds: float):
        self.left = seconds
        self.works = hasattr(signal, "setitimer") and (
            threading.current_thread() is threading.main_thread()
        )

    def __enter__(self) -> None:
        if self.works:
            self.handler = signal.signal(signal.SIGALRM, alarm)
            self.start = time.monotonic()
            left = max(self.left, 1e-3)  # 0 would mean: never
            self.timer = signal.setitimer(signal.ITIMER_REAL, left, ALARM_REPEATS)

    def __exit__(self, *_: object) -> None:
        if self.works:
            signal.setitimer(signal.ITIMER_REAL, *self.timer)
            signal.signal(signal.SIGALRM, self.handler or signal.SIG_DFL)
            self.left -= time.monotonic() - self.start


def alarm(_signal: int, frame: object) -> None:
    """Stop the reader's function; what tidies up after it runs on."""
    while frame is not None:
        if frame.f_code is enter.__code__:
            raise OutOfTime
        frame = frame.f_back


def enter(function: Callable, arguments: tuple) -> object:
    """The call itself; an alarm is heard from here on."""
    return function(*arguments)


class Paper(io.StringIO):
    """Takes what is printed, and only the beginning of it."""

    def write(self, text: str) -> int:
        return super().write(text[: max(0, LONGEST - self.tell())])


def quietly(
    function: Callable, arguments: tuple, readers: Callable | None = None
) -> Outcome:
    """Call a function and keep what it prints, warns and raises to itself.

    If it calls a function of the reader's, name that one: it is what an error
    is said to have stopped.
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
            problem=error_text(readers or function, error),
            printed=text.getvalue(),
            raised=(type(error), text_of(error)),
        )
    return Outcome(value=value, printed=text.getvalue())


def call(
    function: Callable, arguments: Mapping[str, object], limit: "TimeLimit"
) -> Outcome:
    """Call a reader's function, and see what it did to its arguments."""
    before = {name: state(value) for name, value in arguments.items()}
    with limit:
        outcome = quietly(function, tuple(arguments.values()))
    changed = [name for name in before if state(arguments[name]) != before[name]]
    return replace(outcome, changed=tuple(changed))


def state(value: object) -> object:
    """What an argument is, in type, shape and every entry, to be compared."""
    if isinstance(value, np.ndarray):
        return value.dtype, value.shape, value.tobytes()
    if isinstance(value, (list, tuple)):
        return type(value), [state(entry) for entry in value]
    inner = members(value)
    if inner is None:  # a model may cache
        inner = members(getattr(value, "parameters", None))
    if inner is not None:
        return type(value), [(key, state(entry)) for key, entry in inner.items()]
    # A generator of chance is there to be used.
    return repr(value) if isinstance(value, PLAIN) else type(value)


def signature_mistake(function: Callable, names: tuple[str, ...]) -> str:
    """A sentence if a function cannot be called with these arguments."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # some builtins have none
        return ""
    sentence = f"{name_of(function)} takes {signature}; expected ({', '.join(names)})"
    try:
        signature.bind(*names)
    except TypeError:
        return f"{sentence}."
    own = tuple(signature.parameters)[: len(names)]
    if own != names and set(own) == set(names):
        return f"{sentence}: the same arguments in this order."
    return ""


def name_of(function: Callable) -> str:
    """The name of a function, as its author knows it."""
    return getattr(function, "__name__", "") or "your function"


def text_of(error: BaseException) -> str:
    """The text of an error, whose class may be the reader's own."""
    try:
        return str(error)
    except Exception:
        return ""


def error_text(function: Callable, error: BaseException) -> str:
    """What stopped a function: the error, and the line of the reader's."""
    name, code = name_of(function), getattr(inspect.unwrap(function), "__code__", None)
    if isinstance(error, SystemExit):
        return f"{name} ended Python with exit(); return its result instead."
    sentence = f"{name} stopped with {type(error).__name__}: {text_of(error)}"
    if misfit := misfit_of(text_of(error)):
        sentence += f"\n{misfit[1]}"
    lines = [
        frame.line
        for frame in traceback.extract_tb(error.__traceback__)
        if code and frame.filename == code.co_filename and frame.line
    ]
    return sentence + (f"\nat the line: {lines[-1]}" if lines else "")
