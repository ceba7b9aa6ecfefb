"""Make `.venv-bench`, with pip: PyTorch and JAX beside the book's own NumPy.

Not with uv, which does not look where pip is told to. On Linux pip may take
PyTorch's build for graphics cards, several gigabytes; it runs on the processor
too. To have the small one, point pip at it before the first `make bench`.
"""

import hashlib
import re
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv-bench"
STAMP = VENV / "requirements.sha256"
WANTED = ROOT / "benchmarks" / "requirements.txt"


def book_numpy() -> str:
    """`numpy==…`, as the book's lock has it."""
    return re.search(
        r"^numpy==[\w.]+", (ROOT / "requirements.txt").read_text(), re.MULTILINE
    )[0]


def key() -> str:
    text = f"{sys.version} {ROOT} {WANTED.read_text()} {book_numpy()}"
    return hashlib.sha256(text.encode()).hexdigest()


def main() -> None:
    if STAMP.exists() and STAMP.read_text() == key():
        return
    print(
        "environment: making .venv-bench with pip: PyTorch and JAX, which on "
        "Linux can be several gigabytes",
        flush=True,
    )
    venv.create(VENV, clear=True, with_pip=True)
    pip = [
        VENV / "bin" / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    subprocess.run([*pip, book_numpy(), "threadpoolctl"], check=True)
    wanted = [
        line
        for line in WANTED.read_text().splitlines()
        if line and not line.startswith("#")
    ]
    missing = [
        line for line in wanted if subprocess.run([*pip, book_numpy(), line]).returncode
    ]
    if missing:
        print(
            f"environment: {', '.join(missing)} could not be installed; the "
            "table will say so, and the next run will try again"
        )
    else:
        STAMP.write_text(key())


if __name__ == "__main__":
    main()
