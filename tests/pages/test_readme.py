"""README.md tells strangers in one screen what this is, and nothing that is not so."""

import re

from page_checks import LEAST_WORDS, says_nothing
from PIL import Image

from tools.layout import ROOT

TEXT = (ROOT / "README.md").read_text("utf8")
MOST_LINES, MOST_BYTES = 45, 80_000


def test_it_is_one_screen():
    assert len(TEXT.splitlines()) <= MOST_LINES


def test_its_picture_is_there_small_and_described():
    ((source, text),) = re.findall(
        r'<img src="(.+?)" width="\d+" alt="(.+?)">', TEXT, re.S
    )
    assert (ROOT / source).stat().st_size <= MOST_BYTES
    with Image.open(ROOT / source) as picture:
        assert picture.width > picture.height > 400
    assert len(text.split()) >= LEAST_WORDS and not says_nothing(text)


def test_its_commands_and_links_exist():
    commands = set(re.findall(r"\bmake ([a-z]+)", TEXT))
    known = set(
        re.findall(r"(?m)^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf8"))
    )
    assert commands <= known and {"book", "test", "serve", "lab"} <= commands
    links = re.findall(r"\]\((?!https?:)(.+?)\)", TEXT)
    assert {"CONTRIBUTING.md", "CITATION.cff", "LICENSE"} <= set(links)
    assert [link for link in links if not (ROOT / link).exists()] == []
