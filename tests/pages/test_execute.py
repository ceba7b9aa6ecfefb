"""The chapters are executed once, looked at, and kept as soon as they are done."""

import asyncio
import signal
import subprocess
import sys

import pytest
from filelock import FileLock
from small_books import EXECUTE, NOTEBOOK, printed

from tools import execute
from tools.layout import ROOT
from tools.notebooks import chapters, read


def test_the_html_was_made_from_the_executed_chapters(html):
    """Each chapter is executed once: the HTML step finds it in the cache.

    What that step has to execute itself, it enters with the time it took.
    """
    records = execute.open_cache().list_cache_records()
    assert len(records) >= len(chapters())
    assert not any("execution_seconds" in record.data for record in records)


def test_a_change_of_the_package_empties_the_cache(tmp_path, monkeypatch):
    monkeypatch.setattr(execute, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(execute, "package_key", lambda: "one")
    execute.open_cache()
    kept = tmp_path / "cache" / "kept"
    kept.write_text("")
    execute.open_cache()
    assert kept.exists()
    monkeypatch.setattr(execute, "package_key", lambda: "another")
    execute.open_cache()
    assert not kept.exists()


@pytest.mark.parametrize("name", ["100%20 né", "what?", "a#b"])
def test_the_cache_lies_where_it_is_told_to(tmp_path, monkeypatch, name):
    monkeypatch.setattr(execute, "CACHE", tmp_path / name)
    assert execute.open_cache().list_cache_records() == []
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name / "global.db").exists()


def test_a_chapter_without_its_picture_is_not_kept(tmp_path, monkeypatch):
    chapter = tmp_path / "chapter.md"
    text = "```{code-cell}\n---\nmystnb:\n  image:\n    alt: a line\n---\n6 * 7\n```\n"
    chapter.write_text(NOTEBOOK + text, "utf8")
    monkeypatch.setattr(execute, "CACHE", tmp_path / "cache")
    (problem,) = asyncio.run(execute.execute_all([chapter], 1))
    assert "chapter.md" in problem and "6 * 7" in problem
    assert execute.cached(execute.open_cache(), read(chapter)) is None


def test_a_chapter_that_was_kept_in_part_is_executed_again(tmp_path, monkeypatch):
    chapter = tmp_path / "chapter.md"
    chapter.write_text(f"{NOTEBOOK}```{{code-cell}}\n6 * 7\n```\n", "utf8")
    monkeypatch.setattr(execute, "CACHE", tmp_path / "cache")
    assert asyncio.run(execute.execute_all([chapter], 1)) == []
    (kept,) = (tmp_path / "cache" / "executed").rglob("*.ipynb")
    kept.write_text(kept.read_text("utf8")[:100], "utf8")
    assert execute.cached(execute.open_cache(), read(chapter)) is None
    assert asyncio.run(execute.execute_all([chapter], 1)) == []
    assert printed(execute.cached(execute.open_cache(), read(chapter))) == ["42"]


def started(folder):
    """A process that executes what is in a folder, as a build does."""
    return subprocess.Popen(
        [sys.executable, "-c", EXECUTE, str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_keeps_what_is_done(tmp_path, monkeypatch, how):
    for name, code in (
        ("1-quick", "6 * 7"),
        ("2-slow", "import time; time.sleep(600)"),
    ):
        text = f"{NOTEBOOK}```{{code-cell}}\n{code}\n```\n"
        (tmp_path / f"{name}.md").write_text(text, "utf8")
    process = started(tmp_path)
    assert "2 to execute" in process.stdout.readline()
    assert "1-quick" in process.stdout.readline()
    process.send_signal(how)
    _, errors = process.communicate()
    assert process.returncode == 1
    assert errors == "book: interrupted; the chapters that were done are kept\n"
    monkeypatch.setattr(execute, "CACHE", tmp_path / "cache")
    quick, slow = map(read, sorted(tmp_path.glob("*.md")))
    assert execute.cached(execute.open_cache(), quick)
    assert not execute.cached(execute.open_cache(), slow)


def test_a_second_build_waits_and_says_so(tmp_path):
    with FileLock(tmp_path / "build.lock"):
        process = started(tmp_path)
        assert "another build is running" in process.stdout.readline()
        assert process.poll() is None
    said, errors = process.communicate()
    assert process.returncode == 0 and "0 to execute" in said and not errors
