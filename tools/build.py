"""Build the book: execute the chapters, then make the HTML, warnings as errors.

The HTML is always made afresh: an incremental build forgets the warnings of
pages that did not change. Only the executed chapters are kept.
"""
import shutil
import subprocess
import sys
import time

from tools.layout import BOOK, BUILD, HTML, ROOT, book_key

STAMP = BUILD / "book.key"
JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"


def is_current() -> bool:
    return STAMP.exists() and STAMP.read_text() == book_key()


def step(name: str, *arguments: str) -> None:
    start = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT)
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
    step("execute", "-m", "tools.execute")
    for made in (HTML, BUILD / "jupyter_execute"):
        shutil.rmtree(made, ignore_errors=True)
    step("html", "-c", JUPYTER_BOOK, "build", str(BOOK), "--path-output",
         str(ROOT), "--config", str(ROOT / "_config.yml"), "--toc",
         str(ROOT / "_toc.yml"), "-W", "-n", "--keep-going", "--all", "-q")
    STAMP.write_text(key)


if __name__ == "__main__":
    build()
    print(f"book: open {HTML / 'index.html'}")
