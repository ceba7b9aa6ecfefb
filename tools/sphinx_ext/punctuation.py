"""Sphinx extension: no line begins with the comma that follows a formula.

KaTeX writes a formula as a row of boxes, and a browser may break a line after any of
them, whatever comes then. So the signs behind a formula are put beside its last box,
in a part that does not break; book/_assets/book.css gives them the font of the text.
"""

import re

from docutils import nodes
from sphinx.errors import ExtensionError

SIGNS = re.compile(r"[.,;:!?)\]’”–-]+")
BOX, ENDS = '<span class="base">', "</span>" * 3  # of the row, the formula, the node


class held(nodes.inline):
    """A formula, and the signs that follow it."""


def hold_together(app, doctree, docname):
    """Put each formula into one node with the signs that follow it."""
    for formula in list(doctree.findall(nodes.math)):
        after = formula.next_node(descend=False, siblings=True)
        if isinstance(after, nodes.Text) and (signs := SIGNS.match(after)):
            both = held()
            formula.replace_self(both)
            both += [formula, nodes.Text(signs[0])]
            after.parent.replace(after, nodes.Text(after[signs.end() :]))


def joined(html: str) -> str:
    """The HTML of a formula and signs, the signs beside the last box."""
    formula, end, signs = html.rpartition(ENDS)
    rest, box, last = formula.rpartition(BOX)
    if not end or not box or "<" in signs:
        raise ExtensionError(f"punctuation: KaTeX writes otherwise: {html[-200:]}")
    inner = f'{box}{last}<span class="sign">{signs}</span>'
    return f'{rest}<span class="held">{inner}</span>{end}'


def visit(translator, node):
    node.start = len(translator.body)


def depart(translator, node):
    html = "".join(translator.body[node.start :])
    translator.body[node.start :] = [joined(html)]


def setup(app):
    app.add_node(held, html=(visit, depart))
    app.connect("doctree-resolved", hold_together)
