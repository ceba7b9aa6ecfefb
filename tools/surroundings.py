"""The environment in which the book is executed: the caller's places, no settings.

    .venv/bin/python -I tools/surroundings.py -m tools.build

runs Python again in it, so neither MPLBACKEND nor PYTHONOPTIMIZE nor a start-up file
of IPython changes what a chapter prints. The list says what is kept, since nobody
could list everything that has to go. The Makefile runs each command this way that
executes the book; those that need the network keep the caller's environment.
"""

import os
import sys
from pathlib import Path

KEPT = {
    # Where programs, files and the libraries of Python itself are.
    *("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "TMPDIR"),
    *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PLAYWRIGHT_BROWSERS_PATH"),
    # For `make lab`: the screen, the browser, and the reader's own record of
    # what is solved, which no page shows.
    *("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS"),
    *("BROWSER", "XDG_RUNTIME_DIR", "XDG_DATA_DIRS", "XDG_CURRENT_DESKTOP"),
    *("XDG_DATA_HOME", "RNN_BOOK_PROGRESS"),
    # Where what the build puts into the book was fetched to.
    *("XDG_CACHE_HOME", "RNN_BOOK_CACHE"),
    # Where the book is published.
    *("RNN_BOOK_URL", "RNN_BOOK_REPO"),
    "CI",
}
OWN = {
    "PYTHONUTF8": "1",
    # The matrices of the book are small, and chapters run side by side: threads
    # of NumPy's would spend their time waiting for each other.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",  # PyTorch's
    # Folders in .venv instead of the caller's. Matplotlib keeps its list of fonts
    # there, too: made anew with .venv, it never lacks a font that came later.
    "MPLCONFIGDIR": str(Path(sys.prefix, "matplotlib")),
    "IPYTHONDIR": str(Path(sys.prefix, "ipython")),
    "JUPYTER_CONFIG_DIR": str(Path(sys.prefix, "jupyter")),
    "JUPYTER_DATA_DIR": str(Path(sys.prefix, "jupyter")),
}


def surroundings() -> dict[str, str]:
    """The environment variables of a process that executes the book."""
    return {name: value for name, value in os.environ.items() if name in KEPT} | OWN


if __name__ == "__main__":
    os.execve(sys.executable, [sys.executable, *sys.argv[1:]], surroundings())
