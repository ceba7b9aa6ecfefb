"""Names, and the objects that they reach."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

from rnn_page.needs import effects


@dataclass(eq=False)
class Thing:
    """An object, or several that are made at one place of a cell."""

    changed: set[int] = field(default_factory=set)  # perhaps, by these cells
    noted: set[int] = field(default_factory=set)  # AFTER_FORWARD reads what these left
    holds: "Value" = frozenset()
    is_rng: bool = False
    code: ast.AST | None = None  # of a function or a class
    scopes: tuple[dict[str, "Value"], ...] = ()  # what it sees, then its defaults


class Loops(dict):
    """The scope of a comprehension: it keeps the names of its loops alone."""


Value = frozenset[Thing]
NOTHING: Value = frozenset()


def reached(things: Iterable[Thing]) -> Value:
    """Things, and all that they hold."""
    found = new = frozenset(things)
    while new:
        new = NOTHING.union(*[thing.holds for thing in new]) - found
        found |= new
    return found


class Names(ast.NodeVisitor):
    """Reads cells in order; `visit` returns what an expression may be."""

    def __init__(self) -> None:
        self.names: dict[str, tuple[set[int], Value]] = {}  # bound by these cells
        self.scopes: tuple[dict[str, Value], ...] = ()  # of functions, inner ones last
        self.cell = -1

    def read(self, source: str) -> set[int]:
        """The cells that the next cell needs itself."""
        tree = ast.parse(source)
        self.cell, self.needed = self.cell + 1, set()
        self.declared: set[str] = set()  # global, by a function
        self.things: dict[object, Thing] = {}  # each once, however often its place runs
        self.calls: dict[tuple, Value] = {}
        self.visit(tree)
        return self.needed - {self.cell}

    def generic_visit(self, node: ast.AST) -> Value:
        return self.several(ast.iter_child_nodes(node))

    def several(self, nodes: Iterable[ast.AST | None]) -> Value:
        return NOTHING.union(*[self.visit(node) for node in nodes if node])

    def new(self, place: ast.AST, holds: Value = NOTHING, **options) -> Value:
        """The thing that is made at a place."""
        thing = self.things.setdefault(place, Thing())
        vars(thing).update(options, holds=thing.holds | holds)
        return frozenset({thing})

    def change(self, things: Iterable[Thing], value: Value = NOTHING) -> None:
        """Things may change, and hold a value from now on."""
        for thing in things:
            if not thing.code:
                thing.changed.add(self.cell)
                thing.holds |= value

    def visit_Attribute(self, node: ast.expr) -> Value:
        """A part of an object may be all that the object holds."""
        value = reached(self.visit(node.value))
        self.several([getattr(node, "slice", None)])
        if getattr(node, "attr", "") in effects.AFTER_FORWARD:
            self.needed.update(*[thing.noted for thing in value])
        return value

    visit_Subscript = visit_Starred = visit_Attribute

    def visit_List(self, node: ast.expr) -> Value:
        return self.new(node, self.generic_visit(node))

    visit_Set = visit_Dict = visit_List

    def visit_BinOp(self, node: ast.expr) -> Value:
        """Of lists and dicts, what + * | make holds the same objects."""
        value = self.generic_visit(node)
        shared = isinstance(getattr(node, "op", None), (ast.Add, ast.Mult, ast.BitOr))
        return self.new(node, value if shared else NOTHING)

    visit_Compare = visit_JoinedStr = visit_BinOp

    def name(self, name: str, value: Value = NOTHING) -> None:
        """Bind a name. In a function it keeps what it was, too: its code may branch."""
        for scope in reversed(self.scopes if name not in self.declared else ()):
            if name in scope or not isinstance(scope, Loops):
                scope[name] = scope.get(name, NOTHING) | value
                return
        kept = self.names.get(name) if self.scopes else None  # a function may not run
        cells, old = kept or (set(), NOTHING)
        self.names[name] = cells | {self.cell}, old | value

    def bind(self, target: ast.AST, value: Value) -> None:
        match target:
            case ast.Name():
                self.name(target.id, value or self.new(target))
            case ast.Starred():
                self.bind(target.value, value)
            case ast.Tuple() | ast.List():
                for element in target.elts:
                    self.bind(element, reached(value))
            case _:  # an attribute, a subscript
                self.visit(target)
                self.change(self.visit(target.value), value)
