"""The lesson needs NumPy, its figures Matplotlib, and nothing else.

Which of the book's own modules may import which is a contract of import-linter's, in
pyproject.toml. A contract forbids the packages that it names; this forbids the rest.
"""

import sys

import grimp


def imports_from_elsewhere() -> list[tuple[str, str]]:
    """Every module of the lesson with each package that it imports."""
    graph = grimp.build_graph("rnn_src", include_external_packages=True, cache_dir=None)
    return [
        (module, package)
        for package in graph.modules
        if graph.is_module_squashed(package) and package not in sys.stdlib_module_names
        for module in graph.find_modules_that_directly_import(package)
    ]


def may_import(module: str) -> set[str]:
    """The packages beyond the standard library that a module may import."""
    if module.startswith("rnn_src.words"):
        return set()
    return {"numpy", "matplotlib"} if ".plots" in module else {"numpy"}


def test_the_lesson_needs_nothing_else():
    found = imports_from_elsewhere()
    assert found
    assert [pair for pair in found if pair[1] not in may_import(pair[0])] == []
