"""Sphinx extension: `{exercise-counts}`, what the tests of the checks tried.

The counts are the tests' own, in `tests/mutants.json`; the package does not hold
them, so no cell of a page can print them.
"""

import json

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from rnn_exercises.registry import chapters, of_chapter
from rnn_exercises.showing import Table
from tools.layout import ROOT

MUTANTS = ROOT / "tests" / "mutants.json"
#: As the theme wraps the tables of a page: on a phone they scroll.
SCROLLING = '<div class="pst-scrollable-table-container">{}</div>'
HEADS = ("chapter", "exercises", "mistakes", "changed", "harmless", "named")


def counts(number: str) -> tuple[int, ...]:
    """What the tests tried in a chapter, in the order of the heads."""
    known = json.loads(MUTANTS.read_text("utf8"))
    exercises = of_chapter(number)
    tried = [known[name] for name in exercises if name in known]
    return (
        len(exercises),
        sum(len(one.mistakes) for one in exercises.values()),
        sum(entry["tried"] for entry in tried),
        sum(len(entry["equivalent"]) for entry in tried),
        sum(entry["named"] for entry in tried),
    )


def table() -> Table:
    """A row for each chapter, and their sums."""
    found = {str(int(number)): counts(number) for number in chapters()}
    found["all"] = tuple(map(sum, zip(*found.values(), strict=True)))
    rows = tuple((name, *map(str, numbers)) for name, numbers in found.items())
    return Table(HEADS, rows)


class ExerciseCounts(SphinxDirective):
    def run(self):
        self.env.note_dependency(str(MUTANTS))
        html = table()._repr_html_().replace('class="table"', 'class="table counts"')
        return [nodes.raw("", SCROLLING.format(html), format="html")]


def setup(app):
    app.add_directive("exercise-counts", ExerciseCounts)
