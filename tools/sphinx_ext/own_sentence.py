"""Sphinx extension: `{own-sentence}`, a network that learns what the reader types.

    ```{own-sentence} tea is hot ice is cold
    ```

The scripts of book/first make the panel. They are in the page itself, behind its place:
a script that had to come would find the text below already shown, and move it. On
paper, and without scripts, a sentence is there.
"""

from html import escape

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from tools.layout import BOOK

FOLDER = BOOK / "first"
SCRIPTS = ("again.js", "network.js", "sentence.js", "curve.js", "panel.js")
SHEET = "first.css"
PANEL = """<div class="own-sentence" data-sentence="{}">
<p>To train it on your own words, open this page in a browser that runs JavaScript.
Below is the same network after its training.</p></div>
<script>
{}</script>
"""


class OwnSentence(SphinxDirective):
    """The panel, with the sentence that it begins with."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        files = [FOLDER / name for name in SCRIPTS]
        for file in files:
            self.env.note_dependency(str(file))
        code = "\n".join(file.read_text("utf8") for file in files)
        panel = PANEL.format(escape(self.arguments[0]), code)
        return [nodes.raw("", panel, format="html")]


def add_sheet(app, pagename, templatename, context, doctree):
    """Let only the first page load its style sheet."""
    if pagename == app.config.root_doc:
        app.add_css_file(SHEET)


def setup(app):
    app.add_directive("own-sentence", OwnSentence)
    app.connect("html-page-context", add_sheet)
