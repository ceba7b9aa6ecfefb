"""Ten telling places of the book, as pictures that the tests compare.

    make screens

Letters are drawn by the machine, so the same page differs from system to system. These
pictures are set in fonts that the book carries, and compared only with what the browser
drew that they name: `tests/pages/screens/browser.txt`.
"""

import io
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Browser

from tests.page_checks import open_browser, visit
from tools.layout import HTML, ROOT

FOLDER = ROOT / "tests" / "pages" / "screens"
DRAWN_BY = FOLDER / "browser.txt"
MOST_BYTES = 60_000  # of a picture
NEAR = 8  # of 255: a smaller difference of a channel is noise
MOST_OTHER = 0.002  # of the pixels
CARRIED_FONTS = """:root, html[data-theme] {
  --book-face-text: KaTeX_SansSerif !important;
  --book-face-code: KaTeX_Typewriter !important; }"""


@dataclass(frozen=True)
class Place:
    """An element of a page, on a screen of some width, by day or at night."""

    page: str
    element: str
    width: int = 1280
    theme: str = "light"
    height: int = 600  # at most, of the picture


FIVE = "05-the-output-layer"
OPEN = "div.cell:not(:has(details))"
PLACES = {
    "title": Place(FIVE, "article > section > h1"),
    "stations-phone": Place(FIVE, ".you-are-here", 390),
    "code": Place(FIVE, f"{OPEN}:has(.nf)", height=300),
    "code-dark": Place(FIVE, "div.cell[class*=solve-]", theme="dark"),
    "output": Place("refresher", f"{OPEN}:has(.cell_output pre)", height=300),
    "formula-phone": Place(FIVE, "div.math:has(.eqno)", 390),
    "figure-dark": Place(FIVE, ".cell_output:has(img)", theme="dark"),
    "exercise": Place(FIVE, "div.exercise"),
    "solution": Place(FIVE, "div.solution", height=330),
    "table-phone-dark": Place("refresher", "table.table", 390, "dark"),
}


def drawn_by(browser: Browser) -> str:
    """What draws: the browser's version, without what it corrects, and the system."""
    return f"Chromium {browser.version.partition('.')[0]} on {sys.platform}"


def pictures(browser: Browser, html: Path) -> dict[str, bytes]:
    """Every place, as it looks now."""
    found = {}
    for place in dict.fromkeys((p.page, p.theme, p.width) for p in PLACES.values()):
        page, theme, width = place
        with visit(browser, (html / f"{page}.html").as_uri(), theme, width) as opened:
            opened.page.add_style_tag(content=CARRIED_FONTS)
            opened.ask("settle")
            for name, one in PLACES.items():
                if (one.page, one.theme, one.width) == place:
                    found[name] = picture(opened.page, one)
    return found


def picture(page, place: Place) -> bytes:
    """An element as a PNG, no higher than its place says."""
    element = page.locator(place.element).first
    element.scroll_into_view_if_needed()
    shown = Image.open(io.BytesIO(element.screenshot())).convert("RGB")
    shown = shown.crop((0, 0, shown.width, min(shown.height, place.height)))
    made = io.BytesIO()
    shown.save(made, "PNG", optimize=True)
    return made.getvalue()


def other(one: bytes, two: bytes) -> float:
    """The share of the pixels that differ; all of them if the sizes do."""
    before, after = (Image.open(io.BytesIO(data)).convert("RGB") for data in (one, two))
    if before.size != after.size:
        return 1.0
    channels = ImageChops.difference(before, after).split()
    worst = ImageChops.lighter(ImageChops.lighter(*channels[:2]), channels[2])
    return sum(worst.histogram()[NEAR:]) / (before.width * before.height)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with open_browser() as browser:
        for name, data in pictures(browser, HTML).items():
            (FOLDER / f"{name}.png").write_bytes(data)
        DRAWN_BY.write_text(drawn_by(browser) + "\n", "utf8")
    print(f"screens: {FOLDER.relative_to(ROOT)}; look at each")


if __name__ == "__main__":
    main()
