"""`progress`: what is solved, by chapter, with difficulty and minutes."""
from dataclasses import dataclass
from html import escape

from rnn_src.exercises import record
from rnn_src.exercises.exercise import Exercise
from rnn_src.exercises.registry import all_exercises

HEADS = ("", "exercise", "difficulty", "minutes")


@dataclass(frozen=True)
class Progress:
    """Which exercises are solved.

    Attributes
    ----------
    exercises : tuple of Exercise
        All there are.
    solved : frozenset of str
        The names of those that were right.
    trouble : str
        A sentence if the record could not be read.
    """

    exercises: tuple[Exercise, ...]
    solved: frozenset[str]
    trouble: str = ""

    @property
    def head(self) -> str:
        """How many of how many, and the minutes that the others take."""
        left = [one for one in self.exercises if one.name not in self.solved]
        done = len(self.exercises) - len(left)
        minutes = sum(one.minutes for one in left)
        return (f"{done} of {len(self.exercises)} solved"
                + (f", about {minutes} minutes to go" if left else ""))

    def rows(self) -> list[tuple[str, str, str, str]]:
        """A row for each exercise, in the order of the book."""
        return [("solved" if one.name in self.solved else "",
                 f"{one.name}  {one.title}", f"{one.difficulty} of 3",
                 str(one.minutes)) for one in self.exercises]

    def __str__(self) -> str:
        table = [HEADS, *self.rows()]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        lines = ["  ".join(cell.ljust(width) for cell, width
                           in zip(row, widths, strict=True)).rstrip()
                 for row in table]
        return "\n".join(filter(None, [self.head, self.trouble, *lines]))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        def row(cells: tuple[str, ...], tag: str) -> str:
            return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>"
                                    for cell in cells) + "</tr>"

        rows = "".join(row(cells, "td") for cells in self.rows())
        trouble = f"<p>{escape(self.trouble)}</p>" if self.trouble else ""
        heads = row(("state", *HEADS[1:]), "th")
        return (f'<div class="exercise-panel"><p><strong>{escape(self.head)}'
                f"</strong></p>{trouble}<table>{heads}{rows}</table></div>")


def progress() -> Progress:
    """What you have solved so far.

    It is kept in a file of your own, outside the book: progress.json in
    ~/.local/share/recurrent-networks-by-hand (below XDG_DATA_HOME if that is
    set), or the file that RNN_BOOK_PROGRESS names. Delete it to begin again.

    Returns
    -------
    Progress
        A notebook shows it as a table, `print` as text.
    """
    solved, trouble = record.read()
    return Progress(tuple(all_exercises()), frozenset(solved), trouble)
