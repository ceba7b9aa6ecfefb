"""What must hold of a page in a browser.

A check takes a visit to a page and returns its complaints, a list of texts;
a good page gives an empty list. tests/pages/test_browser.py asks every page of the
book; test_page_checks.py asks broken pages, to see that each check can fail.
"""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlparse

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools import browser as browsers

ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]
OWN_SCHEMES = ("file:", "data:", "blob:", "about:")
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
SCRIPTS = Path(__file__).with_name("page_checks.js")
# No rule is switched off.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FILE_NAME = re.compile(r"\.(png|svg|jpe?g|gif|webp)$|[0-9a-f]{16}", re.I)
NO_DESCRIPTION = re.compile(r"(figure|image|picture|(graph|plot) of)\b", re.I)
LEAST_WORDS = 8  # of an alternative text
MOST_SHIFT, MOST_BYTES = 0.02, 450_000
MOST_BELOW = 40  # pixels
PACKED = {".png", ".woff2"}
RAW_TEX = re.compile(r"\\[([]|\$\$|\\begin\{|\\frac\b")


@dataclass
class Visit:
    """A page that is open, and what was heard while it opened."""

    page: Page
    theme: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ask(self, function: str):
        """The answer of a function of page_checks.js, which finds the page whole."""
        return self.page.evaluate(f"pageChecks.whole().{function}()")

    def listen(self) -> None:
        page, say = self.page, self.errors.append
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("pageerror", lambda error: say(f"exception: {error}"))
        page.on(
            "console",
            lambda line: (
                line.type in ("error", "warning")
                and say(f"console {line.type}: {line.text}")
            ),
        )


@contextmanager
def open_browser(*arguments: str) -> Iterator[Browser]:
    """A browser; without one the tests are skipped, or fail where CI=true."""
    path = browsers.find()
    if path is None:
        (pytest.fail if browsers.required() else pytest.skip)(browsers.MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=arguments or ARGUMENTS
        )
        yield browser
        browser.close()


@contextmanager
def visit(
    browser: Browser, url: str, theme: str = "light", width: int = 1280
) -> Iterator[Visit]:
    """Open a page as a reader does, in a light or dark system."""
    opened = Visit(system(browser, theme, width).new_page(), theme)
    opened.listen()
    opened.page.goto(url)
    opened.ask("settle")
    yield opened
    opened.page.close()


@cache
def system(browser: Browser, theme: str, width: int) -> BrowserContext:
    """What a reader has, for all visits: to start it takes as long as a page."""
    context = browser.new_context(
        color_scheme=theme, viewport={"width": width, "height": 900}
    )
    context.add_init_script(path=SCRIPTS)
    context.new_page()  # stays open, and so does its process
    return context


def outside(visit: Visit) -> list[str]:
    """Everything that the page asks of another host, or prepares to ask."""
    return [
        f"asks for {url}"
        for url in visit.requests + visit.ask("hints")
        if not url.startswith(OWN_SCHEMES)
    ]


def errors(visit: Visit) -> list[str]:
    """Errors, warnings and exceptions of the page's scripts and files."""
    return visit.errors


def wrong_theme(visit: Visit) -> list[str]:
    """The page is dark where the system is, and light where it is."""
    shown = visit.page.locator("html").get_attribute("data-theme")
    return (
        []
        if shown == visit.theme
        else [f"the system is {visit.theme}, the page is {shown}"]
    )


def formulas(visit: Visit) -> list[str]:
    """Formulas that do not show, or show as the TeX they were written in."""
    return visit.ask("formulas") + [
        f"raw TeX in the text: {text.strip()[:80]}"
        for text in visit.ask("texts")
        if RAW_TEX.search(text)
    ]


def too_high(visit: Visit) -> list[str]:
    """Nothing to see after what ends the page: what is closed sticks out."""
    empty = visit.page.evaluate("pageChecks.below")
    return [f"{empty:.0f} px below the end"] if empty > MOST_BELOW else []


def torn(visit: Visit) -> list[str]:
    """Lines that begin with the comma that follows code."""
    return visit.ask("torn")


def too_wide(visit: Visit) -> list[str]:
    """What makes the page scroll sideways, is cut off, or out of reach."""
    return visit.ask("tooWide")


def says_nothing(text: str) -> bool:
    """Whether an alternative text does not say what its picture shows."""
    return bool(
        len(text.split()) < LEAST_WORDS
        or FILE_NAME.search(text)
        or NO_DESCRIPTION.match(text)
    )


def pictures(visit: Visit) -> list[str]:
    """Pictures that do not load, are drawn out, or not described."""
    complaints = []
    for source, text, loaded, stretched in visit.ask("pictures"):
        if not loaded:
            complaints.append(f"{source} is not there")
        elif not 0.98 < stretched < 1.02:
            complaints.append(f"{source} is drawn out: {stretched:.2f}")
        if says_nothing(text):
            complaints.append(f"{source} is described as {text!r}")
    return complaints


def repeated_ids(visit: Visit) -> list[str]:
    """An id that stands twice: links to it lead to the first alone."""
    return [f"the id {name!r} is repeated" for name in visit.ask("repeatedIds")]


def barriers(visit: Visit) -> list[str]:
    """What axe finds that keeps readers out; it leaves a page that is thin."""
    return asked_of_axe(visit, "barriers")


def colours(visit: Visit) -> list[str]:
    """What axe finds wrong about colours, the only thing that a theme changes."""
    return asked_of_axe(visit, "colours")


def asked_of_axe(visit: Visit, what: str) -> list[str]:
    if not visit.page.evaluate("!!globalThis.axe"):
        visit.page.evaluate(AXE.read_text("utf8"))
    ask = f"tags => pageChecks.{what}(tags)"
    found = visit.page.evaluate(ask, AXE_TAGS)
    if found:
        # The theme lets the keyboard reach a box that scrolls 0.3 s after it
        # has been opened; what is still there then is a fault.
        visit.page.wait_for_timeout(600)
        found = visit.page.evaluate(ask, AXE_TAGS)
    return [
        f"{rule['id']}: {node['target']}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def shifts(visit: Visit) -> list[str]:
    """What has come late and moved the text that somebody reads.

    On a busy machine even a font that is there may come late once: what moves
    at three visits is a fault.
    """
    moved = visit.ask("shift")
    for _ in range(2):
        if moved < MOST_SHIFT:
            return []
        visit.page.reload()
        visit.ask("settle")
        moved = min(moved, visit.ask("shift"))
    return [f"layout shift {moved:.3f}"] if moved >= MOST_SHIFT else []


def weight(visit: Visit) -> list[str]:
    """More than a reader on a slow line should wait for."""
    paths = {
        Path(unquote(urlparse(url).path))
        for url in visit.requests
        if url.startswith("file:")
    }
    sizes = {path.name: sent(path) for path in paths if path.is_file()}
    total = sum(sizes.values())
    heavy = sorted(sizes, key=sizes.get)[-3:]
    return (
        [f"{total / 1000:.0f} kB, of which {', '.join(heavy)}"]
        if total > MOST_BYTES
        else []
    )


@cache
def sent(path: Path) -> int:
    """The bytes of a file on their way: what can be is compressed."""
    data = path.read_bytes()
    return len(data if path.suffix in PACKED else gzip.compress(data))


CHECKS = (
    weight,
    outside,
    errors,
    wrong_theme,
    formulas,
    torn,
    too_high,
    too_wide,
    pictures,
    repeated_ids,
    shifts,
    barriers,
)
