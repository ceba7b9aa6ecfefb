"""No setting of the caller reaches the book, nor does a long path break it."""

import json
import os
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from commands import run
from small_books import EXECUTE, NOTEBOOK, build, printed

from tools import execute
from tools.layout import ROOT
from tools.notebooks import read
from tools.surroundings import KEPT, OWN

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
SOUND = ["('module://matplotlib_inline.backend_inline', 1.5)", "(True, [], False, 8)"]


@pytest.fixture
def hostile(tmp_path):
    """The variables and the files of somebody who has settings of all kinds.

    The temporary folder has a name that is too long for a socket in it.
    """
    home, long = tmp_path / "home", tmp_path / ("x" * 120)
    long.mkdir()
    files = {
        ".ipython/profile_default/startup/start.py": "started = True\n"
        "import numpy\nnumpy.set_printoptions(precision=2)",
        "matplotlibrc": "lines.linewidth: 9",
        ".config/matplotlib/matplotlibrc": "lines.linewidth: 9",
        ".local/share/jupyter/kernels/python3/kernel.json": json.dumps(
            {"argv": ["/bin/false"], "display_name": "Python 3", "language": "python"}
        ),
        "start.py": "started = True",
        "book.py": "not a module",
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
        "TMPDIR": str(long),
    }


def test_no_setting_of_the_caller_reaches_a_page(tmp_path, hostile):
    done = build(tmp_path, NOTEBOOK + SETTINGS + "\n$x^2$\n", **hostile)
    assert done.returncode == 0, done.log
    page = (tmp_path / "_build" / "html" / "index.html").read_text("utf8")
    for text in SOUND:
        assert text in BeautifulSoup(page, "html.parser").get_text()
    assert "2026" in page and "1970" not in page


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


def test_no_setting_of_the_caller_reaches_a_command():
    done = subprocess.run(
        [
            *(sys.executable, "-I", "tools/surroundings.py", "-c"),
            "import os, sys; print(*os.environ); print(sys.flags.optimize)",
        ],
        cwd=ROOT,
        env=os.environ | {"MPLBACKEND": "Agg", "PYTHONOPTIMIZE": "2", "CI": "true"},
        capture_output=True,
        text=True,
        check=True,
    )
    names, optimize = done.stdout.splitlines()
    assert "CI" in names.split() and optimize == "0"
    assert set(names.split()) - {"LC_CTYPE"} <= KEPT | set(OWN)  # Python's own


def test_a_page_of_windows_is_built_without_home_locale_or_temporary_folder(tmp_path):
    """`/dev/null` holds no folder, for nobody, so none can be written there."""
    nowhere = dict.fromkeys(("HOME", "TMPDIR", "XDG_CACHE_HOME"), "/dev/null/none")
    text = NOTEBOOK + SETTINGS + "\n$x^2$\n"
    before = os.umask(0o077)
    try:
        done = build(tmp_path, text.replace("\n", "\r\n"), LC_ALL="C", **nowhere)
    finally:
        os.umask(before)
    assert done.returncode == 0, done.log
    page = (tmp_path / "_build" / "html" / "index.html").read_text("utf8")
    for said in SOUND:
        assert said in BeautifulSoup(page, "html.parser").get_text()
    assert 'class="katex"' in page


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
