"""Archives that are the same when their contents are."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

MADE = (2026, 1, 1, 0, 0, 0)


def write_zip(file: Path, contents: Iterable[tuple[str, bytes]]) -> None:
    """Put all into one folder of an archive, which has the name of the archive."""
    with zipfile.ZipFile(file, "w") as made:
        for name, data in contents:
            entry = zipfile.ZipInfo(f"{file.stem}/{name}", MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            made.writestr(entry, data)
