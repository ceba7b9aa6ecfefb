"""Parts of the pages of the built book: a whole page takes longer to parse."""

import re
from pathlib import Path

from bs4 import BeautifulSoup, SoupStrainer


def parts(html: Path, page: str, kind: str) -> BeautifulSoup:
    """The elements of a page that have a class, with all that is in them."""
    text = (html / f"{page}.html").read_text("utf8")
    wanted = SoupStrainer(class_=re.compile(rf"(^|\s){kind}(\s|$)"))
    return BeautifulSoup(text, "html.parser", parse_only=wanted)
