"""The book to take along: the archive opens, and the PDF holds the pages."""

import re
import shutil
import subprocess
import sys
import zipfile

import pytest
from bs4 import BeautifulSoup
from page_checks import errors, open_browser, outside, visit

from tools import archive, paper

SOME = ("index", "05-the-output-layer", "06-through-tanh-to-the-inputs")


@pytest.fixture(scope="module")
def html(html, tmp_path_factory):
    """A copy of the book, without Python: a page to print is written beside others."""
    folder = tmp_path_factory.mktemp("copy") / "html"
    return shutil.copytree(html, folder, ignore=shutil.ignore_patterns("pyodide"))


@pytest.fixture(scope="module")
def text(html):
    """Some of the pages in one."""
    return archive.in_one(html, iter(SOME))


@pytest.fixture(scope="module")
def soup(text):
    return BeautifulSoup(text, "html.parser")


@pytest.fixture(scope="module")
def browser():
    with open_browser() as opened:
        yield opened


def test_the_archive_opens_where_it_is_unpacked(html, browser, tmp_path):
    file = tmp_path / f"{archive.NAME}.zip"
    archive.archive(html, file)
    with zipfile.ZipFile(file) as made:
        assert made.namelist()[0] == f"{archive.NAME}/README.txt"
        assert {name.split("/")[0] for name in made.namelist()} == {archive.NAME}
        made.extractall(tmp_path / "a folder")
    folder = tmp_path / "a folder" / archive.NAME
    for name in ("index", "06-through-tanh-to-the-inputs", "search"):
        with visit(browser, (folder / f"{name}.html").as_uri()) as opened:
            assert errors(opened) == outside(opened) == []
    again = tmp_path / "a folder" / file.name
    archive.archive(html, again)
    assert again.read_bytes() == file.read_bytes()


def test_the_pages_in_one_keep_ids_and_links_apart(soup):
    ids = [element["id"] for element in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    for link in soup.select("article a[href^='#']"):
        target = link["href"][1:]
        if target.split("--")[0] in SOME:
            assert target in ids, link
    assert not soup.select("script")


def test_solutions_stand_open_at_the_end_of_their_chapter(soup):
    chapter = soup.select_one("article[id='06-through-tanh-to-the-inputs']")
    head = chapter.find_all("h2")[-1]
    assert head.text == "Solutions"
    after = [element.get("id") for element in head.find_next_siblings("div")]
    solutions = chapter.select("div.solution")
    assert len(solutions) == 6
    assert [solution["id"] for solution in solutions] == after
    assert not chapter.select(".dropdown")
    assert not soup.select("details.curious:not([open])")
    assert "Solutions" not in [
        head.text for head in soup.select("article[id=index] h2")
    ]


#: In a process of its own: this one has a Playwright already.
PRINT = """
import shutil, sys
from pathlib import Path
from tools import archive, paper
html, file, kept, *names = sys.argv[1:]
printed = paper.printed
def keeping(text, page, *others):
    printed(text, page, *others)
    shutil.copy(page, kept)
paper.printed = keeping
archive.pdf(Path(html), Path(file), names)
"""


@pytest.fixture(scope="module")
def pdf(html, browser, tmp_path_factory):
    """The PDF of some pages, and the page that was printed."""
    folder = tmp_path_factory.mktemp("print")
    file, kept = folder / "book.pdf", folder / "kept.html"
    subprocess.run([sys.executable, "-c", PRINT, html, file, kept, *SOME], check=True)
    assert not (html / "_print.html").exists()
    return file.read_bytes(), kept.read_text("utf8")


def test_the_pdf_has_pages(pdf):
    data, _ = pdf
    assert data.startswith(b"%PDF") and data.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) > 20


def test_a_link_to_another_chapter_says_its_page(pdf):
    """And the page that it says is the one where the target is in the end."""
    data, kept = pdf
    pages = paper.targets(data)
    soup = BeautifulSoup(kept, "html.parser")
    links = soup.select("a[data-page]")
    assert len(links) >= 4
    assert all(int(link["data-page"]) == pages[link["href"][1:]] for link in links)
    assert not soup.select(f"article[id='{SOME[1]}'] a[data-page][href^='#{SOME[1]}']")


def test_each_article_has_its_running_head(text):
    for number, title in enumerate(("Recurrent", "5. The output layer", "6. Through")):
        start = text.index(f"@page page-{number} ")
        assert f'content: "{title}' in text[start : start + 300].partition("right")[2]
        assert f'article[id="{SOME[number]}"] {{ page: page-{number}; }}' in text


def test_a_title_with_quotes_stays_a_string():
    made = paper.head(3, "x", '<title>A "b" \\ c — Book</title>')
    assert '"A \\"b\\" \\\\ c"' in made


def test_every_page_of_the_contents_is_in_it(html):
    names = list(archive.pages())
    assert names[0] == "index" and "api" in names and len(names) > 20
    assert all((html / f"{name}.html").is_file() for name in names)
