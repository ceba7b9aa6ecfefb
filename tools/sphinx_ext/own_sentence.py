"""Sphinx extension: `{own-sentence}`, a network that learns what the reader types.

    ```{own-sentence} tea is hot ice is cold
    ```

The scripts in book/_assets/first make the panel, at the place where the page names
them, so that nothing moves later. On paper, and without scripts, a sentence is there.
"""

import zlib
from html import escape

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from tools.layout import BOOK

FOLDER = "first"
SCRIPTS = ("again.js", "network.js", "sentence.js", "panel.js")
SHEET = f"{FOLDER}/first.css"
PANEL = """<div class="own-sentence" data-sentence="{}">
<p>To train it on your own words, open this page in a browser that runs JavaScript.
Below is the same network after its training.</p></div>
"""


class OwnSentence(SphinxDirective):
    """The panel, with the sentence that it begins with."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        panel = PANEL.format(escape(self.arguments[0]))
        return [nodes.raw("", panel + "".join(map(script, SCRIPTS)), format="html")]


def script(name: str) -> str:
    """A script that runs where it stands, under a new name when it changes."""
    version = zlib.crc32((BOOK / "_assets" / FOLDER / name).read_bytes())
    return f'<script src="_static/{FOLDER}/{name}?v={version:08x}"></script>'


def add_sheet(app, pagename, templatename, context, doctree):
    """Let only the first page load its style sheet."""
    if pagename == app.config.root_doc:
        app.add_css_file(SHEET)


def setup(app):
    app.add_directive("own-sentence", OwnSentence)
    app.connect("html-page-context", add_sheet)
