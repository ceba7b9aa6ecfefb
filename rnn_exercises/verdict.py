"""What a check says, as text and as a panel of a notebook."""

import re
from dataclasses import dataclass
from html import escape

from rnn_src import palette

CODE = re.compile("`([^`]+)`")

NOT_ATTEMPTED = "not attempted"
RIGHT = "right"
MISTAKE = "mistake"
WRONG = "wrong"

# What stands first, in words: colour alone tells not everybody.
HEADS = {
    NOT_ATTEMPTED: "Not attempted yet",
    RIGHT: "Right",
    MISTAKE: "A known mistake",
    WRONG: "Not right yet",
}
# Each reads on white as on black, as a line at the side; the text keeps the
# colour of the page.
LINES = {
    NOT_ATTEMPTED: palette.UNANSWERED,
    RIGHT: palette.RIGHT,
    MISTAKE: palette.WRONG,
    WRONG: palette.WRONG,
}


def as_html(text: str) -> str:
    """A text for HTML; what stands between backticks is code."""
    return CODE.sub(r"<code>\1</code>", escape(text))


def panel(head: str, text: str, line: str) -> str:
    """A panel for Jupyter and HTML: no script, no id, no colour of its own."""
    paragraphs = "".join(
        f'<p style="margin: 0.3em 0; white-space: pre-wrap">{as_html(part)}</p>'
        for part in text.split("\n")
        if part
    )
    return (
        '<div class="exercise-panel" role="status" style="border-left: '
        f"0.3em solid {line}; padding: 0.2em 0 0.2em 0.8em; margin: 0.3em "
        f'0"><p style="margin: 0.3em 0"><strong>{escape(head)}</strong>'
        f"</p>{paragraphs}</div>"
    )


@dataclass(frozen=True)
class Panel:
    """A text with a head, that a notebook shows as a panel."""

    head: str
    text: str

    def __str__(self) -> str:
        return f"{self.head}\n{self.text}" if self.text else self.head

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return panel(self.head, self.text, palette.HINT)


@dataclass(frozen=True)
class Verdict:
    """What a check found.

    Attributes
    ----------
    name : str
        The exercise, as "06-tanh".
    kind : str
        `NOT_ATTEMPTED`, `RIGHT`, `MISTAKE` (a mistake with a name) or `WRONG`.
    message : str
        What to look at; empty where there is nothing to add.
    mistakes : tuple of str
        The names of the mistakes that explain the answer.
    """

    name: str
    kind: str
    message: str = ""
    mistakes: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """The verdict in one line: "06-tanh: right"."""
        return f"{self.name}: {HEADS[self.kind].lower()}"

    def __str__(self) -> str:
        return f"{self.head}\n{self.message}" if self.message else self.head

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return panel(self.head, self.message, LINES[self.kind])
