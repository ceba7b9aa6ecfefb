"""Sphinx extension: which columns of a table hold sentences, as a class of their cells.

A phone has no room for sentences beside two other columns. In a list of meanings each
goes below the rest of its row, which needs no head to be understood; elsewhere a column
of sentences keeps a width at which they can be read (book/look/type.css).
"""

from docutils import nodes

COLUMNS = 3  # at least
LETTERS = 24  # in a cell, on average: more than a few words


def is_wordy(column: list[str]) -> bool:
    """Whether a column holds sentences."""
    return sum(map(len, column)) > LETTERS * len(column)


def cells(table: nodes.table, part: type[nodes.Part]) -> list[list[nodes.entry]]:
    """The cells of the head, or of the body, row by row."""
    rows = (row for one in table.findall(part) for row in one.findall(nodes.row))
    return [list(row.findall(nodes.entry)) for row in rows]


def mark(app, doctree, docname):
    """Give each list of meanings its class, and all sentences of other tables."""
    for table in doctree.findall(nodes.table):
        head = [entry.astext() for row in cells(table, nodes.thead) for entry in row]
        if len(head) < COLUMNS:
            continue
        if head[-1] == "meaning":
            table["classes"].append("meanings")
            continue
        for column in zip(*cells(table, nodes.tbody), strict=True):
            if is_wordy([entry.astext() for entry in column]):
                for entry in column:
                    entry["classes"].append("sentences")


def setup(app):
    app.connect("doctree-resolved", mark)
