"""Every link inside the book leads to a page that is there, and to a place on
it; and the pages say of themselves what they should.
"""

import re
from functools import cache
from html.parser import HTMLParser
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from rnn_exercises.registry import all_exercises, entries
from tools.layout import BOOK
from tools.sphinx_ext import page_head
from tools.sphinx_ext.equation_links import implementations

PAGES = [page.stem for page in sorted(BOOK.glob("*.md"))]
NAMES = [*PAGES, "404", "genindex", "search"]
CHAPTERS = [name for name in NAMES if name[:2].isdigit() and name[2] == "-"]


def soup(path):
    return BeautifulSoup(path.read_text("utf8"), "html.parser")


def soup_between(path, start, end):
    """A part of a page, from one text to the next other one."""
    _, found, rest = path.read_text("utf8").partition(start)
    assert found
    return BeautifulSoup(start + rest.partition(end)[0], "html.parser")


class Tags(HTMLParser):
    """The attributes of the links and of the `meta` of a page."""

    def __init__(self, page):
        super().__init__()
        self.of = {"a": [], "meta": []}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag in self.of:
            self.of[tag].append(dict(attributes))


@cache
def tags(path):
    return Tags(path.read_text("utf8")).of


@cache
def ids(path):
    """Every place on a page that a link can lead to."""
    return set(
        re.findall(r"""\s(?:id|name)=["']([^"']+)["']""", path.read_text("utf8"))
    )


def broken(html, page):
    """The links of a page that lead nowhere within the book."""
    found = []
    for link in tags(page)["a"]:
        if "href" not in link:
            continue
        address, _, fragment = unquote(link["href"]).partition("#")
        if ":" in address.split("/")[0]:
            continue  # another host, or mail
        target = html / (address or page.name)
        if (
            not target.is_file()
            or fragment
            and target.suffix == ".html"
            and fragment not in ids(target)
        ):
            found.append(link["href"])
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_somewhere(html, name):
    assert broken(html, html / f"{name}.html") == []


def test_a_link_that_leads_nowhere_is_seen(tmp_path):
    page = tmp_path / "a.html"
    page.write_text(
        '<a href="b.html">b</a><a href="#there">t</a>'
        '<a href="#lost">l</a><p id="there">x</p>'
        '<a href="https://example.org">e</a>',
        "utf8",
    )
    assert broken(tmp_path, page) == ["b.html", "#lost"]


def test_the_list_of_exercises_leads_to_each(html):
    links = {
        link["href"].partition("#ex-")[2]: link["href"]
        for link in soup(html / "exercises.html").select("td a[href*='#ex-']")
    }
    for one in all_exercises():
        page, _, label = links[one.name].partition("#")
        assert page.startswith(one.name[:2]) and label == f"ex-{one.name}"


@pytest.mark.parametrize("name", NAMES)
def test_a_shared_link_has_a_title_and_a_text(html, name):
    said = {
        tag["property"]: tag["content"]
        for tag in tags(html / f"{name}.html")["meta"]
        if "property" in tag
    }
    assert said["og:title"] and said["og:site_name"]
    assert "<" not in said["og:title"]
    assert len(said["og:description"]) >= 50


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_says_where_it_stands(html, name):
    page = html / f"{name}.html"
    (place,) = soup_between(page, "<article", "<h2>").select("p.place")
    assert page.read_text("utf8").count('<p class="place">') == 1
    text = place.text.replace("\xa0", " ")
    assert f"chapter {int(name[:2])} of {len(CHAPTERS)}" in text
    assert place.find_previous_sibling().name == "h1"


def test_the_sitemap_names_every_page(tmp_path):
    app = SimpleNamespace(
        config=SimpleNamespace(html_baseurl="https://book.example/"),
        builder=SimpleNamespace(name="html"),
        outdir=tmp_path,
        env=SimpleNamespace(found_docs={"index", "01-a"}),
    )
    page_head.write_sitemap(app, None)
    text = (tmp_path / "sitemap.xml").read_text("utf8")
    assert "<loc>https://book.example/01-a.html</loc>" in text
    assert text.count("<url>") == 2


def test_each_equation_leads_to_its_code_and_back(html):
    paths = [html / f"{name}.html" for name in PAGES]
    linked = 0
    for label, names in implementations().items():
        place = f"equation-{label.lower()}"
        (page,) = (path for path in paths if place in ids(path))
        part = rf'<div [^>]*id="{place}">.*?</p>'
        found = re.search(part, page.read_text("utf8"), re.S)[0]
        equation = BeautifulSoup(found, "html.parser")
        code = equation.div.find_next_sibling("p")
        if code is None or "in-code" not in code.get("class", []):
            continue  # by nothing that is in the reference
        linked += 1
        shown = [link.text for link in code.select("a")]
        assert set(shown) <= {
            name.removeprefix("rnn_src.") for name in names if ".mistakes." not in name
        }
        for link in code.select("a"):
            page, _, fragment = link["href"].partition("#")
            assert fragment in ids(html / page)
    assert linked > 30


def test_the_list_of_equations_has_each_of_them(html):
    page = soup(html / "equations.html")
    links = {link["href"].partition("#")[2] for link in page.select("article a")}
    every = {
        place
        for name in PAGES
        for place in ids(html / f"{name}.html")
        if place.startswith("equation-eq-")
    }
    assert every and every <= links
    heads = [head.text.removesuffix("#") for head in page.select("article h2")]
    assert heads[1].startswith("2. ")
    assert heads == [link.text for link in page.select("#pst-page-toc-nav a")]


CALL = re.compile(r'\b(?:check|hint)\("([^"]*)"')


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_no_exercise_that_there_is_not(page):
    """`hint("14-tanh")` was the first thing that readers of a chapter copied."""
    for name in CALL.findall((BOOK / f"{page}.md").read_text("utf8")):
        assert name in entries(), f"book/{page}.md names the exercise {name!r}"


def test_a_name_in_prose_is_found():
    assert CALL.findall('`hint("14-tanh")` and check("06-tanh", f)') == [
        "14-tanh",
        "06-tanh",
    ]
