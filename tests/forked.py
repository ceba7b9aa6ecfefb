"""Run code of Python in forks of one process that has imported what makes a book.

Each line that it reads is a job: the file for what is said, the environment, the code,
its arguments. It answers with the exit status of the code.
"""

import json
import os
import sys
from importlib import import_module

import yaml
from sphinx.application import builtin_extensions

from rnn_exercises.registry import all_exercises
from tools.layout import ROOT


def warm_up() -> None:
    """Import what a build would import, and change nothing else."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf8"))
    extensions = config["sphinx"]["config"]["extensions"]
    for module in ("jupyter_book.sphinx", *builtin_extensions, *extensions):
        import_module(module)
    all_exercises()


def become(log: str, environment: dict[str, str], arguments: list[str]) -> None:
    """Be a process with this environment that says what it says to a file."""
    with open(log, "w") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["-c", *arguments]


if __name__ == "__main__":
    warm_up()
    for line in sys.stdin:
        if child := os.fork():
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
            continue
        log, environment, code, *arguments = json.loads(line)
        become(log, environment, arguments)
        exec(code, {"__name__": "__main__"})
        break
