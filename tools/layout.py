"""Where things are, and the hashes that say whether they have changed."""

import hashlib
import os
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "book"
BUILD = ROOT / "_build"
HTML = BUILD / "html"
REFERENCE = ROOT / "tests" / "reference"
EXECUTED = ("rnn_src", "rnn_exercises")  # what the chapters import
PACKAGES = (*EXECUTED, "rnn_page")  # one wheel holds them
ABOUT = ("pyproject.toml", "README.md", "LICENSE")  # which say in the wheel what it is
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
NAME = PROJECT["name"]  # of the book in a path
# The benchmark imports this too, where there is no reader of YAML.
TITLE = re.search(r"(?m)^title: (.+)$", (ROOT / "_config.yml").read_text("utf8"))[1]
PUBLISHED = ("RNN_BOOK_URL", "RNN_BOOK_REPO")  # variables: where the book is
UNMADE = {"__pycache__", ".ipynb_checkpoints", ".jupyter_cache"}


def files_below(folder: Path) -> list[Path]:
    """Every file that people edit below `folder`."""
    return sorted(
        file
        for file in folder.rglob("*")
        if file.is_file() and not UNMADE.intersection(file.parts)
    )


def digest(*files: Path) -> str:
    """One hash over names and contents, and over this Python."""
    total = hashlib.sha256(sys.version.encode())
    for file in files:
        total.update(os.path.relpath(file, ROOT).encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def package_key() -> str:
    """Changes when the output of a chapter might: with packages, lock, results."""
    sources = [file for package in EXECUTED for file in files_below(ROOT / package)]
    how = [ROOT / "tools" / f"{name}.py" for name in ("execute", "surroundings")]
    others = [ROOT / "benchmarks" / name for name in ("requirements.txt", "results.md")]
    return digest(ROOT / "requirements.txt", *sources, *others, *how)


def book_key() -> str:
    """Changes when a page of the built book might."""
    return (
        package_key()
        + digest(
            *files_below(ROOT / "rnn_page"),
            ROOT / "_config.yml",
            ROOT / "_toc.yml",
            *(ROOT / name for name in ABOUT),
            ROOT / "tests/mutants.json",
            *files_below(BOOK),
            *files_below(ROOT / "tools"),
        )
        + "".join(os.environ.get(name, "") for name in PUBLISHED)
    )
