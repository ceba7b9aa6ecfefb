"""Write `_build/html/notebooks`: the chapters to work in, without solutions.

A notebook needs the package `rnn_src`, which is put beside it, and nothing else
from the book. It has no outputs, and what a plain Jupyter cannot read is written
another way. All are in one archive: of a notebook by itself a browser shows the text,
and does not save it, when the page that leads to it is a file.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools.exercises import MARK
from tools.layout import HTML, NAME, TITLE
from tools.notebooks import caption_of, chapters, read
from tools.plain import number_of, numbers, plain
from tools.wheel import write_wheel
from tools.zipped import write_zip

ARCHIVE = f"notebooks/{NAME}-notebooks.zip"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
}
INTRODUCTION = f"""\
*A chapter of "{TITLE}", to work in: with its exercises, and
without their solutions, which are in the book. The code needs the book's
package: `pip install` the file that ends in `.whl`, which lies beside this
notebook.*

Run all cells (menu "Run"), then go to "Exercises"."""


def without_solutions(cells: list[NotebookNode]) -> list[tuple[str, str]]:
    """The kind and the source of every cell, what is between marks left out.

    The caption of a figure is a cell of its own, below that of its code.
    """
    kept: list[tuple[str, str]] = []
    inside = False
    for cell in cells:
        if cell.cell_type == "code":
            if not inside:
                kept.append(("code", cell.source))
                if figure := caption_of(cell):
                    text = f"*{{numref}}`{figure['name']}`. {figure['caption']}*"
                    kept.append(("markdown", text))
            continue
        text, start = "", 0
        for mark in MARK.finditer(cell.source):
            if mark["what"] == "solution":
                if mark["which"] == "start":
                    text += cell.source[start : mark.start()]
                inside, start = mark["which"] == "start", mark.end()
        if not inside:
            text += cell.source[start:]
        kept.append(("markdown", text))
    return kept


def notebook(chapter: Path, known: Mapping[str, str]) -> NotebookNode:
    """The notebook of a chapter, as a reader gets it.

    Parameters
    ----------
    chapter : Path
        Its source.
    known : numbers of equations, exercises and figures, by label
    """
    cells = [new_markdown_cell(INTRODUCTION)]
    for kind, source in without_solutions(read(chapter).cells):
        if kind == "code":
            cells.append(new_code_cell(source))
        elif text := plain(source, known):
            cells.append(new_markdown_cell(text))
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number:03d}"  # random ids would change each time
    made = new_notebook(cells=cells, metadata=METADATA)
    nbformat.validate(made)
    return made


def contents(wheel: Path) -> Iterator[tuple[str, bytes]]:
    """All notebooks, and the package that they need."""
    known = numbers()
    for chapter in filter(number_of, chapters()):
        text = nbformat.writes(notebook(chapter, known))
        yield f"{chapter.stem}.ipynb", text.encode()
    yield wheel.name, wheel.read_bytes()


def main() -> None:
    archive = HTML / ARCHIVE
    archive.parent.mkdir(exist_ok=True)
    write_zip(archive, contents(write_wheel(archive.parent)))


if __name__ == "__main__":
    main()
