"""Books of one page or two, for the tests of what makes the book."""

import json
import sys
from functools import cache
from subprocess import PIPE, Popen
from types import SimpleNamespace

from commands import run

from tools.build import html_command
from tools.layout import ROOT
from tools.notebooks import code_cells
from tools.surroundings import surroundings

ODD = 'it\'s a "книга" of 100%20 né'  # a path must work, whoever has named it
TOC = {"format": "jb-book", "root": "index"}
NOTEBOOK = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  name: python3
---

"""
# Executes the chapters of a folder, as a build does. A shell that starts the tests in
# the background has them ignore Ctrl-C, and so what they start.
EXECUTE = """
import signal, sys
from pathlib import Path
from tools import build, execute
signal.signal(signal.SIGINT, signal.default_int_handler)
folder = Path(sys.argv[1])
build.BUILD, execute.CACHE = folder, folder / "cache"
with build.alone("book"):
    execute.main(sorted(folder.glob("*.md")))
"""


@cache
def forks() -> Popen:
    """The process that forks for each build; it ends with this one."""
    command = [sys.executable, "-I", "tools/surroundings.py", "-m", "tests.forked"]
    return Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True)


def run_forked(log, arguments):
    """Run Python as `run` does, in a fork."""
    _, *job = arguments  # behind "-c"
    print(json.dumps([str(log), surroundings(), *job]), file=forks().stdin, flush=True)
    status = int(forks().stdout.readline())
    return SimpleNamespace(returncode=status, log=log.read_text("utf8"))


def build(folder, text, more=(), **settings):
    """Build a book of a page, and of `more` by their names, as this one is built.

    With settings of the caller it is built by a process that begins with them.
    """
    book = folder / ODD
    book.mkdir()
    pages = {"index": text, **dict(more)}
    for name, source in pages.items():
        (book / f"{name}.md").write_text(source, "utf8")
    for shared in ("_assets", "references.bib"):
        (book / shared).symlink_to(ROOT / "book" / shared)
    toc = folder / "toc.yml"
    chapters = [{"file": name} for name in dict(more)]
    toc.write_text(json.dumps(TOC | ({"chapters": chapters} if chapters else {})))
    command, log = html_command(book, folder, toc), folder / "log.txt"
    return run(log, command, **settings) if settings else run_forked(log, command)


def printed(notebook) -> list[str]:
    return [
        output["data"]["text/plain"]
        for cell in code_cells(notebook)
        for output in cell.outputs
    ]
