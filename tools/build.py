"""Build the book: execute the chapters, then make the HTML, warnings as errors.

The HTML is always made afresh: an incremental build forgets the warnings of
pages that did not change. Only the executed chapters are kept.
"""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from tools import address, downloads, execute, offline, pyodide, runnable, trouble
from tools.layout import BOOK, BUILD, HTML, ROOT, book_key, digest, files_below
from tools.notebooks import chapters, read, reference_of

STAMP = BUILD / "book.key"
# What is made is kept, and the process ends soon: to look for garbage in it took a
# third of the time.
MAKE = """
import gc, tools
from jupyter_book.cli.main import main
gc.disable()
main()
"""


def sources_key() -> str:
    """Changes when a source does, or what a chapter shows that needs PyTorch."""
    shown = [one for one in chapters() if execute.shows_reference(read(one))]
    return book_key() + digest(*map(reference_of, shown))


def pages_key() -> str:
    """Changes when a page that was built is changed, or gone."""
    return digest(*files_below(HTML))


def is_current() -> bool:
    """Nothing has changed, and Pyodide has not been fetched since."""
    return (
        STAMP.exists()
        and STAMP.read_text() == sources_key() + pages_key()
        and ((HTML / pyodide.BELOW).exists() or bool(pyodide.missing()))
    )


@contextmanager
def alone(command: str) -> Iterator[None]:
    """Run as the only command that writes below `_build`; end quietly at Ctrl-C."""
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    BUILD.mkdir(exist_ok=True)
    lock = FileLock(BUILD / "build.lock")
    try:
        try:
            mine = lock.acquire(blocking=False)
        except Timeout:
            print(f"{command}: another build is running; waiting for it", flush=True)
            mine = lock.acquire()
        with mine:
            yield
    except KeyboardInterrupt:
        sys.exit(f"{command}: interrupted; the chapters that were done are kept")


def html_command(book: Path, output: Path, toc: Path) -> list[str]:
    """The arguments for Python that make the HTML of `book` below `output`."""
    return [
        "-c",
        MAKE,
        *("build", str(book), "--path-output", str(output), "--toc", str(toc)),
        *("--config", str(address.written()), "-W", "-n", "--keep-going"),
        *("--all", "-q"),
    ]


def make_html() -> None:
    """Make the pages from the executed chapters; warnings show."""
    for made in (HTML, BUILD / "jupyter_execute"):
        shutil.rmtree(made, ignore_errors=True)
    done = subprocess.run(
        [sys.executable, *html_command(BOOK, ROOT, ROOT / "_toc.yml")],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C ends it through this process, unheard
    )
    if done.returncode:
        why = trouble.sentence(None) or "see above"
        sys.exit(f"book: the pages could not be made; {why}")


def build() -> None:
    """Make `_build/html`, unless it is already what the sources say."""
    if is_current():
        print("book: nothing has changed")
        return
    trouble.need("book")
    STAMP.unlink(missing_ok=True)
    key = sources_key()
    for name, step in (
        ("execute", execute.main),
        ("html", make_html),
        ("pyodide", lambda: pyodide.provide(HTML / pyodide.BELOW)),
        ("notebooks", downloads.main),
        ("running", runnable.main),
        ("offline", offline.main),  # last, since it knows every file
    ):
        start = time.perf_counter()
        step()
        print(f"{name}: {time.perf_counter() - start:.1f} s", flush=True)
    STAMP.write_text(key + pages_key())


if __name__ == "__main__":
    with alone("book"):
        build()
    print(f"book: open {HTML / 'index.html'}")
