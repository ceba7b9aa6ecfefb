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
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "lock.sha256"
OLDEST = (3, 11)
ELSEWHERE = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV")
UNREACHED = re.compile(
    "connection broken|Failed to (establish|fetch)|name resolution|ProxyError|"
    "error sending request|Network is unreachable|timed out"
)


def stop(message):
    """End with one line that says what is missing and what to do."""
    raise SystemExit(f"make: {message}")


def run(*command):
    """Run quietly; if the command fails, say with its own last words why."""
    # Settings that send what is installed elsewhere are not meant for .venv.
    kept = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env=dict(kept, PIP_USER="0"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        errors="replace",
    )
    if done.returncode:
        said = [line for line in done.stdout.splitlines() if line.strip()] or [
            "nothing"
        ]
        if UNREACHED.search(done.stdout):
            stop(
                "the libraries could not be fetched; the network is needed once, for "
                "the environment (behind a proxy: set HTTPS_PROXY): " + said[-1]
            )
        stop(f"this command failed: {' '.join(map(str, command))}: {said[-1]}")


def unusable(trouble):
    """One line about a folder where no environment can be made."""
    if PYTHON.exists() and not os.access(PYTHON, os.X_OK):
        return (
            f"programs below {VENV} may not be run (a mount with noexec?); "
            "copy this folder to a place where they may"
        )
    return (
        f"{trouble.filename or VENV}: {trouble.strerror}; copy this folder to a place "
        "where you may write, with 2 GB free"
    )


def state():
    """Changes with lock, Python, place, and what was installed or removed since."""
    installed = sorted(path.name for path in VENV.glob("lib/*/site-packages/*-info"))
    digest = hashlib.sha256(f"{sys.version} {ROOT} {installed}".encode())
    for name in ("requirements.txt", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def is_current():
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text() == state()


def create_with_uv(uv):
    # The parent's VIRTUAL_ENV would make uv warn about another environment.
    os.environ.pop("VIRTUAL_ENV", None)
    run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV)
    install = (
        uv,
        "pip",
        "install",
        "--quiet",
        "--compile-bytecode",
        "--python",
        PYTHON,
    )
    run(*install, "--require-hashes", "-r", "requirements.txt")
    run(*install, "--no-deps", "--no-build-isolation", "-e", ".")


def create_with_pip():
    try:
        import ensurepip  # noqa: F401  (Debian ships it apart)
        import venv
    except ImportError:
        stop(
            "Python's venv module is missing; on Debian or Ubuntu: "
            "apt install python3-venv (or install uv)"
        )
    venv.create(VENV, clear=True, with_pip=True)
    install = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*install, "--require-hashes", "-r", "requirements.txt")
    run(*install, "--no-deps", "--no-build-isolation", "-e", ".")


def main():
    if sys.version_info < OLDEST:
        stop(
            "Python %d.%d or newer is needed, this is %s; "
            "name another one: make PYTHON=python3.12"
            % (OLDEST + (sys.version.split()[0],))
        )
    if is_current():
        return
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
    try:
        main()
    except KeyboardInterrupt:
        stop("interrupted; the next command makes .venv anew")
    except OSError as trouble:
        stop(unusable(trouble))
