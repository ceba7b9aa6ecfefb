"""What must stop the build does stop it: each is built once, broken."""

import os
import subprocess
import sys

import pytest
from conftest import run

from tools import execute
from tools.build import html_command
from tools.layout import ROOT
from tools.notebooks import chapters

NOTEBOOK = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  name: python3
---

"""


def build(folder, text):
    """Build a book of one page, with the settings of this one."""
    book = folder / "a book"  # a path with a space must work
    book.mkdir()
    (book / "index.md").write_text(text, "utf8")
    (book / "_assets").symlink_to(ROOT / "book" / "_assets")
    toc = folder / "toc.yml"
    toc.write_text("format: jb-book\nroot: index\n")
    return run(folder / "log.txt", html_command(book, folder, toc))


def test_a_sound_page_builds(tmp_path):
    done = build(
        tmp_path,
        NOTEBOOK + "# A page\n\n$$\nx^2\n$$ (eq-x)\n\n"
        "See {eq}`eq-x`.\n\n```{code-cell}\nprint(1)\n```\n",
    )
    assert done.returncode == 0, done.log
    page = (tmp_path / "_build" / "html" / "index.html").read_text("utf8")
    assert 'class="katex"' in page


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("# A page\n\n$\\frac{1}$ and more\n", "KaTeX"),
        ("# A page\n\nSee {eq}`eq-nowhere`.\n", "eq-nowhere"),
        ("# A page\n\n[there](nowhere.md)\n", "nowhere"),
        (NOTEBOOK + "# A page\n\n```{code-cell}\n1 / 0\n```\n", "ZeroDivisionError"),
        (
            NOTEBOOK + "# A page\n\n```{code-cell}\nimport warnings\n"
            "warnings.warn('look')\n```\n",
            "stderr",
        ),
    ],
    ids=[
        "bad TeX",
        "no such equation",
        "no such page",
        "a cell that raises",
        "a cell that warns",
    ],
)
def test_a_broken_page_stops_the_build(tmp_path, text, complaint):
    done = build(tmp_path, text)
    assert done.returncode != 0
    assert complaint in done.log


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


def test_fonts_and_settings_of_figures_are_those_of_the_environment():
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import tools, matplotlib as m; "
            "print(m.get_configdir(), m.get_cachedir(), sep='\\n')",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"MPLCONFIGDIR": "/nowhere"},
    )
    assert set(done.stdout.split("\n")[:2]) == {f"{sys.prefix}/matplotlib"}
