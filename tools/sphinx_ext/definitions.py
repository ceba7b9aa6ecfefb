"""Sphinx extension: what the glossary and the notation say, for `meanings`.

The rows of the notation get ids, so that a symbol can lead to its own.
"""

from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes

GLOSSARY, NOTATION = "glossary", "notation"
#: How a row of the notation is told: what comes before the text of each column.
TOLD = {"meaning": "", "from": "from ", "to": " to ", "in code": "; in code ",
        "shape": "; shape "}  # fmt: skip


@dataclass
class Meaning:
    """Where something is explained, and the text there."""

    page: str
    id: str
    text: list[nodes.Node]


def terms(env) -> dict[str, Meaning]:
    """Each term of the glossary."""
    if GLOSSARY not in env.found_docs:
        return {}
    items = env.get_doctree(GLOSSARY).findall(nodes.definition_list_item)
    return {
        term.astext(): Meaning(GLOSSARY, term["ids"][0], without_links(text))
        for item in items
        for text in item.findall(nodes.definition)
        for term in item.findall(nodes.term)
    }


def symbols(env) -> dict[str, Meaning]:
    """Each symbol of the notation, by its TeX."""
    if NOTATION not in env.found_docs:
        return {}
    found = {}
    for table in env.get_doctree(NOTATION).findall(nodes.table):
        heads, *rows = table.findall(nodes.row)
        names = [head.astext() for head in heads]
        for row in rows:
            cells = dict(zip(names, row, strict=True))
            if row["ids"]:
                found[tex(row)] = Meaning(NOTATION, row["ids"][0], [told(cells)])
    return found


def tex(row: nodes.row) -> str:
    """The symbol of a row, without its formula; "" if there is none, or several."""
    math = next(iter(row[0].findall(nodes.math)), nodes.Text(""))
    return "" if "," in math.astext() else math.astext().partition(" = ")[0]


def told(cells: dict[str, nodes.entry]) -> nodes.paragraph:
    """A row of the notation, as one paragraph."""
    paragraph = nodes.paragraph()
    for name, lead in TOLD.items():
        content = without_links(cells.get(name, nodes.entry()))
        if content:
            paragraph += [nodes.Text(lead), *content[0].children]
    return paragraph


def without_links(entry: nodes.Element) -> list[nodes.Node]:
    """What an entry or a definition holds, with plain text in place of links."""
    copy = entry.deepcopy()
    for link in list(copy.findall(addnodes.pending_xref)):
        link.parent.replace(link, nodes.Text(link.astext()))
    return copy.children


def name_rows(app, doctree):
    """Give each symbol of the notation an id."""
    if app.env.docname == NOTATION:
        rows = [row for row in doctree.findall(nodes.row) if tex(row)]
        for number, row in enumerate(rows, 1):
            row["ids"].append(f"symbol-{number}")


def setup(app):
    app.connect("doctree-read", name_rows)
