"""Sphinx extension: in the list of all exercises a title leads to its exercise.

The list is a table that a cell printed, so that a notebook has it as well; only a page
knows where the exercises are. On a page a chapter is a head over its rows, not a column
that is empty in most of them.
"""

import re

from docutils import nodes
from sphinx.errors import ExtensionError

ROW = re.compile(
    r"<tr><td>(?P<chapter>\d*)</td><td>(?P<name>\d\d-[a-z\d-]+)</td>"
    r"<td>(?P<title>[^<]*)</td>(?P<rest>(?:<td>[^<]*</td>)*)</tr>"
)
HEADS = '<th scope="col">chapter</th><th scope="col">name</th>'
COLUMNS = 4


def link_names(app, doctree, docname):
    """Make links of the titles in the table of a page, and heads of the chapters."""
    if app.builder.format != "html":
        return
    known = getattr(app.env, "sphinx_exercise_registry", {})

    def linked(row: re.Match) -> str:
        label = f"ex-{row['name']}"
        if label not in known:
            raise ExtensionError(
                f"exercise_links: {docname} lists {row['name']}, "
                f"and no page has an exercise {label}"
            )
        uri = app.builder.get_relative_uri(docname, known[label]["docname"])
        head = (
            f'<tr><th scope="rowgroup" colspan="{COLUMNS}">'
            f"Chapter {row['chapter']}</th></tr>"
        )
        return (
            f'{head if row["chapter"] else ""}<tr><td><a href="{uri}#{label}">'
            f"{row['title']}</a> <code>{row['name']}</code></td>{row['rest']}</tr>"
        )

    for node in list(doctree.findall(nodes.raw)):
        if node["format"] == "html" and ROW.search(node.astext()):
            text = ROW.sub(linked, node.astext().replace(HEADS, ""))
            text = text.replace('class="table"', 'class="table exercises"')
            node.replace_self(nodes.raw("", text, format="html"))


def setup(app):
    app.connect("doctree-resolved", link_names)
