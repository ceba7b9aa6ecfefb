"""The last words of a command: a line where a reader can help, not a traceback.

For what the machine refuses, a full disk, and Ctrl-C, wherever in a command they come
(`tools/__init__.py`). A fault of the book keeps its traceback. The standard library
alone, since `make env` needs it before anything is installed.
"""

import errno
import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)
FULL = (errno.ENOSPC, errno.EDQUOT)
ROOM = "make room, and run the command again"
NEARLY = 1e6  # bytes: who writes into less has failed for want of more
MEGABYTES = {"environment": 1500, "book": 200}  # what each needs, and some air


def stop(message):
    """End with one line that says what is missing and what to do."""
    raise SystemExit(f"make: {message}")


def free():
    """The bytes that are free where this folder lies."""
    return shutil.disk_usage(ROOT).free


def need(what):
    """Stop where the disk is too full to begin."""
    wanted = MEGABYTES[what]
    if free() < wanted * 1e6:
        stop(
            f"{free() / 1e6:.0f} MB are free where this folder lies; the {what} needs "
            f"{wanted} MB: make room, or copy this folder to another disk"
        )


def chain(trouble):
    """A trouble, and what it came from."""
    while trouble is not None:
        yield trouble
        trouble = trouble.__cause__ or trouble.__context__


def sentence(trouble):
    """What a reader can do about it; empty for a fault of the book.

    A database says in words of its own that the disk is full, so the disk is asked.
    """
    if isinstance(trouble, KeyboardInterrupt):
        return "interrupted; run the command again"
    for one in chain(trouble):
        code, place = getattr(one, "errno", None), getattr(one, "filename", None)
        if code in FULL:
            return f"{place or ROOT}: the disk is full; {ROOM}"
        if code in REFUSED:
            return (
                f"{place or ROOT}: {os.strerror(code)}; copy this folder to a place "
                "where you may write"
            )
    return f"the disk is full; {ROOM}" if free() < NEARLY else ""


def end(kind, trouble, trace):
    """What Python calls when a command ends with a trouble that nobody took."""
    said = sentence(trouble)
    if said:
        print(f"make: {said}", file=sys.stderr)
    else:
        sys.__excepthook__(kind, trouble, trace)
