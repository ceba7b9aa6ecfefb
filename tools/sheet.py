"""A sheet of pictures: every page, on four screens, light and dark.

    make sheet
    make sheet PAGES="index 05-the-output-layer" SHEET=before

The pictures are below `_build/sheet/now`, or the name that SHEET gives, with a page,
`index.html`, that shows them side by side. Long pages come in slices, since no browser
draws forty thousand pixels in one piece; what sticks to the screen is on each.
"""

import shutil
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Page

from tools import browser
from tools.layout import BUILD, HTML

WIDTHS = (390, 768, 1280, 1920)
THEMES = ("light", "dark")
SLICE = 2400  # pixels
STILL = """() => document.fonts.ready.then(() => {
  const style = document.createElement("style");
  style.textContent = "* { transition: none !important; animation: none !important }";
  document.head.append(style);
  return document.documentElement.scrollHeight;
})"""
HEAD = """<!doctype html><meta charset="utf-8"><title>A sheet of pictures</title>
<style>
body { font: 14px system-ui; margin: 1rem }
section { align-items: start; display: flex; gap: 1rem; overflow-x: auto }
figure { flex: none; margin: 0 }
img { border: 1px solid gray; display: block }
</style>
"""


def slices(page: Page, width: int) -> Iterator[bytes]:
    """The whole page, from the top, by scrolling: it is laid out once."""
    height = page.evaluate(STILL)
    for top in range(0, height, SLICE):
        page.evaluate("top => scrollTo(0, top)", top)
        above = top - round(page.evaluate("scrollY"))  # at the end, seen before
        size = {"width": width, "height": SLICE - above}
        yield page.screenshot(clip={"x": 0, "y": above, **size})


def pictures(opened: Browser, file: Path, folder: Path) -> str:
    """Take the pictures of a page; return the part of the sheet that shows them."""
    shown = [f"<h2>{escape(file.stem)}</h2>"]
    for theme in THEMES:
        shown.append("<section>")
        for width in WIDTHS:
            size = {"width": width, "height": SLICE}
            page = opened.new_page(color_scheme=theme, viewport=size)
            page.goto(file.as_uri())
            shown.append(f"<figure><figcaption>{width} px, {theme}</figcaption>")
            for number, picture in enumerate(slices(page, width)):
                name = f"{file.stem}-{width}-{theme}-{number:02}.png"
                (folder / name).write_bytes(picture)
                shown.append(f'<img loading="lazy" width="{width // 2}" src="{name}">')
            shown.append("</figure>")
            page.close()
        shown.append("</section>")
    return "\n".join(shown)


def sheet(html: Path, folder: Path, names: list[str]) -> None:
    """Pictures of the pages with these names, or of all."""
    files = [html / f"{name}.html" for name in names] or sorted(html.glob("*.html"))
    if missing := [file.stem for file in files if not file.is_file()]:
        sys.exit(f"sheet: no page has the name {missing[0]}; `make book` makes them")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with browser.opened() as opened:
        shown = [pictures(opened, file, folder) for file in files]
    (folder / "index.html").write_text(HEAD + "\n".join(shown), "utf8")


def main(name: str = "now", *names: str) -> None:
    sheet(HTML, BUILD / "sheet" / name, list(names))
    print(f"sheet: {BUILD / 'sheet' / name / 'index.html'}")


if __name__ == "__main__":
    main(*sys.argv[1:])
