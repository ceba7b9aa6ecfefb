"""What has to run before a cell, after all that has run already."""

from collections.abc import Iterable

from rnn_page.needs import Reading


class Plan:
    """The cells of a page as they are, and those that ran, in the order they did.

    Parameters
    ----------
    cells : pairs of a text and a bool
        The code of each cell, and whether it is in a solution of the book: what that
        defines is for solutions alone, so that it never replaces the reader's own.
    """

    def __init__(self, cells: Iterable[tuple[str, bool]]):
        pairs = list(cells)
        self.sources = [source for source, _ in pairs]
        self.solutions = {number for number, (_, own) in enumerate(pairs) if own}
        self.ran: list[tuple[int, str]] = []
        self.now = Reading()  # of what ran
        self.above: dict[int, Reading] = {}  # of the cells before a cell

    def missing(self, number: int, source: str) -> list[int]:
        """The cells to run before this code is run as cell `number`, ascending.

        What it would read now has to be what it would read after a run from the top. If
        something else had a part in it, or had it twice, all that it needs runs again.
        """
        if number not in self.above:
            hidden = set() if number in self.solutions else self.solutions
            self.above[number] = Reading(
                "" if one in hidden else source
                for one, source in enumerate(self.sources[:number])
            )
        try:
            wanted = self.above[number].would_need(source)
            seen = [self.ran[place] for place in self.now.would_need(source)]
        except SyntaxError:  # which the run will show
            return []
        needed = [(one, self.sources[one]) for one in wanted]
        if len(seen) > len(set(seen)) or set(seen) - set(needed):
            return wanted
        return [one for one, text in needed if (one, text) not in seen]

    def done(self, number: int, source: str) -> None:
        """Remember that a cell ran, with this code."""
        try:
            self.now.add(source)
        except SyntaxError:
            return
        self.ran.append((number, source))
        if self.sources[number] != source:
            self.sources[number] = source
            self.above = {one: it for one, it in self.above.items() if one <= number}
