"""Books of one page or two, for the tests of what makes the book."""

import json

from commands import run

from tools.build import html_command
from tools.layout import ROOT
from tools.notebooks import code_cells

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
# Executes the chapters of a folder, as a build does.
EXECUTE = """
import sys
from pathlib import Path
from tools import build, execute
folder = Path(sys.argv[1])
build.BUILD, execute.CACHE = folder, folder / "cache"
with build.alone("book"):
    execute.main(sorted(folder.glob("*.md")))
"""


def build(folder, text, more=(), **settings):
    """Build a book of a page, and of `more` by their names, as this one is built."""
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
    return run(folder / "log.txt", html_command(book, folder, toc), **settings)


def printed(notebook) -> list[str]:
    return [
        output["data"]["text/plain"]
        for cell in code_cells(notebook)
        for output in cell.outputs
    ]
