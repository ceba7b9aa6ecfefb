"""Small slips of the pen in a formula, one at a time.

A proof that notices none of them proves nothing.
"""

from collections.abc import Iterator
from dataclasses import replace

from tex.read import Chain, Range

OTHERS = {
    "t": "t-1",
    "t-1": "t",
    "t+1": "t",
    "1": "2",
    "2": "1",
    "x": "h",
    "h": "y",
    "y": "h",
}
SQUASHING = {r"\sigma": r"\tanh", r"\tanh": r"\sigma"}
PREVIOUS = (
    "sub",
    ("name", "h"),
    "t-1",
    ("add", (1, ("name", "t")), (-1, ("number", 1.0))),
)


def slips(formulas: list[Chain | Range]) -> Iterator[tuple[str, list]]:
    """What is wrong, and the formulas with it."""
    for n, formula in enumerate(formulas):
        if isinstance(formula, Range):
            continue
        for place, side in enumerate(formula.sides):
            for what, wrong in slips_in(side):
                sides = (*formula.sides[:place], wrong, *formula.sides[place + 1 :])
                yield (
                    what,
                    [*formulas[:n], replace(formula, sides=sides), *formulas[n + 1 :]],
                )


def slips_in(node) -> Iterator[tuple[str, tuple]]:
    """Expressions that differ in one place."""
    if not isinstance(node, tuple) or not node:
        return
    yield from slips_at(node)
    if node[0] == "sub" and node[1] != ("number", 1.0):
        return  # W_h is one name
    for n, part in enumerate(node):
        for what, wrong in slips_in(part):
            yield what, (*node[:n], wrong, *node[n + 1 :])


def slips_at(node) -> Iterator[tuple[str, tuple]]:
    """What can be wrong with an expression as a whole."""
    kind, *parts = node
    if kind == "add":
        for n, (sign, term) in enumerate(parts):
            yield "a sign", (kind, *parts[:n], (-sign, term), *parts[n + 1 :])
    elif kind == "product":
        for n in range(len(parts)):
            rest = parts[:n] + parts[n + 1 :]
            if all(factor for _, factor in parts):
                yield "a factor less", (kind, *rest) if len(rest) > 1 else rest[0][1]
    elif kind == "transposed":
        yield "a transpose less", parts[0]
    elif kind == "index" and parts[0][0] == "index":
        (_, array, first), last = parts
        yield "indices the wrong way round", (kind, (kind, array, last), first)
    elif node == PREVIOUS:
        yield "h_{t-1} as h", parts[0]
        yield "h_{t-1} as h_t", (kind, parts[0], "t", ("name", "t"))
    elif kind == "call" and parts[0] in SQUASHING:
        other = SQUASHING[parts[0]]
        yield f"{parts[0]} as {other}", (kind, other, *parts[1:])
    elif kind == "number":
        yield f"{parts[0]:g} as another number", (kind, parts[0] + 1)
    elif kind == "sub" and parts[1] in OTHERS:
        other = OTHERS[parts[1]]
        index = PREVIOUS[3] if other == "t-1" else ("name", other)
        yield f"_{parts[1]} as _{other}", (kind, parts[0], other, index)
    elif node == ("name", "h"):
        yield "h as h_{t-1}", PREVIOUS
    elif kind == "name" and parts[0] in ("z", "a", "p", "i", "j", "k"):
        other = dict(zip("zapijk", "azhjki", strict=True))[parts[0]]
        yield f"{parts[0]} as {other}", (kind, other)
