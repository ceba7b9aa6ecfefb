"""Sphinx extension: no line begins with the comma that follows a formula.

A formula is a row of boxes, and a browser may break a line after a box, whatever
comes then. So the formula and the signs behind it become one part of the text that
does not break; inside the formula lines break as before (book/_assets/book.css).
"""

import re

from docutils import nodes

SIGNS = re.compile(r"[.,;:!?)\]’”–-]+")


def hold_together(app, doctree, docname):
    """Put each formula into one part with the signs that follow it."""
    for formula in list(doctree.findall(nodes.math)):
        after = formula.next_node(descend=False, siblings=True)
        if not isinstance(after, nodes.Text):
            continue
        if signs := SIGNS.match(after):
            held = nodes.inline("", "", classes=["held"])
            formula.replace_self(held)
            held += [formula, nodes.Text(signs[0])]
            after.parent.replace(after, nodes.Text(after[signs.end() :]))


def setup(app):
    app.connect("doctree-resolved", hold_together)
