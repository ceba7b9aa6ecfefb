"""What each number of the explorer is made of, by the formulas of the chapters.

For each kind of number: a function of its step and its place that gives the names of
its operands, how the number is computed from them, and where they are in the picture.
The sentence and the networks are those of tests/lesson/test_explorer_made_of.py.
"""

import re
from math import exp, prod, tanh

import numpy as np

WORDS, UNITS, T = ("a", "b", "c", "<d>"), range(3), 5
IDS, TARGETS = np.array([0, 3, 1, 1, 2]), np.array([3, 1, 1, 2, 0])
GATES = "ifgo"
GATED_UNITS = [f"{gate}\u0303[{k}]" for gate in GATES for k in UNITS]


def each(row, heads=UNITS):
    """The names of all numbers of a row."""
    return [f"{row}[{head}]" for head in heads]


def dot(*factors):
    """The first half times the second half, summed."""
    half = len(factors) // 2
    return sum(u * v for u, v in zip(factors[:half], factors[half:], strict=True))


def sigmoid(a):
    return 1 / (1 + exp(-a))


def word(s):
    return WORDS[IDS[s - 1]]


def preactivation(i, s, bias):
    return [
        f"Wx[{i}][{word(s)}]",
        f"{bias}[{i}]",
        *each(f"h{s - 1}"),
        *each(f"Wh[{i}]"),
    ]


def added(word, bias, *past):
    return word + bias + dot(*past)


def sent_back(matrix, i, row, heads):
    return each(row, heads) + each(f"column {i} of {matrix}", heads)


def softmax_of(i):
    return lambda *z: exp(z[WORDS.index(i)]) / sum(map(exp, z))


#: What every network has: names, the number again, and where in the picture.
COMMON = {
    "z": lambda s, i: (
        [f"by[{i}]", *each(f"h{s}"), *each(f"Wy[{i}]")],
        lambda b, *past: b + dot(*past),
        {f"h{s}"},
    ),
    "p": lambda s, i: (each(f"z{s}", WORDS), softmax_of(i), {f"L{s}"}),
    "dL/dz": lambda s, i: (
        [f"p{s}[{i}]", f"y{s}[{i}]"],
        lambda p, y: p - y,
        {f"L{s}"},
    ),
    "h, own prediction": lambda s, i: (
        sent_back("Wy", i, f"dL/dz{s}", WORDS),
        dot,
        {f"L{s}"},
    ),
    "dL/dh": lambda s, i: (
        [f"h{s}, own prediction[{i}]", f"h{s}, later steps[{i}]"],
        lambda own, later: own + later,
        {f"own{s}"} | ({f"later{s}"} if s < T else set()),
    ),
}
NOTHING = ([], lambda: 0, set())


def from_later(units):
    def parts(s, i):
        if s == T:
            return NOTHING
        return sent_back("Wh", i, f"dL/da{s + 1}", units), dot, {f"h{s + 1}"}

    return parts


PLAIN = COMMON | {
    "h": lambda s, i: ([f"a{s}[{i}]"], tanh, {f"h{s}"}),
    "a": lambda s, i: (
        preactivation(i, s, "bh"),
        added,
        {f"h{s - 1}", f"x{s}"},
    ),
    "h, later steps": from_later(UNITS),
    "dL/da": lambda s, i: (
        [f"dL/dh{s}[{i}]", f"h{s}[{i}]"],
        lambda dh, h: dh * (1 - h**2),
        {f"h{s}"},
    ),
    "start dL/dh": lambda s, i: (
        sent_back("Wh", i, "dL/da1", UNITS),
        dot,
        {"h1"},
    ),
}


def gate(name):
    def parts(s, k):
        j = GATES.index(name) * len(UNITS) + int(k)
        return (
            preactivation(j, s, "b"),
            lambda *all: (tanh if name == "g" else sigmoid)(added(*all)),
            {f"h{s - 1}", f"x{s}"},
        )

    return parts


def through_the_gate(s, place):
    name, k = place[0], place[3]
    slope = (lambda x: 1 - x**2) if name == "g" else (lambda x: x * (1 - x))
    return (
        [f"dL/d{name}{s}[{k}]", f"{name}{s}[{k}]"],
        lambda d, x: d * slope(x),
        {f"h{s}" if name == "o" else f"c{s}"},
    )


GATED = COMMON | {name: gate(name) for name in GATES}
GATED |= {
    "c": lambda s, k: (
        [f"f{s}[{k}]", f"c{s - 1}[{k}]", f"i{s}[{k}]", f"g{s}[{k}]"],
        lambda f, c, i, g: f * c + i * g,
        {f"c{s}", f"c{s - 1}"},
    ),
    "h": lambda s, k: (
        [f"o{s}[{k}]", f"c{s}[{k}]"],
        lambda o, c: o * tanh(c),
        {f"h{s}", f"c{s}"},
    ),
    "h, later steps": from_later(GATED_UNITS),
    "c, through h": lambda s, k: (
        [f"dL/dh{s}[{k}]", f"o{s}[{k}]", f"c{s}[{k}]"],
        lambda dh, o, c: dh * o * (1 - tanh(c) ** 2),
        {f"h{s}", f"c{s}"},
    ),
    "c, next cell": lambda s, k: (
        NOTHING
        if s == T
        else (
            [f"dL/dc{s + 1}[{k}]", f"f{s + 1}[{k}]"],
            lambda dc, f: dc * f,
            {f"c{s + 1}"},
        )
    ),
    "dL/dc": lambda s, k: (
        [f"c{s}, through h{s}[{k}]", f"c{s}, next cell[{k}]"],
        lambda one, other: one + other,
        {f"through{s}"} | ({f"next{s}"} if s < T else set()),
    ),
    "dL/df": lambda s, k: (
        [f"dL/dc{s}[{k}]", f"c{s - 1}[{k}]"],
        lambda dc, c: dc * c,
        {f"c{s}", f"c{s - 1}"},
    ),
    "dL/di": lambda s, k: (
        [f"dL/dc{s}[{k}]", f"g{s}[{k}]"],
        lambda dc, g: dc * g,
        {f"c{s}"},
    ),
    "dL/dg": lambda s, k: (
        [f"dL/dc{s}[{k}]", f"i{s}[{k}]"],
        lambda dc, i: dc * i,
        {f"c{s}"},
    ),
    "dL/do": lambda s, k: (
        [f"dL/dh{s}[{k}]", f"c{s}[{k}]"],
        lambda dh, c: dh * tanh(c),
        {f"h{s}", f"c{s}"},
    ),
    "dL/da": through_the_gate,
    "start dL/dh": lambda s, k: (
        sent_back("Wh", k, "dL/da1", GATED_UNITS),
        dot,
        {"h1"},
    ),
    "start dL/dc": lambda s, k: (
        [f"dL/dc1[{k}]", f"f1[{k}]"],
        prod_of,
        {"c1"},
    ),
}


def prod_of(*factors):
    return prod(factors)


def entry_parts(name, first):
    """Of an entry of a gradient, when the backward pass has reached step `first`."""
    parameter, places = re.fullmatch(r"dL/d(W?[a-z]+)\[(.*)\]", name).groups()
    unit, _, other = (
        places.rpartition("][") if parameter[0] == "W" else (places, "", "")
    )
    steps = range(T, first - 1, -1)
    left, home = ("dL/dz", "L") if parameter.endswith("y") else ("dL/da", "h")
    names = [f"{left}{first}[{unit}]"]
    names += [f"{left}t[{unit}][t = {s}]" for s in steps]
    picture = {f"{home}{s}" for s in steps}
    if parameter[0] != "W":
        return names, lambda here, *values: sum(values), picture
    vector, back = {"Wx": ("x", 0), "Wh": ("h", 1), "Wy": ("h", 0)}[parameter]
    below = "t\u22121" if back else "t"
    names += [f"{vector}{below}[{other}][t = {s}]" for s in steps]
    picture |= {f"{vector}{s - back}" for s in steps}
    return names, lambda here, *values: dot(*values), picture


def parts_of(number, kinds):
    name, place = number["name"], number["place"]
    if re.match(r"dL/d(W|b)", name):
        return entry_parts(name, 2 * T - place)
    row, _, head = name.partition("[")
    s, kind = int(re.search(r"\d+", row)[0]), re.sub(r"\d+", "", row)
    if s == 0:
        return kinds[f"start {kind}"](s, head[:-1]) if "/" in kind else NOTHING
    return kinds[kind](s, head[:-1])


def value(text):
    return float(text.replace("\u2212", "-"))
