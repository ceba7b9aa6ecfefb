"""What a reader sees: verdicts and hints as panels, progress as a table."""

import re
from dataclasses import dataclass
from html import escape

from rnn_exercises import record
from rnn_exercises.registry import entries, exercise
from rnn_src import palette

CODE = re.compile("`([^`]+)`")

EFFORT = ("difficulty", "minutes")

NOT_ATTEMPTED = "not attempted"
RIGHT = "right"
MISTAKE = "mistake"
WRONG = "wrong"

#: What a verdict says first, in words, since colour alone does not reach
#: everybody; and the colour of a line at its side, on white as on black.
HEADS = {
    NOT_ATTEMPTED: ("not attempted yet", palette.UNANSWERED),
    RIGHT: ("right", palette.RIGHT),
    MISTAKE: ("a known mistake", palette.WRONG),
    WRONG: ("not right yet", palette.WRONG),
}


def as_html(text: str) -> str:
    """A text for HTML; what is between backticks is code."""
    return CODE.sub(r"<code>\1</code>", escape(text))


class Panel:
    """A message under a head, which a notebook shows as a panel, `print` as text."""

    head: str
    message: str
    line: str  # the colour of the line at its side

    def __str__(self) -> str:
        return f"{self.head}\n{self.message}".rstrip("\n")

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """For Jupyter and HTML: no script, no id, no colour of its own."""
        paragraphs = "".join(
            f'<p style="margin: 0.3em 0; white-space: pre-wrap">{as_html(part)}</p>'
            for part in self.message.split("\n")
            if part
        )
        return (
            '<div class="exercise-panel" role="status" style="border-left: '
            f"0.3em solid {self.line}; padding: 0.2em 0 0.2em 0.8em; margin: 0.3em "
            f'0"><p style="margin: 0.3em 0"><strong>{escape(self.head)}</strong>'
            f"</p>{paragraphs}</div>"
        )


@dataclass(frozen=True, repr=False)
class Hints(Panel):
    """The hints of an exercise that are open."""

    head: str
    message: str
    line = palette.HINT


@dataclass(frozen=True, repr=False)
class Verdict(Panel):
    """What a check found."""

    kind: str  # NOT_ATTEMPTED, RIGHT, MISTAKE (which has a name) or WRONG
    message: str = ""  # what to look at
    mistakes: tuple[str, ...] = ()  # the names of those that explain the answer
    name: str = ""  # of the exercise

    head = property(lambda self: f"{self.name}: {HEADS[self.kind][0]}")
    line = property(lambda self: HEADS[self.kind][1])


_opened: dict[str, int] = {}  # by exercise: how many hints
last_verdict: dict[str, Verdict] = {}  # by exercise


def hint(name: str) -> Hints:
    """Open one more hint.

    If the last check named a mistake, its message comes first; then come the
    exercise's own hints, from a nudge to nearly all.

    Parameters
    ----------
    name : str
        Of the exercise, "06-tanh".

    Returns
    -------
    Hints
        A notebook shows it, `print` too. All hints that are open are in it.

    Raises
    ------
    ValueError
        If there is no exercise of this name.
    """
    asked = exercise(name)
    name, hints, last = asked.name, asked.hints, last_verdict.get(asked.name)
    opened = _opened[name] = min(_opened.get(name, 0) + 1, len(hints))
    lines = [f"{number}. {text}" for number, text in enumerate(hints[:opened], start=1)]
    if last and last.kind == MISTAKE:
        lines.insert(0, f"The last check named a mistake. {last.message}")
    lines.append(
        f"{len(hints) - opened} more: call hint({name!r}) again."
        if opened < len(hints)
        else "That was the last one. The solution is behind a click in the book."
    )
    return Hints(f"{name}: hint {opened} of {len(hints)}", "\n".join(lines))


@dataclass(frozen=True)
class Table:
    """Rows under heads, which a notebook shows as a table, `print` as text."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""  # above the table
    trouble: str = ""  # below the title

    def __str__(self) -> str:
        table = [self.heads, *self.rows]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        lines = (map(str.ljust, row, widths) for row in table)
        rows = ("  ".join(line).rstrip() for line in lines)
        return "\n".join(filter(None, [self.title, self.trouble, *rows]))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        def row(cells: tuple[str, ...], mark: str) -> str:
            return f"<tr>{''.join(mark.format(escape(cell)) for cell in cells)}</tr>"

        above = "".join(
            f"<p>{escape(text)}</p>" for text in (self.title, self.trouble) if text
        )
        heads = row(self.heads, '<th scope="col">{}</th>')
        rows = "".join(row(cells, "<td>{}</td>") for cells in self.rows)
        return (
            f'<div class="exercise-panel">{above}<table class="table">'
            f"<thead>{heads}</thead><tbody>{rows}</tbody></table></div>"
        )


def progress() -> Table:
    """What you have solved so far, chapter by chapter.

    It is kept in a file of your own, outside the book: progress.json in
    ~/.local/share/recurrent-networks-by-hand (below XDG_DATA_HOME if that is
    set), or the file that RNN_BOOK_PROGRESS names. Delete it to begin again.

    Returns
    -------
    Table
        A notebook shows it as a table, `print` as text.
    """
    solved, trouble = record.read()
    every = entries()
    left = {name: entry for name, entry in every.items() if name not in solved}
    title = f"{len(every) - len(left)} of {len(every)} solved"
    if left:
        title += (
            f", about {sum(entry.minutes for entry in left.values())} minutes to go"
        )
    rows = []
    for chapter, names in by_chapter().items():
        open_ones = [name for name in names if name in left]
        minutes = sum(left[name].minutes for name in open_ones)
        count = f"{len(names) - len(open_ones)} of {len(names)}"
        still = ", ".join(open_ones) if len(open_ones) < len(names) else "all"
        rows.append((chapter, count, still if open_ones else "", f"{minutes}"))
    heads = ("chapter", "solved", "still to do", "minutes")
    return Table(heads, tuple(rows), title, trouble)


def by_chapter() -> dict[str, list[str]]:
    """The names of the exercises, by their chapter's number: "6"."""
    found: dict[str, list[str]] = {}
    for name in entries():
        found.setdefault(str(int(name[:2])), []).append(name)
    return found


def contents() -> Table:
    """Every exercise of the book, chapter by chapter."""
    every = entries()
    rows = tuple(
        (
            chapter if name == names[0] else "",
            name,
            every[name].title,
            exercise(name).kind,
            *every[name].effort,
        )
        for chapter, names in by_chapter().items()
        for name in names
    )
    return Table(("chapter", "name", "exercise", "kind", *EFFORT), rows)
