"""The exercises as a chapter has them: questions, starters, solutions.

A chapter marks them with `{exercise-start}`, `{exercise-end}`,
`{solution-start}` and `{solution-end}`. The first code cell after a question is
its starter; what lies between the last two is the solution.

Their titles, difficulty and minutes are copied to `rnn_exercises/contents.json`,
for `progress()`: the package does not hold the pages. `make reference` does it.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from nbformat import NotebookNode

from tools.layout import ROOT
from tools.notebooks import chapters, read

CONTENTS = ROOT / "rnn_exercises" / "contents.json"

MARK = re.compile(
    r"^```\{(?P<what>exercise|solution)-(?P<which>start|end)\}"
    r"[ ]?(?P<title>[^\n]*)\n(?P<options>(?::[^\n]*\n)*)```[ ]*$",
    re.MULTILINE,
)
LABEL = re.compile(r"^:label: *(\S+)", re.MULTILINE)
EFFORT = re.compile(r"\*Difficulty ([123]) of 3, about (\d+) minutes\.\*")


@dataclass(kw_only=True)
class Block:
    """An exercise in a chapter.

    Attributes
    ----------
    label, title : str
        "ex-06-tanh", "Through tanh".
    question, reasoning : str
        The text of the exercise, and that of its solution.
    between : str
        Text of the solution after its first code cell.
    starters, solutions : lists of cells
    """

    label: str
    title: str
    question: str = ""
    reasoning: str = ""
    between: str = ""
    starters: list[NotebookNode] = field(default_factory=list)
    solutions: list[NotebookNode] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name in the package, "06-tanh"."""
        return self.label.removeprefix("ex-")


def pieces(source: str) -> list[tuple[str, re.Match | None]]:
    """A text cut at its marks: what lies before each, and the mark."""
    found, start = [], 0
    for mark in MARK.finditer(source):
        found.append((source[start : mark.start()], mark))
        start = mark.end()
    return [*found, (source[start:], None)]


def blocks(notebook: NotebookNode) -> list[Block]:
    """Every exercise of a chapter, in order.

    Raises
    ------
    ValueError
        If a solution belongs to another exercise than the one before it.
    """
    found: list[Block] = []
    inside = ""  # "exercise" or "solution", while one is open
    for cell in notebook.cells:
        if cell.cell_type == "code":
            if found and inside == "solution":
                found[-1].solutions.append(cell)
            elif found and not found[-1].reasoning:
                found[-1].starters.append(cell)
            continue
        for text, mark in pieces(cell.source):
            if inside == "exercise":
                found[-1].question += text
            elif inside == "solution" and found[-1].solutions:
                found[-1].between += text
            elif inside == "solution":
                found[-1].reasoning += text
            if mark:
                inside = opened(mark, found)
    return found


def opened(mark: re.Match, found: list[Block]) -> str:
    """What is open after a mark; the start of an exercise begins a block."""
    if mark["which"] == "end":
        return ""
    if mark["what"] == "exercise":
        label = LABEL.search(mark["options"])
        title = mark["title"].strip()
        found.append(Block(label=label[1] if label else "", title=title))
    elif not found or mark["title"].strip() != found[-1].label:
        raise ValueError(
            f"a solution of {mark['title'].strip()!r} follows the "
            f"exercise {found[-1].label if found else None!r}"
        )
    return mark["what"]


def contents_of(exercises: Iterable[Block]) -> str:
    """Titles, difficulty and minutes as JSON, an exercise a line.

    Raises
    ------
    ValueError
        If a question does not say once how hard it is, and how long it takes.
    """
    lines = []
    for block in exercises:
        effort = EFFORT.findall(block.question)
        if len(effort) != 1:
            raise ValueError(
                f"the question of {block.name} has {len(effort)} lines of the form "
                "'*Difficulty 1 of 3, about 5 minutes.*'; expected one"
            )
        difficulty, minutes = map(int, effort[0])
        entry = {"title": block.title, "difficulty": difficulty, "minutes": minutes}
        lines.append(f'"{block.name}": {json.dumps(entry, ensure_ascii=False)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def contents() -> str:
    """What `contents.json` has to hold."""
    return contents_of(block for path in chapters() for block in blocks(read(path)))


if __name__ == "__main__":
    CONTENTS.write_text(contents(), "utf8")
