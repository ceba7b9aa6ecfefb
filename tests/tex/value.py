"""The value of an expression, with the names of a world."""

import operator
from collections.abc import Iterator
from math import prod

import numpy as np

from tex.shapes import add, multiply
from tex.tokens import Refused, Unknown
from tex.worlds import STEP

CONDITIONS = {"=": operator.eq, r"\ne": operator.ne, ">": operator.gt}
REDUCE = {r"\sum": sum, r"\max": max, r"\min": min, r"\prod": prod}


class Evaluation:
    """Expressions with the values of a world, and with letters that run.

    `lengths` collects what the letters in brackets run over.
    """

    def __init__(self, world, values=None, letters=None, lengths=None):
        self.world = world
        self.values = world.values if values is None else values
        self.letters = {} if letters is None else letters
        self.lengths = {} if lengths is None else lengths

    def value(self, node) -> np.ndarray:
        return np.asarray(getattr(self, f"_{node[0]}")(*node[1:]))

    def whole(self, node) -> int:
        """The value of an index."""
        found = self.value(node)
        if found.ndim or found != round(float(found.real)):
            raise Refused("an index is no whole number")
        return int(found.real)

    def key(self, node) -> str | None:
        """The name under which a world knows a variable, as h_2."""
        if node[0] == "name":
            return node[1]
        if node[0] != "sub" or node[1][0] != "name":
            return None
        (_, base), raw, *parts = node[1:]
        if f"{base}_{raw}" in self.values or not parts:
            return f"{base}_{raw}"
        return f"{base}_{','.join(str(self.whole(part)) for part in parts)}"

    def _number(self, number):
        return number

    def _name(self, name):
        if name in self.letters:
            return self.letters[name]
        if name == "e" and "e" not in self.values:
            return np.e
        if name not in self.values:
            raise Unknown(f"{name} has no value here")
        return self.values[name]

    def _sub(self, base, raw, *parts):
        if base == ("number", 1.0):  # 1_y, the one-hot vector of y
            return np.eye(self.whole(("name", "V")))[self.whole(parts[0])]
        if base[0] == "derivative":  # one that is marked as not the total one
            what, variable = map(self.key, base[2:])
            return self._name(f"{what}/{variable} {raw}")
        node = ("sub", base, raw, *parts)
        key = self.key(node)
        if key in self.values:
            return self.values[key]
        if base[0] == "name" and np.ndim(self.values.get(base[1])):
            return self._index(base, *parts)  # lambda_i, an entry of a vector
        raise Unknown(f"{key or raw} has no value here")

    def _index(self, base, place):
        array, number = self.value(base), self.whole(place)
        if not array.ndim:
            raise Refused("a number has no entries")
        letter = place[1] if place[0] == "name" else None
        if letter in self.world.steps and letter in self.letters:
            number -= 1  # steps count from 1
        elif letter in self.letters:
            length = self.lengths.setdefault(letter, len(array))
            if length != len(array):
                raise Refused(f"{letter} runs over {length} and over {len(array)}")
        if not 0 <= number < len(array):
            raise Refused(f"there is no entry {number} of {len(array)}")
        return array[number]

    def _iverson(self, left, right):
        return float(self.whole(left) == self.whole(right))

    def _add(self, *terms):
        total = None
        for sign, term in terms:
            number = self.value(term)
            total = (
                sign * number
                if total is None
                else add(total, sign * number, self.world.rows)
            )
        return total

    def _product(self, *factors):
        total = None
        for kind, factor in self.written_out(factors):
            number = self.value(factor)
            total = (
                number
                if total is None
                else multiply(kind, total, number, self.world.rows)
            )
        return total

    def written_out(self, factors) -> Iterator:
        """The factors, with those that J_T \\cdots J_1 leaves out."""
        for n, (kind, factor) in enumerate(factors):
            if factor is not None:
                yield kind, factor
                continue
            before, after = factors[n - 1][1], factors[n + 1][1]
            first, last = (self.whole(stepped(node)[3]) for node in (before, after))
            step = 1 if first < last else -1
            for number in range(first + step, last, step):
                other = (*stepped(before)[:2], str(number), ("number", number))
                yield kind, replaced(before, stepped(before), other)

    def _transposed(self, node):
        found = self.value(node)
        return found.T if found.ndim == 2 else found[np.newaxis]

    def _quotient(self, above, below):
        return multiply("over", self.value(above), self.value(below))

    def _power(self, base, exponent):
        number = self.value(exponent)
        if base == ("name", "e") and "e" not in self.values:
            return np.exp(number)
        found = self.value(base)
        if found.ndim == 2:
            return np.linalg.matrix_power(found, self.whole(exponent))
        return found**number

    def _abs(self, node):
        return np.abs(self.value(node))

    def _norm(self, node):
        return np.linalg.norm(self.value(node), 2)

    def _matrix(self, *rows):
        found = np.array([[self.value(cell) for cell in row] for row in rows])
        if found.ndim == 3 and found.shape[1] == 1:  # vectors, one below the other
            return found.reshape(-1)
        return found[:, 0] if found.shape[1] == 1 else found

    def _cases(self, *cases):
        for node, condition in cases:
            if condition is None or self.holds(condition):
                return self.value(node)
        raise Refused("none of the cases applies")

    def holds(self, condition) -> bool:
        """Whether (relation, left, right) is so."""
        if condition[0] not in CONDITIONS:
            raise Refused(f"{condition[0]} is no condition that is known")
        return bool(CONDITIONS[condition[0]](*map(self.value, condition[1:])))

    def _call(self, name, *arguments):
        function = self.world.functions.get(name)
        if function is None:
            raise Unknown(f"{name} is no function here")
        try:
            return function(*map(self.value, arguments))
        except TypeError:
            raise Refused(f"{name} of {len(arguments)} arguments") from None

    def _reduce(self, token, letter, first, last, body):
        if np.ndim(self.values.get(letter)):  # \sum_w: over the entries of w
            vector = ("name", letter)
            entries = (
                ("entry", vector, ("number", n)) for n in range(len(self.value(vector)))
            )
            terms = [self.value(replaced(body, vector, entry)) for entry in entries]
        else:
            terms = list(self.run(letter, first, last, body))
        return REDUCE[token](terms)

    def run(self, letter, first, last, body) -> Iterator:
        """The values of the body, for each value of its letter."""
        outside = dict(self.letters), dict(self.lengths)
        self.letters.pop(letter, None), self.lengths.pop(letter, None)
        if first is None:
            numbers = self.range_of(letter, [body])
        else:
            numbers = range(self.whole(first), self.whole(last) + 1)
        for number in numbers:
            self.letters[letter] = number
            yield self.value(body)
        for table, old in zip((self.letters, self.lengths), outside, strict=True):
            table.pop(letter, None)
            table.update({letter: old[letter]} if letter in old else {})

    def range_of(self, letter, nodes) -> range:
        """A step runs from 1 to its last; a letter in brackets over a length."""
        if letter in self.world.steps:
            return range(1, self.whole(("name", self.world.steps[letter])) + 1)
        self.letters.setdefault(letter, 0)
        for node in nodes:
            self.value(node)
        if letter not in self.lengths:
            raise Unknown(f"nothing says what {letter} runs over")
        return range(self.lengths[letter])

    def _entry(self, vector, place):
        return self.value(vector)[self.whole(place)]

    def _derivative(self, kind, what, variable):
        if self.values is not self.world.values:
            raise Refused("a derivative in a derivative")
        key, place = self.variable(variable)
        shape = np.shape(self.values[key])[len(place) :]
        only = None if kind == "total" else self.keys(what)
        found = np.array(
            [
                self.given(self.world.nudged(key, place + rest, only)).value(what).imag
                for rest in np.ndindex(shape)
            ]
        )
        if found.ndim == 1:
            return found.reshape(shape) / STEP
        if found.ndim > 2 or len(shape) > 1:
            raise Refused("a derivative with more than two axes")
        return found.reshape(*shape, -1).T / STEP

    def given(self, values) -> "Evaluation":
        """The same with other values."""
        return Evaluation(self.world, values, self.letters, self.lengths)

    def variable(self, node) -> tuple[str, tuple]:
        """The name of what a derivative is taken by, and the place in it."""
        place = ()
        while node[0] in ("index", "entry"):
            self.value(node)  # is there such an entry?
            place, node = (self.whole(node[2]), *place), node[1]
        key = self.key(node)
        if key not in self.values:
            raise Unknown(f"{key} has no value here")
        if self.values[key].dtype.kind != "f":
            raise Refused(f"{key} is a whole number: it cannot be nudged")
        return key, place

    def keys(self, node) -> frozenset:
        """The variables in an expression."""
        if not isinstance(node, tuple) or not node:
            return frozenset()
        if node[0] in ("name", "sub"):
            return frozenset({self.key(node)})
        return frozenset().union(*map(self.keys, node))


def replaced(node, old, new):
    """An expression in which one part is replaced by another."""
    if node == old:
        return new
    if not isinstance(node, tuple):
        return node
    return tuple(replaced(part, old, new) for part in node)


def stepped(node) -> tuple:
    """J_t in J_t or in J_t^T."""
    while node[0] == "transposed":
        node = node[1]
    if node[0] != "sub":
        raise Refused("only factors with a step can be left out")
    return node
