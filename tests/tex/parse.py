"""From tokens to an expression: nested tuples, (kind, parts…)."""

import re

from tex.tokens import RELATIONS, TRANSPOSED, Refused, Unknown, cells, split, text

FUNCTIONS = {r"\ln", r"\tanh", r"\cos", r"\arccos", r"\sqrt"}
FUNCTIONS |= {r"\mathrm{softmax}", r"\mathrm{diag}", r"\sigma", r"\rho"}
REDUCERS = {r"\sum", r"\prod", r"\max", r"\min"}
NAME = re.compile(
    r"[A-Za-z]|\\(?:eta|beta|varepsilon|tau|lambda|alpha|hat .|tilde .)"
    r"|\\(?:text|mathbf)\{.*\}"
)
IF, OTHERWISE = r"\text{if }", r"\text{otherwise}"


def parsed(side: list[str], functions: frozenset = frozenset()) -> tuple:
    """An expression as a tuple; refused if anything of it is left over."""
    parser = Parser(side, functions)
    node = parser.expression()
    if parser.rest:
        parser.refuse()
    return node


def condition(found: list[str]) -> tuple:
    """A relation as (relation, left, right)."""
    sides, relations = split(found, RELATIONS)
    if len(sides) != 2:
        raise Refused(f"cannot read the condition {text(found)!r}")
    return (*relations, *map(parsed, sides))


class Parser:
    """Recursive descent; `rest` holds the tokens that are still to be read."""

    def __init__(self, side: list[str], functions: frozenset):
        self.whole, self.rest = side, side[:]
        self.functions = FUNCTIONS | functions
        self.bars = 0  # how many |…| are open

    def refuse(self):
        place = len(self.whole) - len(self.rest)
        what = self.rest[0] if self.rest else "the end"
        raise Refused(f"cannot read {what} after '{text(self.whole[:place])}'")

    def next(self, *expected: str) -> bool:
        """Take the next token if it is one of these."""
        if self.rest and self.rest[0] in expected:
            del self.rest[0]
            return True
        return False

    def need(self, token: str):
        if not self.next(token):
            self.refuse()

    def expression(self) -> tuple:
        """A sum of terms, each with its sign."""
        terms = []
        while not terms or self.rest[:1] in (["+"], ["-"]):
            sign = -1 if self.next("-") else 1
            if sign > 0 and not self.next("+") and terms:
                self.refuse()
            terms.append((sign, self.term()))
        return terms[0][1] if terms == [(1, terms[0][1])] else ("add", *terms)

    def term(self) -> tuple:
        """A product; a factor None is the \\cdots of J_T … J_1."""
        factors = [("times", self.factor())]
        while self.rest:
            if self.next(r"\cdots"):
                factors.append(("times", None))
            elif self.next(r"\cdot"):
                factors.append(("dot", self.factor()))
            elif self.next("/"):
                factors.append(("over", self.factor()))
            elif self.starts():
                factors.append(("times", self.factor()))
            else:
                break
        return factors[0][1] if len(factors) == 1 else ("product", *factors)

    def starts(self) -> bool:
        """Whether a factor begins here."""
        token = self.rest[0]
        return (
            token in {"(", "[", "{", r"\frac", r"\lVert"} | self.functions | REDUCERS
            or (token == "|" and not self.bars)
            or token.startswith(r"\begin{")
            or bool(NAME.fullmatch(token) or token[0].isdigit())
        )

    def factor(self) -> tuple:
        """One factor, with all that belongs to it."""
        if not self.rest or not self.starts():
            self.refuse()
        token = self.rest.pop(0)
        if token in REDUCERS and self.rest[:1] == ["_"]:
            return self.reduced(token)
        if token in self.functions | REDUCERS:
            return self.call(token)
        if token == r"\frac":
            node = self.fraction()
        elif token.startswith(r"\begin{"):
            node = self.block(token)
        elif token == "[":
            left, _ = self.expression(), self.need("=")
            node = ("iverson", left, self.expression())
            self.need("]")
        elif token in "({":
            node = self.expression()
            self.need({"(": ")", "{": "}"}[token])
        elif token in ("|", r"\lVert"):
            self.bars += token == "|"
            node = ("abs" if token == "|" else "norm", self.expression())
            self.bars -= token == "|"
            self.need({"|": "|", r"\lVert": r"\rVert"}[token])
        elif token[0].isdigit():
            node = ("number", float(token))
        else:
            node = ("name", token)
        return self.postfixed(node)

    def postfixed(self, node: tuple) -> tuple:
        """What follows a factor: indices, subscripts, powers."""
        while self.rest and self.rest[0] in ("_", "^", "["):
            if self.next("["):
                node = ("index", node, self.expression())
                self.need("]")
            elif self.next("_"):
                node = ("sub", node, *self.parts(self.group()))
            elif self.next("^"):
                node = self.power(node, self.group())
        if self.rest[:1] == ["'"]:
            raise Unknown(f"{node[-1]}' is no function here")
        return node

    def power(self, node: tuple, exponent: list[str]) -> tuple:
        """A power; a transpose; the copy of a weight that one step uses."""
        if exponent == [TRANSPOSED]:
            return ("transposed", node)
        if exponent[:1] == ["("] and node[0] == "sub":  # W_h^{(t)}, that of step t
            return ("sub", ("name", f"{node[1][1]}_{node[2]}"), *self.parts(exponent))
        return ("power", node, parsed(exponent, self.functions))

    def group(self) -> list[str]:
        """The tokens of a group in braces, or the one token."""
        if not self.rest or not self.next("{"):
            return [self.rest.pop(0)] if self.rest else self.refuse()
        depth, found = 1, []
        while depth:
            if not self.rest:
                self.refuse()
            found.append(self.rest.pop(0))
            depth += (found[-1] == "{") - (found[-1] == "}")
        return found[:-1]

    def parts(self, found: list[str]) -> tuple:
        """A subscript: its TeX, and each of its parts as an index."""
        if found[:1] and found[0].startswith(r"\text"):
            return (found[0],)
        return (text(found), *(parsed(part) for part in split(found, {","})[0]))

    def reduced(self, token: str) -> tuple:
        """A sum, product or maximum over a letter: of the term after it."""
        self.need("_")
        below = split(self.group(), {"="})[0]
        first = last = None
        if len(below) == 2:
            first = parsed(below[1])
            self.need("^")
            last = parsed(self.group())
        if len(below) > 2 or len(below[0]) != 1 or not NAME.fullmatch(below[0][0]):
            raise Refused(f"cannot read what is below {token}")
        sign = -1 if self.next("-") else 1
        body = ("add", (sign, self.term()))
        return ("reduce", token, below[0][0], first, last, body)

    def call(self, name: str) -> tuple:
        """A function with its arguments, or with the one factor after it."""
        while self.next("'"):
            name += "'"
        exponent = self.group() if self.next("^") else None
        if self.next("("):
            arguments = [self.expression()]
            while self.next(",", r"\mid"):
                arguments.append(self.expression())
            self.need(")")
        elif name in self.functions and name.startswith("\\"):
            arguments = [self.factor()]
        else:
            return self.postfixed(("name", name))
        node = ("call", name, *arguments)
        return node if exponent is None else self.power(node, exponent)

    def fraction(self) -> tuple:
        """A quotient, or a derivative: \\frac{d Y}{d X}, \\frac{\\partial Y}{…}."""
        above, below = self.group(), self.group()
        for sign, kind in (("d", "total"), (r"\partial", "immediate")):
            if above[:1] == below[:1] == [sign]:
                above, below = above[1:], below[1:]
                if above[:4] == ["^", "{", "+", "}"]:
                    above = above[4:]
                what = parsed(above, self.functions) if above else self.factor()
                return ("derivative", kind, what, parsed(below))
        quotient = (parsed(part, self.functions) for part in (above, below))
        return ("quotient", *quotient)

    def block(self, begin: str) -> tuple:
        """A matrix in brackets, or cases."""
        end = begin.replace("begin", "end")
        place = self.rest.index(end) if end in self.rest else self.refuse()
        rows = cells(self.rest[:place])
        del self.rest[: place + 1]
        if begin == r"\begin{pmatrix}":
            return ("matrix", *(tuple(map(parsed, row)) for row in rows))
        if begin != r"\begin{cases}":
            raise Refused(f"cannot read {begin}")
        return ("cases", *((parsed(row[0]), self.case(row[1])) for row in rows))

    def case(self, found: list[str]) -> tuple | None:
        if found == [OTHERWISE]:
            return None
        if found[:1] != [IF]:
            raise Refused(f"cannot read the condition {text(found)!r}")
        return condition(found[1:])
