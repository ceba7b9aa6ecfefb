"""Sphinx extension: a page loads what it shows, and no more, and stands still.

Each part names the fault, in the versions of the lock, and when to remove it.
tests/page_checks.py weighs every page, and measures how far it moves.
"""

import base64
import io
import re
import shutil
import struct
from pathlib import Path

from PIL import Image
from sphinx.errors import ExtensionError

# pydata-sphinx-theme 0.17.1 loads two thousand icons, more than half of the weight
# of a page, for the dozen that it shows; those are in book/_assets/icons.css. Remove
# when pydata-sphinx-theme pull request 2494 is released, if its fonts are light, too.
ICONS = re.compile(r'<script defer src="_static/scripts/fontawesome.js[^"]*"></script>')
# jupyter-book 1 needs sphinx-design, which loads its style sheet and its tabs on every
# page, for cards and tabs that no page of this book has. Remove when one has.
DESIGN = re.compile(
    r'<link [^>]*href="_static/sphinx-design[^>]*/>\s*'
    r'|<script [^>]*src="_static/design-tabs[^>]*></script>\s*'
)
DESIGNED = re.compile(r'class="[^"]*\bsd-')
ICON_FONT = re.compile(r"@font-face\{[^}]*Font Awesome[^}]*\}")
# Sphinx 7.4 does not say how large a figure is, so the text jumps when it loads.
# Remove when HTML5Translator.visit_image always writes width and height.
FIGURE = re.compile(r'<img (?:[^>]* )?src="(?P<source>_images/[^"]+\.png)"')
# The fonts of formulas load after the text is shown, and move it. So they are put
# into their style sheet, and the text waits for them, a second at most; without
# scripts it does not wait. Remove when KaTeX's fonts have metrics that a fallback can
# match (size-adjust), or browsers render MathML well enough.
FONTS = (
    "KaTeX_Main-Regular",
    "KaTeX_Math-Italic",
    "KaTeX_Size1-Regular",
    "KaTeX_Size2-Regular",
)
FIRST_FONTS = """
(() => {
  const root = document.documentElement;
  const show = () => root.classList.remove("waits-for-fonts");
  root.classList.add("waits-for-fonts");
  setTimeout(show, 1000);
  const fonts = ["KaTeX_Main", "KaTeX_Size1", "KaTeX_Size2"].map(
    (name) => `1em ${name}`);
  Promise.all(["italic 1em KaTeX_Math", ...fonts].map(
    (font) => document.fonts.load(font))).then(show, show);
})();
"""


def replaced_once(text: str, pattern: re.Pattern, new: str) -> str:
    """Replace what must be there once; anything else stops the build."""
    made, count = pattern.subn(lambda _: new, text)
    if count != 1:
        raise ExtensionError(
            f"page_weight: {pattern.pattern!r} was found "
            f"{count} times; it used to be there once"
        )
    return made


def without_icons(text: str) -> str:
    """A page that does not ask for the theme's icons."""
    return replaced_once(text, ICONS, "")


def without_design(text: str) -> str:
    """A page that does not ask for cards and tabs, as it has none."""
    if DESIGNED.search(text):
        raise ExtensionError("page_weight: a page has a card or a tab; see DESIGN")
    return DESIGN.sub("", text)


def drop_icons(static: Path) -> None:
    """Take the theme's icons out of the book, and what would load them."""
    for pattern in ("fontawesome.js*", "*.map"):
        for path in (static / "scripts").glob(pattern):
            path.unlink()
    shutil.rmtree(static / "vendor" / "fontawesome")
    sheet = static / "styles" / "pydata-sphinx-theme.css"
    sheet.write_text(ICON_FONT.sub("", sheet.read_text("utf8")), "utf8")


def with_sizes(text: str, folder: Path) -> str:
    """Say how large each figure is, before it has come."""

    def sized(match: re.Match) -> str:
        width, height = png_size(folder / match["source"])
        return f'{match[0]} width="{width}" height="{height}"'

    return FIGURE.sub(sized, text)


def png_size(path: Path) -> tuple[int, int]:
    """Width and height, from the first bytes of the file."""
    return struct.unpack(">II", path.read_bytes()[16:24])


def with_palette(path: Path) -> None:
    """Write a figure with 256 colours, if that is smaller.

    Matplotlib writes sixteen million colours, and the figures show a few hundred:
    flat areas, lines and text. All that is lost is shades at the edges of letters.
    Remove when Matplotlib can write a palette itself.
    """
    picture = Image.open(path).convert("RGB")
    smaller = io.BytesIO()
    picture.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        smaller, "PNG", optimize=True
    )
    if smaller.tell() < path.stat().st_size:
        path.write_bytes(smaller.getvalue())


def inline_fonts(katex: Path) -> None:
    """Put the most frequent fonts into the style sheet of the formulas."""
    sheet = katex / "katex.min.css"
    text = sheet.read_text("utf8")
    for name in FONTS:
        data = base64.b64encode((katex / f"fonts/{name}.woff2").read_bytes())
        text = replaced_once(
            text,
            re.compile(rf"url\(fonts/{name}\.woff2\)"),
            f"url(data:font/woff2;base64,{data.decode('ascii')})",
        )
    sheet.write_text(text, "utf8")


def lighten(app, exception):
    """Make the written book lighter."""
    if exception is not None or app.builder.name != "html":
        return
    folder = Path(app.outdir)
    drop_icons(folder / "_static")
    inline_fonts(folder / "_static" / "katex")
    for figure in (folder / "_images").glob("*.png"):
        with_palette(figure)
    for page in folder.glob("*.html"):
        text = without_design(without_icons(page.read_text("utf8")))
        page.write_text(with_sizes(text, folder), "utf8")


def setup(app):
    app.add_js_file(None, body=FIRST_FONTS, priority=100)
    app.connect("build-finished", lighten)
