"""What the pages of the built book show is what was reviewed in the references.

The text below each cell is read from the HTML itself, as a reader sees it.
"""

import re

import nbformat
import pytest
from bs4 import BeautifulSoup, SoupStrainer
from nbformat.v4 import new_code_cell, new_notebook, new_output, reads

from tools.layout import BOOK
from tools.notebooks import chapters, code_cells, reference_of

PICTURE = "(a picture)"
EXERCISES = BOOK / "exercises.md"


def shown(page: str) -> list[str]:
    """The output below each code cell of a page."""
    only = SoupStrainer("div", class_=re.compile(r"(^|\s)cell(\s|$)"))
    cells = BeautifulSoup(page, "html.parser", parse_only=only).select("div.cell")
    return [
        "\n".join(
            PICTURE if block.name == "img" else block.get_text().strip("\n")
            for block in cell.select(
                ".cell_output pre, .cell_output img, .cell_output .text_html"
            )
        )
        for cell in cells
    ]


def reviewed(reference: nbformat.NotebookNode) -> list[str]:
    """The output of each code cell of a reference, as a page should show it."""

    def text(output):
        if output.output_type == "stream":
            return output.text
        if "text/html" in output.data:
            return BeautifulSoup(output.data["text/html"], "html.parser").get_text()
        plain = output.data["text/plain"]
        return PICTURE if plain.startswith("<Figure") else plain

    texts = []
    for cell in code_cells(reference):
        streams = all(output.output_type == "stream" for output in cell.outputs)
        parts = [text(output) for output in cell.outputs]
        texts.append(
            "".join(parts).rstrip("\n")
            if streams
            else "\n".join(part.rstrip("\n") for part in parts)
        )
    return texts


@pytest.mark.parametrize(
    "chapter",
    [path for path in chapters() if path != EXERCISES],
    ids=lambda path: path.stem,
)
def test_the_page_shows_its_reference(html, chapter):
    page = (html / f"{chapter.stem}.html").read_text("utf8")
    reference = reads(reference_of(chapter).read_text("utf8"))
    assert shown(page) == reviewed(reference)


def rows(text: str) -> list[list[str]]:
    """What the cells of the rows of a list of exercises say."""
    rows = BeautifulSoup(text, "html.parser").select("tr:has(td:nth-child(4))")
    return [[cell.get_text() for cell in row.select("td")] for row in rows]


def test_the_list_of_exercises_shows_its_reference(html):
    """On the page a title leads to its exercise, and chapters are heads."""
    (cell,) = code_cells(reads(reference_of(EXERCISES).read_text("utf8")))
    listed = rows(cell.outputs[0].data["text/html"])
    wanted = [[f"{title} {name}", *rest] for _, name, title, *rest in listed]
    page = (html / f"{EXERCISES.stem}.html").read_text("utf8")
    assert [row for row in rows(page) if len(row) == len(wanted[0])] == wanted
    chapters = [chapter for chapter, *_ in listed if chapter]
    assert [f"Chapter {chapter}" for chapter in chapters] == re.findall(
        r'scope="rowgroup"[^>]*>(.*?)</th>', page
    )


PAGE = """<div class="cell"><div class="cell_input"><pre>print(1)</pre></div>
<div class="cell_output"><div class="output"><pre><span>16.13
</span></pre></div></div></div>"""


def reference_of_one(*texts):
    cell = new_code_cell("print(1)")
    cell.outputs = [new_output("stream", name="stdout", text=text) for text in texts]
    return new_notebook(cells=[cell])


def test_a_stream_cut_in_two_is_the_same():
    assert shown(PAGE) == reviewed(reference_of_one("16.", "13\n"))


def test_one_digit_is_seen():
    assert shown(PAGE) != reviewed(reference_of_one("16.14\n"))


def test_a_missing_output_is_seen():
    assert shown(PAGE) != reviewed(reference_of_one())


def test_a_panel_is_read_too():
    cell = new_code_cell("check()")
    cell.outputs = [
        new_output(
            "execute_result",
            {"text/plain": "06: right", "text/html": "<p><b>06: right</b></p>"},
        )
    ]
    page = (
        '<div class="cell"><div class="cell_output"><div class="output '
        'text_html"><p><b>06: right</b></p>\n</div></div></div>'
    )
    assert shown(page) == reviewed(new_notebook(cells=[cell]))
    assert shown(page.replace("right", "wrong")) != reviewed(new_notebook(cells=[cell]))


def test_a_missing_picture_is_seen():
    cell = new_code_cell("plot()")
    cell.outputs = [new_output("display_data", {"text/plain": "<Figure size>"})]
    assert reviewed(new_notebook(cells=[cell])) == [PICTURE]
    assert shown('<div class="cell"></div>') != [PICTURE]
