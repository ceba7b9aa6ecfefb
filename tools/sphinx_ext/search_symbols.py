"""Sphinx extension: the search finds symbols, too: "dWh", "1 - h^2".

Sphinx cuts a text into words and forgets the signs between them. So the lines
of all code cells and all formulas are kept beside its index, and the page of
the search looks through them for exactly what was asked, blanks and the ways
to write a power or an index aside.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes

LONGEST = 100  # letters of a line that are shown
SCRIPT = Path(__file__).with_name("search_symbols.js")


def lines_of(doctree: nodes.document) -> Iterator[tuple[str, str, str]]:
    """The id and the title of its section, and every line of code and TeX."""
    for node in doctree.findall(nodes.Element):
        if isinstance(node, nodes.literal_block):
            texts = node.astext().splitlines()
        elif isinstance(node, (nodes.math_block, nodes.math)):
            texts = [" ".join(node.astext().split())]
        else:
            continue
        section = node.parent
        while section is not None and not (
            isinstance(section, nodes.section) and isinstance(section[0], nodes.title)
        ):
            section = section.parent  # an exercise is one without title
        if section is not None:
            for text in texts:
                if len(text.strip()) > 1:
                    yield (
                        section["ids"][0],
                        section[0].astext(),
                        text.strip()[:LONGEST],
                    )


def collect(app, doctree):
    """Keep the lines of a page that has been read."""
    symbols = vars(app.env).setdefault("symbols", {})
    symbols[app.env.docname] = list(dict.fromkeys(lines_of(doctree)))


def add_scripts(app, pagename, templatename, context, doctree):
    if templatename == "search.html":
        app.add_js_file(None, body=SCRIPT.read_text("utf8"))


def write(app, exception):
    """The lines of all pages, as a script: files cannot be fetched."""
    if exception is not None or app.builder.name != "html":
        return
    rows = []
    for page, lines in sorted(app.env.symbols.items()):
        title = app.env.titles[page].astext()
        for anchor, section, line in lines:
            rows.append(
                [
                    page,
                    anchor,
                    title if section == title else f"{title}: {section}",
                    line,
                ]
            )
    (Path(app.outdir) / "_static" / "symbols.js").write_text(
        f"const SYMBOLS = {json.dumps(rows, ensure_ascii=False)};", "utf8"
    )


def setup(app):
    app.connect("doctree-read", collect)
    app.connect("html-page-context", add_scripts)
    app.connect("build-finished", write)
