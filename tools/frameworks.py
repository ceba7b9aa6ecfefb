"""Make `.venv-bench`: PyTorch and, for the benchmark, JAX, which no lock of ours has.

    .venv/bin/python -m tools.frameworks torch

It is an environment of its own with the book's behind it (`book.pth`): a kernel that
runs there finds PyTorch and all that a chapter may import, and .venv stays as the lock
says. Where it could not be made, a chapter that needs PyTorch shows its reference.

Made with pip, not with uv, which does not look where pip is told to. On Linux pip may
take PyTorch's build for graphics cards, several gigabytes; it runs on the processor
too. To have the small one, point pip at it first.
"""

import hashlib
import os
import platform
import re
import sys
import sysconfig
from pathlib import Path

from tools import installing
from tools.layout import ROOT

VENV = ROOT / ".venv-bench"
PYTHON = installing.python_of(VENV)
STAMP = VENV / "installed.txt"  # the key, then a line for each thing that is there
WANTED = ROOT / "benchmarks" / "requirements.txt"
#: What PyTorch is built for; on Linux with glibc. Elsewhere there is none to miss.
BUILT_FOR = {
    *(("Linux", "x86_64"), ("Linux", "aarch64")),
    *(("Darwin", "arm64"), ("Windows", "AMD64")),
}
FAILED = (
    "frameworks: {} could not be installed with pip. The book does without: what "
    "needs it says so, and the next run will try again. Said: {}"
)


def book_numpy() -> str:
    """`numpy==…`, as the book's lock has it."""
    lock = (ROOT / "requirements.txt").read_text("utf8")
    return re.search(r"^numpy==[\w.]+", lock, re.MULTILINE)[0]


def wanted(names: list[str]) -> list[str]:
    """The lines of what is to be installed: of these names, or all."""
    lines = re.findall(r"^\w.*", WANTED.read_text("utf8"), re.MULTILINE)
    return [line for line in lines if not names or line.partition("==")[0] in names]


def key() -> str:
    """Changes with Python, the place, and the NumPy of the book."""
    return hashlib.sha256(f"{sys.version} {ROOT} {book_numpy()}".encode()).hexdigest()


def installed() -> list[str]:
    """What is there and was made for this Python and this lock."""
    lines = STAMP.read_text("utf8").splitlines() if STAMP.exists() else []
    return lines[1:] if lines[:1] == [key()] else []


def site_packages(prefix: Path = VENV) -> Path:
    """The folder of an environment that holds what was installed."""
    return Path(sysconfig.get_path("purelib", "venv", {"base": str(prefix)}))


def pytorch() -> Path | None:
    """The Python that has PyTorch, in the version wanted; None if there is none."""
    return PYTHON if set(wanted(["torch"])) <= set(installed()) else None


def required() -> bool:
    """Where the tests are the judge, it must be there, if it is built for the place."""
    here = platform.system(), platform.machine()
    musl = here[0] == "Linux" and platform.libc_ver()[0] != "glibc"
    return os.environ.get("CI") == "true" and here in BUILT_FOR and not musl


def create() -> None:
    """An empty environment that sees the book's."""
    installing.create(VENV)
    installing.run(*installing.pip(VENV), book_numpy(), "threadpoolctl")
    book = str(site_packages(ROOT / ".venv"))
    # Not the bare path: the package itself is found through a .pth file in there.
    line = f"import site; site.addsitedir({book!r})\n"
    (site_packages() / "book.pth").write_text(line, "utf8")
    STAMP.write_text(key() + "\n", "utf8")


def install(line: str) -> str:
    """Install a line, and note that it is there; or return why it cannot be."""
    why = installing.failure(*installing.pip(VENV), book_numpy(), line)
    if not why:
        with STAMP.open("a", encoding="utf8") as stamp:
            stamp.write(f"{line}\n")
    return why


def main(*names: str) -> None:
    missing = [line for line in wanted([*names]) if line not in installed()]
    if not missing:
        return
    print(
        f"frameworks: making .venv-bench with pip: {', '.join(missing)}, which on "
        "Linux can be several gigabytes",
        flush=True,
    )
    try:
        if not STAMP.exists() or STAMP.read_text("utf8").split("\n", 1)[0] != key():
            create()
        failed = {line: why for line in missing if (why := install(line))}
    except SystemExit as ended:
        failed = dict.fromkeys(missing, str(ended))
    if failed:
        why = next(iter(failed.values()))
        print(FAILED.format(", ".join(failed), why), file=sys.stderr)
        sys.exit(bool(names))


if __name__ == "__main__":
    main(*sys.argv[1:])
