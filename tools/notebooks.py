"""What a chapter is, for every script and test, and how it is read.

A page is a file `book/*.md`. A chapter is a page with code cells: a notebook in
MyST Markdown. It is read by the reader that builds the book, so that what is
executed, reviewed and printed is the same.
"""

import copy
from functools import cache
from pathlib import Path

from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from nbformat import NotebookNode
from sphinx_external_toc.parsing import parse_toc_yaml

from tools import cache_address  # noqa: F401  (so that all of them have it)
from tools.layout import BOOK, REFERENCE, ROOT

PYTORCH = "pytorch"  # the name of a kernel; `make lab` writes it for JupyterLab


def pages() -> list[Path]:
    """Every page of the book, by name."""
    return sorted(BOOK.glob("*.md"))


def chapters() -> list[Path]:
    """Every page that has code to run, by name."""
    return [page for page in pages() if has_code(page.read_text("utf8"))]


def numbered_chapters() -> dict[str, list[str]]:
    """The chapters with a number, part by part, from the table of contents.

    The keys are the titles of the parts; a chapter is named "01-words-to-vectors".
    """
    parts = parse_toc_yaml(ROOT / "_toc.yml").root.subtrees
    return {part.caption: list(map(str, part.items)) for part in parts if part.numbered}


def reference_of(chapter: Path) -> Path:
    """Where the reference of a chapter is kept."""
    return REFERENCE / f"{chapter.stem}.ipynb"


def read(page: Path) -> NotebookNode:
    """Read a page as a notebook; a page without code is one prose cell."""
    return copy.deepcopy(parsed(page.read_text("utf8"), path=page))


# To parse a chapter takes half a second, and some commands ask for it fifty times.
parsed = cache(read_myst_markdown_notebook)
has_code = cache(is_myst_markdown_notebook)


def needs_pytorch(notebook: NotebookNode) -> bool:
    """Whether a chapter names, in its front matter, the kernel that has PyTorch.

    There is none in a browser, so such a chapter has no buttons; it is executed where
    `tools.frameworks` could install PyTorch, and elsewhere shows its reference.
    """
    return notebook.metadata.get("kernelspec", {}).get("name") == PYTORCH


def in_pages() -> list[Path]:
    """The chapters whose cells run in their page."""
    return [chapter for chapter in chapters() if not needs_pytorch(read(chapter))]


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The code cells that hold code."""
    return [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.source.strip()
    ]


def promises_picture(cell: NotebookNode) -> bool:
    """Whether a cell has an alternative text: it shows one picture then."""
    return "alt" in cell.metadata.get("mystnb", {}).get("image", {})


def caption_of(cell: NotebookNode) -> dict[str, str]:
    """The name and the caption of the figure that a cell shows; or nothing."""
    return cell.metadata.get("mystnb", {}).get("figure", {})


def unkept_promises(executed: NotebookNode) -> list[str]:
    """The cells that show more or fewer pictures than alternative texts."""
    found = []
    for cell in code_cells(executed):
        pictures = sum("image/png" in out.get("data", {}) for out in cell.outputs)
        if pictures != promises_picture(cell):
            found.append(
                f"the cell that begins with {cell.source.splitlines()[0]!r} shows "
                f"{pictures} pictures and has {promises_picture(cell):d} texts (alt)"
            )
    return found
