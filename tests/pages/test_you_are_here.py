"""The row of stations at the head of a chapter."""

import re

import pytest
from parsed import parts

from tools.notebooks import chapters
from tools.plain import number_of
from tools.sphinx_ext.you_are_here import STATIONS

NUMBERED = [page for page in chapters() if number_of(page)]


@pytest.mark.parametrize("chapter", NUMBERED, ids=lambda page: page.stem)
def test_every_chapter_is_at_some_stations(html, chapter):
    (row,) = parts(html, chapter.stem, "you-are-here").select("p.you-are-here")
    found = row.select(".station")
    assert [station.text for station in found] == list(STATIONS)
    line = re.search(r"(?m)^\*You are here:\*(.*(?:\n.+)*)", chapter.read_text("utf8"))[
        1
    ]
    bold = re.findall(r"\*\*(.*?)\*\*", line, re.DOTALL)
    here = [name.strip() for piece in bold for name in piece.split("→")]
    assert [station.text for station in found if station.strong] == here
    rest = line.rpartition("update")[2].strip("* \n").replace("\n", " ")
    assert row.em.text == f"You are here{rest}:"
