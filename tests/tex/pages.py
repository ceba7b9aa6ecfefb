"""Where the formulas of a page are: displayed, in lines of text, in tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DISPLAY = re.compile(r"^\$\$\s*\n(.*?)\n\$\$ \(([\w-]+)\)$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^(`{3,})\{code-cell\}.*?^\1$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<![\\$])\$(?!\$)([^$]+)\$(?!\$)")


# A row of a table that begins with a symbol, and then has a formula for it.
ROW = re.compile(r"^\| *\$(\\frac\{d[^$|=]*)\$ *\| *\$([^$|=]+)\$", re.MULTILINE)


@dataclass(frozen=True)
class Formula:
    """A formula of a page, with the line it begins in and its label."""

    page: str
    line: int
    tex: str
    label: str = ""

    def __str__(self) -> str:
        name = self.label or f"${' '.join(self.tex.split())}$"
        return f"book/{self.page}.md, line {self.line}, {name}"


def blank(text: str, *patterns: re.Pattern) -> str:
    """The text without what these find; every line stays where it is."""
    for pattern in patterns:
        text = pattern.sub(lambda found: "\n" * found[0].count("\n"), text)
    return text


def found_in(page: Path, text: str, pattern: re.Pattern) -> Iterator[Formula]:
    for found in pattern.finditer(text):
        line = text.count("\n", 0, found.start(1)) + 1
        yield Formula(page.stem, line, *found.groups())


def displayed(page: Path) -> list[Formula]:
    """The labelled equations."""
    return list(found_in(page, blank(page.read_text("utf8"), CODE), DISPLAY))


def inline(page: Path) -> list[Formula]:
    """The formulas in lines of text and in tables."""
    return list(found_in(page, blank(page.read_text("utf8"), CODE, DISPLAY), INLINE))


def rows(page: Path) -> list[Formula]:
    """The rows of tables, | symbol | formula |, as equations."""
    text = blank(page.read_text("utf8"), CODE, DISPLAY)
    return [
        Formula(
            page.stem,
            text.count("\n", 0, found.start()) + 1,
            " = ".join(found.groups()),
        )
        for found in ROW.finditer(text)
    ]
