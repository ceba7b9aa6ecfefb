"""The book as an app: read once, it is there without a network, and says it is new."""

import io
import json
import os
import time
from contextlib import contextmanager
from functools import cache

import pytest
from page_checks import ARGUMENTS, open_browser
from PIL import Image, ImageChops, ImageStat
from sites import write

from tools import icon, offline
from tools.layout import BOOK
from tools.pyodide import BELOW
from tools.serve import Handler, served

BELOW_A_PATH = "a%20book/"
HEAVY = f"{BELOW}/big.wasm"
PAGE = """<!doctype html><html lang="en"><head><title>{0}</title>
<link rel="icon" href="_static/favicon.svg"><script src="_static/edition.js">
</script></head><body><h1>{0}</h1>{1}<img src="{0}.png" alt="a picture"></body>
</html>"""
KEPT = """async () => (await Promise.all((await caches.keys()).map(async key =>
  (await (await caches.open(key)).keys()).map(request => request.url)))).flat()"""


@pytest.fixture(scope="module")
def browser():
    rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    arguments = [one for one in ARGUMENTS if "resolver" not in one]
    with open_browser(*arguments, rules) as opened:
        yield opened


@pytest.fixture(scope="module", autouse=True)
def drawn_once():
    """Every edition has the same icons."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(icon, "png", cache(icon.png))
        yield


def edition(folder, **changed: str):
    """A book of three pages, in a folder below the one that is served."""
    static = BOOK / "_assets"
    book = folder / "a book"
    files = {"_static/edition.js": (static / "edition.js").read_bytes()}
    files["_static/favicon.svg"] = icon.DRAWING.read_bytes()
    for name in ("index", "one", "two"):
        text = changed.get(name, "as it was")
        files[f"{name}.html"] = PAGE.format(name, text).encode()
        files[f"{name}.png"] = icon.png(8)
    write(book, files | {HEAVY: b"heavy"})
    offline.write(book)
    if changed:  # in a minute: whether a file is newer is asked in whole seconds
        for file in book.rglob("*"):
            os.utime(file, (time.time() + 60,) * 2)
    return folder


class Line(Handler):
    """A server whose line can be cut."""

    cut, asked = False, []

    def do_GET(self):
        Line.asked.append(self.path)
        if Line.cut:
            self.close_connection = True
        else:
            super().do_GET()

    def log_message(self, *_):
        pass


@contextmanager
def reading(browser, folder, page="one.html"):
    """A page that is open and kept; and the address of the book."""
    Line.cut, Line.asked = False, []
    with served(edition(folder), Line) as site, browser.new_context() as context:
        opened, book = context.new_page(), site + BELOW_A_PATH
        opened.goto(book + page)
        opened.wait_for_function("navigator.serviceWorker.controller")
        wait_until_kept(opened, book + (page or "index.html"))
        yield opened, book


def wait_until_kept(page, *addresses: str) -> list[str]:
    for _ in range(100):
        kept = page.evaluate(KEPT)
        if set(addresses) <= set(kept):
            return kept
        page.wait_for_timeout(50)
    raise AssertionError(f"of {addresses} only {kept} were kept")


def test_a_page_that_was_read_is_there_on_the_train(browser, tmp_path):
    with reading(browser, tmp_path) as (page, book):
        wait_until_kept(page, book + "one.png")
        Line.cut = True
        page.reload()
        assert page.inner_text("h1") == "one"
        assert page.evaluate("document.images[0].naturalWidth") == 8


def test_a_page_that_was_not_read_says_so(browser, tmp_path):
    with reading(browser, tmp_path, "") as (page, book):
        Line.cut = True
        page.goto(book + "two.html")
        assert page.inner_text("h1") == "This page is not here yet"
        page.get_by_text("to the contents").click()
        assert page.inner_text("h1") == "index"


def test_what_is_heavy_is_kept_once_it_was_used(browser, tmp_path):
    with reading(browser, tmp_path) as (page, book):
        assert book + HEAVY not in page.evaluate(KEPT)
        assert not [path for path in Line.asked if "big" in path]
        ask = f"fetch('{book}{HEAVY}').then(answer => answer.text())"
        assert page.evaluate(ask) == "heavy"
        wait_until_kept(page, book + HEAVY)
        Line.cut = True
        assert page.evaluate(ask) == "heavy"


def test_an_app_has_the_whole_book_but_what_is_heavy(browser, tmp_path):
    with reading(browser, tmp_path) as (page, book):
        page.evaluate("navigator.serviceWorker.controller.postMessage({all: true})")
        names = [f"{name}.html" for name in ("index", "one", "two")]
        kept = wait_until_kept(page, *(book + name for name in names))
        assert book + HEAVY not in kept


def test_a_reader_is_told_of_a_new_edition_and_keeps_what_was_read(browser, tmp_path):
    with reading(browser, tmp_path) as (page, book):
        page.goto(book + "two.html")
        edition(tmp_path, one="as it is now")
        page.evaluate("navigator.serviceWorker.getRegistration().then(r => r.update())")
        note = page.get_by_role("status")
        note.get_by_text("There is a new edition of this book.").wait_for()
        page.get_by_role("button", name="Load it").click()
        note.wait_for(state="detached")
        Line.cut = True
        page.goto(book + "one.html")
        assert "as it is now" in page.inner_text("body")
        page.goto(book + "two.html")
        assert page.inner_text("h1") == "two"
        assert not page.get_by_role("status").count()


def test_the_first_visit_and_the_same_edition_say_nothing(browser, tmp_path):
    with reading(browser, tmp_path) as (page, book):
        page.wait_for_timeout(500)  # for a note that must not come
        assert not page.get_by_role("status").count()
        edition(tmp_path)
        page.evaluate("navigator.serviceWorker.getRegistration().then(r => r.update())")
        page.reload()
        page.wait_for_timeout(500)
        assert not page.get_by_role("status").count()


def test_a_slow_line_shows_what_is_kept(browser, tmp_path, monkeypatch):
    with reading(browser, tmp_path) as (page, book):
        wait_until_kept(page, book + "one.png", book + "_static/edition.js")
        monkeypatch.setattr(Line, "do_GET", lambda self: time.sleep(6))
        page.reload()
        assert page.inner_text("h1") == "one"
        assert 2500 < page.evaluate("performance.now()") < 6000


def test_a_book_from_files_registers_nothing(browser, tmp_path):
    folder = edition(tmp_path) / "a book"
    page, heard = browser.new_page(), []
    page.on("console", lambda line: heard.append(line.text))
    page.on("request", lambda request: heard.append(request.url))
    page.goto((folder / "one.html").as_uri())
    page.wait_for_timeout(300)
    assert not [one for one in heard if "manifest" in one or "sw.js" in one]
    assert not page.locator("link[rel=manifest]").count()
    page.close()


def test_the_edition_changes_with_any_file(tmp_path):
    first = edition(tmp_path) / "a book"
    names = [offline.write(edition(tmp_path) / "a book") for _ in range(2)]
    assert names[0] == names[1]
    (first / "two.png").write_bytes(b"another")
    assert offline.write(first) != names[0]


def test_the_manifest_names_files_of_the_book(html):
    made = json.loads((html / "manifest.webmanifest").read_text("utf8"))
    names = [one["src"] for one in made["icons"]] + [made["start_url"]]
    assert len(names) == 4 and all((html / name).is_file() for name in names)
    for one in made["icons"][1:]:
        size = Image.open(html / one["src"]).size
        assert "x".join(map(str, size)) == one["sizes"]


def test_every_page_knows_its_edition(html):
    worker = (html / offline.WORKER).read_text("utf8")
    name = worker.partition('"')[2].partition('"')[0]
    for page in html.glob("*.html"):
        tag = f'<meta name="edition" content="{name}" />'
        assert page.read_text("utf8").count(tag) == 1, page.name


def test_the_icon_is_the_favicon(browser):
    page = browser.new_page(viewport={"width": 192, "height": 192})
    drawing = icon.DRAWING.read_text("utf8")
    page.set_content(f"<style>* {{ margin: 0 }}</style>{drawing}")
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    made = Image.open(io.BytesIO(icon.png(192)))
    ground = Image.new("RGBA", made.size, "white")
    ground.alpha_composite(made)
    apart = ImageChops.difference(shown, ground.convert("RGB"))
    assert max(ImageStat.Stat(apart).mean) < 2  # of 255: edges alone
