"""Which columns of a table hold sentences, and where a phone puts them."""

import pytest
from bs4 import BeautifulSoup
from page_checks import open_browser, visit

from tools.sphinx_ext.tables import is_wordy

LONG = "the hidden state, which goes from one step to the next"


@pytest.mark.parametrize(
    ("column", "is_so"),
    [([LONG], True), ([LONG, "no"], True), ([LONG, "no", "no"], False)],
)
def test_a_column_of_sentences_is_known(column, is_so):
    assert is_wordy(column) == is_so


def test_on_a_phone_every_meaning_can_be_read_without_scrolling(html):
    page = html / "notation.html"
    tables = BeautifulSoup(page.read_text("utf8"), "html.parser").select("table")
    assert sum("meanings" in table["class"] for table in tables) >= 4
    with open_browser() as browser, visit(browser, page.as_uri(), "light", 390) as seen:
        boxes = seen.page.locator("table.meanings td:last-child").evaluate_all(
            "cells => cells.map(cell => cell.getBoundingClientRect().right)"
        )
    assert max(boxes) <= 390
