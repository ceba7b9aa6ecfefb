"""What the last column of a table holds, and where a phone puts it."""

import pytest
from bs4 import BeautifulSoup

from tests.page_checks import open_browser, visit
from tools.sphinx_ext.tables import kind

HEAD = ["symbol", "shape", "meaning"]
LONG = "the hidden state, which goes from one step to the next"


@pytest.mark.parametrize(
    ("head", "rows", "name"),
    [
        (HEAD, [["H", "", "units"]], "meanings"),
        (["bug", "shape", "why"], [["a", "b", LONG]], "sentences"),
        (["bug", "shape", "why"], [["a", "b", LONG], ["a", "b", "no"]], "sentences"),
        (["bug", "shape", "why"], [["a", "b", LONG], *[["a", "b", "no"]] * 2], ""),
        (HEAD[1:], [["a", LONG]], ""),
    ],
)
def test_a_table_is_known_by_its_last_column(head, rows, name):
    assert kind(head, rows) == name


def test_on_a_phone_every_meaning_can_be_read_without_scrolling(html):
    page = html / "notation.html"
    tables = BeautifulSoup(page.read_text("utf8"), "html.parser").select("table")
    assert sum("meanings" in table["class"] for table in tables) >= 4
    with open_browser() as browser, visit(browser, page.as_uri(), "light", 390) as seen:
        boxes = seen.page.locator("table.meanings td:last-child").evaluate_all(
            "cells => cells.map(cell => cell.getBoundingClientRect().right)"
        )
    assert max(boxes) <= 390
