"""Make `.venv` from the lock: with uv where it is present, else with pip.

This is the one script that runs before anything is installed, so it uses the
standard library alone. `make` calls it before nearly every command; it does
nothing while the lock, Python, the place of the checkout and the names of what
is installed are unchanged.

Not `uv sync`: a new machine has pip, which cannot read uv's own lock.
"""

import fcntl
import hashlib
import os
import re
import shutil
import sys
import time

from tools.installing import NOEXEC, create, pip, python_of, run
from tools.trouble import ROOT, need, stop

VENV = ROOT / ".venv"
PYTHON = python_of(VENV)
STAMP = VENV / "lock.sha256"
LOCKED = ("--require-hashes", "-r", "requirements.txt")
ITSELF = ("--no-deps", "--no-build-isolation", "-e", ".")


def state():
    """Changes with lock, Python, place, and what was installed or removed since."""
    installed = sorted(path.name for path in VENV.glob("lib/*/site-packages/*-info"))
    digest = hashlib.sha256(f"{sys.version} {ROOT} {installed}".encode())
    for name in ("requirements.txt", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def has_base():
    """Whether the Python that .venv was made of is still there."""
    settings = (VENV / "pyvenv.cfg").read_text()
    return os.path.isdir(re.search(r"(?m)^home = (.+)$", settings).group(1))


def is_current():
    return (
        PYTHON.exists()
        and STAMP.exists()
        and STAMP.read_text() == state()
        and has_base()
    )


def create_with_uv(uv):
    # The parent's VIRTUAL_ENV would make uv warn about another environment.
    os.environ.pop("VIRTUAL_ENV", None)
    run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV)
    install = (uv, "pip", "install", "--quiet", "--compile-bytecode")
    install += ("--python", PYTHON)
    run(*install, *LOCKED)
    run(*install, *ITSELF)


def create_with_pip():
    create(VENV)
    run(*pip(VENV), *LOCKED)
    run(*pip(VENV), *ITSELF)


def main():
    if PYTHON.exists() and not os.access(str(PYTHON), os.X_OK):
        stop(NOEXEC.format(PYTHON))
    if is_current():
        return
    need("environment")
    # The system lets go of the lock when this process ends.
    place = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(place, fcntl.LOCK_EX)
    if is_current():  # another `make` has made it meanwhile
        return
    start = time.perf_counter()
    uv = shutil.which("uv")
    print(
        f"environment: making .venv from the lock with "
        f"{'uv' if uv else 'pip (about a minute)'}",
        flush=True,
    )
    create_with_uv(uv) if uv else create_with_pip()
    STAMP.write_text(state())
    print(f"environment: {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
