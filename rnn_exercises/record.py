"""What a reader has solved: a small file of the reader's own.

It is never needed. If it cannot be read or written, a sentence says so, and
everything else works.
"""

import json
import os
import tempfile
from pathlib import Path

# The name of the distribution. It never changes: readers have files there.
FOLDER = "recurrent-networks-by-hand"


def path() -> Path:
    """Where the file is; RNN_BOOK_PROGRESS names another place."""
    if named := os.environ.get("RNN_BOOK_PROGRESS"):
        return Path(named).expanduser()
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / FOLDER / "progress.json"


def read() -> tuple[list[str], str]:
    """The names of what is solved, and a sentence if they cannot be read."""
    file: object = "there is no home folder"
    try:
        file = path()
        solved = json.loads(file.read_text("utf8"))["solved"]
        if not all(isinstance(name, str) for name in solved):
            raise TypeError
    except FileNotFoundError:
        return [], ""
    except (OSError, ValueError, KeyError, TypeError, RuntimeError):
        sentence = f"The record of what you solved cannot be read: {file}."
        return [], f"{sentence} Move it away to begin a new one."
    return sorted(set(solved)), ""


def add(name: str) -> str:
    """Enter an exercise as solved; a sentence if that is not possible."""
    solved, damaged = read()
    if damaged or name in solved:
        return damaged
    file = path()
    try:
        # A file that a page of the book has saved holds answers, too: they stay.
        kept = json.loads(file.read_text("utf8")) if file.exists() else {}
        text = json.dumps(kept | {"solved": sorted([*solved, name])}, indent=1)
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent) as folder:
            draft = Path(folder, file.name)
            draft.write_text(text, "utf8")
            os.replace(draft, file)  # whole or not at all, whoever else writes it
    except OSError:
        sentence = "It is right, but that could not be written down:"
        return f"{sentence} {file} cannot be written."
    return ""
