"""What is read is what is run: chapters and package define the same things.

A code cell with the tag `rnn_src.words.loss` shows definitions of that module.
They are compared as syntax trees, without docstrings: the package's are longer.
"""

import ast
import importlib
import inspect

import pytest
from nbformat.v4 import new_code_cell, new_notebook

import rnn_src.words
from tools.notebooks import chapters, code_cells, read

DEFINITIONS = (ast.FunctionDef, ast.ClassDef, ast.Assign)


def definitions(source: str) -> dict[str, str]:
    """The names that a source defines at its top level, each with its tree."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if (
            isinstance(node, (ast.FunctionDef, ast.ClassDef))
            and ast.get_docstring(node) is not None
        ):
            node.body = node.body[1:] or [ast.Pass()]
    found = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            found[ast.unparse(node.targets[0])] = ast.dump(node)
        elif isinstance(node, DEFINITIONS):
            found[node.name] = ast.dump(node)
    return found


def complaints(chapter) -> list[str]:
    """Definitions that differ from the package's, or hide that they are its."""
    found = []
    for cell in code_cells(chapter):
        modules = [
            tag for tag in cell.metadata.get("tags", []) if tag.startswith("rnn_src")
        ]
        package = {}
        for module in modules:
            package |= definitions(inspect.getsource(importlib.import_module(module)))
        for name, tree in definitions(cell.source).items():
            if modules and package.get(name) != tree:
                found.append(f"{name} is not as in {' or '.join(modules)}")
            if not modules and name in rnn_src.words.__all__:
                found.append(f"{name} is the package's; tag its cell")
    return found


@pytest.mark.parametrize("chapter", chapters(), ids=lambda path: path.stem)
def test_the_chapter_defines_what_the_package_does(chapter):
    assert complaints(read(chapter)) == []


ALGEBRA = '''
def tanh(vector: Vector) -> Vector:
    """Another docstring does not matter."""
    return [math.tanh(a) for a in vector]
'''


def notebook(source, *tags):
    return new_notebook(cells=[new_code_cell(source, metadata={"tags": list(tags)})])


def test_another_docstring_is_no_difference():
    assert complaints(notebook(ALGEBRA, "rnn_src.words.algebra")) == []


@pytest.mark.parametrize(
    ("source", "tags"),
    [
        (ALGEBRA.replace("math.tanh(a)", "math.tanh(-a)"), ["rnn_src.words.algebra"]),
        (ALGEBRA.replace("tanh(vector:", "tanh2(vector:"), ["rnn_src.words.algebra"]),
        (ALGEBRA, ["rnn_src.words.loss"]),
        (ALGEBRA, []),
    ],
)
def test_a_difference_is_seen(source, tags):
    assert len(complaints(notebook(source, *tags))) == 1
