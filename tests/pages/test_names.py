"""A name is given once: the second definition would hide the first, unsaid."""

import ast
from collections import Counter

import pytest

from tools.layout import ROOT

FILES = [
    path
    for folder in ("benchmarks", "rnn_exercises", "rnn_src", "tests", "tools")
    for path in sorted((ROOT / folder).rglob("*.py"))
]


def given_twice(source: str) -> list[str]:
    """The functions and classes that one body defines more than once.

    The setter of a property adds to the first.
    """
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef)):
            names = Counter(
                inner.name
                for inner in node.body
                if isinstance(inner, (ast.FunctionDef, ast.ClassDef))
                and not any(
                    isinstance(one, ast.Attribute) and one.attr == "setter"
                    for one in inner.decorator_list
                )
            )
            found += [name for name, count in names.items() if count > 1]
    return found


@pytest.mark.parametrize(
    "path", FILES, ids=lambda path: str(path.relative_to(ROOT).with_suffix(""))
)
def test_no_name_is_given_twice(path):
    assert given_twice(path.read_text("utf8")) == []


def test_a_second_definition_is_seen():
    assert given_twice("def f(): 1\ndef g(): 2\ndef f(): 3") == ["f"]
    assert given_twice("class A:\n def f(self): 1\n def f(self): 2") == ["f"]
    assert given_twice("def f():\n def g(): 1\ndef g(): 2") == []
