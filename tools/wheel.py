"""The book's package as one file for `pip install`, beside the notebooks.

So the chapters run for a reader who has the pages and nothing else of the book.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.layout import ABOUT, PACKAGES, PROJECT, ROOT

NAME = f"{PROJECT['name'].replace('-', '_')}-{PROJECT['version']}-py3-none-any.whl"
BUILD = (
    "import sys; from setuptools.build_meta import build_wheel; "
    "build_wheel(sys.argv[1])"
)
LONG_AGO = "315532800"  # 1980: the same sources give the same file


def copy_of_the_sources(folder: Path) -> Path:
    """What the package is made from, away from what lies around in a clone."""
    copy = folder / "sources"
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ABOUT:
        shutil.copy(ROOT / name, copy)
    return copy


def write_wheel(folder: Path) -> Path:
    """Build the wheel into `folder`, with the lock's setuptools."""
    with tempfile.TemporaryDirectory() as away:
        done = subprocess.run(
            [sys.executable, "-c", BUILD, str(folder)],
            cwd=copy_of_the_sources(Path(away)),
            capture_output=True,
            text=True,
            env=os.environ | {"SOURCE_DATE_EPOCH": LONG_AGO},
        )
    if done.returncode:
        sys.exit(f"wheel: {done.stderr}")
    return folder / NAME
