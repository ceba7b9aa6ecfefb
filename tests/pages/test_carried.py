"""What the book carries is what its table says, and the page lists all of it."""

import shutil

import pytest
from bs4 import BeautifulSoup

from tools import carried
from tools.carried import COPIED, FETCHED
from tools.layout import BOOK


@pytest.mark.parametrize("one", COPIED, ids=lambda one: one.name)
def test_what_is_copied_is_what_the_table_says(one):
    assert (one.sha256, one.size) == (
        carried.folder_sha256(one.path),
        carried.folder_size(one.path),
    ), f"{one.folder}: was it changed? If it is a new version, write these values"
    assert f"{one.name} {one.version}" in (one.path / carried.OWN).read_text("utf8")


def test_each_copied_folder_is_in_the_table():
    sources = (BOOK / "_assets").glob(f"*/{carried.OWN}")
    assert {file.parent for file in sources} == {one.path for one in COPIED}


@pytest.mark.parametrize("accident", ["changed", "renamed", "added", "gone"])
def test_a_changed_copy_is_seen(tmp_path, accident):
    copy = shutil.copytree(COPIED[0].path, tmp_path / "copy")
    (copy / carried.OWN).unlink()  # which is the book's
    assert carried.folder_sha256(copy) == COPIED[0].sha256
    file = copy / "LICENSE.txt"
    match accident:
        case "changed":
            file.write_bytes(file.read_bytes() + b"\n")
        case "renamed":
            file.rename(copy / "LICENCE.txt")
        case "added":
            (copy / "more.txt").touch()
        case "gone":
            file.unlink()
    assert carried.folder_sha256(copy) != COPIED[0].sha256


def test_the_page_about_the_book_lists_all_that_is_carried(html):
    page = BeautifulSoup((html / "about.html").read_text("utf8"), "html.parser")
    titles = {code["title"]: code for code in page.select("td code[title]")}
    assert titles.keys() == {one.sha256 for one in (*COPIED, *FETCHED)}
    for one in (*COPIED, *FETCHED):
        shown = titles[one.sha256]
        assert one.sha256.startswith(shown.text) and len(shown.text) == 12
        cells = [cell.text for cell in shown.find_parent("tr").select("td")]
        assert cells[:3] == [one.name, one.version, one.license]
