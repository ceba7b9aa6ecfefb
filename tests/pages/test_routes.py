"""The routes on the first page take the hours that it says."""

import re

import pytest

from rnn_exercises.registry import entries
from tools.layout import BOOK
from tools.notebooks import chapters, read
from tools.plain import number_of
from tools.road import ASIDE, minutes

CHAPTERS = [page for page in chapters() if number_of(page)]
SAID = dict(
    re.findall(
        r"(?m)^- \*\*(.+?)\*\* \*about (\d+) hours\*$",
        (BOOK / "index.md").read_text("utf8"),
    )
)


def exercises(page):
    """Those of a chapter, in its order."""
    return [one for name, one in entries().items() if name[:2] == page.name[:2]]


def reading(page, folded=False):
    """The minutes that a chapter takes to read, on the road or with all boxes open."""
    notebook = read(page)
    for cell in notebook.cells if folded else ():
        if cell.cell_type != "code":
            cell.source = ASIDE.sub("", cell.source)
    return minutes(int(page.name[:2]), notebook)


def essence():
    """Chapters 1 to 6, a quarter of 7, then 10, with the first exercise of each."""
    for page in (*CHAPTERS[:7], CHAPTERS[9]):
        yield reading(page) / (4 if page is CHAPTERS[6] else 1)
        yield exercises(page)[0].minutes


def road():
    for page in CHAPTERS:
        yield reading(page)
        yield sum(one.minutes for one in exercises(page) if one.difficulty == 1)


def everything():
    for page in CHAPTERS:
        yield reading(page, folded=True) + sum(one.minutes for one in exercises(page))


@pytest.mark.parametrize(
    ("route", "all_minutes"),
    [("The essence", essence), ("The road", road), ("Everything", everything)],
)
def test_a_route_takes_the_hours_that_it_says(route, all_minutes):
    assert sum(all_minutes()) / 60 == pytest.approx(int(SAID[route]), rel=0.1)
