"""What the tests share: the built book, made once for all of them."""
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from tools.layout import BUILD, HTML, ROOT

# No test asserts a time. In continuous integration the examples are the same in
# each run; elsewhere they are new ones, which may find something.
settings.register_profile("book", deadline=None, print_blob=True,
                          derandomize=os.environ.get("CI") == "true")
settings.load_profile("book")


@pytest.fixture(scope="session")
def html() -> Path:
    """The folder of the built book, as a reader gets it from `make book`.

    The lock is for pytest-xdist: one worker builds, the others wait.
    """
    BUILD.mkdir(exist_ok=True)
    with FileLock(BUILD / "build.lock"):
        done = subprocess.run([sys.executable, "-m", "tools.build"], cwd=ROOT,
                              capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return HTML
