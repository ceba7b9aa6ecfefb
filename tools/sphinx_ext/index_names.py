"""Sphinx extension: in the index, names of the code differ from terms of the book.

Sphinx writes both alike, "argmax() (in module rnn_src.words.algebra)". A name gets the
face of code, and where it is from becomes quiet (book/look/reference.css). Modules,
which the reference lists, are left out.
"""

import re

from markupsafe import Markup

OF_CODE = re.compile(r"(?:(\S+) )?\((?:in module )?([^()]+)\)")
NAME, PLACE = Markup("<code>{}</code> "), Markup('<span class="from">{}</span>')


def marked(name: str) -> str:
    """A name of the code in HTML; a term as it is."""
    if not (found := OF_CODE.fullmatch(name)):
        return name
    return (NAME.format(found[1]) if found[1] else "") + PLACE.format(found[2])


def mark(app, pagename, templatename, context, doctree):
    """Mark the names of the index, and those below each."""
    if templatename == "genindex.html":
        context["genindexentries"] = [
            (
                letter,
                [
                    (marked(name), (links, [(marked(n), to) for n, to in below], key))
                    for name, (links, below, key) in entries
                    if name != "module" and [n for n, _ in below] != ["module"]
                ],
            )
            for letter, entries in context["genindexentries"]
        ]


def setup(app):
    app.connect("html-page-context", mark)
