"""NumPy's complaints about shapes that do not fit, said in words.

They are the errors that a reader meets first in Part IV, and the hardest to
read. The texts are NumPy's: a test raises each of them.
"""

import re
from itertools import combinations, zip_longest

SHAPE = r"\(\d*(?:,\d*)*\)"
A, B = rf"(?P<a>{SHAPE})", rf"(?P<b>{SHAPE})"
ENTRIES = rf"operands could not be broadcast together with shapes ((?:{SHAPE} ?)+)"
PRODUCT = (
    "A product `A @ B` needs as many columns in A as B has rows (a vector: entries): "
    "here {a} and {b}."
)
#: What NumPy says, and what the reader is shown.
COMPLAINTS = {
    r"core dimension 0, .*\(size (?P<b>\d+) is different from (?P<a>\d+)\)": PRODUCT,
    r"not aligned: (?P<a>\d+) \(dim \d+\) != (?P<b>\d+) \(dim \d+\)": PRODUCT,
    r"matmul: Input operand \d does not have enough dimensions": (
        "`@` is for arrays, and one of the two is a single number: write `*`."
    ),
    rf"remapped shapes .*: {A}->\S*newaxis\S* {B}->\S*newaxis": (
        "`A @ B` multiplies the last two axes, and all axes before them have to be "
        "equal: here are {a} and {b}."
    ),
    rf"array (?:from|of) shape {A} .*shape {B}": (
        "What you assign needs the shape of its place: here {a} does not go into {b}."
    ),
    rf"output operand with shape {A} doesn't match the broadcast shape {B}": (
        "`+=` keeps the shape of what is on its left: here {a} would become {b}."
    ),
    r"index (?P<index>-?\d+) is out of bounds for axis \d+ with size (?P<a>\d+)": (
        "An axis of {a} entries counts them from 0: there is no entry {index}."
    ),
}


def misfit_of(text: str) -> tuple[object, str] | None:
    """What does not fit, to be compared, and a sentence about it, if NumPy says so."""
    if found := re.search(ENTRIES, text):
        return entries(found[1].split())
    for pattern, words in COMPLAINTS.items():
        if found := re.search(pattern, text):
            named = {name: spaced(group) for name, group in found.groupdict().items()}
            return words.format(**named | {"index": "…"}), words.format(**named)
    return None


def spaced(shape: str) -> str:
    """A shape as Python prints it: "(3, 4)"."""
    return re.sub(r",(?=\d)", ", ", shape)


def entries(shapes: list[str]) -> tuple[object, str] | None:
    """Arrays that are to be added, multiplied or compared entry by entry."""
    for one, other in combinations(dict.fromkeys(shapes), 2):
        sizes = (reversed(re.findall(r"\d+", shape)) for shape in (one, other))
        for first, second in zip_longest(*sizes, fillvalue="1"):
            if first != second and "1" not in (first, second):
                return frozenset(shapes), (  # their order says nothing
                    "Entry by entry, sizes have to be equal or 1, counted from the "
                    f"last axis: here {first} meets {second}, in {spaced(one)} and "
                    f"{spaced(other)}."
                )
    return None


def alike(one: tuple[type, str], other: tuple[type, str]) -> bool:
    """Whether two errors, by type and text, report the same kind of misfit."""
    first, second = misfit_of(one[1]), misfit_of(other[1])
    same = first and second and first[0] == second[0]
    return one == other or (one[0] is other[0] and bool(same))
