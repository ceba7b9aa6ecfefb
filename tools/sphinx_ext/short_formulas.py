"""Sphinx extension: no line ends inside what is short.

KaTeX lets a browser break a formula after each relation and each sum, so a phone would
show "W = " in one line and "0" in the next. A browser breaks "chapter 4" and "(8, 6)"
at their spaces, and a word of code nowhere, be it longer than a line of a phone.
"""

import re

from docutils import nodes

MOST = 18  # signs: with fewer than that, no phone is too narrow
LONGEST = 20  # letters of a word of code
CODE = (nodes.literal, nodes.FixedTextElement, nodes.math, nodes.raw)
TOGETHER = re.compile(r"\b[Cc]hapters? \d|\bPart [IV]|\([A-Z\d]+(?:, [A-Z\d]+)+\)")
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


def kept(text: str) -> str:
    """The text, and no line ends in the number of a chapter, or in a shape."""
    return TOGETHER.sub(lambda found: found[0].replace(" ", "\xa0"), text)


def mark(app, doctree, docname):
    """Give each short formula its class, and each long word of code another."""
    for formula in doctree.findall(nodes.math):
        if signs(formula.astext()) < MOST:
            formula["classes"].append("math-short")
    for code in doctree.findall(nodes.literal):
        if max(map(len, code.astext().split()), default=0) > LONGEST:
            code["classes"].append("code-long")
    for text in list(doctree.findall(nodes.Text)):
        if not isinstance(text.parent, CODE) and (new := kept(text)) != text:
            text.parent.replace(text, nodes.Text(new))


def setup(app):
    app.connect("doctree-resolved", mark)
