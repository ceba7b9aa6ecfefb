"""Every colour comes from the palette, in figures, panels, scripts and sheets."""

import re

from rnn_src import palette
from tools.carried import COPIED
from tools.layout import BOOK, PACKAGES, ROOT, files_below

HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
WORDS = re.compile(
    r"\b(?:blue|brown|green|orange|pink|purple|red|violet|yellow)\b", re.I
)
NAMES = {name for name in vars(palette) if name.isupper()}
KINDS = (".py", ".js", ".css")


def colours_by_hand(text: str) -> list[str]:
    """The lines of a text that hold a colour of their own."""
    return [
        f"line {number}: {found[0]}"
        for number, line in enumerate(text.splitlines(), 1)
        if (found := HEX.search(line))
    ]


def test_no_colour_is_written_outside_the_palette():
    """What the book carries aside, which is copied as it is."""
    copied = {file for one in COPIED for file in files_below(one.path)}
    folders = [*PACKAGES, "tools", "benchmarks", "book/_assets"]
    files = [file for folder in folders for file in files_below(ROOT / folder)]
    assert [
        f"{file.relative_to(ROOT)}, {line}: give it a name in rnn_src/palette.py"
        for file in files
        if file.suffix in KINDS and file not in copied
        if file != ROOT / "rnn_src" / "palette.py"
        for line in colours_by_hand(file.read_text("utf8"))
    ] == []


def test_a_colour_of_its_own_is_seen():
    assert colours_by_hand('x = 1\ny = "#0072B2"') == ["line 2: #0072B2"]
    assert colours_by_hand("a { color: #fff }") == ["line 1: #fff"]


def test_the_favicon_has_the_colour_of_the_links():
    """A file of its own that no style sheet reaches."""
    icon = (BOOK / "_assets" / "favicon.svg").read_text("utf8")
    assert set(HEX.findall(icon)) == {palette.LINK, palette.PAPER}


def test_a_colour_that_a_page_names_is_in_the_palette():
    texts = [*BOOK.glob("*.md"), ROOT / "rnn_src" / "explorer" / "element.js"]
    named = {
        (file.name, word.upper())
        for file in texts
        for word in WORDS.findall(file.read_text("utf8"))
    }
    assert [pair for pair in sorted(named) if pair[1] not in NAMES] == []
    assert ("02-the-forward-pass.md", "ORANGE") in named


def test_a_tint_lies_between_the_colour_and_white():
    assert palette.channels("#0072B2") == (0, 114, 178)
    assert palette.tint("#0072B2", 1) == "#0072B2"
    assert palette.tint("#0072B2", 0) == palette.PAPER
    assert palette.tint("#000000", 0.2) == "#CCCCCC"


def test_each_variable_of_the_sheet_has_its_colour(html):
    sheet = (html / "_static" / "palette.css").read_text("utf8")
    wanted = re.findall(
        r"var\(--book-([a-z]+)\)", (BOOK / "_assets/book.css").read_text()
    )
    assert wanted
    for name in wanted:
        assert f"--book-{name}: {getattr(palette, name.upper())};" in sheet
    for page in html.glob("*.html"):
        assert '"_static/palette.css' in page.read_text("utf8"), page.name
