"""Functions and classes, and what a call of them does."""

import ast
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from rnn_page.needs import effects
from rnn_page.needs.names import NOTHING, Names, Thing, Value, reached

NONE_NAMED: Mapping[str, Value] = MappingProxyType({})


def definitions(things: Value) -> Value:
    """The functions and classes among things."""
    return frozenset(thing for thing in things if thing.code)


class Calls(Names):
    """Walks through a function of the chapter wherever it is mentioned or called."""

    def __init__(self) -> None:
        super().__init__()
        self.walked: list[ast.AST] = []  # the outermost call first
        self.returned = NOTHING

    def visit_Name(self, node: ast.Name) -> Value:
        for scope in reversed(self.scopes):
            if node.id in scope:
                return scope[node.id]
        cells, value = self.names.get(node.id, (set(), NOTHING))
        self.needed |= cells
        for thing in reached(value):
            self.needed |= thing.changed
            if thing.code:
                self.call(thing)
        return value

    def visit_Return(self, node: ast.Return | ast.Yield) -> Value:
        self.returned |= self.several([node.value])
        return NOTHING

    visit_Yield = visit_YieldFrom = visit_Return

    def each(self, things: Iterable[Thing], *arguments) -> Value:
        return NOTHING.union(*[self.call(thing, *arguments) for thing in things])

    def call(
        self,
        thing: Thing,
        given: Value = NOTHING,  # in any place
        arguments: Sequence[Value] = (),
        named: Mapping[str, Value] = NONE_NAMED,
    ) -> Value:
        """What a call returns: of a class, what its objects hold."""
        everything = given.union(*arguments, *named.values())
        scopes = [frozenset(scope.items()) for scope in thing.scopes]
        key = (thing.code, given, *arguments, *named.items(), *scopes)
        if thing.code in self.walked or key in self.calls:
            return self.calls.get(key, everything)
        self.walked.append(thing.code)
        if isinstance(thing.code, ast.ClassDef):
            self.each(definitions(NOTHING.union(*thing.scopes[0].values())))
            self.calls[key] = everything | {thing}
        else:
            scope = self.parameters(thing, given, arguments, named, everything)
            self.calls[key] = self.walk(thing, scope)
        self.walked.pop()
        return self.calls[key]

    def parameters(self, thing, given, arguments, named, everything) -> dict:
        args = thing.code.args
        places = [arg.arg for arg in args.posonlyargs + args.args]
        bound = thing.scopes[-1] | dict(zip(places, arguments, strict=False)) | named
        names = places + [arg.arg for arg in args.kwonlyargs]
        scope = {name: given | bound.get(name, NOTHING) for name in names}
        return scope | {arg.arg: everything for arg in (args.vararg, args.kwarg) if arg}

    def walk(self, thing: Thing, scope: dict[str, Value]) -> Value:
        body = thing.code.body
        around, outer = self.scopes, self.returned
        self.scopes, self.returned = (*thing.scopes, scope), NOTHING
        self.several(body if isinstance(body, list) else [ast.Return(body)])
        value, self.scopes, self.returned = self.returned, around, outer
        return value

    def visit_Call(self, node: ast.Call) -> Value:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        function, named = self.visit(node.func), {}
        starred = [isinstance(one, ast.Starred) for one in node.args]
        known = starred.index(True) if any(starred) else len(starred)  # the places
        arguments = [self.visit(one) for one in node.args[:known]]
        given = self.several(node.args[known:])
        for keyword in node.keywords:
            value = self.visit(keyword.value)
            if keyword.arg:
                named[keyword.arg] = value
            else:
                given |= reached(value)
        everything = given.union(*arguments, *named.values())
        self.change(thing for thing in reached(everything) if thing.is_rng)
        if function and isinstance(node.func, ast.Attribute):
            return self.method(name, self.visit(node.func.value), everything)
        if codes := definitions(function):
            value = self.each(codes, given, arguments, named)
            made = any(isinstance(thing.code, ast.ClassDef) for thing in codes)
            return self.new(node, value) if made else value
        codes = definitions(everything)
        self.each(codes, reached(everything) - codes)  # it may call what it is given
        self.change(named.get("out", NOTHING))
        if name in effects.CHANGED:
            place = effects.CHANGED[name]
            at_place = arguments[place] if place < known else everything
            self.change(reached(at_place))
        if name in effects.RNGS:
            return self.new(node, is_rng=True)
        if name in effects.HOLDING or name[:1].isupper():
            holds = frozenset(thing for thing in everything if not thing.is_rng)
            return self.new(node, holds)
        return NOTHING

    def method(self, name: str, owner: Value, everything: Value) -> Value:
        """What a method from elsewhere returns."""
        if any(thing.is_rng for thing in owner):
            self.change(thing for thing in owner if thing.is_rng)
            return NOTHING
        for thing in owner:
            if name == "forward":  # instead of earlier notes
                thing.noted = {self.cell}
            elif name in effects.AFTER_FORWARD:
                thing.noted.add(self.cell)
        if name in effects.HARMLESS:
            return NOTHING
        if name in effects.VIEWS:
            return reached(owner)
        self.change(owner, everything)
        return owner
