"""NumPy's complaints about shapes that do not fit, said in words.

They are the errors that a reader meets first in Part IV, and the hardest to
read. The texts are NumPy's: a test raises each of them.
"""

import re
from dataclasses import dataclass
from itertools import combinations, zip_longest

SHAPE = r"\(\d*(?:,\d*)*\)"
MATMUL = re.compile(
    r"mismatch in its core dimension 0, with gufunc .*"
    r"\(size (\d+) is different from (\d+)\)"
)
DOT = re.compile(r"not aligned: (\d+) \(dim \d+\) != (\d+) \(dim \d+\)")
NUMBER = re.compile(r"^matmul: Input operand \d does not have enough dimensions")
ENTRIES = re.compile(
    "operands could not be broadcast together with shapes "
    rf"((?:{SHAPE} ?)+)"
)
STACKS = re.compile(
    r"broadcast together with remapped shapes .*: "
    rf"({SHAPE})->\S*newaxis\S* ({SHAPE})->\S*newaxis"
)
INTO = re.compile(rf"array (?:from|of) shape ({SHAPE}) .*shape ({SHAPE})")
OUTPUT = re.compile(
    rf"output operand with shape ({SHAPE}) doesn't match the "
    rf"broadcast shape ({SHAPE})"
)
INDEX = re.compile(r"index (-?\d+) is out of bounds for axis \d+ with size (\d+)")


@dataclass(frozen=True)
class Misfit:
    """What does not fit.

    Attributes
    ----------
    kind : str
        What was to be done with the arrays.
    what : tuple or frozenset
        The sizes or shapes; a set where their order says nothing.
    words : str
        A sentence for the reader.
    """

    kind: str
    what: tuple | frozenset
    words: str


def misfit_of(text: str) -> Misfit | None:
    """Read what NumPy says; None if it is about something else."""
    if found := MATMUL.search(text):
        return product(found[2], found[1])
    if found := DOT.search(text):
        return product(found[1], found[2])
    if NUMBER.search(text):
        return Misfit(
            "number",
            (),
            "`@` is for arrays, and one of the two is a single number: write `*`.",
        )
    if found := ENTRIES.search(text):
        return entries(found[1].split())
    if found := STACKS.search(text):
        return Misfit(
            "stacks",
            found.groups(),
            "`A @ B` multiplies the last "
            "two axes, and all axes before them have to be equal: "
            f"here are {spaced(found[1])} and {spaced(found[2])}.",
        )
    if found := INTO.search(text):
        return Misfit(
            "into",
            found.groups(),
            "What you assign needs the shape "
            f"of its place: here {spaced(found[1])} does not go into "
            f"{spaced(found[2])}.",
        )
    if found := OUTPUT.search(text):
        return Misfit(
            "output",
            found.groups(),
            "`+=` keeps the shape of what "
            f"stands on its left: here {spaced(found[1])} would "
            f"become {spaced(found[2])}.",
        )
    if found := INDEX.search(text):
        return Misfit(
            "index",
            (found[2],),
            f"An axis of {found[2]} entries "
            f"counts them from 0: there is no entry {found[1]}.",
        )
    return None


def sizes(shape: str) -> list[str]:
    """The sizes of a shape, as they stand there."""
    return re.findall(r"\d+", shape)


def product(columns: str, rows: str) -> Misfit:
    """Two factors that do not fit."""
    return Misfit(
        "product",
        (columns, rows),
        "A product `A @ B` needs as many "
        "columns in A as B has rows (a vector: entries): here "
        f"{columns} and {rows}.",
    )


def entries(shapes: list[str]) -> Misfit | None:
    """Arrays that are to be added, multiplied or compared entry by entry."""
    different = list(dict.fromkeys(shapes))
    pairs = [
        (one, other) for one, other in combinations(different, 2) if meeting(one, other)
    ]
    if not pairs:
        return None
    one, other = pairs[0]
    first, second = meeting(one, other)
    return Misfit(
        "entries",
        frozenset(different),
        "Entry by entry, sizes have "
        "to be equal or 1, counted from the last axis: here "
        f"{first} meets {second}, in {spaced(one)} and "
        f"{spaced(other)}.",
    )


def meeting(one: str, other: str) -> tuple[str, str] | None:
    """The last two sizes of two shapes that do not fit."""
    pairs = zip_longest(
        *(reversed(sizes(shape)) for shape in (one, other)), fillvalue="1"
    )
    return next(
        (pair for pair in pairs if len(set(pair)) == 2 and "1" not in pair), None
    )


def spaced(shape: str) -> str:
    """A shape as Python prints it: "(3, 4)"."""
    return re.sub(r",(?=\d)", ", ", shape)


def alike(one: tuple[type, str], other: tuple[type, str]) -> bool:
    """Whether two errors are the same, or of shapes that fit as little.

    Parameters
    ----------
    one, other : the type and the text of an exception
    """
    if one == other:
        return True
    first, second = misfit_of(one[1]), misfit_of(other[1])
    return (
        one[0] is other[0]
        and first is not None
        and second is not None
        and (first.kind, first.what) == (second.kind, second.what)
    )
