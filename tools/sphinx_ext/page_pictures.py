"""Sphinx extension: a cell that has an alternative text shows a picture.

`tools.execute` makes sure of it. This is the second guard, for what came to the
pages another way: executed by Sphinx, or cached by an older version of the tools.
"""

from docutils import nodes
from sphinx.errors import ExtensionError


def check(app, doctree, docname):
    """Stop at the first cell without its picture."""
    if app.builder.format != "html":
        return
    for cell in doctree.findall(nodes.container):
        metadata = cell.get("cell_metadata", {})
        text = metadata.get("mystnb", {}).get("image", {}).get("alt")
        if text and not list(cell.findall(nodes.image)):
            raise ExtensionError(
                f"page_pictures: {docname} has a cell without a picture, whose "
                f"alternative text is {text!r}"
            )


def setup(app):
    app.connect("doctree-resolved", check)
