"""`make serve`: each file as what it is, and for as long as it stays the same."""

import socket
import urllib.request

import pytest
from sites import write

from tools import serve
from tools.pyodide import BELOW
from tools.serve import served

FOR_EVER = "max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("file", "kind", "kept"),
    [
        ("index.html", "text/html", "no-cache"),
        ("a.js", "text/javascript", "no-cache"),
        ("notebooks/a-1.0.whl", "application/zip", "no-cache"),  # the book's own
        (f"{BELOW}/pyodide.mjs", "text/javascript", "no-cache"),
        (f"{BELOW}/pyodide.asm.wasm", "application/wasm", "no-cache"),
        (f"{BELOW}/a-1.0.whl", "application/zip", FOR_EVER),
    ],
)
def test_a_file_is_served_as_what_it_is(monkeypatch, tmp_path, file, kind, kept):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with (
        served(write(tmp_path, {file: b"x"})) as site,
        urllib.request.urlopen(site + file) as answer,
    ):
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Cache-Control"] == kept


def test_a_port_that_is_taken_gets_one_line():
    with socket.create_server((serve.HOST, 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"port {port}: .*PORT="):
            serve.main(str(port))


@pytest.mark.parametrize("port", ["80000", "here", "-1"])
def test_a_port_that_is_none_gets_one_line(port):
    with pytest.raises(
        SystemExit, match=rf"port {port}: expected a number below 65536"
    ):
        serve.main(port)
