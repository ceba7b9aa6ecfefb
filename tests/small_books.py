"""Books of one page or two, for the tests of what makes the book."""

from commands import run

from tools.build import html_command
from tools.layout import ROOT
from tools.notebooks import code_cells

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


def build(folder, text, **settings):
    """Build a book of one page, with the configuration of this one."""
    book = folder / "a book"  # a path with a space must work
    book.mkdir()
    (book / "index.md").write_text(text, "utf8")
    for shared in ("_assets", "references.bib"):
        (book / shared).symlink_to(ROOT / "book" / shared)
    toc = folder / "toc.yml"
    toc.write_text("format: jb-book\nroot: index\n")
    return run(folder / "log.txt", html_command(book, folder, toc), **settings)


def printed(notebook) -> list[str]:
    return [
        output["data"]["text/plain"]
        for cell in code_cells(notebook)
        for output in cell.outputs
    ]
