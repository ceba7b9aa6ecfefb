"""The HTML of the built book: nothing from elsewhere, every formula rendered."""

import re
from collections.abc import Iterator
from functools import lru_cache

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from page_checks import says_nothing

from tools.layout import BOOK, ROOT

#: What a browser fetches by itself. A link that a reader may click is none.
FETCHED = {
    "link": "href",
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
    "object": "data",
    "use": "href",
}
NO_FETCH = {"canonical", "author", "license", "next", "prev", "search", "index"}
REMOTE = re.compile(r"^(https?:)?//", re.IGNORECASE)
REMOTE_IN_STYLE = re.compile(
    r"""(?:url\(|@import)\s*['"]?((?:https?:)?//[^'")\s]+)""", re.IGNORECASE
)


@lru_cache(maxsize=1)
def read(page: str) -> BeautifulSoup:
    """A page, read once for all checks; they leave it as it is."""
    return BeautifulSoup(page, "html.parser")


def remote(page: str) -> list[str]:
    """What a page asks another host for."""
    soup = read(page)
    found = [
        element[attribute]
        for tag, attribute in FETCHED.items()
        for element in soup.find_all(tag)
        if REMOTE.match(element.get(attribute, ""))
        and not NO_FETCH.intersection(element.get("rel") or [])
    ]
    styles = [style.get_text() for style in soup.find_all("style")]
    styles += [element["style"] for element in soup.select("[style]")]
    return found + [url for style in styles for url in REMOTE_IN_STYLE.findall(style)]


def prose(element: Tag) -> Iterator[str]:
    """The texts below an element that are neither code nor in a formula."""
    for child in element.children:
        if type(child) is NavigableString:
            yield child
        elif (
            isinstance(child, Tag)
            and child.name not in ("script", "style", "pre", "code")
            and "katex" not in child.get("class", ())
        ):
            yield from prose(child)


def formulas(page: str) -> list[str]:
    """What is wrong with the formulas of a page."""
    soup = read(page)
    found = [f"red: {error.get_text()}" for error in soup.select(".katex-error")]
    found += [
        f"not rendered: {block.get_text()[:60]}"
        for block in soup.select(".math")
        if not block.select(".katex")
    ]
    found += [
        f"raw TeX: {text}"
        for text in re.findall(
            r"\$\$|\\[(\[]|\\(?:frac|sum|ln|tanh)\b", "".join(prose(soup))
        )
    ]
    return found


def pictures(page: str) -> list[str]:
    """The figures of a page whose alternative text says nothing."""
    soup = read(page)
    return [
        f"{image.get('src')}: {image.get('alt')!r}"
        for image in soup.select("article img")
        if says_nothing(image.get("alt", ""))
    ]


def head(page: str) -> list[str]:
    """What is missing in the head of a page."""
    soup = read(page)
    wanted = {
        "a title": soup.title and soup.title.get_text().strip(),
        "a language": soup.html.get("lang"),
        "one description of 50 to 170 letters": [
            meta
            for meta in soup.select("meta[name=description]")
            if 50 <= len(meta.get("content", "")) <= 170
        ],
        "a favicon": soup.select("link[rel~=icon]"),
        "one first heading": len(soup.select("article h1")) == 1,
    }
    return [what for what, there in wanted.items() if not there]


def machine(page: str) -> list[str]:
    """The paths in a page that only the machine has on which it was made."""
    return re.findall(rf"{re.escape(str(ROOT))}[\w./-]*", page)


def repairs(page: str) -> list[str]:
    """What page_repairs.py and page_weight.py of tools/sphinx_ext have left undone."""
    soup = read(page)
    wanted = {
        "a size of each figure": all(
            image.get("width") and image.get("height")
            for image in soup.select("article img")
        ),
        "one viewport": len(soup.select("meta[name=viewport]")) == 1,
        "no list in a paragraph": "<p><ul" not in page,
        "no empty heading": "<h1></h1>" not in page,
        "an & where columns are aligned": 'columnspacing=""' not in page,
        "no font of icons": "fontawesome" not in page,
        "arrows back from a note": 'class="backrefs"' not in page,
    }
    return [what for what, there in wanted.items() if not there]


def misread(page: str) -> list[str]:
    """What napoleon and autodoc got wrong in the docstrings that a page shows."""
    soup = read(page)
    wrong = {
        "dl.py strong ~ em": r",$",  # "h0, c0" are two names
        "dl.py dl.field-list": r"^\s*Type",  # what is said before a colon
        "dl.py ol": r"",  # "V." is no number
        "dt.sig": r"<factory>|<class|re\.compile",
    }
    return [
        found.get_text()
        for kind, pattern in wrong.items()
        for found in soup.select(kind)
        if re.search(pattern, found.get_text())
    ]


CHECKS = [remote, formulas, pictures, head, machine, repairs, misread]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", [page.stem for page in sorted(BOOK.glob("*.md"))])
def test_a_page_of_the_book(html, name, check):
    assert check((html / f"{name}.html").read_text("utf8")) == []


@pytest.mark.parametrize("name", ["search", "genindex"])
def test_the_pages_that_sphinx_adds_ask_nobody(html, name):
    assert remote((html / f"{name}.html").read_text("utf8")) == []


@pytest.mark.parametrize("name", ["refresher", "spectral-radius", "what-it-costs"])
def test_a_page_that_is_no_chapter_counts_from_one(html, name):
    page = read((html / f"{name}.html").read_text("utf8"))
    for kind in (".eqno", ".caption-number"):
        found = [number.get_text() for number in page.select(kind)]
        assert [int(re.search(r"\d+", text)[0]) for text in found] == list(
            range(1, len(found) + 1)
        )


def test_the_index_tells_code_from_terms(html):
    page = read((html / "genindex.html").read_text("utf8"))
    assert not page.find("a", string="module")
    assert "(in module" not in page.get_text()
    assert page.select("table a code + .from") and page.select("table a > strong")


def test_no_style_sheet_asks_another_host(html):
    assert {
        str(sheet): found
        for sheet in html.rglob("*.css")
        if (found := REMOTE_IN_STYLE.findall(sheet.read_text("utf8")))
    } == {}


def test_a_work_is_shown_as_it_is_written(html):
    """Braces keep what is a capital, and the list has the names of the text."""
    shown = read((html / "references.html").read_text("utf8")).get_text()
    titles = re.findall(r" title += \{(.*)\},", (BOOK / "references.bib").read_text())
    plain = [re.sub("[{}]|``|''", "", title) for title in titles]
    assert len(plain) > 40
    assert [one for one in plain if one not in re.sub("[“”]", "", shown)] == []
    assert "[Hochreiter, 1991]" in shown and "and others [" not in shown


def test_there_is_a_page_for_every_source(html):
    made = {page.stem for page in html.glob("*.html")}
    assert {page.stem for page in BOOK.glob("*.md")} <= made


@pytest.mark.parametrize(
    ("check", "page"),
    [
        (remote, '<link rel="stylesheet" href="https://cdn.example/x.css">'),
        (remote, '<script src="//cdn.example/x.js"></script>'),
        (remote, '<style>@import "https://fonts.example/f.css";</style>'),
        (remote, '<p style="background: url(https://img.example/a.png)">'),
        (remote, '<img src="http://img.example/a.png">'),
        (formulas, '<span class="math"><span class="katex-error">x</span></span>'),
        (formulas, '<span class="math">\\(x^2\\)</span>'),
        (formulas, "<p>the sum \\sum_i of $$</p>"),
        (pictures, '<article><img src="a.png"></article>'),
        (pictures, '<article><img src="a.png" alt="3b0524e09fb7fef5.png"></article>'),
        (
            pictures,
            '<article><img src="a.png" alt="Plot of the loss against the '
            'number of updates made"></article>',
        ),
        (head, "<html><head><title></title></head></html>"),
        (misread, '<dl class="py"><strong>c0</strong> (<em>h0,</em>)</dl>'),
        (misread, '<dl class="py"><dl class="field-list"><dt>Type:</dt></dl></dl>'),
        (misread, '<dl class="py"><ol class="upperalpha"></ol></dl>'),
        (misread, '<dt class="sig">History(norms=&lt;factory&gt;)</dt>'),
        (machine, f"<p>TEXTS = PosixPath('{ROOT}/rnn_src/texts')</p>"),
    ],
)
def test_a_broken_page_is_seen(check, page):
    assert check(page)


def test_a_link_to_click_is_no_request():
    assert remote('<a href="https://docs.python.org">Python</a>') == []
