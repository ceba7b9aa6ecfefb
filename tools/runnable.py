"""Write `_build/html/run`: for each page what its cells need to run in the page.

A page loads its file at the first click. In it are, for all pages, the files of
Python and the package; and for each cell its code, why it cannot run in a page, and
for an exercise how its answer is kept.
"""

import hashlib
import json
import re

from nbformat import NotebookNode

from rnn_exercises import running
from rnn_exercises.registry import exercise
from tools import pyodide
from tools.carried import FETCHED
from tools.exercises import Block, blocks
from tools.layout import HTML, ROOT
from tools.notebooks import code_cells, in_pages, read
from tools.wheel import NAME

SECONDS = ROOT / "tools" / "seconds.json"  # of long cells, as `make clock` found them
FOLDER = HTML / "run"
START = HTML / "_static" / "run" / "start.js"
# What a page loads at the first click, beside small files and the book's package.
NUMPY = next(one.file for one in FETCHED if one.name == "numpy")
CORE = ("pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", NUMPY)
PROCESS = re.compile(r"\bsubprocess\b|\bfresh_python\b")
NO_PROCESS = (
    "This cell starts Python anew as a program of its own. A page cannot do that; "
    "what it printed in a notebook stays."
)
SLOWER = 6  # the time limit of an exercise, in the page against a notebook


def key_of(source: str) -> str:
    """Under which the time of a cell is kept in `seconds.json`."""
    return hashlib.sha256(source.encode()).hexdigest()[:12]


def starters(notebook: NotebookNode) -> dict[int, Block]:
    """The exercise of each cell that is its starter, by the cell's number."""
    cells = code_cells(notebook)
    return {
        number: block
        for block in blocks(notebook)
        for number, cell in enumerate(cells)
        if any(cell is one for one in block.starters) and "check(" in cell.source
    }


def version_of(block: Block, starter: str) -> str:
    """Changes when the question or its starter does."""
    return key_of(block.question + starter)


def data_of(notebook: NotebookNode) -> list[dict]:
    """What the page has to know of each of its code cells."""
    sources = [cell.source for cell in code_cells(notebook)]
    found: list[dict] = [{"source": source} for source in sources]
    solutions = [cell.source for block in blocks(notebook) for cell in block.solutions]
    measured = json.loads(SECONDS.read_text("utf8"))
    for one in found:
        if long := measured.get(key_of(one["source"])):
            one["seconds"] = long
        if PROCESS.search(one["source"]):
            one["refused"] = NO_PROCESS
        if one["source"] in solutions:
            one["solution"] = True
    for number, block in starters(notebook).items():
        seconds = exercise(block.name).seconds or running.SECONDS
        found[number] |= {
            "name": block.name,
            "version": version_of(block, sources[number]),
            "limit": round(SLOWER * seconds),
        }
    return found


def main() -> None:
    folder = HTML / pyodide.BELOW
    if not folder.exists():  # built without a network: the pages have no buttons
        START.write_text("/* This book was built without Python for its pages. */\n")
        return
    FOLDER.mkdir(exist_ok=True)
    files = [*(folder / name for name in CORE), HTML / "notebooks" / NAME]
    book = {
        "core": CORE,
        "wheel": f"../../notebooks/{NAME}",
        "bytes": sum(file.stat().st_size for file in files),
    }
    for chapter in in_pages():
        data = book | {"cells": data_of(read(chapter))}
        path = FOLDER / f"{chapter.stem}.json"
        path.write_text(json.dumps(data, ensure_ascii=False), "utf8")


if __name__ == "__main__":
    main()
