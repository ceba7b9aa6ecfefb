"""Sites of this machine, for the tests of what asks one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.serve import server


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, served as `make serve` serves the book."""
    with server(folder, 0) as serving:
        thread = threading.Thread(target=serving.serve_forever, args=[0.01])
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}/"
        serving.shutdown()
        thread.join()


def write(folder: Path, contents: dict[str, bytes]) -> Path:
    """Files in a folder, and it."""
    for name, data in contents.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder
