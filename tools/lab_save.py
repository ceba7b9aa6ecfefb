"""Saving a chapter in JupyterLab changes what the reader changed, no more.

Jupytext writes a chapter anew from the notebook: it leaves out the keys of the
front matter that it does not know, adds its version, and breaks long texts in
YAML at other places. Here the front matter and every block of options that
still says the same are put back as they were.
"""

import json
import re
from pathlib import Path

import yaml

FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
OPTIONS = re.compile(
    r"(?<=\n)(?P<head>`{3,}\{code-cell\}[^\n]*\n---\n)"
    r"(?P<yaml>.*?)^---\n",
    re.DOTALL | re.MULTILINE,
)


def meaning(text: str) -> str:
    """What a block of options says, however it is written."""
    return json.dumps(yaml.safe_load(text), sort_keys=True, default=str)


def restore(old: str, new: str) -> str:
    """The new text of a chapter, with the old one's words for the same."""
    written = {meaning(block["yaml"]): block["yaml"] for block in OPTIONS.finditer(old)}

    def as_it_was(block: re.Match) -> str:
        text = written.get(meaning(block["yaml"]), block["yaml"])
        return f"{block['head']}{text}---\n"

    new = OPTIONS.sub(as_it_was, new)
    front_matter = FRONT_MATTER.match(old)
    if front_matter:
        new = front_matter[0] + FRONT_MATTER.sub("", new, count=1)
    return new


def keep_what_is_written(model, path, contents_manager, **_) -> None:
    """Jupyter's hook: called with the text of a file that is to be saved."""
    file = Path(contents_manager.root_dir, path.strip("/"))
    if model["type"] == "file" and file.suffix == ".md" and file.exists():
        model["content"] = restore(file.read_text("utf8"), model["content"])
