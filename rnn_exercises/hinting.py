"""`hint`: one more hint at each call, below what the check said."""

from rnn_exercises.registry import exercise
from rnn_exercises.verdict import MISTAKE, Panel, Verdict

_opened: dict[str, int] = {}  # by exercise: how many hints
_last: dict[str, Verdict] = {}  # by exercise: what the check said


def remember(verdict: Verdict) -> None:
    """Keep what the check said: a mistake stands above the hints."""
    _last[verdict.name] = verdict


def hint(name: str) -> Panel:
    """Open one more hint.

    If the last check named a mistake, that stands above; then come the
    exercise's own, from a nudge to nearly all.

    Parameters
    ----------
    name : str
        Of the exercise, "06-tanh".

    Returns
    -------
    Panel
        A notebook shows it, `print` too. All hints that are open are in it.

    Raises
    ------
    ValueError
        If there is no exercise of this name.
    """
    asked = exercise(name)
    hints = asked.hints
    last = _last.get(asked.name)
    told = (
        [f"The last check named a mistake. {last.message}"]
        if last and last.kind == MISTAKE
        else []
    )
    opened = min(_opened.get(asked.name, 0) + 1, len(hints))
    _opened[asked.name] = opened
    left = len(hints) - opened
    lines = [f"{number}. {text}" for number, text in enumerate(hints[:opened], start=1)]
    lines.append(
        f"{left} more: call hint({asked.name!r}) again."
        if left
        else "That was the last one. The solution is behind a click in the book."
    )
    return Panel(
        f"{asked.name}: hint {opened} of {len(hints)}", "\n".join(told + lines)
    )
