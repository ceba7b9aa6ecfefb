"""What the tests share: the built book, made once for all of them."""

import gc
import importlib
import os
import sys
import zlib
from collections import Counter
from pathlib import Path

import executed
import numpy as np
import pytest
from hypothesis import settings
from nbval.plugin import IPyNbFile

from rnn_exercises import running
from tools import frameworks
from tools.layout import HTML

# PyTorch is not in the lock. Where `make torch` has put it beside, it comes last, so
# that it replaces nothing: its tests are then tests like all others, counted with them.
if frameworks.pytorch():
    sys.path.append(str(frameworks.site_packages()))

# No test asserts a time. In continuous integration (`.ci/run` says so) the
# examples are the same in each run; elsewhere they are new ones, which may find
# something.
SAME = os.environ.get("CI") == "true"
settings.register_profile("book", deadline=None, print_blob=True, derandomize=SAME)
settings.load_profile("book")

#: What takes longest, in this order, so that at the end no worker is left alone with
#: it. The first one makes the book; those after it need none, and are another's.
FIRST = (
    "pages/test_browser.py::TestPhone",
    "exercises/test_exercise_answers.py",
    "exercises/",  # all on one worker, which then trains what they share once
    "pages/test_needs.py",
    "pages/test_run.py",
    "pages/test_browser.py",
)

#: Seconds that the builds of the workers needed for each chapter.
OF_WORKERS: dict[str, float] = {}


@pytest.fixture(autouse=SAME)
def same_cases(request, monkeypatch):
    """An exercise draws the same cases in each run of this test."""
    rng = np.random.default_rng(zlib.crc32(request.node.nodeid.encode()))
    monkeypatch.setattr(running, "chance", lambda: rng)


@pytest.fixture(scope="session")
def html() -> Path:
    """The folder of the built book, as a reader gets it from `make book`.

    One worker of pytest-xdist builds; the build itself makes the others wait.
    """
    done = executed.build()
    assert done.returncode == 0, done.log
    return HTML


@pytest.fixture(scope="session")
def torch():
    """PyTorch, imported by the workers that need it alone: it takes seconds."""
    if not frameworks.pytorch():
        executed.skip_without_pytorch()
    return importlib.import_module("torch")


def pytest_configure():
    gc.disable()


def pytest_collection_finish():
    """What is there now stays to the end: nobody looks for garbage in it again."""
    gc.freeze()
    gc.set_threshold(10_000)
    gc.enable()


def pytest_collection_modifyitems(items):
    """Put what takes longest first."""

    def place(item):
        long = (item.nodeid.startswith(f"tests/{name}") for name in FIRST)
        return next((i for i, found in enumerate(long) if found), len(FIRST))

    items.sort(key=place)


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(parent):
    """Let nbval compare what is executed for the book."""
    return [
        executed.Reference.from_parent(parent, path=file.path)
        if isinstance(file, IPyNbFile)
        else file
        for file in (yield)
    ]


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["seconds"] = executed.seconds()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    OF_WORKERS.update(getattr(node, "workeroutput", {}).get("seconds", {}))


def pytest_terminal_summary(terminalreporter):
    slowest_chapters(terminalreporter)
    changed_solutions(terminalreporter)
    length_of_the_road(terminalreporter)


def length_of_the_road(terminalreporter):
    """Words and visible lines of each chapter, and of all of them."""
    rows = [
        value
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == "road"
    ]
    if rows:
        terminalreporter.section("words and lines of code on the road")
        for page, words, lines in sorted(rows):
            terminalreporter.write_line(f"{words:6} {lines:5} {page}")
        words, lines = (sum(row[i] for row in rows) for i in (1, 2))
        terminalreporter.write_line(f"{words:6} {lines:5} in all")


def slowest_chapters(terminalreporter):
    """The slowest chapters: a cell is a test, so a chapter's are added up."""
    seconds = Counter(OF_WORKERS) + Counter(executed.seconds())
    for reports in terminalreporter.stats.values():
        for report in reports:
            file = getattr(report, "nodeid", "").partition("::")[0]
            if file.endswith(".ipynb") and report.when == "call":
                seconds[Path(file).stem] += report.duration
    if seconds:
        terminalreporter.section("slowest chapters")
        for chapter, time in seconds.most_common(5):
            terminalreporter.write_line(f"{time:6.2f}s {chapter}")


def changed_solutions(terminalreporter):
    """Say how many changed solutions the checks were given, and let through."""
    counts = [
        value
        for report in terminalreporter.getreports("")
        + terminalreporter.getreports("passed")
        for name, value in getattr(report, "user_properties", ())
        if name == "mutants" and report.when == "call"
    ]
    if counts:
        tried, accepted, known, named = map(sum, zip(*counts, strict=True))
        terminalreporter.write_line(
            f"exercises: {len(counts)} solutions changed in {tried} ways; "
            f"{accepted} accepted, which change nothing; {named} of {known} "
            "that equal a known mistake were named"
        )
