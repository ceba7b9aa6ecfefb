"""Sphinx extension: terms and symbols say what they mean.

The first time that a page uses a term of the glossary, and a section a symbol of the
notation, it becomes a quiet link. What it means comes with the page, in a box that
book/_assets/meanings.js shows.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from html import escape

from docutils import nodes
from sphinx import addnodes

from tools.sphinx_ext.definitions import Meaning, symbols, terms
from tools.sphinx_ext.page_runs import cells_of
from tools.sphinx_ext.punctuation import held

SCRIPT = "meanings.js"
#: Terms that the pages also use as everyday words.
EVERYDAY = {
    *("cell", "id", "input", "layer", "memory", "piece", "shape", "step", "training"),
}
#: Where nothing is linked.
CLOSED = (
    *(nodes.title, nodes.caption, nodes.strong, nodes.literal, nodes.math),
    *(nodes.reference, nodes.table, addnodes.pending_xref),
)
UNLINKED = {"place", "opening"}  # the place of a chapter, what the book is
BOX = '<div class="meaning" id="{}" popover="manual" role="tooltip">{}</div>'
OPENED = '<a class="meant" href="{0}#{1}" aria-describedby="of-{1}"{2}>'
BRACES = re.compile(r"[\\{}]")  # of TeX, which nobody reads out
MEANT = re.compile(r'aria-describedby="of-([\w-]+)"')
#: A term that a page links by itself, as the glossary does.
LINKED = re.compile(
    r'<a class="reference internal" (?=href="[^"]*#(term-[\w-]+)"[^>]*>'
    r'<span class="xref std std-term")'
)


def known(app) -> tuple[dict[str, Meaning], dict[str, Meaning]]:
    """Terms and symbols, read once."""
    if not hasattr(app, "rnn_meanings"):
        app.rnn_meanings = terms(app.env), symbols(app.env)
    return app.rnn_meanings


def words_of(names: list[str]) -> re.Pattern:
    """A pattern that finds each term, also in the plural; of two the longer."""
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest))})(?:e?s)?\b", re.I)


def in_prose(node: nodes.Node) -> bool:
    """Whether a node is part of a sentence, and nothing more special."""
    parent, inside = node.parent, False
    while parent is not None:
        if isinstance(parent, CLOSED) or UNLINKED & set(parent.get("classes", ())):
            return False
        inside = inside or isinstance(parent, nodes.paragraph)
        parent = parent.parent
    return inside


def link(
    app, docname: str, meaning: Meaning, shown: nodes.Node, name: str = ""
) -> list[nodes.Node]:
    """A link to where something is explained; a formula needs a name to be read out."""
    uri = app.builder.get_relative_uri(docname, meaning.page)
    label = f' aria-label="{escape(BRACES.sub("", name))}"' if name else ""
    start = OPENED.format(uri, meaning.id, label)
    return [
        nodes.raw("", start, format="html"),
        shown,
        nodes.raw("", "</a>", format="html"),
    ]


def link_words(doctree: nodes.document, named: dict[str, Meaning], make: Callable):
    """Link each term where the page uses it first."""
    todo = {name.lower(): meaning for name, meaning in named.items()}
    pattern = words_of(list(named))
    for text in filter(in_prose, list(doctree.findall(nodes.Text))):
        pieces, start = [], 0
        for match in pattern.finditer(text):
            if meaning := todo.pop(match[1].lower(), None):
                pieces += [nodes.Text(text[start : match.start()])]
                pieces += make(meaning, nodes.Text(match[0]))
                start = match.end()
        if pieces:
            text.parent.replace(text, [*pieces, nodes.Text(text[start:])])


def link_symbols(doctree: nodes.document, named: dict[str, Meaning], make: Callable):
    """Link each symbol where a section uses it first."""
    done = set()
    for math in filter(in_prose, list(doctree.findall(nodes.math))):
        section = math.parent
        while not isinstance(section, nodes.section | nodes.document):
            section = section.parent
        use = (id(section), math.astext())
        if math.astext() in named and use not in done:
            done.add(use)
            whole = math.parent if isinstance(math.parent, held) else math
            meaning, parent = named[math.astext()], whole.parent
            parent.replace(whole, make(meaning, whole.deepcopy(), name=math.astext()))


def link_first_uses(app, doctree, docname):
    """Link terms and symbols in the pages that have code."""
    if app.builder.format != "html" or not any(cells_of(doctree)):
        return

    make = partial(link, app, docname)
    words, signs = known(app)
    if words:
        named = {name: words[name] for name in words.keys() - EVERYDAY}
        link_words(doctree, named, make)
    link_symbols(doctree, signs, make)


def boxes(app, body: str) -> Iterator[str]:
    """The meanings that a page needs, each once."""
    by_id = {meaning.id: meaning for some in known(app) for meaning in some.values()}
    for name in dict.fromkeys(MEANT.findall(body)):
        whole = nodes.container("", *(node.deepcopy() for node in by_id[name].text))
        html = app.builder.render_partial(whole)["fragment"]
        yield BOX.format(f"of-{name}", html)


def add_boxes(app, pagename, templatename, context, doctree):
    """Put the meanings behind the text, where no search of the book finds them."""
    if doctree is None or app.builder.format != "html":
        return
    marked = r'<a class="meant" aria-describedby="of-\1" '
    body = LINKED.sub(marked, context["body"])
    if MEANT.search(body):
        context["body"] = body + "\n".join(boxes(app, body))
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app):
    app.connect("doctree-resolved", link_first_uses)
    app.connect("html-page-context", add_boxes)
