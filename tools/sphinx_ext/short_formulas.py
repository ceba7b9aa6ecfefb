"""Sphinx extension: no line ends inside a short formula.

KaTeX lets a browser break a formula after each relation and each sum, so a phone would
show "W = " in one line and "0" in the next.
"""

import re

from docutils import nodes

MOST = 14  # signs: with fewer than that, no phone is too narrow
NAME = re.compile(r"\\[a-zA-Z]+")
UNSEEN = re.compile(r"[{}_^\s]|\\[,;!]")
#: What is as wide as several letters.
WORDS = re.compile(
    r"\\(?:math\w+|text|operatorname|[dt]?frac|tanh|exp|ln|left|right)\b"
)


def signs(tex: str) -> int:
    """About how many signs a formula shows in a row."""
    spelled = WORDS.sub("xxx", tex)
    return len(UNSEEN.sub("", NAME.sub("x", spelled)))


def mark(app, doctree, docname):
    """Give each short formula its class."""
    for formula in doctree.findall(nodes.math):
        if signs(formula.astext()) < MOST:
            formula["classes"].append("math-short")


def setup(app):
    app.connect("doctree-resolved", mark)
