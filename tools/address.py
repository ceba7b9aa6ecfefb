"""Where the book is published, if it is: its settings with what an address adds.

    make book URL=https://example.org/book REPO=https://github.com/someone/book

Or the two lines of _config.yml that are comments there. Without an address no page
names one: no canonical link, no sitemap, no picture for those who share a link, no
button that leads to a repository.
"""

import os
import re
import sys
from pathlib import Path

import yaml

from tools.layout import BUILD, ROOT

GIVEN = BUILD / "_config.yml"
ADDRESS = re.compile(r"https?://[^\s/]+\S*")
BRANCH = "main"


def stated(config: dict, variable: str, section: str, key: str) -> str:
    """An address from the command or from _config.yml, without its final slash."""
    name = f"{variable}="
    value = os.environ.get(f"RNN_BOOK_{variable}") or ""
    if not value:
        name, value = f"{section}: {key}: ", config.get(section, {}).get(key) or ""
    if value and not ADDRESS.fullmatch(value):
        sys.exit(
            f"book: {name}{value} is no address; expected one such as "
            "https://example.org/book"
        )
    return value.rstrip("/")


def settings() -> dict:
    """The settings of _config.yml, and what the two addresses add to them."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf8"))
    url = stated(config, "URL", "html", "baseurl")
    repo = stated(config, "REPO", "repository", "url")
    sphinx = config["sphinx"]["config"]
    if url:
        config["html"]["baseurl"] = f"{url}/"
    if repo:
        config.pop("repository", None)  # it would write over the theme's options
        sphinx["extensions"].append("sphinx.ext.linkcode")
        sphinx["suppress_warnings"] = ["config.cache"]  # linkcode takes a function
        sphinx["html_theme_options"] |= {
            "repository_url": repo,
            "repository_branch": BRANCH,
            "path_to_docs": "book",
            "use_repository_button": True,
            "use_issues_button": True,
            "use_edit_page_button": True,
        }
    if repo.startswith("https://github.com/"):  # where Binder can fetch it
        sphinx["html_theme_options"]["launch_buttons"] = {
            "binderhub_url": "https://mybinder.org",
            "notebook_interface": "jupyterlab",
        }
    return config


def written() -> Path:
    """The file with the settings, for the command that makes the pages."""
    BUILD.mkdir(exist_ok=True)
    GIVEN.write_text(yaml.safe_dump(settings(), allow_unicode=True), "utf8")
    return GIVEN
