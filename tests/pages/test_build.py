"""What must stop the build does stop it: each is built once, broken."""

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import run
from filelock import FileLock
from sphinxcontrib.katex import KaTeXError

from tools import build as book_build
from tools import execute, layout
from tools.build import html_command
from tools.layout import ROOT
from tools.notebooks import chapters, code_cells, read
from tools.sphinx_ext import katex_strict

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


def build(folder, text, **settings):
    """Build a book of one page, with the configuration of this one."""
    book = folder / "a book"  # a path with a space must work
    book.mkdir()
    (book / "index.md").write_text(text, "utf8")
    (book / "_assets").symlink_to(ROOT / "book" / "_assets")
    toc = folder / "toc.yml"
    toc.write_text("format: jb-book\nroot: index\n")
    return run(folder / "log.txt", html_command(book, folder, toc), **settings)


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
        (
            NOTEBOOK + "# A page\n\n```{code-cell}\n---\nmystnb:\n  image:\n"
            "    alt: a line that rises\n---\n6 * 7\n```\n",
            "a line that rises",
        ),
    ],
    ids=[
        "bad TeX",
        "no such equation",
        "no such page",
        "a cell that raises",
        "a cell that warns",
        "a cell without its picture",
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


SETTINGS = """# A page

```{code-cell}
import sys
import matplotlib
import numpy
matplotlib.get_backend(), matplotlib.rcParams["lines.linewidth"]
```

```{code-cell}
__debug__, sys.warnoptions, "started" in dir(), numpy.get_printoptions()["precision"]
```
"""


@pytest.fixture
def hostile(tmp_path):
    """The variables and the files of somebody who has settings of all kinds."""
    home = tmp_path / "home"
    files = {
        ".ipython/profile_default/startup/start.py": "started = True\n"
        "import numpy\nnumpy.set_printoptions(precision=2)",
        "matplotlibrc": "lines.linewidth: 9",
        ".config/matplotlib/matplotlibrc": "lines.linewidth: 9",
        ".local/share/jupyter/kernels/python3/kernel.json": json.dumps(
            {"argv": ["/bin/false"], "display_name": "Python 3", "language": "python"}
        ),
        "start.py": "started = True",
        "book.py": "a module that is none",
    }
    for name, text in files.items():
        file = home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf8")
    return {
        "HOME": str(home),
        "IPYTHONDIR": str(home / ".ipython"),
        "JUPYTER_PATH": str(home / ".local/share/jupyter"),
        "JUPYTER_PREFER_ENV_PATH": "0",
        "MATPLOTLIBRC": str(home / "matplotlibrc"),
        "MPLBACKEND": "Agg",
        "NODE_OPTIONS": "--no-such-option",
        "NPY_DISABLE_CPU_FEATURES": "AVX2",
        "PYTHONOPTIMIZE": "2",
        "PYTHONPATH": str(home),
        "PYTHONSTARTUP": str(home / "start.py"),
        "PYTHONWARNINGS": "error",
        "SOURCE_DATE_EPOCH": "0",
    }


def printed(notebook) -> list[str]:
    return [
        output["data"]["text/plain"]
        for cell in code_cells(notebook)
        for output in cell.outputs
    ]


SOUND = ["('module://matplotlib_inline.backend_inline', 1.5)", "(True, [], False, 8)"]


def test_no_setting_of_the_caller_reaches_a_page(tmp_path, hostile):
    done = build(tmp_path, NOTEBOOK + SETTINGS + "\n$x^2$\n", **hostile)
    assert done.returncode == 0, done.log
    page = (tmp_path / "_build" / "html" / "index.html").read_text("utf8")
    for text in SOUND:
        assert text in BeautifulSoup(page, "html.parser").get_text()
    assert "2026" in page and "1970" not in page


EXECUTE = """
import sys
from pathlib import Path
from tools import build, execute
folder = Path(sys.argv[1])
build.BUILD, execute.CACHE = folder, folder / "cache"
with build.alone("book"):
    execute.main(sorted(folder.glob("*.md")))
"""


def test_no_setting_of_the_caller_reaches_an_executed_chapter(
    tmp_path, hostile, monkeypatch
):
    """As `make reference` and `make book` execute it."""
    chapter = tmp_path / "chapter.md"
    chapter.write_text(NOTEBOOK + SETTINGS, "utf8")
    done = run(tmp_path / "log.txt", ["-c", EXECUTE, str(tmp_path)], **hostile)
    assert done.returncode == 0, done.log
    monkeypatch.setattr(execute, "CACHE", tmp_path / "cache")
    assert printed(execute.cached(execute.open_cache(), read(chapter))) == SOUND


def test_a_chapter_without_its_picture_is_not_kept(tmp_path, monkeypatch):
    chapter = tmp_path / "chapter.md"
    text = "```{code-cell}\n---\nmystnb:\n  image:\n    alt: a line\n---\n6 * 7\n```\n"
    chapter.write_text(NOTEBOOK + text, "utf8")
    monkeypatch.setattr(execute, "CACHE", tmp_path / "cache")
    (problem,) = asyncio.run(execute.execute_all([chapter], 1))
    assert "chapter.md" in problem and "6 * 7" in problem
    assert execute.cached(execute.open_cache(), read(chapter)) is None


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


def test_a_long_name_of_the_temporary_folder_is_no_obstacle(tmp_path):
    long = tmp_path / ("x" * 120)
    long.mkdir()
    done = build(tmp_path, "# A page\n\n$x^2$\n", TMPDIR=str(long))
    assert done.returncode == 0, done.log


def test_a_node_that_ends_is_reported_at_once(tmp_path, monkeypatch):
    katex_strict.node.cache_clear()
    monkeypatch.setattr(katex_strict, "NODE", "/bin/false")
    with pytest.raises(KaTeXError, match="Node ended"):
        katex_strict.render_latex("x")
    katex_strict.node.cache_clear()


@pytest.mark.parametrize(
    "accident", ["a page is gone", "a page is changed", "all is gone"]
)
def test_a_book_that_was_damaged_is_not_current(tmp_path, monkeypatch, accident):
    html = tmp_path / "html"
    html.mkdir()
    for name in ("a", "b"):
        (html / name).write_text(name)
    monkeypatch.setattr(book_build, "HTML", html)
    monkeypatch.setattr(book_build, "STAMP", tmp_path / "book.key")
    (tmp_path / "book.key").write_text(book_build.book_key() + book_build.pages_key())
    assert book_build.is_current()
    if accident == "a page is changed":
        (html / "a").write_text("c")
    else:
        (html / "a").unlink()
    if accident == "all is gone":
        (html / "b").unlink()
        html.rmdir()
    assert not book_build.is_current()


@pytest.mark.parametrize(
    "name",
    ["README.md", "_toc.yml", "book/index.md", "tools/plain.py", "rnn_src/data.py"],
)
def test_a_change_of_a_source_makes_the_book_anew(name, monkeypatch):
    key = layout.book_key()
    read_bytes = Path.read_bytes

    def changed(file):
        return read_bytes(file) + b"x" * (file == ROOT / name)

    monkeypatch.setattr(Path, "read_bytes", changed)
    assert layout.book_key() != key


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


ALL = """
import os, pkgutil
before = dict(os.environ)
import tools
for module in pkgutil.iter_modules(tools.__path__, "tools."):
    if module.name != "tools.lab_config":  # Jupyter runs it, with names of its own
        __import__(module.name)
assert dict(os.environ) == before
"""


def test_to_import_the_tools_does_nothing():
    done = subprocess.run(
        [sys.executable, "-c", ALL],
        cwd=ROOT,
        env={"PATH": "/usr/bin"},  # nothing that this process has set
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
