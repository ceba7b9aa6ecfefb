"""Test the packages with the oldest, or the newest, versions that they allow.

    make ranges VERSIONS=oldest

The lock has one version of each library; who installs the packages may have another.
An environment of its own, `.venv-ranges`, made anew each time: with `oldest` NumPy
and Matplotlib as old as pyproject.toml allows, with `newest` whatever pip finds.
"""

import subprocess
import sys

from tools.installing import create, pip, python_of, run
from tools.layout import PROJECT, ROOT

VENV = ROOT / ".venv-ranges"
PROVED = ("tests/lesson", "tests/exercises")  # the pages are made from the lock


def wanted(versions: str) -> list[str]:
    """What pip is asked for beside the packages: "numpy==2.0.*" for "numpy>=2.0"."""
    if versions not in ("oldest", "newest"):
        sys.exit(f"ranges: VERSIONS is {versions!r}; expected oldest or newest")
    if versions == "newest":
        return []
    return [f"{need.replace('>=', '==')}.*" for need in PROJECT["dependencies"]]


def main(versions: str) -> None:
    needs = wanted(versions)
    create(VENV)
    run(*pip(VENV), *needs, "-e", ".[book,test]")
    surroundings = (python_of(VENV), "-I", "tools/surroundings.py")
    options = ("-o", "addopts=--strict-markers", "-n", "2", "-ra")
    done = subprocess.run([*surroundings, "-m", "pytest", *options, *PROVED], cwd=ROOT)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main(sys.argv[1])
