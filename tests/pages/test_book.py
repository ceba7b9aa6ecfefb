"""The book's name and its chapters, wherever they are repeated."""

import re

import pytest

from rnn_exercises import record, showing
from tools.layout import BOOK, NAME, PROJECT, ROOT, TITLE
from tools.notebooks import numbered_chapters, pages


@pytest.mark.parametrize("page", ["README.md", "book/index.md"])
def test_its_first_heading_is_the_title(page):
    (heading, *_) = re.findall(r"(?m)^# (.+)$", (ROOT / page).read_text("utf8"))
    assert heading == TITLE


def test_the_readers_record_is_in_a_folder_of_the_books_name():
    assert record.FOLDER == NAME
    for text in (showing.progress.__doc__, (BOOK / "exercises.md").read_text("utf8")):
        assert f"~/.local/share/{NAME}" in text


def test_the_number_of_a_chapter_is_its_place_in_the_table_of_contents():
    names = [name for part in numbered_chapters().values() for name in part]
    assert [int(name[:2]) for name in names] == [*range(1, len(names) + 1)]
    files = [page.stem for page in pages() if re.match(r"\d\d-", page.stem)]
    assert files == names, "a chapter is missing in _toc.yml, or its file in book/"


def test_the_licenses_are_said_wherever_people_look(html):
    for text in (
        (ROOT / "README.md").read_text("utf8"),
        (ROOT / "LICENSE").read_text("utf8"),
        (html / "index.html").read_text("utf8"),
    ):
        assert "MIT License" in text and re.search(
            r"CC BY 4\.0|Creative Commons Attribution 4\.0", text
        )
    assert PROJECT["license"] == "MIT"
