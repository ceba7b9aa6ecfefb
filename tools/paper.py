"""What a page of paper has and a screen has not: running heads, and numbers of pages.

Chromium draws boxes in the margins of an @page, and an article can name its own: so
the head says the chapter. It knows no target-counter(): the book is printed, the PDF
says on which page each target is, and the book is printed again with these numbers.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from bs4 import BeautifulSoup

from rnn_src.palette import FACES
from tools.layout import TITLE

FONT = f"8pt {FACES['face-text']}"
SHEET = f"""
@page {{ size: A4; margin: 22mm 18mm 20mm;
  @bottom-center {{ content: counter(page); font: {FONT}; }} }}
article.bd-article {{ break-before: page; max-width: none; }}
article.bd-article:first-of-type {{ break-before: auto; }}
a[data-page]::after {{ content: " (p. " attr(data-page) ")"; white-space: nowrap; }}
"""
HEAD = """
@page {name} {{
  @top-left {{ content: "{book}"; font: {font}; }}
  @top-right {{ content: "{title}"; font: {font}; }} }}
article[id="{id}"] {{ page: {name}; }}
"""
PAGE = re.compile(rb"\n(\d+) 0 obj\n<</Type /Page\n")
TARGET = re.compile(rb"/([^\s/\[\]<>]+) \[(\d+) 0 R /XYZ")
ESCAPED = re.compile(r"#([0-9A-Fa-f]{2})")
PASSES = 4  # until the numbers, which take room themselves, are still


def head(number: int, name: str, page: str) -> str:
    """The running head of a page of the book, from its HTML: its title is in it."""
    title = BeautifulSoup(page, "html.parser").title.get_text().partition(" — ")[0]
    quoted = title.strip().replace("\\", "\\\\").replace('"', '\\"')
    return HEAD.format(
        name=f"page-{number}", book=TITLE, title=quoted, id=name, font=FONT
    )


def targets(pdf: bytes) -> dict[str, int]:
    """On which page each target of a link is, in a PDF that Chromium wrote."""
    pages = {found: number for number, found in enumerate(PAGE.findall(pdf), 1)}

    def name(raw: bytes) -> str:
        return ESCAPED.sub(lambda code: chr(int(code[1], 16)), raw.decode("latin-1"))

    return {
        name(found).encode("latin-1").decode("utf8"): pages[page]
        for found, page in TARGET.findall(pdf)
        if page in pages
    }


def with_numbers(text: str, numbers: Mapping[str, int]) -> str:
    """The book in one page, with the page of each target that is in another chapter."""
    soup = BeautifulSoup(text, "html.parser")
    there = {element["id"] for element in soup.select("[id]")}
    for article in soup.select("article[id]"):
        for link in article.select("a[href^='#']:not(.meant)"):
            target = link["href"][1:]
            if target in there and target.partition("--")[0] != article["id"]:
                link["data-page"] = numbers.get(target, 100)  # as wide as most
    return str(soup)


def printed(text: str, file: Path, write: Callable[[Path], None], pdf: Path) -> None:
    """Write the page, and let `write` print it, until its numbers are those it has."""
    numbers: dict[str, int] = {}
    for _ in range(PASSES):
        file.write_text(with_numbers(text, numbers), "utf8")
        write(pdf)
        found = targets(pdf.read_bytes())
        if found == numbers:
            return
        numbers = found
