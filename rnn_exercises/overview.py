"""What there is, and what is solved: tables of the exercises."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from rnn_exercises import record
from rnn_exercises.exercise import Exercise
from rnn_exercises.registry import all_exercises, chapters, of_chapter

Row = Sequence[str]


@dataclass(frozen=True)
class Table:
    """Rows under heads, which a notebook shows as a table, `print` as text.

    Attributes
    ----------
    heads : tuple of str
    rows : tuple of rows of str
    title, trouble : str
        Sentences that stand above; empty if there are none.
    """

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    title: str = ""
    trouble: str = ""

    def __str__(self) -> str:
        table = [self.heads, *self.rows]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        lines = [
            "  ".join(
                cell.ljust(width) for cell, width in zip(row, widths, strict=True)
            ).rstrip()
            for row in table
        ]
        return "\n".join(filter(None, [self.title, self.trouble, *lines]))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        def row(cells: Row, tag: str, scope: str = "") -> str:
            return (
                "<tr>"
                + "".join(f"<{tag}{scope}>{escape(cell)}</{tag}>" for cell in cells)
                + "</tr>"
            )

        above = "".join(
            f"<p>{escape(text)}</p>" for text in (self.title, self.trouble) if text
        )
        heads = row(self.heads, "th", ' scope="col"')
        rows = "".join(row(cells, "td") for cells in self.rows)
        return (
            f'<div class="exercise-panel">{above}<table class="table">'
            f"<thead>{heads}</thead><tbody>{rows}</tbody></table></div>"
        )


def effort(one: Exercise) -> tuple[str, str]:
    """Difficulty and minutes, as the tables have them."""
    return f"{one.difficulty} of 3", str(one.minutes)


def progress() -> Table:
    """What you have solved so far.

    It is kept in a file of your own, outside the book: progress.json in
    ~/.local/share/recurrent-networks-by-hand (below XDG_DATA_HOME if that is
    set), or the file that RNN_BOOK_PROGRESS names. Delete it to begin again.

    Returns
    -------
    Table
        A notebook shows it as a table, `print` as text.
    """
    solved, trouble = record.read()
    every = all_exercises()
    left = [one for one in every if one.name not in solved]
    title = f"{len(every) - len(left)} of {len(every)} solved"
    if left:
        title += f", about {sum(one.minutes for one in left)} minutes to go"
    rows = tuple(
        ("" if one in left else "solved", one.name, one.title, *effort(one))
        for one in every
    )
    return Table(
        ("state", "name", "exercise", "difficulty", "minutes"), rows, title, trouble
    )


def contents() -> Table:
    """Every exercise of the book."""
    rows = tuple(
        (one.name, one.title, one.kind, *effort(one)) for one in all_exercises()
    )
    return Table(("name", "exercise", "kind", "difficulty", "minutes"), rows)


def proof() -> Table:
    """What the tests of the checks tried, chapter by chapter.

    "changed" are solutions with one change, "harmless" those of them that
    are accepted since they answer as before, and "named" those that make a
    mistake that has a name, and got it.
    """
    rows = [
        (str(int(number)), *counts(list(of_chapter(number).values())))
        for number in chapters()
    ]
    return Table(
        ("chapter", "exercises", "mistakes", "changed", "harmless", "named"),
        (*rows, ("all", *counts(all_exercises()))),
    )


def counts(some: Sequence[Exercise]) -> tuple[str, ...]:
    """The figures of some exercises, added up."""
    return (
        str(len(some)),
        str(sum(len(one.mistakes) for one in some)),
        str(sum(one.mutants[0] for one in some)),
        str(sum(len(one.equivalent) for one in some)),
        str(sum(one.mutants[1] for one in some)),
    )
