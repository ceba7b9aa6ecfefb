"""Sphinx extension: the hints of an exercise, one behind the other, on its page.

In a notebook `hint("06-tanh")` opens them. On a page they open by a click, each
inside the one before, without any script.
"""

from collections.abc import Sequence

from docutils import nodes
from sphinx_exercise.nodes import exercise_enumerable_node

from rnn_exercises.registry import all_exercises
from rnn_exercises.showing import as_html


def details(hints: Sequence[str], number: int = 1) -> str:
    """A hint that opens, with the next one in it."""
    if not hints:
        return ""
    return (
        f'<details class="hint"><summary>Hint {number}</summary>'
        f"<p>{as_html(hints[0])}</p>{details(hints[1:], number + 1)}"
        "</details>"
    )


def add_hints(app, doctree, docname):
    """Put the hints below the question."""
    if app.builder.format != "html":
        return
    known = {f"ex-{one.name}": one.hints for one in all_exercises()}
    for exercise in list(doctree.findall(exercise_enumerable_node)):
        label = next((name for name in exercise["ids"] if name in known), None)
        if label:
            exercise.parent.insert(
                exercise.parent.index(exercise) + 1,
                nodes.raw("", details(known[label]), format="html"),
            )


def setup(app):
    app.connect("doctree-resolved", add_hints)
