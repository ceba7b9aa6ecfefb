"""Every figure has a number, a caption that says its point, and an alternative text."""

from functools import cache

import pytest
from nbformat.v4 import new_code_cell
from parsed import parts

from tools.notebooks import caption_of, chapters, code_cells, promises_picture, read
from tools.plain import number_of, numbers

MOST_WORDS = 15  # of a caption


@cache
def cells_of(chapter) -> list:
    """The code cells of a chapter, which is read once."""
    return code_cells(read(chapter))


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    return numbers()


def shows_figure(cell) -> bool:
    """Whether a cell ends in a picture or an explorer."""
    return promises_picture(cell) or "explore(" in cell.source


def complaints(cell) -> list[str]:
    """What the caption of a cell lacks; nothing if the cell shows no figure."""
    figure = caption_of(cell)
    name, caption = figure.get("name", ""), figure.get("caption", "")
    alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
    if not figure:
        return ["it has no caption"] if shows_figure(cell) else []
    found = {
        "the cell shows no figure": not shows_figure(cell),
        f"its name is {name!r}, expected fig-…": not name.startswith("fig-"),
        f"its caption has {len(caption.split())} words": not (
            0 < len(caption.split()) <= MOST_WORDS
        ),
        "its caption is no sentence": not caption.endswith("."),
        "caption and alternative text begin alike": alt[:20] == caption[:20],
    }
    return [what for what, there in found.items() if there]


@pytest.mark.parametrize("chapter", chapters(), ids=lambda path: path.stem)
def test_every_figure_has_a_caption(chapter):
    assert [one for cell in cells_of(chapter) for one in complaints(cell)] == []


def test_no_two_figures_have_the_same_name():
    names = [
        figure["name"]
        for chapter in chapters()
        for cell in cells_of(chapter)
        if (figure := caption_of(cell))
    ]
    assert len(set(names)) == len(names) > 60


@pytest.mark.parametrize("chapter", chapters(), ids=lambda path: path.stem)
def test_every_figure_of_a_page_has_its_number(html, known, chapter):
    page = parts(html, chapter.stem, "cell_output")
    figures = [
        (figure["name"], figure["caption"])
        for cell in cells_of(chapter)
        if (figure := caption_of(cell))
    ]
    shown = page.select(".cell_output figure")
    assert len(shown) == len(figures)
    for box, (name, caption) in zip(shown, figures, strict=True):
        number = box.select_one("figcaption .caption-number").get_text().strip()
        assert not number_of(chapter) or number == f"Figure {known[name]}"
        said = box.select_one("figcaption .caption-text").get_text()
        assert said.split()[-1] == caption.split()[-1]  # no formula is there
        assert box["id"] == name
    for picture in page.select(".cell_output img"):
        assert picture.find_parent("figure") is not None


def cell(source="ax = draw()", alt="A curve that falls.", **figure):
    image = {"image": {"alt": alt}} if alt else {}
    return new_code_cell(source, metadata={"mystnb": image | {"figure": figure}})


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (cell(), "no caption"),
        (cell("explore(model)", alt=""), "no caption"),
        (cell(name="fall", caption="It falls."), "expected fig-"),
        (cell(name="fig-fall", caption=15 * "and " + "on."), "has 16 words"),
        (cell(name="fig-fall", caption="It falls"), "no sentence"),
        (cell(name="fig-fall", caption="A curve that falls."), "begin alike"),
        (cell("1", alt="", name="fig-fall", caption="It falls."), "shows no figure"),
    ],
)
def test_what_a_caption_lacks_is_seen(broken, complaint):
    (found,) = complaints(broken)
    assert complaint in found


def test_a_cell_without_a_figure_needs_no_caption():
    assert complaints(new_code_cell("print(1)")) == []
    assert complaints(cell(name="fig-fall", caption="It falls.")) == []
