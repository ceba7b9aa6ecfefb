"""Install with pip or uv: into an environment of the book, whatever the caller set.

The standard library alone, since `make env` needs it before anything is installed.
"""

import os
import re
import subprocess

from tools.trouble import FULL, ROOM, ROOT, stop

ELSEWHERE = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV")
UNREACHED = re.compile(
    "connection broken|Failed to (establish|fetch)|name resolution|ProxyError|"
    "error sending request|Network is unreachable|timed out|from versions: none|"
    "ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT"  # npm's words
)
NO_SPACE = re.compile("|".join(map(os.strerror, FULL)))
NO_NETWORK = (
    "the libraries could not be fetched; the network is needed once, for the "
    "environment (behind a proxy: set HTTPS_PROXY): "
)
FULL_DISK = f"the disk is full; {ROOM}: "
NOEXEC = (
    "{} may not be run (a mount with noexec?); copy this folder to a place where "
    "programs may"
)
NO_VENV = (
    "Python's venv module is missing; on Debian or Ubuntu: apt install python3-venv "
    "(or install uv)"
)


def failure(*command, **options):
    """Run quietly; why it failed, with its own last words, or nothing."""
    # Settings that send what is installed elsewhere are not meant for us.
    kept = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    try:
        done = subprocess.run(
            [str(word) for word in command],
            **{"cwd": str(ROOT), **options},
            env=dict(kept, PIP_USER="0"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except PermissionError as trouble:
        return NOEXEC.format(trouble.filename)
    return reason(command, done.stdout) if done.returncode else ""


def reason(command, said):
    """Why a command failed that has said this."""
    lines = [line for line in said.splitlines() if line.strip()]
    last = lines[-1] if lines else "nothing"
    if NO_SPACE.search(said):
        return FULL_DISK + last
    if UNREACHED.search(said):
        return NO_NETWORK + last
    return f"this command failed: {' '.join(map(str, command))}: {last}"


def run(*command, **options):
    """Run quietly, or stop with a line that says why it failed."""
    why = failure(*command, **options)
    if why:
        stop(why)


def python_of(folder):
    """The Python of an environment."""
    return folder / "bin" / "python"


def pip(folder):
    """The command that installs into an environment."""
    options = ("--quiet", "--disable-pip-version-check")
    return (python_of(folder), "-m", "pip", "install", *options)


def create(folder):
    """Make an empty environment that has pip, in place of what was there."""
    try:
        import ensurepip  # noqa: F401  (Debian ships it apart)
        import venv
    except ImportError:
        stop(NO_VENV)
    if folder.is_file() or folder.is_symlink():
        folder.unlink()
    venv.create(folder, clear=True)
    run(python_of(folder), "-Im", "ensurepip", "--upgrade", "--default-pip")
