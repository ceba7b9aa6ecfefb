"""The picture of the README: the first page, when its network has learned.

    make picture

A palette of few colours keeps the file small. On a dark page of a code host it
stays light.
"""

import io

from PIL import Image
from playwright.sync_api import Page

from tools import browser
from tools.layout import HTML, ROOT

FILE = ROOT / ".github" / "first-page.png"
WIDTH, SCALE, COLOURS = 880, 2, 128


def shot(page: Page) -> bytes:
    """The panel in which a network learns a sentence."""
    page.goto((HTML / "index.html").as_uri())
    page.locator(".own-sentence button").click()
    page.locator(".own-said", has_text="All 5 right").wait_for()
    page.evaluate("document.activeElement.blur()")
    return page.locator(".own-sentence").screenshot()


def main() -> None:
    with browser.opened() as opened:
        page = opened.new_page(
            viewport={"width": WIDTH, "height": 1200},
            device_scale_factor=SCALE,
            reduced_motion="reduce",
        )
        picture = Image.open(io.BytesIO(shot(page))).convert("RGB")
    picture.quantize(COLOURS).save(FILE, optimize=True)
    print(f"picture: {FILE.relative_to(ROOT)}, {FILE.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
