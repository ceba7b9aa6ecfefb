"""Which cells of a chapter have to run before a cell: a reader may run any one alone.

The code is read, not run. A cell needs the cells that bound the names it reads, and
those that may have changed what these names reach. A function of the chapter is walked
through where it is mentioned, and with its arguments where it is called; what others
do, `effects` says. A loop is taken to run at least once. It takes nothing but Python's
own library, so a page can ask about a cell that its reader has edited, too.
"""

import copy
from collections.abc import Iterable, Sequence

from rnn_page.needs.statements import Statements


class Reading:
    """Cells that were read in order."""

    def __init__(self, sources: Iterable[str] = ()):
        self.statements = Statements()
        self.found: list[list[int]] = []  # for each cell, what it needs
        for source in sources:
            self.add(source)

    def add(self, source: str) -> list[int]:
        """Read the next cell; the earlier ones that it needs, ascending."""
        direct = self.statements.read(source)
        needed = sorted(direct.union(*(self.found[cell] for cell in direct)))
        self.found.append(needed)
        return needed

    def would_need(self, source: str) -> list[int]:
        """What the next cell would need, if it were this one."""
        return copy.deepcopy(self).add(source)


def needs(sources: Sequence[str]) -> list[list[int]]:
    """For each cell the earlier ones that have to run before it, ascending."""
    return Reading(sources).found
