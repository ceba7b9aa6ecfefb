"""Sphinx extension: what the last column of a table holds, as a class of the table.

A phone has no room for sentences beside two other columns. In a list of meanings each
goes below the rest of its row, which needs no head to be understood; elsewhere the
column of sentences keeps a width at which they can be read (book/look/type.css).
"""

from docutils import nodes

COLUMNS = 3  # at least
LETTERS = 24  # in a last cell, on average: more than a few words


def kind(head: list[str], rows: list[list[str]]) -> str:
    """ "meanings", "sentences", or nothing."""
    if len(head) < COLUMNS:
        return ""
    if head[-1] == "meaning":
        return "meanings"
    letters = sum(len(row[-1]) for row in rows)
    return "sentences" if letters > LETTERS * len(rows) else ""


def texts(part: nodes.Element) -> list[list[str]]:
    """The texts of all cells, row by row."""
    return [
        [entry.astext() for entry in row.findall(nodes.entry)]
        for row in part.findall(nodes.row)
    ]


def mark(app, doctree, docname):
    """Give each table with a head its class."""
    for table in doctree.findall(nodes.table):
        head = [row for part in table.findall(nodes.thead) for row in texts(part)]
        rows = [row for part in table.findall(nodes.tbody) for row in texts(part)]
        if head and (name := kind(head[0], rows)):
            table["classes"].append(name)


def setup(app):
    app.connect("doctree-resolved", mark)
