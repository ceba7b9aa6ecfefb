"""`make lab`: chapters open as notebooks, run, and are saved as they were."""

import json
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

import jupytext
import pytest
from page_checks import open_browser
from playwright.sync_api import TimeoutError

from tools import lab
from tools.lab_save import restore
from tools.layout import ROOT
from tools.notebooks import pages

START_SECONDS = 60
PATIENCE = 60_000  # ms, for one thing to appear on a busy machine
RUN_AGAIN = 10_000
LOCAL = (
    "http://localhost:",
    "http://127.0.0.1:",
    "ws://localhost:",
    "ws://127.0.0.1:",
    "data:",
    "blob:",
    "about:",
)
CHAPTER = """\
---
description: A description that is so long that YAML breaks it at eighty columns.
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# A chapter

$$
p_i = \\frac{1}{2}
$$ (half)

See {eq}`half`.

```{code-cell} ipython3
---
mystnb:
  image:
    alt: >-
      A text that is folded, so that
      its author can read it.
---
import sys
print(sys.executable, 6 * 7)
```

```{exercise-start} Try
:label: ex-try
```
Do it.
```{exercise-end}
```

```{code-cell} ipython3
print("a starter")
```

```{solution-start} ex-try
:class: dropdown
```
A secret reason.

```{code-cell} ipython3
---
jupyter:
  source_hidden: true
---
# Solution
print("a secret", 6 * 111)
```

```{solution-end}
```

```{code-cell} ipython3
import random

from rnn_src import words
from rnn_src.explorer import explore

network = words.init_parameters(3, 2, random.Random(0))
explore(network, [0, 1], [1, 2], ("a", "b", "c"))
```

```{code-cell} ipython3
:tags: [hide-input]

print("the last cell")
```
"""


@pytest.fixture(scope="module")
def browser():
    rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"
    with open_browser("--no-sandbox", rules) as opened:
        yield opened


def address(state, process) -> str:
    """Where the server listens, as soon as it says so and answers."""
    for _ in range(START_SECONDS * 10):
        for file in (state / "runtime").glob("jpserver-*.json"):
            try:
                server = json.loads(file.read_text("utf8"))
                urlopen(f"{server['url']}api", timeout=START_SECONDS).close()
            except (json.JSONDecodeError, URLError):  # not ready yet
                continue
            return f"{server['url']}lab?token={server['token']}"
        assert process.poll() is None, "JupyterLab has ended"
        time.sleep(0.1)
    raise AssertionError("JupyterLab did not start")


@contextmanager
def served(book, state):
    """The address of a JupyterLab like that of `make lab`."""
    lab.write_settings(state)
    process = subprocess.Popen(
        lab.command(
            book,
            state,
            "--no-browser",
            "--port=0",
            "--LabApp.expose_app_in_browser=True",
        ),
        cwd=ROOT,
        env=lab.environment(state),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield address(state, process)
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def open_by_double_click(page, name: str):
    item = page.locator(".jp-DirListing-item", has_text=name)
    item.wait_for(timeout=PATIENCE)
    # JupyterLab shows its files before every extension is there.
    page.wait_for_function(
        "name => jupyterapp.docRegistry.defaultWidgetFactory(name).name"
        " === 'Jupytext Notebook'",
        arg=name,
        timeout=PATIENCE,
    )
    item.dblclick()
    notebook = page.locator(".jp-NotebookPanel .jp-Notebook")
    notebook.wait_for(timeout=PATIENCE)
    return notebook


def run_all(page, notebook) -> None:
    """Ask JupyterLab itself: its menus may open before they can do anything."""
    # On a busy machine JupyterLab may forget a run that is asked for while it
    # still settles; like a reader, ask again. A second run does no harm.
    for _ in range(PATIENCE // RUN_AGAIN):
        page.evaluate("void jupyterapp.commands.execute('notebook:run-all-cells')")
        try:
            notebook.get_by_text("the last cell", exact=True).wait_for(
                timeout=RUN_AGAIN
            )
            break
        except TimeoutError:
            continue


def test_a_chapter_opens_runs_and_is_saved_as_it_was(browser, tmp_path):
    book, state = tmp_path / "a book", tmp_path / "state"
    book.mkdir()
    chapter = book / "01-chapter.md"
    chapter.write_text(CHAPTER, "utf8")
    page, requests = browser.new_page(), []
    page.on("request", lambda request: requests.append(request.url))
    with served(book, state) as url:
        page.goto(url)
        notebook = open_by_double_click(page, chapter.name)
        notebook.locator(".katex").first.wait_for(timeout=PATIENCE)
        notebook.get_by_text("Exercise 1").first.wait_for(timeout=PATIENCE)
        run_all(page, notebook)
        explorer = notebook.locator("rnn-explorer")
        # On a busy machine a dialog of JupyterLab's may stand before it.
        explorer.locator("#on").dispatch_event("click")
        says = explorer.locator("#says").inner_text()
        text = notebook.inner_text()
        page.evaluate("jupyterapp.commands.execute('docmanager:save')")
        page.close()
    assert says.startswith("Forward, step 2 of 2: reads b.")
    assert f"{sys.executable} 42" in text, "the kernel is another Python"
    for raw in ("{exercise", "{eq}", "$$", "(half)"):
        assert raw not in text
    assert "# Solution" in text and "a starter" in text
    for folded in ("secret", "666"):
        assert folded not in text
    assert chapter.read_text("utf8") == CHAPTER
    assert [file.name for file in book.iterdir()] == [chapter.name]
    assert [url for url in requests if not url.startswith(LOCAL)] == []


def test_no_setting_of_the_reader_reaches_a_kernel(tmp_path, monkeypatch):
    for name in ("MPLBACKEND", "PYTHONOPTIMIZE", "JUPYTER_PATH", "NPY_ANYTHING"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("IPYTHONDIR", "/elsewhere")
    monkeypatch.setenv("RNN_BOOK_PROGRESS", "/my/record.json")
    variables = lab.environment(tmp_path)
    assert not {"MPLBACKEND", "PYTHONOPTIMIZE", "JUPYTER_PATH"} & variables.keys()
    assert "NPY_ANYTHING" not in variables
    assert variables["IPYTHONDIR"] == str(tmp_path / "ipython")
    assert variables["RNN_BOOK_PROGRESS"] == "/my/record.json"


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_saving_a_page_changes_nothing(page):
    """No difference but the reader's own, when a page is saved in JupyterLab.

    Where this fails, write the line as Jupytext would: most often an empty
    line is missing before or after a code cell.
    """
    text = page.read_text("utf8")
    notebook = jupytext.reads(text, fmt={"extension": ".md"})
    form = notebook.metadata["jupytext"]["text_representation"]
    saved = jupytext.writes(
        notebook, fmt={"extension": ".md", "format_name": form["format_name"]}
    )
    assert restore(text, saved) == text


def test_an_edit_is_kept():
    """What says something new is not put back."""
    edited = CHAPTER.replace("6 * 7", "7 * 7").replace("folded", "changed")
    saved = jupytext.writes(jupytext.reads(edited, "md:myst"), "md:myst")
    restored = restore(CHAPTER, saved)
    assert "7 * 7" in restored and "changed" in restored
    assert restored.startswith(CHAPTER[: CHAPTER.index("# A chapter")])
