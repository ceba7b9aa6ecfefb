"""Sphinx extension: notes and works have one look, and the ways back at their end.

docutils makes the number of a note the link back, or, where the text has two calls,
puts "(1,2)" beside it. A work is listed by author and year, as the text cites it.
"""

from collections.abc import Iterator

from docutils import nodes
from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.style.formatting.unsrt import Style
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle

from tools.plain import authors_and_year

STYLE = "cited"
BACK = (
    '\N{NO-BREAK SPACE}<a class="back" href="#{}" role="doc-backlink" '
    'aria-label="Back to the text{}">↩\ufe0e</a>'
)


class AuthorYear(BaseLabelStyle):
    """The label of a work: "Kneser and Ney, 1995", "Pascanu et al., 2013"."""

    def format_labels(self, sorted_entries: list[Entry]) -> Iterator[str]:
        for entry in sorted_entries:
            yield ", ".join(authors_and_year(entry.key))


class ByAuthorYear(BaseSortingStyle):
    """The order of the labels."""

    def sorting_key(self, entry: Entry) -> tuple[str, str]:
        return authors_and_year(entry.key)


class Cited(Style):
    """The works as the text cites them."""

    default_sorting_style = ByAuthorYear
    default_label_style = AuthorYear


def ways_back(app, doctree, docname):
    """Put an arrow for each call at the end of a note or a work."""
    for kind in (nodes.footnote, nodes.citation):
        for note in doctree.findall(kind):
            calls, note["backrefs"] = note["backrefs"], []
            for n, call in enumerate(calls, 1):
                which = f", place {n}" if len(calls) > 1 else ""
                note[-1] += nodes.raw("", BACK.format(call, which), format="html")


def setup(app):
    register_plugin("pybtex.style.formatting", STYLE, Cited)
    app.connect("doctree-resolved", ways_back)
