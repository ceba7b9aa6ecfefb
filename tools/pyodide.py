"""Python for the pages: the files of Pyodide, fetched once and put into the book.

    .venv/bin/python -m tools.pyodide

fills a cache outside of the book, in the caller's surroundings, since it asks the
network. The build has no such surroundings; it takes the files from the cache. Without
a network the book is built all the same, and its pages run no code.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from tools.carried import FETCHED, PYODIDE, Fetched, Place
from tools.layout import BUILD, NAME

BELOW = "_static/pyodide"  # of the built book
LOCK = "pyodide-lock.json"  # what Pyodide's loadPackage reads
WITHOUT = "pyodide: the book is built without running code in its pages: {}"
CONNECT = "{} files could not be fetched; connect this machine and begin again"
ELSEWHERE = "{}; RNN_BOOK_CACHE can name another folder"


def cache() -> Path:
    """Where the files are kept; RNN_BOOK_CACHE names another place."""
    if named := os.environ.get("RNN_BOOK_CACHE"):
        folder = Path(named).expanduser()
    else:
        try:
            home = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
        except RuntimeError:  # who has no home has this folder
            home = BUILD
        folder = home / NAME
    return folder / f"pyodide-{PYODIDE['info']['version']}"


def missing() -> list[Fetched]:
    """What the cache lacks, or has in another size."""

    def size(path: Path) -> int:
        return path.stat().st_size if path.is_file() else -1

    return [file for file in FETCHED if size(cache() / file.file) != file.size]


def write(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all, whoever else writes it."""
    draft = path.with_name(f".{os.getpid()}-{path.name}")
    draft.write_bytes(data)
    os.replace(draft, path)


def ask(place: Place) -> None:
    """Put into the cache what a place has of what is missing, if it is right."""
    for file, data in place(missing()):
        if file.is_equal_to(data):
            write(cache() / file.file, data)
        else:
            said = f"pyodide: not used, as its sha256 is wrong: {file.file}"
            print(f"{said} ({place.__name__})", flush=True)


def fetch(places: Sequence[Place]) -> bool:
    """Whether the cache has all files, after each place was asked for what it lacks."""
    from filelock import FileLock  # here, as it takes longer than to find all there

    cache().mkdir(parents=True, exist_ok=True)
    with FileLock(cache() / ".lock"):  # of two builds, one fetches
        for place in places:
            if missing():
                ask(place)
    return not missing()


def lock() -> dict[str, object]:
    """What `loadPackage` of Pyodide has to know about the packages."""
    return {
        "info": PYODIDE["info"],
        "packages": {
            file.name: {
                "name": file.name,
                "version": file.version,
                "file_name": file.file,
                "sha256": file.sha256,
                "imports": file.imports,
                "depends": file.depends,
                "install_dir": "site",
                "package_type": "package",
            }
            for file in FETCHED
            if file.imports
        },
    }


def provide(folder: Path) -> bool:
    """Put the files of the cache into a folder, all of them or none.

    A file that has been damaged is removed from the cache, so that it is fetched anew.
    """
    if missing():
        return False
    found = [(file, (cache() / file.file).read_bytes()) for file in FETCHED]
    wrong = [file for file, data in found if not file.is_equal_to(data)]
    for file in wrong:
        print(f"pyodide: removed, as its sha256 is wrong: {cache() / file.file}")
        (cache() / file.file).unlink()
    if wrong:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    for file, data in found:
        write(folder / file.file, data)
    write(folder / LOCK, json.dumps(lock(), indent=1).encode())
    return True


def main() -> None:
    if not missing():
        return
    from tools.places import PLACES  # here, for the same reason

    # The time for an answer does not count the search for the host's address.
    os.environ.setdefault("RES_OPTIONS", "timeout:2 attempts:1")
    try:
        if not fetch(PLACES):
            print(WITHOUT.format(CONNECT.format(len(missing()))))
    except OSError as trouble:
        print(WITHOUT.format(ELSEWHERE.format(trouble)))


if __name__ == "__main__":
    main()
