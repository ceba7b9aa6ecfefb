"""The commands: listed by `make`, and clear about what is missing."""

import re
import subprocess
import sys

import pytest

from tools import environment
from tools.layout import ROOT


def make(*arguments):
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def test_make_alone_lists_every_command_with_a_line():
    listed = [line.split()[0] for line in make().stdout.splitlines()]
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M)
    assert listed == targets and "book" in listed and "test" in listed
    assert all(len(line.split()) >= 3 for line in make().stdout.splitlines())


def test_a_missing_python_gets_one_line():
    done = make("book", "PYTHON=no-such-python")
    lines = [line for line in done.stderr.splitlines() if "***" not in line]
    assert done.returncode != 0 and len(lines) == 1
    assert "no-such-python is not found; install Python 3.11" in lines[0]


def test_an_old_python_gets_one_line(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(sys, "version", "3.9.2 (main)")
    with pytest.raises(
        SystemExit,
        match=r"3\.11 or newer is needed, this is "
        r"3\.9\.2; .*PYTHON=",
    ):
        environment.main()


def test_a_python_without_venv_gets_one_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        environment.create_with_pip()


def test_a_new_lock_means_a_new_environment(monkeypatch, tmp_path):
    stamp = tmp_path / "lock.sha256"
    monkeypatch.setattr(environment, "STAMP", stamp)
    monkeypatch.setattr(environment, "VENV", tmp_path)
    assert not environment.is_current()
    stamp.write_text(environment.state())
    assert environment.is_current()
    stamp.write_text("the hash of another lock")
    assert not environment.is_current()
    # So does what somebody installs, or removes, by hand.
    stamp.write_text(environment.state())
    (tmp_path / "lib/python3.13/site-packages/other-1.0.dist-info").mkdir(parents=True)
    assert not environment.is_current()


def test_of_two_commands_one_makes_the_environment(monkeypatch):
    """The other waits, and looks again."""
    answers = iter([False, True])
    monkeypatch.setattr(environment, "is_current", lambda: next(answers))
    monkeypatch.setattr(environment, "run", lambda *_: pytest.fail("made twice"))
    monkeypatch.setattr(environment, "create_with_pip", pytest.fail)
    environment.main()


@pytest.mark.parametrize("command", ["book", "test", "lab", "reference", "archive"])
def test_what_executes_the_book_has_surroundings_of_its_own(command):
    last = make("--dry-run", command).stdout.splitlines()[-1]
    assert last.startswith(".venv/bin/python -I tools/surroundings.py -m ")


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no clone")
def test_a_clone_has_the_same_line_ends_everywhere():
    """No shell would run `.ci/run` with those of Windows."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "--eol"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    kept = re.compile(r"i/(lf|none) .* attr/text=auto eol=lf |.* attr/-text ")
    assert listed and [line for line in listed if not kept.match(line)] == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("broken\nERROR: no space left", r"this command failed: .*: ERROR: no space"),
        ("Temporary failure in name resolution\nERROR: none", "network is needed once"),
        ("", r"this command failed: .*: nothing"),
    ],
)
def test_what_fails_says_why_in_one_line(words, message):
    script = f"import sys; sys.stderr.write({words!r}); sys.exit(1)"
    with pytest.raises(SystemExit, match=message) as failure:
        environment.run(sys.executable, "-c", script)
    assert "\n" not in str(failure.value).split("ERROR")[-1]


def test_what_the_caller_set_for_pip_does_not_lead_out_of_the_environment(monkeypatch):
    for name in ("PIP_USER", *environment.ELSEWHERE):
        monkeypatch.setenv(name, "1")
    script = (
        "import os, sys; sys.exit(os.environ.get('PIP_USER') != '0' or "
        f"any(name in os.environ for name in {environment.ELSEWHERE}))"
    )
    environment.run(sys.executable, "-c", script)


def test_a_folder_without_the_right_to_write_gets_one_line(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "python")
    trouble = PermissionError(13, "Permission denied", "/book/.venv")
    assert environment.unusable(trouble) == (
        "/book/.venv: Permission denied; copy this folder to a place where you may "
        "write, with 2 GB free"
    )
    (tmp_path / "python").touch(mode=0o644)
    assert "may not be run (a mount with noexec?)" in environment.unusable(trouble)
