"""Solutions with one change each: what a slip of the pen makes of them.

A mutant is the source of a cell in which one operator, index, sign, constant,
name, argument or statement is another. Which ones there are depends on the
source alone.
"""

import ast
import copy
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

SWAPPED = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div, ast.Add],
    ast.Div: [ast.Mult],
    ast.Pow: [ast.Mult],
    ast.MatMult: [ast.Mult],
    ast.FloorDiv: [ast.Div],
    ast.Mod: [ast.FloorDiv],
    ast.Lt: [ast.LtE, ast.Gt],
    ast.LtE: [ast.Lt],
    ast.Gt: [ast.GtE, ast.Lt],
    ast.GtE: [ast.Gt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.And: [ast.Or],
    ast.Or: [ast.And],
}


@dataclass(frozen=True)
class Mutant:
    """A changed source.

    Attributes
    ----------
    change : str
        The line that is another, as it is now; with "-" in front where it
        was taken out.
    source : str
    """

    change: str
    source: str


def mutants(source: str) -> list[Mutant]:
    """Every mutant of a source, no two alike, none like the source."""
    tree = ast.parse(source)
    seen, found = {ast.dump(tree)}, []
    for statement, line in changes(tree):
        key = ast.dump(tree)
        if key not in seen:
            seen.add(key)
            line = line or ast.unparse(statement).partition("\n")[0]
            found.append(Mutant(line, ast.unparse(tree)))
    return found


def changes(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    """Replace one node of the tree, in every way that there is, then put it back.

    With each comes the statement that it is in, or the line that was taken out. What
    an error says is left as it is: it is no answer.
    """
    names = argument_names(tree)
    said = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        for inner in ast.walk(node)
    }
    for holder, place, statement in places(tree):
        node = holder[place]
        for new in () if id(node) in said else replacements(node, names):
            holder[place] = new
            yield new if isinstance(new, ast.stmt) else statement, ""
        holder[place] = node
    for node in ast.walk(tree):
        for name in ("body", "orelse"):
            body = getattr(node, name, None)
            if not isinstance(body, list):
                continue
            for place, statement in enumerate(body):
                if isinstance(
                    statement, (ast.Assign, ast.AugAssign, ast.Expr, ast.Raise)
                ):
                    body[place] = ast.Pass()
                    yield body[place], f"- {ast.unparse(statement)}"
                    body[place] = statement


def places(tree: ast.AST) -> Iterator[tuple[dict | list, str | int, ast.stmt | None]]:
    """Where each node is, in the order of `ast.walk`, and the statement around it."""
    todo = deque([(tree, None)])
    while todo:
        parent, statement = todo.popleft()
        around = parent if isinstance(parent, ast.stmt) else statement
        for name, value in ast.iter_fields(parent):
            holder = value if isinstance(value, list) else vars(parent)
            for place in range(len(value)) if holder is value else [name]:
                if isinstance(holder[place], ast.AST):
                    yield holder, place, around
                    todo.append((holder[place], around))


def argument_names(tree: ast.Module) -> list[str]:
    """The names of the arguments of all functions in a source."""
    return [
        argument.arg
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for argument in node.args.args
    ]


def replacements(node: ast.AST, names: list[str]) -> Iterator[ast.AST]:
    """What could replace a node."""
    if isinstance(node, (ast.BinOp, ast.AugAssign)):
        for kind in SWAPPED.get(type(node.op), []):
            yield with_field(node, op=kind())
    if isinstance(node, ast.BinOp):
        yield node.left
        yield node.right
        if isinstance(node.op, (ast.Sub, ast.Div, ast.MatMult, ast.Pow)):
            yield with_field(node, left=node.right, right=node.left)
    if isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value, lineno=node.lineno)
    if isinstance(node, ast.BoolOp):
        yield with_field(node, op=SWAPPED[type(node.op)][0]())
    if isinstance(node, ast.Compare):
        for kind in SWAPPED.get(type(node.ops[0]), []):
            yield with_field(node, ops=[kind(), *node.ops[1:]])
    if isinstance(node, ast.UnaryOp):
        yield node.operand
    yield from of_constant(node)
    yield from of_call(node)
    yield from of_place(node)
    if (
        isinstance(node, ast.Name)
        and isinstance(node.ctx, ast.Load)
        and node.id in names
    ):
        for name in dict.fromkeys(names):
            yield ast.Name(name, ast.Load())
    if isinstance(node, ast.Return) and node.value is not None:
        yield ast.Return(ast.UnaryOp(ast.USub(), node.value))


def of_constant(node: ast.AST) -> Iterator[ast.AST]:
    """Other numbers for a number, another text for a text."""
    if not isinstance(node, ast.Constant):
        return
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, (int, float)):
        for other in (node.value + 1, node.value - 1, -node.value, 2 * node.value):
            if other != node.value:  # -0.0 is no other number than 0.0
                yield ast.Constant(other)
    elif isinstance(node.value, str) and len(node.value) == 1:
        yield ast.Constant(chr(ord(node.value) + 1))
        if node.value > "a":
            yield ast.Constant(chr(ord(node.value) - 1))


def of_call(node: ast.AST) -> Iterator[ast.AST]:
    """A call with two arguments swapped, or without its function."""
    if not isinstance(node, ast.Call):
        return
    for i in range(len(node.args) - 1):
        swapped = list(node.args)
        swapped[i], swapped[i + 1] = swapped[i + 1], swapped[i]
        yield with_field(node, args=swapped)
    if len(node.args) == 1 and not node.keywords:
        yield node.args[0]
    if isinstance(node.func, ast.Name) and node.func.id == "range":
        last = node.args[-1] if len(node.args) < 3 else node.args[1]
        less = ast.BinOp(last, ast.Sub(), ast.Constant(1))
        if len(node.args) == 1:
            yield with_field(node, args=[less])
            yield with_field(node, args=[ast.Constant(1), last])
        elif len(node.args) == 2:
            yield with_field(node, args=[node.args[0], less])


def of_place(node: ast.AST) -> Iterator[ast.AST]:
    """Another index, indices swapped, no transpose, entries swapped."""
    if (
        isinstance(node, ast.Attribute)
        and node.attr == "T"
        and isinstance(node.ctx, ast.Load)
    ):
        yield node.value
    if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice):
        if isinstance(node.value, ast.Subscript):
            inner = node.value
            yield with_field(
                node, slice=inner.slice, value=with_field(inner, slice=node.slice)
            )
        if isinstance(node.slice, ast.Name):
            yield with_field(
                node, slice=ast.BinOp(node.slice, ast.Sub(), ast.Constant(1))
            )
    if isinstance(node, (ast.Tuple, ast.List)) and isinstance(node.ctx, ast.Load):
        for i in range(len(node.elts) - 1):
            swapped = list(node.elts)
            swapped[i], swapped[i + 1] = swapped[i + 1], swapped[i]
            yield with_field(node, elts=swapped)


def with_field(node: ast.AST, **fields: object) -> ast.AST:
    """A copy of a node with other fields."""
    made = copy.copy(node)
    for name, value in fields.items():
        setattr(made, name, value)
    return made
