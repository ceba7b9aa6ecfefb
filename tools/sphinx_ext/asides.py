"""Sphinx extension: what is not needed on the road, folded where it belongs.

    ```{curious-start} How many are right by luck?
    ```
    … text, cells, figures, but no headings …
    ```{curious-end}
    ```

A page shows the title; a click opens the rest. It needs no script, and the
browser's own search finds what is inside.
"""

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from rnn_exercises.showing import as_html

SUMMARY = "For the curious: "


class Start(SphinxDirective):
    """Where an aside begins."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        summary = as_html(SUMMARY + self.arguments[0])
        opening = f'<details class="curious"><summary>{summary}</summary>'
        return [nodes.raw("", opening, format="html")]


class End(SphinxDirective):
    """Where the road goes on."""

    def run(self) -> list[nodes.Node]:
        return [nodes.raw("", "</details>", format="html")]


def setup(app):
    app.add_directive("curious-start", Start)
    app.add_directive("curious-end", End)
