"""Sphinx extension: `{carried}`, what the book carries and did not write.

The table is `tools/carried.toml`. A hash is shown by its beginning; the whole of it
is in the table's file, and in the title of what is shown.
"""

from html import escape

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from tools.carried import COPIED, FETCHED, TABLE, Carried, Copied
from tools.sphinx_ext.exercise_counts import SCROLLING

HEADS = ("what", "version", "license", "where", "kB", "SHA-256")
SHOWN = 12  # digits of a hash
ROW = (
    '<tr><td><a href="{source}">{name}</a></td><td>{version}</td><td>{license}</td>'
    "<td><code>{where}</code></td><td>{kb:,}</td>"
    '<td><code title="{sha256}">{short}</code></td></tr>'
)


def row(one: Carried) -> str:
    """A row of the table."""
    texts = {name: escape(str(value)) for name, value in vars(one).items()}
    where = f"_static/{one.folder}/" if isinstance(one, Copied) else one.file
    kb = max(1, round(one.size / 1000))
    return ROW.format(**texts, where=escape(where), kb=kb, short=one.sha256[:SHOWN])


def table() -> str:
    """All that is carried."""
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    rows = "".join(map(row, (*COPIED, *FETCHED)))
    return (
        f'<table class="table carried"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


class CarriedTable(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(str(TABLE))
        return [nodes.raw("", SCROLLING.format(table()), format="html")]


def setup(app):
    app.add_directive("carried", CarriedTable)
