"""The chapters as they are executed while the tests run: once, by the build.

A build that finds a chapter executed before leaves it to nbval, which starts a
kernel for it. So each chapter runs anew in each run of the tests, and never twice.
"""

import asyncio
import os
import re
import time
import warnings
from collections import deque
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import NoReturn

import pytest
from commands import run
from nbformat import NotebookNode
from nbval.plugin import IPyNbFile

from tools import execute
from tools.execute import shows_reference
from tools.layout import BOOK
from tools.notebooks import code_cells, needs_pytorch, read

#: When the tests began: the workers of pytest-xdist inherit it.
BEGAN = float(os.environ.setdefault("TESTS_BEGAN", str(time.time())))
NO_PYTORCH = "PyTorch is not here, so what needs it was not tested: make torch"
IDLE = {"output_type": "status", "execution_state": "idle"}
DONE = re.compile(r"^  (\S+)  ([\d.]+) s$", re.M)


@cache
def build() -> SimpleNamespace:
    """Make the book, or wait for the worker that makes it."""
    with TemporaryDirectory() as folder:
        return run(Path(folder, "build.log"), ["-m", "tools.build"])


def seconds() -> dict[str, float]:
    """How long each chapter took that this worker's build has executed."""
    log = build().log if build.cache_info().currsize else ""
    return {name: float(time) for name, time in DONE.findall(log)}


def executed(chapter: Path) -> list[NotebookNode] | None:
    """The code cells of a chapter that this run of the tests has executed."""
    build()
    cache, notebook = execute.open_cache(), read(chapter)
    try:
        made = cache.match_cache_notebook(notebook).created
    except KeyError:
        return None
    if made.replace(tzinfo=UTC) < datetime.fromtimestamp(BEGAN, UTC):
        return None
    return code_cells(execute.cached(cache, notebook))


def executed_now(chapter: Path) -> list[NotebookNode]:
    """The code cells of a chapter, with what they show."""
    notebook = read(chapter)
    problems = asyncio.run(execute.run(chapter, notebook))
    assert not problems, "\n".join(problems)
    return code_cells(notebook)


def skip_without_pytorch() -> NoReturn:
    """Leave a test out, and have pytest end with a warning."""
    warnings.warn(pytest.PytestWarning(NO_PYTORCH), stacklevel=2)
    pytest.skip(NO_PYTORCH)


class Replay:
    """What nbval takes for a kernel: it answers what the build was answered."""

    def __init__(self, cells: list[NotebookNode]):
        self.cells = deque(cells)
        self.messages: deque[dict] = deque()

    def is_alive(self) -> bool:
        return True

    def execute_cell_input(self, source: str, allow_stdin: bool) -> str:
        """Answer a cell, which must be the next one of the chapter."""
        cell = self.cells.popleft()
        if cell.source != source:
            raise RuntimeError(f"the chapter has another cell here: {cell.source}")
        self.messages.extend([*cell.outputs, IDLE])
        return "one"

    def await_reply(self, message: str, timeout: float) -> None:
        """There is nothing to wait for."""

    def get_message(self, stream: str, timeout: float) -> dict:
        content = self.messages.popleft()
        return {
            "msg_type": content["output_type"],
            "parent_header": {"msg_id": "one"},
            "content": content,
        }

    def stop(self) -> None:
        """There is nothing to stop."""


class Reference(IPyNbFile):
    """A reference, whose cells nbval compares with what they print in this run."""

    def setup(self) -> None:
        chapter = BOOK / f"{self.path.stem}.md"
        if shows_reference(read(chapter)):
            skip_without_pytorch()
        cells = executed(chapter)
        if cells is None and needs_pytorch(read(chapter)):
            cells = executed_now(chapter)  # nbval's kernel would be another Python
        if cells is None:
            super().setup()
        else:
            self.kernel = Replay(cells)
