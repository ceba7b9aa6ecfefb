"""Sphinx extension: answers to choose from (`- **a.** …`) have their letter as mark."""

import re

from docutils import nodes

LETTER = re.compile(r"[a-z]\.$")


def lettered(item: nodes.list_item) -> bool:
    """Whether an item begins with a letter in bold."""
    strong = next(iter(item.findall(nodes.strong)), None)
    return (
        strong is not None
        and LETTER.match(strong.astext()) is not None
        and item.astext().startswith(strong.astext())
    )


def mark(app, doctree, docname):
    """Give each list of such items its class."""
    for found in doctree.findall(nodes.bullet_list):
        if all(map(lettered, found)):
            found["classes"].append("answers")


def setup(app):
    app.connect("doctree-resolved", mark)
