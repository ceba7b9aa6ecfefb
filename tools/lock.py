"""Write `requirements.txt`: every version and hash, for every platform.

uv resolves for all platforms and Python versions at once, which pip cannot.
If it is missing, it is installed below `_build`, for this once. Its own `uv.lock`
is no replacement: pip cannot read it, and it holds the addresses of a mirror.
"""

import shutil
import subprocess
import sys

from tools.installing import create, pip, run
from tools.layout import BUILD, ROOT

COMPILE = (
    *("pip", "compile", "pyproject.toml", "--output-file=requirements.txt"),
    *("--all-extras", "--universal", "--python-version=3.11"),
    *("--fork-strategy=fewest", "--generate-hashes", "--no-emit-index-url"),
    *("--upgrade", "--quiet", "--custom-compile-command=make lock"),
)


def uv() -> str:
    """The path of uv, installed below `_build` if there is none."""
    found = shutil.which("uv")
    if found:
        return found
    folder = BUILD / "uv"
    create(folder)
    run(*pip(folder), "uv")
    return str(folder / "bin" / "uv")


def main() -> None:
    done = subprocess.run([uv(), *COMPILE], cwd=ROOT)
    if done.returncode:
        sys.exit("lock: uv could not resolve pyproject.toml; see above")
    print("lock: requirements.txt is written; read its diff, then `make test`")


if __name__ == "__main__":
    main()
