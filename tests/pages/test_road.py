"""The road is short enough to be walked; its counts end the log of `make test`."""

import pytest

from tools.notebooks import chapters, read
from tools.plain import number_of
from tools.road import counts

ROAD = [page for page in chapters() if number_of(page)]
OF_A_CHAPTER, LINES = 2_300, 1_700
WORDS = 26_000 + OF_A_CHAPTER * sum(number_of(page) > 15 for page in ROAD)

COUNTS = {page.stem: counts(read(page)) for page in ROAD}


@pytest.mark.parametrize("page", COUNTS)
def test_a_chapter_can_be_read_at_a_sitting(page, record_property):
    record_property("road", (page, *COUNTS[page]))
    assert COUNTS[page][0] <= OF_A_CHAPTER


def test_the_road_can_be_walked_to_its_end():
    words, lines = (sum(column) for column in zip(*COUNTS.values(), strict=True))
    assert words <= WORDS and lines <= LINES, (words, lines)


def test_what_is_folded_is_not_counted(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "---\nkernelspec: {name: python3, display_name: Python 3}\n---\n\n"
        "# One two\n\n(label)=\nThree $x y$, `code` four.\n\n$$\na b\n$$ (eq-c)\n\n"
        "```{curious-start} Not this\n```\nnor this\n\n"
        "```{code-cell} ipython3\nx = 1\n```\n\nnor that\n```{curious-end}\n```\n\nFive"
        "\n\n```{code-cell} ipython3\n:tags: [hide-input]\n\ny = 1\n```\n\n"
        "```{code-cell} ipython3\n# why\nz = 1\n\nz += 1\n```\n\n"
        "Six[^n]\n\n[^n]: not this,\nnor this\n\nseven\n\n"
        "## Exercises\n\neight nine\n\n```{code-cell} ipython3\nw = 1\n```\n"
    )
    assert counts(read(page)) == (10, 2)
