"""PyTorch is beside the book, never in its lock; without it, references are shown."""

import asyncio
import json
import platform
import re

import nbformat
import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document
from executed import skip_without_pytorch
from nbformat.v4 import new_code_cell, new_notebook, new_output
from small_books import NOTEBOOK

from tools import build, execute, frameworks, lab
from tools.layout import ROOT
from tools.notebooks import PYTORCH, chapters, in_pages, needs_pytorch, read
from tools.sphinx_ext import reviewed

NEEDS = NOTEBOOK.replace("name: python3", f"name: {PYTORCH}")
CELL = "```{code-cell}\nimport torch\nprint(torch.tensor(3) * 2)\n```\n"
SHOWN = "tensor(6)\n"


@pytest.fixture
def chapter(tmp_path, monkeypatch):
    """A chapter that needs PyTorch, and a reference of it."""
    monkeypatch.setattr(execute, "CACHE", tmp_path / "cache")
    for module in (execute, build):
        monkeypatch.setattr(module, "reference_of", lambda _: tmp_path / "kept.ipynb")
    cell = new_code_cell("import torch\nprint(torch.tensor(3) * 2)")
    cell.execution_count, cell.outputs = 1, [new_output("stream", text="as reviewed\n")]
    nbformat.write(new_notebook(cells=[cell]), tmp_path / "kept.ipynb")
    path = tmp_path / "chapter.md"
    monkeypatch.setattr(build, "chapters", lambda: [path])
    path.write_text(NEEDS + CELL, "utf8")
    return path


@pytest.fixture
def without(monkeypatch):
    monkeypatch.setattr(frameworks, "pytorch", lambda: None)


def shown_by_the_html(chapter):
    """What the build of the pages finds in the cache."""
    cache = execute.open_cache()
    _, notebook = cache.merge_match_into_notebook(read(chapter))
    return [output.text for cell in notebook.cells for output in cell.outputs]


def test_neither_is_in_the_lock():
    lock = (ROOT / "requirements.txt").read_text("utf8")
    names = re.findall(r"(?m)^([\w-]+)==", lock)
    assert "numpy" in names and not {"torch", "jax"} & {*names}


def test_a_chapter_says_in_its_front_matter_that_it_needs_pytorch(chapter):
    assert needs_pytorch(read(chapter))
    chapter.write_text(NOTEBOOK + CELL, "utf8")
    assert not needs_pytorch(read(chapter))


def test_where_the_tests_are_the_judge_pytorch_is_here():
    here = frameworks.pytorch() or not frameworks.required()
    assert here, "CI=true, and PyTorch is not here: see what `make torch` has said"


@pytest.mark.parametrize(
    ("judge", "system", "machine", "libc", "missed"),
    [
        ("true", "Linux", "x86_64", "glibc", True),
        ("true", "Darwin", "arm64", "", True),
        ("true", "Linux", "x86_64", "", False),  # musl
        ("true", "Linux", "riscv64", "glibc", False),
        ("true", "Darwin", "x86_64", "", False),
        ("", "Linux", "x86_64", "glibc", False),
    ],
)
def test_it_is_missed_where_it_is_built(
    judge, system, machine, libc, missed, monkeypatch
):
    monkeypatch.setenv("CI", judge)
    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    monkeypatch.setattr(platform, "libc_ver", lambda: (libc, ""))
    assert frameworks.required() == missed


def test_without_pytorch_it_shows_its_reference(chapter, without, capsys):
    assert asyncio.run(execute.execute_all([chapter], 1)) == []
    assert "chapter  not executed: PyTorch is not here" in capsys.readouterr().out
    assert shown_by_the_html(chapter) == ["as reviewed\n"]


def test_a_chapter_that_its_reference_does_not_know_stops_the_build(chapter, without):
    chapter.write_text(NEEDS + CELL.replace("3", "4"), "utf8")
    (problem,) = asyncio.run(execute.execute_all([chapter], 1))
    assert "chapter.md has changed" in problem and "make torch" in problem


def test_it_is_executed_as_soon_as_there_is_pytorch(chapter, monkeypatch):
    if not frameworks.pytorch():
        skip_without_pytorch()
    with monkeypatch.context() as patch:
        patch.setattr(frameworks, "pytorch", lambda: None)
        key = build.sources_key()
        asyncio.run(execute.execute_all([chapter], 1))
    assert execute.cached(execute.open_cache(), read(chapter)) is None
    assert asyncio.run(execute.execute_all([chapter], 1)) == []
    assert shown_by_the_html(chapter) == [SHOWN]
    assert build.sources_key() != key, "the pages would not be made anew"


def test_what_another_lock_or_python_has_made_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr(frameworks, "STAMP", tmp_path / "installed.txt")
    assert frameworks.pytorch() is None
    (line,) = frameworks.wanted(["torch"])
    for key, found in ((frameworks.key(), frameworks.PYTHON), ("another", None)):
        frameworks.STAMP.write_text(f"{key}\n{line}\n", "utf8")
        assert frameworks.pytorch() == found
    frameworks.STAMP.write_text(f"{frameworks.key()}\ntorch==1.0\n", "utf8")
    assert frameworks.pytorch() is None


def test_what_pip_cannot_install_gets_a_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(frameworks, "STAMP", tmp_path / "installed.txt")
    monkeypatch.setattr(frameworks.installing, "pip", lambda _: ["/bin/false"])
    frameworks.STAMP.write_text(frameworks.key() + "\n", "utf8")
    for names, code in (["torch"], 1), ([], 0):
        with pytest.raises(SystemExit) as ended:
            frameworks.main(*names)
        assert ended.value.code == code
        assert "torch==" in (said := capsys.readouterr().err)
        assert "could not be installed with pip" in said
    assert frameworks.pytorch() is None


def test_jupyterlab_has_a_kernel_of_that_name(tmp_path, monkeypatch):
    """Where there is no PyTorch it is the book's own, in which the chapter says so."""
    file = tmp_path / "data" / "kernels" / PYTORCH / "kernel.json"
    for python in ("/with/pytorch", None):
        monkeypatch.setattr(frameworks, "pytorch", lambda python=python: python)
        lab.write_settings(tmp_path)
        argv = json.loads(file.read_text("utf8"))["argv"]
        assert argv[0] == str(python or lab.sys.executable)
        assert argv[-1] == "{connection_file}"


@pytest.mark.parametrize("shows", [True, False])
def test_a_page_that_was_not_executed_says_so(monkeypatch, shows):
    monkeypatch.setattr(reviewed, "shows_reference", lambda _: shows)
    doctree = new_document("page")
    section = nodes.section("", nodes.title(text="A title"), nodes.paragraph(text="a"))
    doctree += section
    reviewed.say_so(None, doctree, "index")
    assert (reviewed.SAYS in section[1].astext()) == shows


def test_its_page_runs_nothing_and_says_why(html):
    (page,) = (page.stem for page in set(chapters()) - set(in_pages()))
    text = (html / f"{page}.html").read_text("utf8")
    soup = BeautifulSoup(text, "html.parser")
    assert soup.select("div.cell") and not soup.select("div.cell[class*=run-]")
    assert "A browser has no PyTorch" in soup.select_one(".notebook-link").get_text()
    assert not (html / "run" / f"{page}.json").exists()
    assert (reviewed.SAYS in soup.get_text()) == (frameworks.pytorch() is None)
