"""The solutions of the chapters, ready to run without the whole chapter.

Of a chapter only what a solution needs is executed: the imports, and the
statements that make the names that it uses, and so on backwards.
"""

import ast
import builtins
import contextlib
import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tools.exercises import Block, blocks
from tools.notebooks import chapters, code_cells, read

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
MADE = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)


def page_of(number: str) -> Path:
    """The page of a chapter's number, "06"."""
    (path,) = (path for path in chapters() if path.stem.startswith(f"{number}-"))
    return path


@cache
def notebook_of(number: str):
    """The chapter of a number, as a notebook."""
    return read(page_of(number))


@cache
def blocks_of(number: str) -> list[Block]:
    return blocks(notebook_of(number))


def block_of(name: str) -> Block:
    """The exercise in the book that has this name."""
    found = [block for block in blocks_of(name[:2]) if block.name == name]
    assert len(found) == 1, f"{name} is {len(found)} times in its chapter"
    return found[0]


def check_of(source: str) -> ast.Call | None:
    """The call of `check` that ends a cell."""
    last = ast.parse(source).body[-1]
    if (
        isinstance(last, ast.Expr)
        and isinstance(last.value, ast.Call)
        and getattr(last.value.func, "id", "") == "check"
    ):
        return last.value
    return None


@cache
def solution_of(name: str) -> str:
    """The cell of a solution that is checked."""
    cells = [cell.source for cell in block_of(name).solutions if check_of(cell.source)]
    assert len(cells) == 1, f"{name} has {len(cells)} cells that are checked"
    return cells[0]


def loaded(node: ast.AST) -> set[str]:
    """The names that a piece of code looks up and does not make itself."""
    if isinstance(node, (ast.FunctionDef, ast.Lambda)):
        own = {
            argument.arg
            for argument in ast.walk(node.args)
            if isinstance(argument, ast.arg)
        }
        body = node.body if isinstance(node.body, list) else [node.body]
        own |= {
            inner.id
            for part in body
            for inner in ast.walk(part)
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
        }
        return {name for part in (*body, node.args) for name in loaded(part)} - own
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, ast.Load) else set()
    if isinstance(node, (ast.For, *COMPREHENSIONS)):
        loops = getattr(node, "generators", [node])
        own = {name for loop in loops for name in made(loop.target)}
        return in_turn(ast.iter_child_nodes(node)) - own | loaded(loops[0].iter)
    return in_turn(ast.iter_child_nodes(node))


def in_turn(nodes: Iterable[ast.AST]) -> set[str]:
    """The names that pieces of code look up before one of them has made them."""
    names, own = set(), set()
    for node in nodes:
        names |= loaded(node) - own
        own |= surely_anew(node)
    return names


def made(node: ast.stmt) -> set[str]:
    """The names that a statement makes or changes."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    stored = {
        inner.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, (ast.Store, ast.Del))
    }
    written = {
        inner.value.id
        for inner in ast.walk(node)
        if isinstance(inner, (ast.Subscript, ast.Attribute))
        and isinstance(inner.ctx, ast.Store)
        and isinstance(inner.value, ast.Name)
    }
    # A call on its own may change what it is given.
    called = loaded(node) if isinstance(node, ast.Expr) else set()
    return stored | written | called


def made_anew(node: ast.stmt) -> set[str]:
    """The names that a statement makes without looking them up."""
    return set() if isinstance(node, ast.Expr) else made(node) - loaded(node)


def surely_anew(node: ast.stmt) -> set[str]:
    """The names that are another's after a statement, whatever they were before.

    A loop may have no turn, and an `if` may not hold.
    """
    return made_anew(node) if isinstance(node, (ast.Assign, *MADE)) else set()


def before(name: str) -> list[ast.stmt]:
    """The statements of the chapter before a solution, starters left out."""
    last = solution_of(name)
    starters = [
        cell.source
        for block in blocks_of(name[:2])
        for cell in block.starters
        if check_of(cell.source)
    ]
    found: list[ast.stmt] = []
    for cell in code_cells(notebook_of(name[:2])):
        if cell.source == last:
            return found
        if cell.source not in starters:
            found += ast.parse(cell.source).body
    raise AssertionError(name)


@cache
def needed(name: str, source: str) -> str:
    """What has to be executed before a piece of code at an exercise's place."""
    statements = [
        node
        for node in before(name)
        if not (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Call)
            and getattr(node.value.func, "id", "") in ("print", "check")
        )
    ]
    # A call on its own matters if it may change a value, and neither a
    # function nor a module is changed by being used.
    fixed = set(dir(builtins)).union(
        *(made(node) for node in statements if isinstance(node, MADE))
    )
    names = loaded(ast.parse(source)) - set(dir(builtins))
    kept: list[ast.stmt] = []
    for node in reversed(statements):
        own = made(node) - fixed if isinstance(node, ast.Expr) else made(node)
        if own & names:
            kept.insert(0, node)
            names -= surely_anew(node)
            names |= loaded(node) - set(dir(builtins))
    return "\n".join(ast.unparse(node) for node in kept)


@cache
def _namespace(needs: str) -> dict[str, object]:
    space: dict[str, object] = {"__name__": "chapter"}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(needs, "before an exercise", "exec"), space)
    return space


def space_after(name: str, body: str, needs: str = "") -> dict[str, object]:
    """The names that there are when a cell has run at an exercise's place."""
    space = dict(_namespace(needs or needed(name, body)))
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(body, f"solution {name}", "exec"), space)
    return space


def body_of(name: str) -> str:
    """The checked cell of a solution, without the check."""
    tree = ast.parse(solution_of(name))
    return ast.unparse(ast.Module(tree.body[:-1], []))


@cache
def handed_over(name: str):
    """What the check of a solution is given, compiled."""
    answer = check_of(solution_of(name)).args[1]
    return compile(ast.Expression(answer), "check", "eval")


def answer_of(name: str, body: str) -> object:
    """What a solution, changed or not, hands to `check`."""
    space = space_after(name, body, needed(name, solution_of(name)))
    return eval(handed_over(name), space)
