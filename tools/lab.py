"""Start JupyterLab on the chapters: a double click opens one as a notebook.

Whatever JupyterLab writes for itself goes below `_build/lab`. The reader's own
settings of Jupyter, IPython and Matplotlib are neither used nor changed, so that
everyone sees the same. Arguments go on to JupyterLab, as in

    .venv/bin/python -m tools.lab --no-browser --port 8890
"""

import json
import os
import sys
from pathlib import Path

from tools import frameworks
from tools.layout import BOOK, BUILD, ROOT
from tools.notebooks import PYTORCH
from tools.surroundings import surroundings

STATE = BUILD / "lab"
CONFIG = ROOT / "tools" / "lab_config.py"

#: As `python -m jupyterlab`, with our word at a Ctrl-C that comes before it listens.
START = "import tools; from jupyterlab.labapp import main; main()"

# What JupyterLab's settings editor shows as the default.
SETTINGS = {
    "@jupyterlab/docmanager-extension:plugin": {
        "defaultViewers": {
            "markdown": "Jupytext Notebook",
            "myst": "Jupytext Notebook",
        },
        # A chapter changes when its reader saves it, not by being read.
        "autosave": False,
    },
    # A page of prose names no kernel; do not ask which one.
    "@jupyterlab/notebook-extension:tracker": {"autoStartDefaultKernel": True},
    # Nothing asks the network.
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    "@jupyterlab/extensionmanager-extension:plugin": {"enabled": False},
}

# A solution's code is folded; running it would show its output all the same.
STYLE = """\
.jp-CodeCell:has(.jp-InputPlaceholder) > .jp-Cell-outputWrapper {
  display: none;
}
"""


def environment(state: Path) -> dict[str, str]:
    """The environment in which JupyterLab keeps to itself."""
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    return surroundings() | {
        name: str(state / folder) for name, folder in folders.items()
    }


def kernel_with_pytorch() -> dict[str, object]:
    """The kernel of a chapter that needs PyTorch, be it there or not."""
    python = frameworks.pytorch() or sys.executable
    return {
        "argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Python 3 with PyTorch",
        "language": "python",
    }


def write_settings(state: Path) -> None:
    """Write the settings that Jupyter and IPython read from files only."""
    files = {
        f"data/kernels/{PYTORCH}/kernel.json": kernel_with_pytorch(),
        "config/labconfig/default_setting_overrides.json": SETTINGS,
        # Each kernel would warn that other users of this machine may listen.
        "ipython/profile_default/ipython_kernel_config.json": {
            "IPKernelApp": {"log_level": 40}
        },
    }
    for name, content in files.items():
        file = state / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content, indent=2), "utf8")
    style = state / "config/custom/custom.css"
    style.parent.mkdir(parents=True, exist_ok=True)
    style.write_text(STYLE, "utf8")


def command(book: Path, state: Path, *arguments: str) -> list[str]:
    """The command that starts JupyterLab; run it in ROOT."""
    own = [
        f"--config={CONFIG}",
        f"--ServerApp.root_dir={book}",
        f"--FileCheckpoints.checkpoint_dir={state / 'checkpoints'}",
    ]
    if os.geteuid() == 0:
        # In a container there is often no other user; Jupyter would refuse.
        own.append("--allow-root")
    return [sys.executable, "-c", START, *own, *arguments]


def main() -> None:
    write_settings(STATE)
    os.chdir(ROOT)
    start = command(BOOK, STATE, *sys.argv[1:])
    print("lab: JupyterLab opens in the browser; Ctrl-C here ends it", flush=True)
    # In the place of this process, so that Ctrl-C is JupyterLab's.
    os.execve(start[0], start, environment(STATE))


if __name__ == "__main__":
    main()
