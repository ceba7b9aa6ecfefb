"""Equation, code and test share a name.

Every displayed equation has a label. `eq-…` is an equation that the package
implements: a docstring of `rnn_src` names it as :eq:`eq-…`, and a test carries
the mark `equation("eq-…")`. `step-…` is a step on the way to one.
"""

import ast
import re

import pytest

from tools.layout import ROOT
from tools.notebooks import pages

DISPLAY = re.compile(
    r"^\$\$\s*\n.*?\n\$\$[ \t]*(\([^)\n]*\))?[ \t]*$", re.MULTILINE | re.DOTALL
)
LOOSE = re.compile(r"\$\$")
ROLE = re.compile(r":eq:`([^`]+)`")


def labels(text: str) -> list[str]:
    """The labels of the displayed equations of a page, "" where one has none."""
    return [(found or "()")[1:-1] for found in DISPLAY.findall(text)]


def ill_labelled(text: str) -> list[str]:
    """Equations without a label that says what they are."""
    found = [
        f"a displayed equation has the label {label!r}"
        for label in labels(text)
        if not re.fullmatch(r"(eq|step)-[A-Za-z0-9-]+", label)
    ]
    if len(LOOSE.findall(text)) != 2 * len(labels(text)):
        found.append("a $$ does not stand on a line of its own")
    if re.search(r"\\begin\{(equation|align|gather)\*?\}|```\{math\}", text):
        found.append("write a displayed equation as $$ … $$ (label)")
    return found


def named_in_docstrings(source: str) -> list[str]:
    """The labels that the docstrings of a module name."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    return [
        label
        for node in ast.walk(ast.parse(source))
        if isinstance(node, kinds)
        for label in ROLE.findall(ast.get_docstring(node) or "")
    ]


def marked(source: str) -> list[str]:
    """The labels in the marks `equation(...)` of a test file."""
    return [
        argument.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "pytest.mark.equation"
        for argument in node.args
    ]


def in_all(files, find) -> list[str]:
    return [label for file in files for label in find(file.read_text("utf8"))]


def test_every_equation_has_a_label():
    found = {page.name: ill_labelled(page.read_text("utf8")) for page in pages()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_no_label_is_given_twice():
    given = in_all(pages(), labels)
    assert sorted(given) == sorted(set(given))


def test_equations_docstrings_and_tests_name_the_same_labels():
    in_book = {label for label in in_all(pages(), labels) if label.startswith("eq-")}
    in_code = set(in_all((ROOT / "rnn_src").rglob("*.py"), named_in_docstrings))
    in_tests = set(in_all((ROOT / "tests").rglob("test_*.py"), marked))
    assert in_book == in_code
    assert in_book == in_tests


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("$$\nx = 1\n$$\n", "has the label ''"),
        ("$$\nx = 1\n$$ (softmax)\n", "has the label 'softmax'"),
        ("$$ x = 1 $$\n", "a line of its own"),
        ("```{math}\nx = 1\n```\n", "write a displayed equation"),
        ("\\begin{align}\nx = 1\n\\end{align}\n", "write a displayed equation"),
        ("\\begin{align*}\nx = 1\n\\end{align*}\n", "write a displayed"),
    ],
)
def test_an_ill_labelled_equation_is_seen(text, complaint):
    assert any(complaint in found for found in ill_labelled(text))


def test_a_labelled_equation_passes():
    text = (
        "Text.\n\n$$\nx = 1\n$$ (eq-x)\n\n$$\n\\begin{aligned}\ny\n&= 1\n"
        "\\end{aligned}\n$$ (step-y)\n"
    )
    assert ill_labelled(text) == [] and labels(text) == ["eq-x", "step-y"]


def test_labels_are_found_in_docstrings_and_marks():
    assert named_in_docstrings('def f():\n    """:eq:`eq-x`"""') == ["eq-x"]
    assert named_in_docstrings('def f():\n    x = ":eq:`eq-x`"') == []
    assert marked('@pytest.mark.equation("eq-x")\ndef test(): pass') == ["eq-x"]
