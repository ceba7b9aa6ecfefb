"""Sphinx extension: in the list of all exercises a name leads to its exercise.

The list is a table that a cell printed, so that a notebook has it as well;
only a page knows where the exercises are.
"""

import re

from docutils import nodes
from sphinx.errors import ExtensionError

NAME = re.compile(r"<td>(\d\d-[a-z\d-]+)</td>")


def link_names(app, doctree, docname):
    """Make links of the names in the tables of a page."""
    if app.builder.format != "html":
        return
    known = getattr(app.env, "sphinx_exercise_registry", {})

    def linked(match: re.Match) -> str:
        label = f"ex-{match[1]}"
        if label not in known:
            raise ExtensionError(
                f"exercise_links: {docname} lists {match[1]}, "
                f"and no page has an exercise {label}"
            )
        uri = app.builder.get_relative_uri(docname, known[label]["docname"])
        return f'<td><a href="{uri}#{label}">{match[1]}</a></td>'

    for node in list(doctree.findall(nodes.raw)):
        if node["format"] == "html" and NAME.search(node.astext()):
            text = NAME.sub(linked, node.astext())
            node.replace_self(nodes.raw("", text, format="html"))


def setup(app):
    app.connect("doctree-resolved", link_names)
