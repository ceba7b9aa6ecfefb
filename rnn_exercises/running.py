"""Call a reader's function, whatever it does, and go on."""

import contextlib
import inspect
import io
import signal
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rnn_exercises.numpy_errors import misfit_of
from rnn_exercises.reading import members

SECONDS = 5.0  # for all calls of one check
LONGEST = 10_000  # letters of what is printed
SAID = 400  # letters of an error's text
ALARM_REPEATS = 0.05  # seconds: an `except:` may swallow the first alarm
ENDLESS = "{} did not end within {:g} s. Does every loop come to an end?"
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
    late: bool = False  # whether it was stopped by its time limit
    printed: str = ""


class TimeLimit:
    """Raises `OutOfTime` when its `with` blocks together take too long.

    Only where there is `setitimer`, in the main thread, and not in compiled code.
    """

    #: What counts the time, the signal that it sends, and the time till now.
    timer = getattr(signal, "ITIMER_REAL", None)
    sign = getattr(signal, "SIGALRM", None)
    now = time.monotonic

    def __init__(self, seconds: float):
        self.seconds = self.left = seconds
        self.works = hasattr(signal, "setitimer") and (
            threading.current_thread() is threading.main_thread()
        )

    def __enter__(self) -> "TimeLimit":
        if self.works:
            self.handler = signal.signal(self.sign, self.alarm)
            self.start = self.now()
            left = max(self.left, 1e-3)  # 0 would mean: never
            self.before = signal.setitimer(self.timer, left, ALARM_REPEATS)
        return self

    def __exit__(self, *_: object) -> None:
        if self.works:
            signal.setitimer(self.timer, *self.before)
            signal.signal(self.sign, self.handler or signal.SIG_DFL)
            self.left -= self.now() - self.start

    def alarm(self, _signal: int, frame: object) -> None:
        """Stop the reader's function; what tidies up after it runs on."""
        while frame is not None:
            if frame.f_code is enter.__code__ and frame.f_locals["limit"] is self:
                raise OutOfTime
            frame = frame.f_back


def enter(function: Callable, arguments: Sequence, limit: TimeLimit | None) -> object:
    """The call itself; the limit's alarm is heard from here on."""
    return function(*arguments)


class Paper(io.StringIO):
    """Takes what is printed, and only the beginning of it."""

    def write(self, text: str) -> int:
        return super().write(text[: max(0, LONGEST - self.tell())])

    def close(self) -> None:
        """Stay open: it is not the reader's."""


def call(
    function: Callable,
    arguments: Sequence,
    limit: TimeLimit | None = None,
    own: object = None,
) -> Outcome:
    """Call a function in silence; what stops it is said of the reader's `own`."""
    own, text = function if own is None else own, Paper()
    try:
        with (
            limit or contextlib.nullcontext(),
            contextlib.redirect_stdout(text),
            contextlib.redirect_stderr(text),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
        ):
            warnings.simplefilter("ignore")
            outcome = attempt(function, arguments, limit, own)
    except OutOfTime:
        if not limit:
            raise
        problem = ENDLESS.format(name_of(own), limit.seconds)
        outcome = Outcome(problem=problem, late=True)
    return replace(outcome, printed=text.getvalue())


def attempt(
    function: Callable, arguments: Sequence, limit: TimeLimit | None, own: object
) -> Outcome:
    """What comes of a call that ends, or raises."""
    try:
        return Outcome(value=enter(function, arguments, limit))
    except (KeyboardInterrupt, OutOfTime):
        raise
    except BaseException as error:  # SystemExit, for one, is no Exception
        return enter(stopped, [own, error], limit)  # its text may never end


def stopped(own: object, error: BaseException) -> Outcome:
    """The outcome of a call that raised."""
    return Outcome(problem=error_text(own, error), raised=(type(error), text_of(error)))


def state(value: object) -> object:
    """What an argument is, in type, shape and every entry, to be compared."""
    if isinstance(value, np.ndarray):
        return value.dtype, value.shape, value.tobytes()
    inner = dict(enumerate(value)) if isinstance(value, (list, tuple)) else None
    for one in (value, getattr(value, "parameters", None)):  # a model may cache
        inner = members(one) if inner is None else inner
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
    own = tuple(signature.parameters)[: len(names)]
    try:
        signature.bind(*names)
    except TypeError:
        return f"{sentence}."
    moved = own != names and set(own) == set(names)
    return f"{sentence}: the same arguments in this order." if moved else ""


def name_of(function: object) -> str:
    """The name of a function, as its author knows it."""
    try:
        name = function.__name__
    except Exception:  # whatever an object of the reader's does
        name = ""
    return name if isinstance(name, str) and name else "your answer"


def text_of(error: BaseException) -> str:
    """The beginning of an error's text; its class may be the reader's own."""
    try:
        text = str(error)
    except Exception:
        return ""
    return text if len(text) <= SAID else f"{text[:SAID]} …"


def error_text(own: object, error: BaseException) -> str:
    """What stopped a function: the error, and the line of the reader's."""
    if isinstance(error, SystemExit):
        return f"{name_of(own)} ended Python with exit(); return its result instead."
    lines = [f"{name_of(own)} stopped with {type(error).__name__}: {text_of(error)}"]
    if misfit := misfit_of(text_of(error)):
        lines.append(misfit[1])
    file = file_of(own)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename == file and frame.line:
            return "\n".join([*lines, f"at the line: {frame.line}"])
    return "\n".join(lines)


def file_of(function: object) -> str:
    """The file, or the cell, in which a function was written."""
    try:
        return inspect.unwrap(function).__code__.co_filename
    except Exception:  # a value, or whatever an object of the reader's does
        return ""
