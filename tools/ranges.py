"""Test the packages with the oldest, or the newest, versions that they allow.

    make ranges VERSIONS=oldest

The lock has one version of each library; who installs the packages may have another.
An environment of its own, `.venv-ranges`, made anew each time: with `oldest` NumPy
and Matplotlib as old as pyproject.toml allows, with `newest` whatever pip finds.
"""

import subprocess
import sys
import venv

from tools.layout import PROJECT, ROOT

VENV = ROOT / ".venv-ranges"
PYTHON = VENV / "bin" / "python"
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
    venv.create(VENV, clear=True, with_pip=True)
    install = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    subprocess.run([*install, *needs, "-e", ".[book,test]"], cwd=ROOT, check=True)
    surroundings = (PYTHON, "-I", "tools/surroundings.py")
    options = ("-o", "addopts=--strict-markers", "-n", "2", "-ra")
    done = subprocess.run([*surroundings, "-m", "pytest", *options, *PROVED], cwd=ROOT)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main(sys.argv[1])
