"""Find a Chromium for the browser tests, or install one.

`make test` calls this first, so it must cost nothing when the machine has one: then
it looks at paths, starts no process and imports nothing heavy.

Playwright and pytest-playwright find only browsers that they downloaded, or Chrome
in a few fixed places, but not a distribution's Chromium.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Chrome before `chromium-browser`: on Ubuntu that name is a snap's.
NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PLAYWRIGHT_SECONDS = 120
APT_SECONDS = 600

MISSING = (
    "NO BROWSER: the pages are NOT tested in a browser. Install "
    "Chromium or Google Chrome (Debian: apt install chromium; "
    "elsewhere: .venv/bin/playwright install --with-deps chromium)."
)


def is_snap(path: str) -> bool:
    """A snap sees neither /tmp nor hidden folders, so no page of the tests."""
    with open(path, "rb") as file:
        return (
            os.path.realpath(path) == "/usr/bin/snap"
            or path.startswith("/snap/")
            or b"/snap/bin/" in file.read(4096)
        )


def system_browser() -> str | None:
    """A Chromium or Chrome that the machine has."""
    for name in NAMES:
        path = shutil.which(name)
        if path and not is_snap(path):
            return path
    return next((path for path in APPLICATIONS if os.access(path, os.X_OK)), None)


def playwright_browser() -> str | None:
    """The Chromium that Playwright has installed."""
    from playwright.sync_api import sync_playwright  # slow, and seldom needed

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.access(path, os.X_OK) else None


def find() -> str | None:
    """The browser that the tests use, or None."""
    return system_browser() or playwright_browser()


@contextmanager
def opened() -> "Iterator[Browser]":
    """A browser for a command, which ends with a word where there is none."""
    from playwright.sync_api import sync_playwright  # slow, and seldom needed

    if (path := find()) is None:
        sys.exit(MISSING)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


def required() -> bool:
    """Where the tests are the judge, a missing browser is a failure."""
    return os.environ.get("CI") == "true"


def run(seconds: int, *command: str, **settings: str) -> bool:
    """Run quietly; after `seconds` end the command and all that it started."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **settings},
        start_new_session=True,
    )
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False


def starts(path: str | None) -> bool:
    """Playwright's Chromium comes without the libraries that it needs."""
    return bool(path) and run(20, path, "--version")


def install_with_playwright() -> None:
    print(
        "browser: none found; asking Playwright for its own "
        f"(at most {PLAYWRIGHT_SECONDS} s)",
        flush=True,
    )
    run(PLAYWRIGHT_SECONDS, sys.executable, "-m", "playwright", "install", "chromium")


def install_with_apt() -> None:
    print("browser: installing Debian's chromium (a minute or two)", flush=True)
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(APT_SECONDS, "apt-get", "update", **quiet)
    install = ("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
    run(APT_SECONDS, *install, **quiet)


def can_use_apt() -> bool:
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def main() -> None:
    if find():
        return
    install_with_playwright()
    if not starts(find()) and can_use_apt():
        install_with_apt()
    path = find()
    if starts(path):
        print(f"browser: {path}")
        return
    print(f"browser: {MISSING}", file=sys.stderr)
    sys.exit(1 if required() else 0)


if __name__ == "__main__":
    main()
