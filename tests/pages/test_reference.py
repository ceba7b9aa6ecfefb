"""The references are in step with the chapters, whole, and text alone.

nbval runs every reference and compares what it prints. These tests guard what
nbval does not see: it skips a cell that was never executed without a word.
"""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from tools.notebooks import (
    chapters,
    code_cells,
    promises_picture,
    read,
    reference_of,
    unkept_promises,
)

#: Tags that change how a page looks. None of them keeps a cell from its test.
LOOKS = {"hide-input", "hide-cell", "hide-output", "remove-input"}


def is_figure(output: nbformat.NotebookNode) -> bool:
    """Whether an output is a figure, kept as text in a reference."""
    return output.get("data", {}).get("text/plain", "").startswith("<Figure")


def complaints(
    chapter: nbformat.NotebookNode, reference: nbformat.NotebookNode
) -> list[str]:
    """What is wrong with a reference of a chapter, a line each."""
    found = []
    wanted = [cell.source for cell in code_cells(chapter)]
    kept = [cell.source for cell in code_cells(reference)]
    if wanted != kept:
        found.append("inputs differ from the chapter's: run `make reference`")
    for number, cell in enumerate(code_cells(reference)):
        if cell.execution_count is None:
            found.append(f"code cell {number} was not executed")
        if any(
            mime.startswith("image/")
            for output in cell.outputs
            for mime in output.get("data", {})
        ):
            found.append(f"code cell {number} holds a picture")
        if any(output.output_type == "error" for output in cell.outputs):
            found.append(f"code cell {number} ends in an error")
    # Of different lengths if the inputs differ, which was said.
    for number, (cell, kept) in enumerate(
        zip(code_cells(chapter), code_cells(reference), strict=False)
    ):
        promised = promises_picture(cell)
        pictures = sum(is_figure(output) for output in kept.outputs)
        if pictures != promised:
            found.append(
                f"code cell {number} shows {pictures} pictures and has "
                f"{int(promised)} alternative texts"
            )
    for number, cell in enumerate(code_cells(chapter)):
        tags = {
            tag
            for tag in cell.metadata.get("tags", [])
            if not tag.startswith("rnn_src.")
        }
        for tag in sorted(tags - LOOKS):
            found.append(f"code cell {number} has the tag {tag!r}")
        if cell.source.rstrip().endswith(";"):
            found.append(f"code cell {number} ends in ';', which hides a value")
    return found


@pytest.mark.parametrize("chapter", chapters(), ids=lambda path: path.stem)
def test_the_reference_is_in_step(chapter):
    reference = nbformat.read(reference_of(chapter), as_version=4)
    assert complaints(read(chapter), reference) == []


def test_there_is_no_reference_without_a_chapter():
    made = {path.name for path in reference_of(chapters()[0]).parent.iterdir()}
    assert made == {reference_of(chapter).name for chapter in chapters()}


def cell(source="1 + 1", count=1, outputs=(), **metadata):
    made = new_code_cell(source, execution_count=count, metadata=metadata)
    made.outputs = list(outputs)
    return made


PICTURE = new_output("display_data", {"image/png": "aGk=", "text/plain": "x"})
FIGURE = new_output("display_data", {"text/plain": "<Figure size 5x5>"})
ERROR = new_output("error", ename="ValueError", evalue="no", traceback=[])


@pytest.mark.parametrize(
    ("chapter_cell", "reference_cell", "complaint"),
    [
        (cell(), cell("1 + 2"), "inputs differ"),
        (cell(), cell(count=None), "was not executed"),
        (cell(), cell(outputs=[PICTURE]), "holds a picture"),
        (cell(), cell(outputs=[ERROR]), "ends in an error"),
        (cell(tags=["nbval-skip"]), cell(), "has the tag 'nbval-skip'"),
        (cell(tags=["raises-exception"]), cell(), "has the tag"),
        (cell(mystnb={"image": {"alt": "a curve"}}), cell(), "shows 0 pictures"),
        (cell(), cell(outputs=[FIGURE]), "shows 1 pictures and has 0"),
        (cell("1 + 1;"), cell("1 + 1;"), "ends in ';'"),
    ],
)
def test_a_broken_reference_is_seen(chapter_cell, reference_cell, complaint):
    found = complaints(
        new_notebook(cells=[chapter_cell]), new_notebook(cells=[reference_cell])
    )
    assert len(found) == 1 and complaint in found[0]


def test_a_missing_cell_is_seen():
    two = new_notebook(cells=[cell("1"), cell("2", 2)])
    assert complaints(two, new_notebook(cells=[cell("1")]))


@pytest.mark.parametrize(
    ("executed", "count"),
    [
        (cell(outputs=[PICTURE], mystnb={"image": {"alt": "a curve"}}), 0),
        (cell(), 0),
        (cell(outputs=[FIGURE], mystnb={"image": {"alt": "a curve"}}), 1),
        (cell(outputs=[PICTURE]), 1),
    ],
    ids=["a picture and its text", "neither", "no picture", "no text"],
)
def test_a_picture_that_is_not_there_is_seen(executed, count):
    """As it happens where Matplotlib is told to show nothing."""
    assert len(unkept_promises(new_notebook(cells=[executed]))) == count
