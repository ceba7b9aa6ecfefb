"""A hard day: what stops a command is said in a line, and is no fault of the book.

What no test can have, a full disk or a folder that nobody may write, is given to the
code as the error that it makes.
"""

import errno
import importlib.util
import signal
import subprocess
import sys

import pytest

from tools import environment, installing, trouble
from tools.layout import ROOT
from tools.trouble import sentence


def ended(code):
    """What a command of `tools` says when it ends so, and its code."""
    done = subprocess.run(
        [sys.executable, "-c", f"import tools\n{code}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("broken\nERROR: no spaces", r"this command failed: .*: ERROR: no spaces"),
        ("Temporary failure in name resolution\nERROR: none", "network is needed once"),
        ("npm error code ENOTFOUND\nnpm error network", "network is needed once"),
        ("[Errno 28] No space left on device\nERROR: it", "the disk is full; make ro"),
        ("", r"this command failed: .*: nothing"),
    ],
)
def test_what_fails_says_why_in_one_line(words, message):
    script = f"import sys; sys.stderr.write({words!r}); sys.exit(1)"
    with pytest.raises(SystemExit, match=message) as failure:
        installing.run(sys.executable, "-c", script)
    assert "\n" not in str(failure.value).split("ERROR")[-1]


def test_what_the_caller_set_for_pip_does_not_lead_out_of_the_environment(monkeypatch):
    for name in ("PIP_USER", *installing.ELSEWHERE):
        monkeypatch.setenv(name, "1")
    script = (
        "import os, sys; sys.exit(os.environ.get('PIP_USER') != '0' or "
        f"any(name in os.environ for name in {installing.ELSEWHERE}))"
    )
    installing.run(sys.executable, "-c", script)


@pytest.mark.skipif(not importlib.util.find_spec("pip"), reason="uv has made .venv")
def test_a_proxy_that_is_down_is_named(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    asked = ("--retries=0", "--index-url=https://example.org", "none")
    why = installing.failure(sys.executable, "-m", "pip", "download", *asked)
    assert "network is needed once" in why and "HTTPS_PROXY" in why
    assert "\n" not in why


REFUSED = "/book/_build: Permission denied; copy this folder to a place where you may"
CODES = {
    code: OSError(code, "in any language", "/book/_build") for code in errno.errorcode
}


@pytest.mark.parametrize(
    ("what", "says"),
    [
        (CODES[errno.EACCES], REFUSED),
        (CODES[errno.EROFS], "/book/_build: Read-only file system; copy this folder"),
        (CODES[errno.ENOSPC], "/book/_build: the disk is full; make room"),
        (KeyboardInterrupt(), "interrupted; run the command again"),
        (CODES[errno.ENOENT], ""),
        (ValueError("a fault of the book"), ""),
    ],
    ids=str,
)
def test_what_the_machine_refuses_is_said_in_a_line(what, says):
    assert sentence(what).startswith(says) and bool(sentence(what)) == bool(says)
    try:
        raise RuntimeError("another") from what
    except RuntimeError as around:
        assert sentence(around) == (sentence(what) if isinstance(what, OSError) else "")


def test_a_database_that_cannot_grow_is_a_full_disk(monkeypatch):
    monkeypatch.setattr(trouble, "free", lambda: 4096)
    assert sentence(RuntimeError("database or disk")).startswith("the disk is full")


def test_a_disk_that_is_too_full_is_seen_before_anything_is_begun(monkeypatch):
    monkeypatch.setattr(trouble, "free", lambda: 12e6)
    monkeypatch.setattr(environment, "is_current", lambda: False)
    monkeypatch.setattr(environment, "run", lambda *_: pytest.fail("begun"))
    with pytest.raises(SystemExit, match="^make: 12 MB are free .* needs 1500 MB: "):
        environment.main()


def test_a_command_ends_with_that_line():
    code, said = ended("raise PermissionError(13, 'no', '/book/_build')")
    assert (code, said.startswith(f"make: {REFUSED}"), said.count("\n")) == (1, True, 1)


def test_a_fault_of_the_book_keeps_its_traceback():
    code, said = ended("raise ValueError('of ours')")
    assert code == 1 and "Traceback" in said and said.endswith("ValueError: of ours\n")


def test_at_ctrl_c_a_command_says_so_wherever_it_is():
    code, said = ended("import signal; signal.raise_signal(signal.SIGINT)")
    assert said == "make: interrupted; run the command again\n"
    assert code == -signal.SIGINT, "make would go on"


def test_a_place_where_nothing_may_be_run_gets_one_line(monkeypatch, tmp_path):
    python = tmp_path / "python"
    python.touch(mode=0o644)
    assert f"{python} may not be run (a mount with noexec?" in installing.failure(
        python
    )
    monkeypatch.setattr(environment, "PYTHON", python)
    with pytest.raises(SystemExit, match="^make: .*python may not be run"):
        environment.main()
