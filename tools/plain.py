"""MyST Markdown as plain Markdown, which any notebook reads.

Numbers of equations, exercises and figures are those of the book: the chapter's,
then one after the other.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pybtex.database import BibliographyData, parse_file

from tools.exercises import LABEL, MARK
from tools.layout import BOOK
from tools.notebooks import caption_of, chapters, code_cells, read

INCLUDE = re.compile(r"^```\{include\} (?P<path>\S+)\n```$", re.MULTILINE)
EQUATION = re.compile(r"^\$\$ \((?P<label>[\w-]+)\)[ ]*$", re.MULTILINE)
ROLE = re.compile(r"\{(?P<role>eq|ref|numref|term|cite:[tp])\}`(?P<text>[^`]*)`")
WITH_TARGET = re.compile(r"(?P<text>.*?)\s*<(?P<target>[^>]*)>", re.DOTALL)
PAGE_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?!https?:)[^)]*\)")
ASIDE = re.compile(r"^```\{curious-(?P<which>start|end)\}(?P<title>.*)\n```$", re.M)
FOOTNOTE = re.compile(r"\[\^(?P<name>[\w-]+)\](?P<colon>:?)")


def numbers() -> dict[str, str]:
    """The number of every labelled equation, exercise and figure: "6.4"."""
    found: dict[str, str] = {}
    for chapter in chapters():
        if number := number_of(chapter):
            text = chapter.read_text("utf8")
            exercises = [
                LABEL.search(mark["options"])[1]
                for mark in MARK.finditer(text)
                if (mark["what"], mark["which"]) == ("exercise", "start")
            ]
            equations = [label["label"] for label in EQUATION.finditer(text)]
            figures = [
                figure["name"]
                for cell in code_cells(read(chapter))
                if (figure := caption_of(cell))
            ]
            for labels in (exercises, equations, figures):
                found |= {
                    label: f"{number}.{i}" for i, label in enumerate(labels, start=1)
                }
    return found


def number_of(chapter: Path) -> int:
    """The chapter's number; 0 for a page that has none."""
    head = chapter.stem.partition("-")[0]
    return int(head) if head.isdigit() else 0


def plain(text: str, known: Mapping[str, str]) -> str:
    """A text without MyST's own marks.

    Parameters
    ----------
    text : str
    known : numbers of equations, exercises and figures, by label
    """
    text = INCLUDE.sub(lambda found: (BOOK / found["path"]).read_text("utf8"), text)
    text = EQUATION.sub(lambda label: f"\\tag{{{known[label['label']]}}}\n$$", text)
    text = ASIDE.sub(aside, text)
    text = MARK.sub(lambda mark: head_of(mark, known), text)
    text = ROLE.sub(lambda role: reference(role, known), text)
    text = PAGE_LINK.sub(lambda link: link["text"], text)
    text = FOOTNOTE.sub(lambda note: f"[note {note['name']}]{note['colon']}", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def aside(mark: re.Match) -> str:
    """What is folded on a page, between two lines that say so."""
    if mark["which"] == "end":
        return "*Here the road goes on.*"
    return f"**For the curious: {mark['title'].strip()}**"


def head_of(mark: re.Match, known: Mapping[str, str]) -> str:
    """A heading where an exercise starts; nothing at another mark."""
    if (mark["what"], mark["which"]) != ("exercise", "start"):
        return ""
    label = LABEL.search(mark["options"])[1]
    return f"### Exercise {known[label]}: {mark['title'].strip()}\n"


def reference(role: re.Match, known: Mapping[str, str]) -> str:
    """What a role of MyST's says, as words."""
    if role["role"].startswith("cite:"):
        return citation(role["text"].split(","), in_text=role["role"] == "cite:t")
    inner = WITH_TARGET.fullmatch(role["text"])
    text, target = (inner["text"], inner["target"]) if inner else ("", role["text"])
    if role["role"] == "numref":
        return f"Figure {known[target]}"
    if role["role"] == "eq":
        return f"({known[target]})"
    if role["role"] == "ref":
        return text or f"exercise {known[target]}"
    return text or target


@cache
def references() -> BibliographyData:
    """What the book cites, by key."""
    return parse_file(BOOK / "references.bib")


def citation(keys: list[str], in_text: bool) -> str:
    """Works as in "Elman (1990) shows", or as in "is shown (Elman, 1990)"."""
    form = "{} ({})" if in_text else "{}, {}"
    works = "; ".join(form.format(*authors_and_year(key.strip())) for key in keys)
    return works if in_text else f"({works})"


def authors_and_year(key: str) -> tuple[str, str]:
    """Who wrote a work, "et al." from three names on, and when."""
    work = references().entries[key]
    names = [
        " ".join(who.prelast_names + who.last_names) for who in work.persons["author"]
    ]
    who = " and ".join(names) if len(names) < 3 else f"{names[0]} et al."
    return who, work.fields["year"]
