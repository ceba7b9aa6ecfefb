"""Every number with decimals in the prose was printed, or has a source.

The prose of a page is its text, the captions and the alternative texts of its
figures. A number in it must be found among the page's outputs, rounded as it is
written, or stand in the page's code, or in a sentence with a footnote or a citation.
The text of a footnote is itself a source.
"""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools.notebooks import caption_of, chapters, code_cells, pages, read, reference_of

NUMBER = re.compile(r"(?<![\w.])\d[\d,]*\.\d+(?:e[-+]?\d+)?(?![\w.]*\w)")
ANY_NUMBER = re.compile(r"(?<![\w.])\d[\d_]*\.?\d*(?:e[-+]?\d+)?")
FENCE = re.compile(r"^(```+|~~~+).*?^\1\s*$", re.MULTILINE | re.DOTALL)
FOOTNOTE = re.compile(r"^\[\^[^\]\n]+\]:.*(?:\n.+)*", re.MULTILINE)
SOURCE = re.compile(r"\[\^|\{cite")
SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n\n|\n- ")


def value(text: str) -> float:
    return float(text.replace(",", "").replace("_", ""))


def prose(notebook) -> list[str]:
    """The sentences of a page, and the captions and descriptions of its figures."""
    texts = [
        FOOTNOTE.sub("", FENCE.sub("", cell.source))
        for cell in notebook.cells
        if cell.cell_type == "markdown"
    ]
    for cell in code_cells(notebook):
        image = cell.metadata.get("mystnb", {}).get("image", {})
        texts += [image.get("alt", ""), caption_of(cell).get("caption", "")]
    return [sentence for text in texts for sentence in SENTENCE.split(text)]


def unproved(notebook, outputs: str) -> list[str]:
    """The numbers of the prose for which nothing on the page speaks."""
    code = "\n".join(cell.source for cell in code_cells(notebook))
    printed = [value(text) for text in ANY_NUMBER.findall(outputs)]
    written = {value(text) for text in ANY_NUMBER.findall(code)}
    found = []
    for sentence in prose(notebook):
        for text in NUMBER.findall(sentence):
            half = 0.5000001 * 10.0 ** -len(text.partition(".")[2])
            proved = (
                SOURCE.search(sentence)
                or value(text) in written
                or any(abs(value(text) - p) <= half for p in printed)
            )
            if not proved:
                found.append(f"{text} in: {sentence.strip()}")
    return found


def texts_of(reference) -> str:
    """All text that the code cells of a reference printed."""
    return "\n".join(
        str(output.get("text", "")) + str(output.get("data", {}).get("text/plain", ""))
        for cell in code_cells(reference)
        for output in cell.outputs
    )


@pytest.mark.parametrize("page", pages(), ids=lambda path: path.stem)
def test_the_numbers_in_the_prose_were_printed(page):
    outputs = ""
    if page in chapters():
        outputs = texts_of(nbformat.read(reference_of(page), as_version=4))
    assert unproved(read(page), outputs) == []


def page_of(text, code="x = 0.25", **metadata):
    return new_notebook(
        cells=[new_markdown_cell(text), new_code_cell(code, metadata=metadata)]
    )


@pytest.mark.parametrize(
    "text",
    [
        "The loss is 16.13.",
        "It is 16.126 nats.",
        "About 16.1, or 2.0.",
        "The setting 0.25 stands in the code.",
        "Others find 7.77 [^them].",
        "No decimals: 42.",
        "[^them]: Measured once. It was 7.77, and 8.88\nin another run.",
        "Python 3.12.1 is no number.",
    ],
)
def test_a_number_that_was_printed_passes(text):
    assert unproved(page_of(text), "mean 16.1258\n2.0\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "The loss is 16.14.",
        "It is $16.127$ nats.",
        "A **9.99**, rounded.",
        "Others find 7.77. Not in that sentence [^them].",
        "[^them]: Measured once.\n\nIt was 7.77.",
    ],
)
def test_a_number_from_nowhere_is_seen(text):
    assert len(unproved(page_of(text), "mean 16.1258\n")) == 1


def test_alternative_texts_are_read_too():
    page = page_of("", mystnb={"image": {"alt": "The curve ends at 3.21 nats."}})
    assert len(unproved(page, "mean 16.1258\n")) == 1
    page = page_of("", mystnb={"figure": {"caption": "It ends at 3.21 nats."}})
    assert len(unproved(page, "mean 16.1258\n")) == 1


#: Two lines that begin as "a." or "a)": Markdown knows no such list.
LETTERED = re.compile(r"^[a-z][.)] .*\n(?:.*\n)??[b-z][.)] ", re.MULTILINE)


@pytest.mark.parametrize("page", pages(), ids=lambda path: path.stem)
def test_no_list_is_run_together(page):
    for cell in read(page).cells:
        assert cell.cell_type != "markdown" or not LETTERED.search(cell.source)


def test_a_list_that_is_run_together_is_seen():
    assert LETTERED.search("Which?\n\na. This one.\nb. That one.\n")
    assert LETTERED.search("Which?\n\na) This one,\nor not.\nb) That one.\n")
    assert not LETTERED.search("- **a.** This one.\n- **b.** That one.\n")


#: An answer to choose from in the line, a number that has brackets twice, a power as
#: only code writes it; and quotes that Sphinx does not see.
OTHERWISE = re.compile(
    r"(?:^|\s)\([a-h]\)\s|\(\{eq\}|\de-\d|\n```\{curious-start\}.*\""
)
CODE = re.compile(r"\$[^$]*\$|(?<!`)`[^`\n]+`(?!`)")


def otherwise(text: str) -> list[str]:
    """What the other pages write in another way."""
    return OTHERWISE.findall(CODE.sub("x", text))


@pytest.mark.parametrize("page", pages(), ids=lambda path: path.stem)
def test_the_same_is_written_in_the_same_way(page):
    texts = [cell.source for cell in read(page).cells if cell.cell_type == "markdown"]
    assert [found for text in texts for found in otherwise(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Which? (a) This one. (b) That one.",
        "The loss ({eq}`eq-loss`) falls.",
        "A threshold of 1e-6 is good.",
        'So.\n```{curious-start} Is it "right"?\n```',
    ],
)
def test_another_way_is_seen(text):
    assert otherwise(text)


def test_code_and_formulas_are_free():
    assert not otherwise("`x - 1e-8`, $\\sigma(a) = 1$, 10⁻⁵, and\n```python\n1\n```\n")
