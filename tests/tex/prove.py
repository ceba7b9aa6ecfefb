"""Compare the sides of equations, for all values of their letters.

The letters that have no value (i, j, k, …, t) run through all they can be: a
step from 1 to T, a letter in brackets over the length of what it counts. Where
it counts two things of different lengths, the equation is refused.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np

from tex.read import Chain, Range, read
from tex.tokens import Refused
from tex.value import Evaluation
from tex.worlds import World

TOLERANCE = {"=": 1e-9, r"\leftarrow": 1e-9, r"\approx": 1e-4}
SLACK = 1e-9  # of the right side, where one may not be above the other


class Differs(AssertionError):
    """The two sides of a relation that does not hold."""


def prove(tex: str, world: World) -> int:
    """Compare all sides of an equation, for all its letters; how often.

    Raises
    ------
    Refused
        If a part of it cannot be read, or has no value in this world.
    Differs
        If a relation does not hold.
    """
    return prove_all(read(tex, frozenset(world.functions)), world)


def prove_all(formulas: list[Chain | Range], world: World) -> int:
    """Compare the sides of what was read; how often."""
    ranges = {part.letter: part for part in formulas if isinstance(part, Range)}
    chains = [part for part in formulas if isinstance(part, Chain)]
    relations = {relation for part in chains for relation in part.relations}
    if not relations:
        raise Refused("nothing is compared: there is a single side")
    if relations - {*TOLERANCE, r"\le", r"\ge"}:
        raise Refused(f"{relations} is not what an equation claims")
    with np.errstate(all="ignore"):
        number = sum(
            compared(part, Evaluation(world, letters=letters))
            for part in chains
            for letters in values_of(part, ranges, world)
        )
    if not number:
        raise Refused("nothing is compared: its condition never holds")
    return number


def letters_in(node, world: World) -> set[str]:
    """The letters of an expression that have no value, and so run."""
    if isinstance(node, Chain):
        return letters_in(node.sides, world)
    if not isinstance(node, tuple) or not node:
        return set()
    if node[0] == "name":
        return {node[1]} & world.letters
    own = {node[2]} if node[0] == "reduce" else set()
    if node[0] == "sub" and node[1][0] == "name":
        node = node[3:]  # the i of i_t is no letter that runs
    return set().union(*(letters_in(part, world) for part in node)) - own


def values_of(chain: Chain, ranges: dict, world: World) -> Iterator[dict]:
    """What the letters of a chain can be, each time as a dict."""
    letters = sorted(letters_in(chain.sides, world))
    at = Evaluation(
        world, letters={letter: int(letter in world.steps) for letter in letters}
    )
    runs = {}
    for letter in letters:
        if letter in ranges:
            ends = at.whole(ranges[letter].first), at.whole(ranges[letter].last)
            runs[letter] = range(min(ends), max(ends) + 1)
            at.letters[letter] = min(ends)
    for letter in letters:
        runs.setdefault(letter, at.range_of(letter, chain.sides))
    for numbers in product(*(runs[letter] for letter in letters)):
        yield dict(zip(letters, numbers, strict=True))


def compared(chain: Chain, at: Evaluation) -> int:
    """Compare the sides for given letters; how often."""
    if chain.condition and not at.holds(chain.condition):
        return 0
    found = [at.value(side) for side in chain.sides]
    for n, relation in enumerate(chain.relations):
        if relation == r"\leftarrow":
            later = at.given(at.values | at.world.after)
            found[n] = later.value(chain.sides[n])
        wrong = difference(*found[n : n + 2], relation, *chain.texts[n : n + 2])
        if wrong:
            where = (f"{letter} = {number}" for letter, number in at.letters.items())
            raise Differs(", ".join([wrong, *where]))
    return len(chain.relations)


def difference(left, right, relation: str, left_text: str, right_text: str) -> str:
    """What is wrong with a relation; nothing if it holds."""
    if left.shape != right.shape and left.ndim and right.ndim:
        return f"{right_text} has shape {right.shape}, {left_text} has {left.shape}"
    if relation not in TOLERANCE:
        less = left - right if relation == r"\le" else right - left
        holds = np.all(less <= SLACK * np.abs(right))
        return "" if holds else f"{left_text} {relation} {right_text} does not hold"
    gap = np.abs(left - right)
    size = max(np.abs(left).max(), np.abs(right).max(), 1e-6)
    if gap.max() <= TOLERANCE[relation] * size:
        return ""
    place = [int(n) for n in np.unravel_index(gap.argmax(), gap.shape)]
    at = f" at {place}" if place else ""
    return f"{right_text} is not {left_text}: they differ by {gap.max():.2g}{at}"
