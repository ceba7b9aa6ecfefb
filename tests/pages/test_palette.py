"""The look comes from the palette, in figures, panels, scripts and sheets."""

import re
from itertools import pairwise

import pytest

from rnn_src import palette
from tools.carried import COPIED
from tools.layout import BOOK, PACKAGES, ROOT, files_below
from tools.sphinx_ext import look

HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
WORDS = re.compile(
    r"\b(?:blue|brown|green|orange|pink|purple|red|violet|yellow)\b", re.I
)
NAMES = {name for name in vars(palette) if name.isupper()}
KINDS = (".py", ".js", ".css")
OF_PAGES = ("book/_assets", "book/first", "book/look")


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
    folders = [*PACKAGES, "tools", "benchmarks", *OF_PAGES]
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


def test_sheets_and_scripts_name_variables_that_there_are():
    names = palette.THEMED | palette.STEADY
    copied = {file for one in COPIED for file in files_below(one.path)}
    files = [
        file
        for folder in (*OF_PAGES, "rnn_src", "rnn_exercises", "tools")
        for file in files_below(ROOT / folder)
        if file.suffix in (".css", ".js") and file not in copied
    ]
    found = {
        (file.name, name)
        for file in files
        for name in re.findall(r"var\(--book-([\w-]+)", file.read_text("utf8"))
    }
    assert {name for _, name in found} >= {"link", "comment"}
    assert [pair for pair in sorted(found) if pair[1] not in names] == []


def test_a_page_has_the_variables(html):
    assert (html / "_static" / look.SHEET).read_text("utf8") == look.sheet()
    for page in html.glob("*.html"):
        assert f'"_static/{look.SHEET}' in page.read_text("utf8"), page.name


def test_the_sheet_has_a_value_for_light_and_one_for_dark():
    light, dark = look.variables().split("@media screen")
    for name, (by_day, at_night) in palette.THEMED.items():
        assert f"--book-{name}: {by_day};" in light
        assert f"--book-{name}: {at_night};" in dark
    assert "--book-space-4" in light
    assert "--book-space-4" not in dark


def test_every_part_of_the_look_is_in_the_sheet():
    parts = {file.stem for file in files_below(BOOK / "look")}
    assert parts == set(look.PARTS)


def luminance(colour: str) -> float:
    """How bright a colour is, as WCAG reckons it."""
    shares = [channel / 255 for channel in palette.channels(colour)]
    linear = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in shares
    )
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, bright = sorted(map(luminance, (one, other)))
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_is_as_wcag_reckons_it():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
class TestContrast:
    """4.5 is the least for what is read, 3 for what is only seen."""

    grounds = [palette.GROUNDS[name] for name in ("ground", "surface", "raised")]

    def test_every_ink_can_be_read_on_every_ground(self, theme):
        found = {
            (name, ground[theme]): round(contrast(ink[theme], ground[theme]), 2)
            for name, ink in palette.INKS.items()
            for ground in self.grounds
        }
        assert {pair: value for pair, value in found.items() if value < 4.5} == {}

    def test_text_can_be_read_where_it_is_marked(self, theme):
        marked = palette.GROUNDS["marked"][theme]
        for name in ("text", "link"):
            assert contrast(palette.INKS[name][theme], marked) >= 4.5

    def test_an_edge_and_the_line_of_a_verdict_can_be_seen(self, theme):
        verdicts = palette.HINT, palette.RIGHT, palette.WRONG, palette.UNANSWERED
        for colour in (palette.LINES["edge"][theme], *verdicts):
            for ground in self.grounds:
                assert contrast(colour, ground[theme]) >= 3

    def test_a_comment_is_the_quietest_of_the_code(self, theme):
        ground = palette.GROUNDS["surface"][theme]
        code = ("keyword", "name", "string", "number", "text")
        loudest_quiet = contrast(palette.INKS["comment"][theme], ground)
        for name in code:
            assert contrast(palette.INKS[name][theme], ground) > loudest_quiet


def test_steps_grow():
    rems = [float(step.removesuffix("rem")) for step in palette.SPACES.values()]
    assert all(1.3 < after / before <= 2 for before, after in pairwise(rems))
