"""A chapter has all its parts; what is missing is said by name."""

import re
from pathlib import Path

import pytest

from rnn_exercises import registry
from tools.layout import BOOK, REFERENCE, ROOT
from tools.notebooks import numbered_chapters, pages

NUMBERED = [page for page in pages() if re.match(r"\d\d-", page.name)]
HEADINGS = ("Where this goes wrong", "Summary", "Exercises")
#: How a chapter begins, and how its summary ends.
SENTENCES = ("*You are here:* ", "**What this chapter leaves behind:** ")


def missing(page: Path) -> list[str]:
    """What a chapter still needs, a sentence each."""
    text, name, number = page.read_text("utf8"), page.stem, page.name[:2]
    questions = ROOT / "rnn_exercises" / "questions" / f"chapter_{number}.py"
    in_toc = [one for part in numbered_chapters().values() for one in part]
    asked = re.findall(r"(?m)^```\{exercise-start\}", text)
    found = re.search(r"(?m)^description: (.+)$", text)
    return [
        f"book/{page.name}: {what}"
        for is_there, what in (
            (name in in_toc, "is not in _toc.yml"),
            (found, "has no description in its front matter"),
            *(
                (re.search(rf"(?m)^## {heading}$", text), f"has no part '{heading}'")
                for heading in HEADINGS
            ),
            *(
                (re.search(rf"(?m)^{re.escape(one)}.", text), f"never says '{one}'")
                for one in SENTENCES
            ),
            (len(asked) >= 4, f"asks {len(asked)} exercises; expected 4 or more"),
            (questions.exists(), f"has no {questions.relative_to(ROOT)}"),
            (
                number in registry.chapters(),
                "its exercises are in no list; run `make reference`",
            ),
            (
                (REFERENCE / f"{name}.ipynb").exists(),
                f"has no tests/reference/{name}.ipynb; run `make reference`",
            ),
            (
                f"({page.name})" in (BOOK / "index.md").read_text("utf8"),
                "is not on the map of book/index.md",
            ),
        )
        if not is_there
    ]


@pytest.mark.parametrize("page", NUMBERED, ids=lambda page: page.stem)
def test_a_chapter_has_all_its_parts(page):
    assert not missing(page), "\n".join(missing(page))


def test_a_chapter_without_its_parts_is_seen(tmp_path):
    page = tmp_path / "99-nothing.md"
    page.write_text("# Nothing\n\n## Summary\n")
    found = missing(page)
    for part in (
        "is not in _toc.yml",
        "has no description",
        "has no part 'Where this goes wrong'",
        "has no part 'Exercises'",
        "asks 0 exercises",
        "never says '*You are here",
        "never says '**What this chapter leaves behind",
        "has no rnn_exercises/questions/chapter_99.py",
        "its exercises are in no list",
        "has no tests/reference/99-nothing.ipynb",
        "is not on the map of book/index.md",
    ):
        assert sum(part in sentence for sentence in found) == 1, part
    assert len(found) == 11 and all("book/99-nothing.md" in one for one in found)


ASIDE = re.compile(r"(?m)^```\{curious-(start|end)\}(.*)$|^#+ |^```\{exercise-")


def misplaced(text: str) -> list[str]:
    """What is wrong with the asides of a page."""
    found, inside = [], False
    for mark in ASIDE.finditer(text):
        if mark[1] == "start":
            found += ["an aside within an aside"] * inside
            found += ["an aside without a title"] * (not mark[2].strip())
        elif mark[1] == "end":
            found += ["the end of no aside"] * (not inside)
        elif inside:
            found.append(f"{mark[0].strip()!r} within an aside")
        inside = mark[1] == "start" if mark[1] else inside
    return found + ["an aside without an end"] * inside


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_an_aside_begins_and_ends(page):
    code = re.compile(r"(?ms)^```\{code-cell\}.*?^```$")
    assert misplaced(code.sub("", page.read_text("utf8"))) == []


def test_a_misplaced_aside_is_seen():
    start, end = "```{curious-start} Why?\n```\n", "```{curious-end}\n```\n"
    assert misplaced(start + "text\n" + end + "## Next\n") == []
    for text in (
        start,
        end,
        start + start + end,
        start + "## Head\n" + end,
        start.replace(" Why?", "") + end,
        start + "```{exercise-start} One\n```\n" + end,
    ):
        assert misplaced(text), text
