"""Sphinx extension: no line begins with the comma that follows a formula.

KaTeX writes a formula as a row of boxes, and a browser may break a line before and
after any of them, whatever is there. So the signs beside a formula are put beside its
first or its last box, in a part that does not break; book/look/type.css gives them
the font of the text.
"""

import re

from docutils import nodes
from sphinx.errors import ExtensionError

OPEN = re.compile(r"[(\[‘“]+$")
CLOSED = re.compile(r"[.,;:!?)\]’”–-]+")
NODE = '<span class="math'
BOX, ENDS = '<span class="base">', "</span>" * 3  # of the row, the formula, the node


class held(nodes.inline):
    """A formula, and the signs at both sides of it."""


def hold_together(app, doctree, docname):
    """Put each formula into one node with the signs beside it."""
    for formula in list(doctree.findall(nodes.math)):
        parent = formula.parent
        place = parent.index(formula)
        around = [
            parent[n]
            if 0 <= n < len(parent) and isinstance(parent[n], nodes.Text)
            else ""
            for n in (place - 1, place + 1)
        ]
        before, after = OPEN.search(around[0]), CLOSED.match(around[1])
        if not before and not after:
            continue
        both = held()
        formula.replace_self(both)
        both += formula
        # By their places: texts that are equal, such as ", ", are one to `replace`.
        if before:
            parent[place - 1] = nodes.Text(around[0][: before.start()])
            both.insert(0, nodes.Text(before[0]))
        if after:
            parent[place + 1] = nodes.Text(around[1][after.end() :])
            both += nodes.Text(after[0])


def joined(html: str) -> str:
    """The HTML of a formula and signs, the signs beside the outer boxes."""
    before, node, rest = html.partition(NODE)
    formula, end, after = rest.rpartition(ENDS)
    start, *boxes = formula.split(BOX)
    if not node or not end or not boxes or "<" in before + after:
        raise ExtensionError(f"punctuation: KaTeX writes otherwise: {html[-200:]}")
    boxes = [BOX + box for box in boxes]
    if before:
        boxes[0] = sign(before) + boxes[0]
    if after:
        boxes[-1] += sign(after)
    row = "".join(
        f'<span class="held">{box}</span>' if 'class="sign"' in box else box
        for box in boxes
    )
    return node + start + row + end


def sign(text: str) -> str:
    """Signs that are beside a box."""
    return f'<span class="sign">{text}</span>'


def visit(translator, node):
    node.start = len(translator.body)


def depart(translator, node):
    html = "".join(translator.body[node.start :])
    translator.body[node.start :] = [joined(html)]


def setup(app):
    app.add_node(held, html=(visit, depart))
    app.connect("doctree-resolved", hold_together)
