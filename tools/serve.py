"""Serve the built book to this machine, with what its pages need to run code.

    .venv/bin/python -m tools.serve 8000

A browser asks each time whether a file has changed, but for the packages of Pyodide:
they have their versions in their names.
"""

import contextlib
import functools
import http.server
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from tools.layout import HTML
from tools.pyodide import BELOW

HOST = "127.0.0.1"
KEPT = re.compile(rf"/{BELOW}/[^/]+\.whl$")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files as what they are, whatever the machine calls them."""

    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".mjs": "text/javascript",
        ".js": "text/javascript",
        ".wasm": "application/wasm",
        ".whl": "application/zip",
    }

    def end_headers(self) -> None:
        kept = KEPT.search(self.path)
        rule = "max-age=31536000, immutable" if kept else "no-cache"
        self.send_header("Cache-Control", rule)
        super().end_headers()

    def log_request(self, *_: object) -> None:
        """What went well is nobody's concern; errors are logged elsewhere."""


def server(
    folder: Path, port: int, handler: type = Handler
) -> http.server.ThreadingHTTPServer:
    """A server of a folder's files; port 0 takes any that is free."""
    answer = functools.partial(handler, directory=folder)
    return http.server.ThreadingHTTPServer((HOST, port), answer)


@contextlib.contextmanager
def served(folder: Path, handler: type = Handler) -> Iterator[str]:
    """The address of a folder that is served meanwhile, with its final slash."""
    with server(folder, 0, handler) as serving:
        thread = threading.Thread(target=serving.serve_forever, args=[0.01])
        thread.start()
        try:
            yield f"http://{HOST}:{serving.server_port}/"
        finally:
            serving.shutdown()
            thread.join()


def main(port: str) -> None:
    try:
        serving = server(HTML, int(port))
    except (OSError, OverflowError, ValueError) as trouble:
        why = getattr(trouble, "strerror", None) or "expected a number below 65536"
        sys.exit(f"serve: port {port}: {why}; another: make serve PORT=8001")
    print(f"serve: http://{HOST}:{port} (Ctrl-C ends it)", flush=True)
    try:
        serving.serve_forever()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main(sys.argv[1])
