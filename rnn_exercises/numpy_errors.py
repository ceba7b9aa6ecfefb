"""NumPy's complaints about shapes that do not fit, said in words.

They are the errors that a reader meets first in Part IV, and the hardest to
read. The texts are NumPy's: a test raises each of them.
"""

import re
from itertools import combinations, zip_longest
from typing import NamedTuple

SHAPE = r"\(\d*(?:,\d*)*\)"
PRODUCT = (
    "A product `A @ B` needs as many columns in A as B has rows (a vector: entries): "
    "here {a} and {b}."
)
#: What NumPy says, and what the reader is shown. Two complaints are alike if they
#: have one sentence, and the same {a} and {b}; what else it needs is {c}.
COMPLAINTS = {
    r"mismatch in its core dimension 0, with gufunc .*"
    r"\(size (?P<b>\d+) is different from (?P<a>\d+)\)": PRODUCT,
    r"not aligned: (?P<a>\d+) \(dim \d+\) != (?P<b>\d+) \(dim \d+\)": PRODUCT,
    r"^matmul: Input operand \d does not have enough dimensions": (
        "`@` is for arrays, and one of the two is a single number: write `*`."
    ),
    rf"broadcast together with remapped shapes .*: (?P<a>{SHAPE})->\S*newaxis\S* "
    rf"(?P<b>{SHAPE})->\S*newaxis": (
        "`A @ B` multiplies the last two axes, and all axes before them have to be "
        "equal: here are {a} and {b}."
    ),
    rf"array (?:from|of) shape (?P<a>{SHAPE}) .*shape (?P<b>{SHAPE})": (
        "What you assign needs the shape of its place: here {a} does not go into {b}."
    ),
    rf"output operand with shape (?P<a>{SHAPE}) doesn't match the broadcast shape "
    rf"(?P<b>{SHAPE})": (
        "`+=` keeps the shape of what is on its left: here {a} would become {b}."
    ),
    r"index (?P<c>-?\d+) is out of bounds for axis \d+ with size (?P<a>\d+)": (
        "An axis of {a} entries counts them from 0: there is no entry {c}."
    ),
}
ENTRIES = re.compile(
    rf"operands could not be broadcast together with shapes ((?:{SHAPE} ?)+)"
)


class Misfit(NamedTuple):
    """What does not fit, to be compared, and a sentence about it."""

    what: object
    words: str


def misfit_of(text: str) -> Misfit | None:
    """Read what NumPy says; None if it is about something else."""
    if found := ENTRIES.search(text):
        return entries(found[1].split())
    for pattern, words in COMPLAINTS.items():
        if found := re.search(pattern, text):
            named = found.groupdict()
            what = words, named.get("a"), named.get("b")
            return Misfit(what, spaced(words.format(**named)))
    return None


def spaced(shapes: str) -> str:
    """Shapes as Python prints them: "(3, 4)"."""
    return re.sub(r",(?=\d)", ", ", shapes)


def entries(shapes: list[str]) -> Misfit | None:
    """Arrays that are to be added, multiplied or compared entry by entry."""
    for one, other in combinations(dict.fromkeys(shapes), 2):
        sizes = (reversed(re.findall(r"\d+", shape)) for shape in (one, other))
        for first, second in zip_longest(*sizes, fillvalue="1"):
            if first != second and "1" not in (first, second):
                words = (
                    "Entry by entry, sizes have to be equal or 1, counted from the "
                    f"last axis: here {first} meets {second}, in {spaced(one)} and "
                    f"{spaced(other)}."
                )
                return Misfit(frozenset(shapes), words)  # their order says nothing
    return None


def alike(one: tuple[type, str], other: tuple[type, str]) -> bool:
    """Whether two errors, by type and text, report the same kind of misfit."""
    if one == other:
        return True
    first, second = misfit_of(one[1]), misfit_of(other[1])
    same = first and second and first.what == second.what
    return one[0] is other[0] and bool(same)
