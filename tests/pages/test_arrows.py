"""Arrows run one way: chapters import `rnn_src`, and `rnn_src` knows nothing
of the book, of its tools, of Jupyter or of Sphinx.
"""

import ast
import sys

import pytest

from tools.layout import ROOT

PACKAGE = ROOT / "rnn_src"
STANDARD = set(sys.stdlib_module_names)


def may_import(module: str) -> set[str]:
    """The packages beyond the standard library that a module may import."""
    if module.startswith("words"):
        return set()
    if module.startswith("plots"):
        return {"numpy", "matplotlib"}
    return {"numpy"}


def imported(source: str) -> set[str]:
    """The full names of the modules that a source imports."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(f"{'.' * node.level}{node.module or ''}")
    return names


def against_the_arrows(module: str, source: str) -> set[str]:
    """The imports that a module of the package may not have."""
    allowed = STANDARD | may_import(module)
    wrong = set()
    for name in imported(source):
        if name.startswith("rnn_src"):
            words_only = module.startswith("words")
            if words_only and not name.startswith("rnn_src.words"):
                wrong.add(name)
        elif name.split(".")[0] not in allowed:
            wrong.add(name)
    return wrong


@pytest.mark.parametrize(
    "path",
    sorted(PACKAGE.rglob("*.py")),
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_a_module_imports_only_what_it_may(path):
    module = str(path.relative_to(PACKAGE))
    assert against_the_arrows(module, path.read_text("utf8")) == set()


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("words/loss.py", "import numpy as np"),
        ("words/loss.py", "from rnn_src.data import SENTENCES"),
        ("data.py", "import matplotlib.pyplot"),
        ("data.py", "from IPython.display import HTML"),
        ("plots/curves.py", "import tools.layout"),
        ("plots/curves.py", "from . import data"),
    ],
)
def test_an_import_against_the_arrows_is_seen(module, source):
    assert len(against_the_arrows(module, source)) == 1
