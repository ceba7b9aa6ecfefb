"""What is off the road is folded on a page, and marked in a notebook."""

from types import SimpleNamespace

from docutils import nodes

from tools.plain import plain
from tools.sphinx_ext import asides

TEXT = "Before.\n\n```{curious-start} Why?\n```\nSo.\n```{curious-end}\n```\nAfter."


def test_a_notebook_says_where_an_aside_begins_and_ends():
    assert plain(TEXT, {}) == (
        "Before.\n\n**For the curious: Why?**\nSo.\n*Here the road goes on.*\nAfter."
    )


def made(directive, *arguments):
    state = SimpleNamespace(document=None)
    machine = SimpleNamespace(reporter=None)
    (node,) = directive("", [*arguments], {}, [], 1, 0, "", state, machine).run()
    assert isinstance(node, nodes.raw) and node["format"] == "html"
    return node.astext()


def test_a_page_folds_it():
    opening = made(asides.Start, "Is `a < b`?")
    assert opening == (
        '<details class="curious"><summary>For the curious: Is '
        "<code>a &lt; b</code>?</summary>"
    )
    assert made(asides.End) == "</details>"
