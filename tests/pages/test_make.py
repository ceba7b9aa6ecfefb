"""The commands: listed by `make`, and clear about what is missing."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from tools import environment, installing
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


@pytest.mark.parametrize("command", ["book", "lint", "ranges"])
def test_an_old_python_gets_one_line(command, tmp_path):
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\necho an old one >&2\nexit 1\n")
    old.chmod(0o755)
    done = make(command, f"PYTHON={old}")
    (line,) = (line for line in done.stderr.splitlines() if "***" not in line)
    assert done.returncode != 0 and line.startswith(f"make: {old} is older than Python")


@pytest.mark.parametrize("module", ["ensurepip", "venv"])
def test_a_python_without_venv_gets_one_line(monkeypatch, tmp_path, module):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        installing.create(tmp_path / "made")
    assert not (tmp_path / "made").exists()


def test_a_new_lock_means_a_new_environment(monkeypatch, tmp_path):
    stamp = tmp_path / "lock.sha256"
    monkeypatch.setattr(environment, "STAMP", stamp)
    monkeypatch.setattr(environment, "VENV", tmp_path)
    (tmp_path / "pyvenv.cfg").write_text(f"home = {tmp_path}\n")
    assert not environment.is_current()
    stamp.write_text(environment.state())
    assert environment.is_current()
    stamp.write_text("the hash of another lock")
    assert not environment.is_current()
    # So does what somebody installs, or removes, by hand.
    stamp.write_text(environment.state())
    (tmp_path / "lib/python3.13/site-packages/other-1.0.dist-info").mkdir(parents=True)
    assert not environment.is_current()


def test_another_python_means_a_new_environment(monkeypatch, tmp_path):
    stamp = tmp_path / "lock.sha256"
    monkeypatch.setattr(environment, "STAMP", stamp)
    monkeypatch.setattr(environment, "VENV", tmp_path)
    (tmp_path / "pyvenv.cfg").write_text(f"home = {tmp_path}\n")
    stamp.write_text(environment.state())
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version", "3.99.0 (main)")
        assert not environment.is_current()
    assert environment.is_current()
    # The one that it was made of is gone; its copy in .venv does not start.
    (tmp_path / "pyvenv.cfg").write_text(f"home = {tmp_path / 'gone'}\n")
    assert not environment.is_current()


def test_of_two_commands_one_makes_the_environment(monkeypatch):
    """The other waits, and looks again."""
    answers = iter([False, True])
    monkeypatch.setattr(environment, "is_current", lambda: next(answers))
    monkeypatch.setattr(environment, "run", lambda *_: pytest.fail("made twice"))
    monkeypatch.setattr(environment, "create_with_pip", pytest.fail)
    monkeypatch.setattr(environment, "need", lambda _: None)
    environment.main()


@pytest.mark.parametrize("there", [True, False])
def test_no_command_hears_of_a_temporary_folder_that_is_not_there(there, tmp_path):
    """Each program would say so in its own way, and Playwright in none."""
    folder = str(tmp_path / ("" if there else "none"))
    (tmp_path / "show").write_text("show: ; @echo $${TMPDIR-unset}\n")
    done = subprocess.run(
        [
            "make",
            "--no-print-directory",
            "-f",
            "Makefile",
            "-f",
            tmp_path / "show",
            "show",
        ],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": folder},
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == [folder if there else "unset"]


@pytest.mark.parametrize("command", ["book", "test", "lab", "reference", "archive"])
def test_what_executes_the_book_has_surroundings_of_its_own(command):
    last = make("--dry-run", command).stdout.splitlines()[-1]
    assert last.startswith(".venv/bin/python -I tools/surroundings.py -m ")


@pytest.mark.skipif(
    not (ROOT / ".git").exists() or not shutil.which("git"),
    reason="this is no clone, or there is no git",
)
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
