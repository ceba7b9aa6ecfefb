"""The notebooks to download: no solution, no output, no need of the book."""

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell
from page_checks import open_browser
from solutions import blocks_of

from tools.downloads import ARCHIVE, notebook, without_solutions
from tools.layout import PACKAGES, ROOT, files_below
from tools.notebooks import chapters
from tools.plain import number_of, numbers, plain
from tools.wheel import write_wheel

NUMBERED = [path for path in chapters() if number_of(path)]
MYST = re.compile(
    r"^[`:]{3,}\{|\{[a-z:-]+\}`|^\$\$ \(|^\(.*\)=$|\]\([^)]*\.md", re.MULTILINE
)


@pytest.fixture(scope="module")
def known():
    return numbers()


@pytest.fixture(scope="module")
def packed(html):
    """What the archive has, by its name."""
    with zipfile.ZipFile(html / ARCHIVE) as archive:
        found = {Path(name).name: archive.read(name) for name in archive.namelist()}
        (folder,) = {Path(name).parent for name in archive.namelist()}
    assert f"{folder}.zip" == Path(ARCHIVE).name
    return found


@pytest.mark.parametrize("chapter", NUMBERED, ids=lambda path: path.stem)
def test_a_notebook_has_questions_and_no_solutions(packed, chapter, known):
    made = nbformat.reads(packed[f"{chapter.stem}.ipynb"].decode(), as_version=4)
    assert made == notebook(chapter, known)
    text = "\n".join(cell.source for cell in made.cells)
    for block in blocks_of(chapter.stem[:2]):
        assert block.title in text
        for cell in block.starters:
            assert cell.source in text
        for cell in block.solutions:
            assert cell.source not in text
        for sentence in filter(None, block.reasoning.splitlines()):
            assert len(sentence) < 40 or sentence not in text
    for cell in made.cells:
        assert cell.metadata == {}
        assert cell.cell_type == "markdown" or (
            cell.outputs == [] and cell.execution_count is None
        )
    assert "record=False" not in text
    assert (
        MYST.findall(
            "\n".join(
                cell.source for cell in made.cells if cell.cell_type == "markdown"
            )
        )
        == []
    )


@pytest.mark.parametrize("chapter", NUMBERED, ids=lambda path: path.stem)
def test_its_page_links_to_it_under_exercises(html, chapter):
    text = (html / f"{chapter.stem}.html").read_text("utf8")
    _, start, rest = text.partition('<section id="exercises">')
    part = BeautifulSoup(start + rest.partition("</details>")[0], "html.parser")
    (link,) = part.select("section#exercises > h2 + p + details.notebook-link a")
    (button,) = BeautifulSoup(
        "".join(re.findall(r"<a [^>]*\bbtn-download-notebook-button\b[^>]*>", text)),
        "html.parser",
    ).select("a")
    assert link["href"] == button["href"] == ARCHIVE


def test_no_page_offers_its_source_with_the_solutions_open(html):
    assert not (html / "_sources").exists()
    for page in html.glob("*.html"):
        assert "_sources/" not in page.read_text("utf8"), page.name


def test_a_link_to_the_notebooks_saves_them_when_the_page_is_a_file(html):
    """Of a file that it can show, a browser shows the text."""
    with open_browser("--no-sandbox") as browser:
        page = browser.new_page()
        page.goto((html / f"{NUMBERED[0].stem}.html").as_uri())
        page.locator("details.notebook-link > summary").click()
        with page.expect_download() as download:
            page.locator("details.notebook-link a").click()
        assert download.value.suggested_filename == Path(ARCHIVE).name


def test_the_numbers_are_those_of_the_book(html, known):
    page = BeautifulSoup(
        (html / "06-through-tanh-to-the-inputs.html").read_text("utf8"), "html.parser"
    )
    labels = {
        block["id"].removeprefix("equation-"): block.select_one(".eqno")
        .get_text()
        .strip("()#¶")
        for block in page.select("div.math[id]")
    }
    assert len(labels) > 5
    lower = {label.lower(): number for label, number in known.items()}
    for label, number in labels.items():
        assert lower[label] == number.partition(")")[0]
    heads = {
        exercise["id"]: exercise.select_one(".admonition-title").get_text()
        for exercise in page.select("div.exercise[id]")
    }
    assert len(heads) >= 4
    for label, head in heads.items():
        assert head.startswith(f"Exercise {known[label]} ")


def test_one_of_them_runs_in_an_empty_folder(tmp_path, known, monkeypatch):
    """With the package installed, as by `pip install .`, and no more."""
    record = tmp_path / "record" / "progress.json"
    monkeypatch.setenv("RNN_BOOK_PROGRESS", str(record))
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (chapter,) = (path for path in NUMBERED if path.stem.startswith("06-"))
    made = notebook(chapter, known)
    NotebookClient(
        made,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    shown = [
        output.data["text/plain"]
        for cell in made.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "exercise-panel" in output.get("data", {}).get("text/html", "")
    ]
    assert shown == [f"{block.name}: not attempted yet" for block in blocks_of("06")]
    assert list(folder.iterdir()) == [] and not record.exists()


def test_the_package_beside_them_is_whole(packed, tmp_path):
    """What pip unpacks leaves nothing out, and needs nothing of the clone."""
    (wheel,) = (data for name, data in packed.items() if name.endswith(".whl"))
    target = tmp_path / "site"
    with zipfile.ZipFile(io.BytesIO(wheel)) as package:
        package.extractall(target)
    parts = {
        path.relative_to(ROOT) for name in PACKAGES for path in files_below(ROOT / name)
    }
    assert parts == {
        path.relative_to(target)
        for name in PACKAGES
        for path in files_below(target / name)
    }
    code = (
        "import json, rnn_src; from rnn_exercises import registry;"
        "from rnn_src.plots import benchmark_results; benchmark_results();"
        "from rnn_src.explorer.page import script; script();"
        "print(json.dumps([rnn_src.__file__, len(registry.all_exercises())"
        "]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    file, count = json.loads(done.stdout)
    assert file.startswith(str(target)) and count >= 6
    (metadata,) = target.glob("*.dist-info/METADATA")
    assert "Requires-Dist: numpy" in metadata.read_text("utf8")


def test_the_same_sources_give_the_same_package(html, tmp_path):
    (wheel,) = (html / "notebooks").glob("*.whl")
    again = write_wheel(tmp_path)
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


def test_a_solution_within_one_cell_is_cut_out():
    text = (
        "before\n\n```{solution-start} ex-06-one\n:class: dropdown\n```\n"
        "secret\n\n```{solution-end}\n```\n\nafter"
    )
    cells = [new_markdown_cell(text), new_code_cell("kept")]
    (_, source), code = without_solutions(cells)
    assert "secret" not in source and code == ("code", "kept")
    assert source.split() == ["before", "after"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$$\nx\n$$ (eq-x)", "$$\nx\n\\tag{6.1}\n$$"),
        ("See {eq}`eq-x`.", "See (6.1)."),
        (
            "In {ref}`ex-06-one` and {ref}`there <ex-06-one>`",
            "In exercise 6.2 and there",
        ),
        ("a {term}`logit` and {term}`two <logit>`", "a logit and two"),
        (
            "As {cite:t}`elman1990` did {cite:p}`hochreiter1997, pascanu2013`.",
            "As Elman (1990) did (Hochreiter and Schmidhuber, 1997; "
            "Pascanu et al., 2013).",
        ),
        ("[chapter 5](05-the.md) [web](https://a.b)", "chapter 5 [web](https://a.b)"),
        (
            "```{include} ../benchmarks/results.md\n```",
            (ROOT / "benchmarks/results.md").read_text("utf8").strip(),
        ),
        ("Said.[^a]\n\n[^a]: There.", "Said.[note a]\n\n[note a]: There."),
        (
            "```{exercise-start} One\n:label: ex-06-one\n```\nDo.\n"
            "```{exercise-end}\n```",
            "### Exercise 6.2: One\n\nDo.",
        ),
    ],
)
def test_plain_markdown(text, expected):
    assert plain(text, {"eq-x": "6.1", "ex-06-one": "6.2"}) == expected
