"""What the book's pages need beyond Sphinx and its theme: one extension, in parts."""

from tools.sphinx_ext import (
    address,
    answers,
    asides,
    carried,
    definitions,
    docstrings,
    equation_links,
    exercise_counts,
    exercise_hints,
    exercise_links,
    katex_strict,
    look,
    meanings,
    notebook_links,
    notes,
    own_sentence,
    page_head,
    page_pictures,
    page_repairs,
    page_runs,
    page_weight,
    punctuation,
    reviewed,
    search_symbols,
    short_formulas,
    tables,
    waiting,
    you_are_here,
)

#: In the order in which each is heard: later parts see what earlier ones did.
PARTS = (
    asides,
    katex_strict,
    reviewed,
    page_head,
    page_pictures,
    page_repairs,
    page_runs,
    page_weight,
    look,
    short_formulas,
    punctuation,
    address,
    answers,
    carried,
    exercise_counts,
    exercise_hints,
    exercise_links,
    search_symbols,
    tables,
    equation_links,
    notebook_links,
    notes,
    you_are_here,
    definitions,
    docstrings,
    meanings,
    own_sentence,
    waiting,
)


def setup(app):
    for part in PARTS:
        part.setup(app)
