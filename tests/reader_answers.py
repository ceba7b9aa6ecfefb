"""Answers that readers gave, or may give, with what `check` should say of each.

`exercises/answers/NAME.py` has those of an exercise, one after the other, each under a
line

    #% right or wrong | what is special about it | the name of the mistake, if any

Each is a cell of its own, at the exercise's place in the chapter; what it calls
`answer` is handed to `check`.
"""

import re
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "exercises" / "answers"
HEAD = re.compile(r"^#% (right|wrong) \| ([^|\n]+?)(?: \| ([\w, -]+))?$", re.M)


class Answer(NamedTuple):
    """An answer, and what `check` should find."""

    name: str
    right: bool
    mistakes: tuple[str, ...] | None
    cell: str


def answers() -> dict[str, Answer]:
    """Every answer, under its exercise and what is special about it."""
    found = {}
    for file in sorted(FOLDER.glob("*.py")):
        before, *blocks = HEAD.split(file.read_text("utf8"))
        assert not before.strip() and "\n#%" not in "".join(blocks[3::4])
        for kind, what, names, cell in zip(
            *(blocks[i::4] for i in range(4)), strict=True
        ):
            mistakes = tuple(re.split(", *", names)) if names else None
            label = f"{file.stem}: {what}"
            assert label not in found, label
            found[label] = Answer(file.stem, kind == "right", mistakes, cell)
    return found


ANSWERS = answers()
