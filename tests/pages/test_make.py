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
    assert not environment.is_current()
    stamp.write_text(environment.lock_hash())
    assert environment.is_current()
    stamp.write_text("the hash of another lock")
    assert not environment.is_current()
