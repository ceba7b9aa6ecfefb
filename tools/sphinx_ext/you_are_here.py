"""Sphinx extension: where a chapter is on the way from a word to an update.

    *You are here:* word → one-hot → **h → z** → p → L → gradients → update

becomes a row of stations, of which those in bold are filled.
"""

from collections.abc import Iterator
from html import escape

from docutils import nodes

START = "You are here:"
STATIONS = ("word", "one-hot", "h", "z", "p", "L", "gradients", "update")


def stations(paragraph: nodes.paragraph) -> Iterator[tuple[str, bool]]:
    """The stations of such a paragraph, and whether the chapter is at each."""
    for child in paragraph.children[1:]:
        for name in child.astext().split("→"):
            station = name.strip(" \n,")
            if station in STATIONS:
                yield station, isinstance(child, nodes.strong)


def as_html(found: list[tuple[str, bool]], rest: str) -> str:
    """A row of stations, and what the chapter says of them in the words above it."""
    named = (f"<strong>{name}</strong>" if here else name for name, here in found)
    row = ' <span aria-hidden="true">→</span> '.join(
        f'<span class="station">{name}</span>' for name in named
    )
    lead = f"{START[:-1]}{escape(rest)}:"
    return f'<p class="you-are-here"><em>{lead}</em> {row}</p>'


def draw(app, doctree, docname):
    """Replace each such paragraph by its row of stations."""
    if app.builder.format != "html":
        return
    for paragraph in list(doctree.findall(nodes.paragraph)):
        if paragraph.astext().startswith(START) and len(paragraph.children) > 1:
            found = list(stations(paragraph))
            rest = paragraph.astext().rpartition("update")[2].replace("\n", " ")
            paragraph.replace_self(nodes.raw("", as_html(found, rest), format="html"))


def setup(app):
    app.connect("doctree-resolved", draw)
