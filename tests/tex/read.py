"""From the TeX of an equation to what it claims."""

from dataclasses import dataclass, replace

from tex.parse import IF, condition, parsed
from tex.tokens import RELATIONS, SPACES, aligned, split, text, tokens


@dataclass(frozen=True)
class Chain:
    """a = b = c: the sides, the relations between them, their TeX."""

    sides: tuple
    relations: tuple
    texts: tuple
    condition: tuple | None = None


@dataclass(frozen=True)
class Range:
    """Where a free letter runs: t = first, …, last."""

    letter: str
    first: tuple
    last: tuple


def read(tex: str, functions: frozenset = frozenset()) -> list[Chain | Range]:
    """The formulas of an equation; `functions` are letters that are functions."""
    found = tokens(tex)
    block = found[:1] == [r"\begin{aligned}"]
    formulas = []
    for part in aligned(found) if block else [found]:
        for piece in split(part, SPACES)[0]:
            while piece and piece[-1] in ",.":
                piece = piece[:-1]
            if piece[:1] == [IF]:
                holds = condition(piece[1:])
                formulas[-1] = replace(formulas[-1], condition=holds)
            elif piece and not piece[-1].rstrip("}").endswith(":"):
                formulas.append(chain(piece, functions))
    return formulas


def chain(piece: list[str], functions: frozenset = frozenset()) -> Chain | Range:
    """One formula, or the range of a letter."""
    sides, relations = split(piece, RELATIONS)
    terms, _ = split(sides[-1], {","})
    if len(terms) == 3 and terms[1] == [r"\dots"]:
        return Range(text(sides[0]), *(parsed(term) for term in terms[::2]))
    kept = [n for n, side in enumerate(sides) if side != [r"\dots"]]
    return Chain(
        tuple(parsed(sides[n], functions) for n in kept),
        tuple(relations[n - 1] for n in kept[1:]),
        tuple(text(sides[n]) for n in kept),
    )
