"""Build the book: execute the chapters, then make the HTML, warnings as errors.

The HTML is always made afresh: an incremental build forgets the warnings of
pages that did not change. Only the executed chapters are kept.
"""

import shutil
import subprocess
import sys
import time
from pathlib import Path

from tools.layout import BOOK, BUILD, HTML, ROOT, book_key

STAMP = BUILD / "book.key"


def is_current() -> bool:
    return STAMP.exists() and STAMP.read_text() == book_key()


def html_command(book: Path, output: Path, toc: Path) -> list[str]:
    """The arguments for Python that make the HTML of `book` below `output`."""
    return [
        "-c",
        "from jupyter_book.cli.main import main; main()",
        "build",
        str(book),
        "--path-output",
        str(output),
        "--toc",
        str(toc),
        "--config",
        str(ROOT / "_config.yml"),
        "-W",
        "-n",
        "--keep-going",
        "--all",
        "-q",
    ]


def step(name: str, arguments: list[str], quiet: bool = False) -> None:
    """Run Python with `arguments` and say how long it took; warnings show."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL if quiet else None,
    )
    if done.returncode:
        sys.exit(f"book: the step '{name}' failed; what is wrong stands above")
    print(f"{name}: {time.perf_counter() - start:.1f} s", flush=True)


def build() -> None:
    """Make `_build/html`, unless it is already what the sources say."""
    if is_current():
        print("book: nothing has changed")
        return
    STAMP.unlink(missing_ok=True)
    key = book_key()
    step("execute", ["-m", "tools.execute"])
    for made in (HTML, BUILD / "jupyter_execute"):
        shutil.rmtree(made, ignore_errors=True)
    step("html", html_command(BOOK, ROOT, ROOT / "_toc.yml"), quiet=True)
    step("notebooks", ["-m", "tools.downloads"])
    STAMP.write_text(key)


if __name__ == "__main__":
    build()
    print(f"book: open {HTML / 'index.html'}")
