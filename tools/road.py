"""How long a page is for somebody who walks the road, and opens nothing.

Counted before "Exercises", outside asides and folded cells: words of prose, formulas
and code in a line a word each, and lines of code without comments.
"""

import re
from collections.abc import Iterator

from nbformat import NotebookNode

WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
BLOCKS = re.compile(  # formulas, fences, labels, options, footnotes
    r"^\$\$.*?^\$\$.*?$|^`{3,}.*?^`{3,} *$|^(\(\S+\)=|:\S+:[^\n]*)$"
    r"|^\[\^[^\]]+\]:.*?(?=\n\n|\Z)",  # to the end of its paragraph
    re.M | re.S,
)
INLINE = re.compile(r"\$[^$]*\$|`[^`]*`")  # a word each
MARKS = re.compile(r"\{[\w:]+\}|<[^>]*>")
ASIDE = re.compile(r"^```\{curious-(start|end)\}.*\n```$", re.MULTILINE)
# Words a minute: one less with each chapter, down to the second. So did readers read.
FIRST, LEAST = 40, 25
HIDDEN = {"hide-input", "hide-cell", "remove-input", "remove-cell"}


def seen(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode | str]]:
    """The cells of the road: those before the exercises, outside asides."""
    folded = False
    for cell in notebook.cells:
        if cell.cell_type == "code":
            if not folded:
                yield cell.cell_type, cell
            continue
        text, end = cell.source, re.search(r"(?m)^## Exercises$", cell.source)
        pieces = ASIDE.split(text[: end.start()] if end else text)
        for place, piece in enumerate(pieces):
            if place % 2:
                folded = piece == "start"
            elif not folded:
                yield cell.cell_type, piece
        if end:
            return


def counts(notebook: NotebookNode) -> tuple[int, int]:
    """Words of prose, and visible lines of code."""
    words = lines = 0
    for kind, cell in seen(notebook):
        if kind != "code":
            prose = MARKS.sub(" ", BLOCKS.sub(" ", cell))
            words += len(WORD.findall(INLINE.sub(" x ", prose)))
            continue
        folded = cell.metadata.get("jupyter", {}).get("source_hidden")
        if not (folded or HIDDEN & set(cell.metadata.get("tags", ()))):
            code = (line.strip() for line in cell.source.splitlines())
            lines += sum(bool(line) and not line.startswith("#") for line in code)
    return words, lines


def minutes(chapter: int, notebook: NotebookNode) -> int:
    """How long a chapter takes to read, by its number."""
    words, _ = counts(notebook)
    return max(5, 5 * round(words / max(LEAST, FIRST - chapter) / 5))
