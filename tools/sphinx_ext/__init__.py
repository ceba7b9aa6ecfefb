"""What the book's pages need beyond Sphinx and its theme: one extension, in parts."""

from tools.sphinx_ext import (
    equation_links,
    exercise_counts,
    exercise_hints,
    exercise_links,
    katex_strict,
    notebook_links,
    page_head,
    page_repairs,
    page_weight,
    search_symbols,
)

#: In the order in which each is heard: later parts see what earlier ones did.
PARTS = (
    katex_strict,
    page_head,
    page_repairs,
    page_weight,
    exercise_counts,
    exercise_hints,
    exercise_links,
    search_symbols,
    equation_links,
    notebook_links,
)


def setup(app):
    for part in PARTS:
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
