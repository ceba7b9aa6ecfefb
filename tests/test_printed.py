"""What the built book prints is what was reviewed in the references."""
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from tools.layout import BUILD
from tools.notebooks import (chapters, code_cells, plain_outputs,
                             reference_of)


def differences(printed: nbformat.NotebookNode,
                reference: nbformat.NotebookNode) -> list[str]:
    """The code cells whose text output is not the reference's."""
    pairs = zip(code_cells(printed), code_cells(reference), strict=True)
    return [f"code cell {number}: the book printed {plain_outputs(cell)}, "
            f"the reference {plain_outputs(kept)}"
            for number, (cell, kept) in enumerate(pairs)
            if plain_outputs(cell) != plain_outputs(kept)]


@pytest.mark.parametrize("chapter", chapters(), ids=lambda path: path.stem)
def test_the_book_prints_its_reference(html, chapter):
    printed = nbformat.read(BUILD / "jupyter_execute" / f"{chapter.stem}.ipynb",
                            as_version=4)
    reference = nbformat.read(reference_of(chapter), as_version=4)
    assert differences(printed, reference) == []


def notebook(*texts):
    cell = new_code_cell("print('16.13')")
    cell.outputs = [new_output("stream", name="stdout", text=text)
                    for text in texts]
    return new_notebook(cells=[cell])


def test_one_digit_is_seen():
    assert differences(notebook("16.13\n"), notebook("16.14\n"))


def test_a_stream_cut_in_two_is_the_same():
    assert differences(notebook("16.", "13\n"), notebook("16.13\n")) == []
