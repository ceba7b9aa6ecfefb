"""Sphinx extension: the style sheets get their values from the palette.

A sheet says `var(--book-link)`; here the variable gets its value, one in a light
page and one in a dark one.
"""

from pathlib import Path

from rnn_src.palette import STEADY, THEMED

SHEET = "palette.css"


def rule(selector: str, values: dict[str, str]) -> str:
    """A rule that gives each variable its value."""
    lines = (f"  --book-{name}: {value};" for name, value in values.items())
    return "\n".join([f"{selector} {{", *lines, "}\n"])


def sheet() -> str:
    """Light, which is also for paper and for a browser without scripts; then dark."""
    light, dark = ({k: v[i] for k, v in THEMED.items()} for i in (0, 1))
    screen = rule('html[data-theme="dark"]', dark)
    return rule(":root", STEADY | light) + f"@media screen {{\n{screen}}}\n"


def write_sheet(app):
    """Before the first page is written, since a page names the sheet's checksum."""
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    (static / SHEET).write_text(sheet(), "utf8")


def setup(app):
    app.add_css_file(SHEET)
    app.connect("builder-inited", write_sheet)
