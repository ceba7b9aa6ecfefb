"""What the book carries and did not write: the table `tools/carried.toml`, read."""

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.layout import BOOK

TABLE = Path(__file__).with_suffix(".toml")
READ = tomllib.loads(TABLE.read_text("utf8"))
OWN = "SOURCE.txt"  # the one file of a copied folder that is the book's


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What somebody else wrote."""

    name: str
    version: str
    license: str
    source: str
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Copied(Carried):
    """A folder below `book/_assets`."""

    folder: str

    @property
    def path(self) -> Path:
        return BOOK / "_assets" / self.folder


@dataclass(frozen=True, kw_only=True)
class Fetched(Carried):
    """A file of Pyodide's; a package says what it is imported as, and needs."""

    file: str
    imports: Sequence[str] = ()
    depends: Sequence[str] = ()

    def is_equal_to(self, data: bytes) -> bool:
        return sha256(data) == self.sha256


#: What a place gives of the files that it is asked for: each with its bytes, unproved.
Given = Iterator[tuple[Fetched, bytes]]
Place = Callable[[Sequence[Fetched]], Given]

PYODIDE = READ["pyodide"]
COPIED = tuple(Copied(**entry) for entry in READ["copied"])
FETCHED = tuple(Fetched(**entry) for entry in READ["fetched"])


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files that somebody else wrote, by the bytes of their names."""
    for path in sorted(folder.rglob("*"), key=lambda path: path.as_posix().encode()):
        if path.is_file() and path.name != OWN:
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def folder_sha256(folder: Path) -> str:
    """The sha256 of what `sha256sum` prints of a folder's files."""
    lines = (f"{sha256(data)}  ./{name}\n" for name, data in contents(folder))
    return sha256("".join(lines).encode())


def folder_size(folder: Path) -> int:
    return sum(len(data) for _, data in contents(folder))
