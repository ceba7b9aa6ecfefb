"""The commands of the book, as the Makefile runs them."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

from tools.layout import ROOT


def run(log: Path, arguments: list[str], **settings: str) -> SimpleNamespace:
    """Run Python as the Makefile does; what it says goes into a file.

    Not into a pipe: a process that it leaves behind would hold the pipe open,
    and the test would wait for ever.
    """
    with log.open("w") as file:
        done = subprocess.run(
            [sys.executable, "-I", "tools/surroundings.py", *arguments],
            cwd=ROOT,
            env=os.environ | settings,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    return SimpleNamespace(returncode=done.returncode, log=log.read_text("utf8"))
