"""Sphinx extension: the style sheet gets its colours from the palette.

book/_assets/book.css says `var(--book-link)`; here the variable gets its value.
"""

from pathlib import Path

from rnn_src.palette import KEYWORD, LINK, NAME, NUMBER, STRING

SHEET = "palette.css"
CODE = {"keyword": KEYWORD, "string": STRING, "number": NUMBER, "name": NAME}
TOKENS = " ".join(
    f"--book-{token}: light-dark({', '.join(colours)});"
    for token, colours in CODE.items()
)
RULE = f":root {{ --book-link: {LINK}; {TOKENS} }}\n"


def write_sheet(app):
    """Before the first page is written, since a page names the sheet's checksum."""
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    (static / SHEET).write_text(RULE, "utf8")


def setup(app):
    app.add_css_file(SHEET)
    app.connect("builder-inited", write_sheet)
