"""Sphinx extension: no line ends inside what is short.

KaTeX lets a browser break a formula after each relation and each sum, so a phone would
show "W = " in one line and "0" in the next; or "(1 -" in one, and "f)" in the next. A
browser breaks "chapter 4" and "(8, 6)"
at their spaces, and a word of code nowhere, be it longer than a line of a phone.
"""

import re

from docutils import nodes

MOST = 18  # signs: with fewer than that, no phone is too narrow
MOST_IN_BRACKETS = 26
LONGEST = 20  # letters of a word of code
CODE = (nodes.literal, nodes.FixedTextElement, nodes.math, nodes.raw)
TOGETHER = re.compile(r"\b[Cc]hapters? \d|\bPart [IV]|\([A-Z\d]+(?:, [A-Z\d]+)+\)")
NAME = re.compile(r"\\[a-zA-Z]+")
UNSEEN = re.compile(r"[{}_^\s]|\\[,;!]")
#: What is as wide as several letters.
WORDS = re.compile(
    r"\\(?:math\w+|text|operatorname|[dt]?frac|tanh|exp|ln|left|right)\b"
)
#: After these a browser may break, where no braces are around them.
BREAKS = re.compile(r"\\(?:cdot|times|odot|le|ge|ne|approx|in|to)\b|[-+=<>]")


def signs(tex: str) -> int:
    """About how many signs a formula shows in a row."""
    spelled = WORDS.sub("xxx", tex)
    return len(UNSEEN.sub("", NAME.sub("x", spelled)))


def closed(tex: str, start: int) -> int:
    """Where the bracket that opens at `start` is closed; `start` if none does."""
    depth = 0
    for end in range(start, len(tex)):
        depth += (tex[end] in "([") - (tex[end] in ")]")
        if not depth:
            return end
    return start


def whole(tex: str) -> str:
    """The formula, in which no line ends in a pair of brackets that is short."""
    made, start = "", 0
    while start < len(tex):
        end = closed(tex, start)
        part = tex[start : end + 1]
        if end > start and signs(part) < MOST_IN_BRACKETS:
            part = BREAKS.sub(r"\g<0>\\nobreak ", part)
        else:
            part, end = tex[start], start
        made, start = made + part, end + 1
    return made


def kept(text: str) -> str:
    """The text, and no line ends in the number of a chapter, or in a shape."""
    return TOGETHER.sub(lambda found: found[0].replace(" ", "\xa0"), text)


def mark(app, doctree, docname):
    """Give each short formula its class, and each long word of code another."""
    for formula in doctree.findall(nodes.math):
        if signs(formula.astext()) < MOST:
            formula["classes"].append("math-short")
        else:
            formula[:] = [nodes.Text(whole(formula.astext()))]
    for code in doctree.findall(nodes.literal):
        if max(map(len, code.astext().split()), default=0) > LONGEST:
            code["classes"].append("code-long")
    for text in list(doctree.findall(nodes.Text)):
        if not isinstance(text.parent, CODE) and (new := kept(text)) != text:
            text.parent.replace(text, nodes.Text(new))


def setup(app):
    app.connect("doctree-resolved", mark)
