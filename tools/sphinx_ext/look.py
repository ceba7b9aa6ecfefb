"""Sphinx extension: the style sheet of the book, from the palette and its parts.

A part of book/look/ says `var(--book-link)`; the palette gives the variable its value,
one in a light page and one in a dark one. All comes as one file, which a browser asks
for once.
"""

from pathlib import Path

from rnn_src.palette import STEADY, THEMED
from tools.layout import BOOK

SHEET = "book.css"
PARTS = (
    "ground",
    "type",
    "code",
    "math",
    "figures",
    "boxes",
    "sides",
    "reference",
    "print",
)
AFTER_FORMULAS = 700  # the sheet of KaTeX has 500, those of _config.yml 800


def rule(selector: str, values: dict[str, str]) -> str:
    """A rule that gives each variable its value."""
    lines = (f"  --book-{name}: {value};" for name, value in values.items())
    return "\n".join([f"{selector} {{", *lines, "}\n"])


def variables() -> str:
    """Light, which is also for paper and for a browser without scripts; then dark."""
    light, dark = ({k: v[i] for k, v in THEMED.items()} for i in (0, 1))
    screen = rule('html[data-theme="dark"]', dark)
    return rule(":root", STEADY | light) + f"@media screen {{\n{screen}}}\n"


def sheet() -> str:
    """The variables, and what makes use of them."""
    parts = (BOOK / "look" / f"{part}.css" for part in PARTS)
    return "\n".join([variables(), *(part.read_text("utf8") for part in parts)])


def write_sheet(app):
    """Before the first page is written, since a page names the sheet's checksum."""
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    (static / SHEET).write_text(sheet(), "utf8")


def setup(app):
    app.add_css_file(SHEET, priority=AFTER_FORMULAS)
    app.connect("builder-inited", write_sheet)
