"""Files for the sites that tests serve on this machine."""

from pathlib import Path


def write(folder: Path, contents: dict[str, bytes]) -> Path:
    """Files in a folder, and it."""
    for name, data in contents.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder
