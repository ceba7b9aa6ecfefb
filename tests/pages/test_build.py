"""What must stop the build does stop it; what is called current is current."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from small_books import NOTEBOOK, build
from sphinx.errors import ExtensionError
from sphinxcontrib.katex import KaTeXError

from tools import build as book_build
from tools import layout
from tools.layout import ROOT
from tools.sphinx_ext import katex_strict, punctuation

SOUND = (
    NOTEBOOK + "# A page\n\n$$\nx^2\n$$ (eq-x)\n\n"
    "See {eq}`eq-x`.\n\n```{code-cell}\nprint(1)\n```\n"
)
SMALL = """# One

| symbol | shape | meaning |
|---|---|---|
| a | b | c |

Here is $W_h = 0$, and $z_t = W_y \\tanh(W_x x_t + W_h h_{t-1} + b_h) + b_y$; see
chapter 4, `short` and `a_name_that_is_long_for_a_phone`.

$$
x = 1
$$ (eq-one)

- **a.** one
- **b.** two

And:

- **Not** a letter
"""


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The folder of a book whose pages are as they should be."""
    folder = tmp_path_factory.mktemp("sound")
    done = build(folder, SOUND, {"small": SMALL})
    assert done.returncode == 0, done.log
    return folder / "_build" / "html"


def test_a_sound_page_builds(sound):
    assert 'class="katex"' in (sound / "index.html").read_text("utf8")


#: What a build goes on after, so that one shows all of them.
WARNED = {
    "index": (
        NOTEBOOK + "# A cell warns\n\n```{code-cell}\nimport warnings\n"
        "warnings.warn('look')\n```\n",
        "stderr",
    ),
    "equation": ("# No such equation\n\nSee {eq}`eq-nowhere`.\n", "eq-nowhere"),
    "page": ("# No such page\n\n[there](nowhere.md)\n", "nowhere"),
}


@pytest.fixture(scope="module")
def warned(tmp_path_factory):
    """What is said of a book in which nothing is wrong but what warrants a warning."""
    more = {name: text for name, (text, _) in WARNED.items()}
    done = build(tmp_path_factory.mktemp("warned"), more.pop("index"), more)
    assert done.returncode != 0
    return done.log


@pytest.mark.parametrize("name", WARNED)
def test_a_broken_page_stops_the_build_in_the_end(warned, name):
    complaint = rf"/{name}\.md:\d+: (WARNING|ERROR): .*{WARNED[name][1]}"
    assert re.search(complaint, warned), warned


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("# A page\n\n$\\frac{1}$ and more\n", "KaTeX"),
        (NOTEBOOK + "# A page\n\n```{code-cell}\n1 / 0\n```\n", "ZeroDivisionError"),
        (
            NOTEBOOK + "# A page\n\n```{code-cell}\n---\nmystnb:\n  image:\n"
            "    alt: a line that rises\n---\n6 * 7\n```\n",
            "a line that rises",
        ),
    ],
    ids=["bad TeX", "a cell that raises", "a cell without its picture"],
)
def test_a_broken_page_stops_the_build_at_once(tmp_path, text, complaint):
    done = build(tmp_path, text)
    assert done.returncode != 0
    assert complaint in done.log


def test_a_node_that_ends_is_reported_at_once(tmp_path, monkeypatch):
    katex_strict.node.cache_clear()
    monkeypatch.setattr(katex_strict, "NODE", "/bin/false")
    with pytest.raises(KaTeXError, match="Node ended"):
        katex_strict.render_latex("x")
    katex_strict.node.cache_clear()


@pytest.mark.parametrize(
    "accident", ["a page is gone", "a page is changed", "all is gone"]
)
def test_a_book_that_was_damaged_is_not_current(tmp_path, monkeypatch, accident):
    html = tmp_path / "html"
    html.mkdir()
    for name in ("a", "b"):
        (html / name).write_text(name)
    monkeypatch.setattr(book_build, "HTML", html)
    monkeypatch.setattr(book_build, "STAMP", tmp_path / "book.key")
    monkeypatch.setattr(book_build, "sources_key", lambda: "the sources")
    monkeypatch.setenv("RNN_BOOK_CACHE", str(tmp_path / "none"))
    key = book_build.sources_key() + book_build.pages_key()
    (tmp_path / "book.key").write_text(key)
    assert book_build.is_current()
    if accident == "a page is changed":
        (html / "a").write_text("c")
    else:
        (html / "a").unlink()
    if accident == "all is gone":
        (html / "b").unlink()
        html.rmdir()
    assert not book_build.is_current()


@pytest.mark.parametrize(
    "name",
    ["README.md", "_toc.yml", "book/index.md", "tools/plain.py", "rnn_src/data.py"],
)
def test_a_change_of_a_source_makes_the_book_anew(name, monkeypatch):
    key = layout.book_key()
    read_bytes = Path.read_bytes

    def changed(file):
        return read_bytes(file) + b"x" * (file == ROOT / name)

    monkeypatch.setattr(Path, "read_bytes", changed)
    assert layout.book_key() != key


def test_signs_are_put_beside_the_outer_boxes_of_a_formula():
    formula = '<span class="math"><span class="katex"><span class="katex-html">'
    boxes = [f'<span class="base">{letter}</span>' for letter in "abc"]
    html = f"({formula}{''.join(boxes)}{'</span>' * 3})."
    found = BeautifulSoup(punctuation.joined(html), "html.parser")
    assert [part.text for part in found.select(".held")] == ["(a", "c)."]
    assert found.text == "(abc)."
    one = punctuation.joined(f"({formula}{boxes[0]}{'</span>' * 3})")
    assert '<span class="held"><span class="sign">(</span>' + boxes[0] in one
    with pytest.raises(ExtensionError, match="KaTeX writes otherwise"):
        punctuation.joined(f"{formula}x,")


def test_signs_beside_formulas_are_neither_lost_nor_doubled():
    """Texts that are equal, such as ", ", are still each at its place."""
    parts = [nodes.literal("", "x"), *(nodes.math("", name) for name in "abc")]
    line = nodes.paragraph()
    for part in parts:
        line += [part, nodes.Text(", ")]
    before = line.astext()
    punctuation.hold_together(None, line, "page")
    assert line.astext() == before == "x, a, b, c, "
    held = [one.astext() for one in line.findall(punctuation.held)]
    assert held == ["a,", "b,", "c,"]


def test_lists_tables_and_formulas_have_the_classes_of_their_kind(sound):
    page = BeautifulSoup((sound / "small.html").read_text("utf8"), "html.parser")
    short, long = page.select("span.math")
    assert ("math-short" in short["class"], "math-short" in long["class"]) == (1, 0)
    lines = [part.text[-1] for part in long.select(".base")]
    assert lines == ["=", "+", "\u200b"], "a line may end in the brackets"
    assert "chapter\xa04" in page.text
    assert ["code-long" in code["class"] for code in page.select("code")] == [0, 1]
    width = float(page.select_one("div.math")["style"].removeprefix("--ems: "))
    assert 1.5 < width < 3.5  # two letters, a relation, and the gaps beside it
    assert ["answers" in found["class"] for found in page.select("article ul")] == [
        True,
        False,
    ]
    assert "meanings" in page.table["class"]
