"""The book to take along: one archive of its pages, and one PDF.

The archive is unpacked and opened by double click on index.html. The PDF is
printed by the browser of the tests, from the same pages in one: no scripts, the
solutions at the end of their chapter, links within the book kept. (Sphinx's own
builder of a single page, singlehtml, fails on the folded cells of MyST-NB.)
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag
from playwright.sync_api import sync_playwright
from sphinx_external_toc.parsing import parse_toc_yaml

from tools import browser, paper
from tools.build import alone
from tools.layout import BUILD, HTML, NAME, ROOT, TITLE
from tools.zipped import write_zip

README = f"""\
{TITLE}

To read: open index.html. The pages need no network.
To run code in a page: a browser allows that only on pages that come from a server.
In this folder, run  python3 -m http.server --bind 127.0.0.1
and open http://127.0.0.1:8000. Any server will do that sends .mjs as JavaScript.
"""
LEFT_OUT = (
    "script",
    ".headerlink",
    ".notebook-link",
    ".toggle-button",
    "button",
    ".meaning",
)


def archive(html: Path, file: Path) -> None:
    """Put all pages, and what they load, into one folder of an archive."""

    def contents() -> Iterator[tuple[str, bytes]]:
        yield "README.txt", README.encode()
        for path in sorted(html.rglob("*")):
            if path.is_file() and path.name not in (".buildinfo", "objects.inv"):
                yield str(path.relative_to(html)), path.read_bytes()

    write_zip(file, contents())


def pages() -> Iterable[str]:
    """The pages in the order of the table of contents."""
    return map(str, parse_toc_yaml(ROOT / "_toc.yml"))


def article(html: Path, name: str) -> Tag:
    """What a page says, with ids of its own, ready to stand beside others."""
    soup = BeautifulSoup((html / f"{name}.html").read_text("utf8"), "html.parser")
    text = soup.select_one("article.bd-article")
    for element in text.select(", ".join(LEFT_OUT)):
        element.decompose()
    for aside in text.select("details.curious"):
        aside["open"] = ""  # nobody can open it on paper
    for element in text.select("[id]"):
        element["id"] = f"{name}--{element['id']}"
    for link in text.select("a[href]"):
        link.attrs.pop("aria-describedby", None)
        address, _, fragment = unquote(link["href"]).partition("#")
        if ":" in address:
            continue
        target = address.removesuffix(".html") or name
        link["href"] = f"#{target}--{fragment}" if fragment else f"#{target}"
    text["id"] = name
    solutions_last(soup, text)
    return text


def solutions_last(soup: BeautifulSoup, text: Tag) -> None:
    """Open the solutions, and put them at the end of their chapter."""
    found = text.select("div.solution")
    if found:
        head = soup.new_tag("h2")
        head.string = "Solutions"
        text.append(head)
    for solution in found:
        solution["class"] = [
            name for name in solution["class"] if name not in ("dropdown", "toggle")
        ]
        text.append(solution.extract())


def in_one(html: Path, names: Iterable[str]) -> str:
    """The whole book as one page."""
    first = BeautifulSoup((html / "index.html").read_text("utf8"), "html.parser")
    styles = "".join(str(link) for link in first.select("link[rel=stylesheet]"))
    texts = {name: (html / f"{name}.html").read_text("utf8") for name in names}
    heads = "".join(
        paper.head(number, name, text)
        for number, (name, text) in enumerate(texts.items())
    )
    articles = "\n".join(str(article(html, name)) for name in texts)
    return (
        f'<!doctype html><html lang="en" data-theme="light"><head><meta '
        f'charset="utf-8"><title>{TITLE}</title>{styles}<style>'
        f"{paper.SHEET}{heads}</style></head><body><main class='bd-content'>"
        f"{articles}</main></body></html>"
    )


def pdf(html: Path, file: Path, names: Iterable[str]) -> None:
    """Print the book."""
    path = browser.find()
    if path is None:
        sys.exit(f"archive: no PDF without a browser. {browser.MISSING}")
    page_file = html / "_print.html"
    try:
        with sync_playwright() as playwright:
            opened = playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox"]
            )
            page = opened.new_page(java_script_enabled=False)

            def write(file: Path) -> None:
                page.goto(page_file.as_uri())
                page.pdf(
                    path=file,
                    prefer_css_page_size=True,
                    print_background=True,
                    outline=True,
                    tagged=True,
                )

            paper.printed(in_one(html, names), page_file, write, file)
            opened.close()
    finally:
        page_file.unlink(missing_ok=True)


def main() -> None:
    archive(HTML, BUILD / f"{NAME}.zip")
    pdf(HTML, BUILD / f"{NAME}.pdf", pages())
    for suffix in ("zip", "pdf"):
        file = BUILD / f"{NAME}.{suffix}"
        print(f"archive: {file} ({file.stat().st_size / 1e6:.1f} MB)")


if __name__ == "__main__":
    with alone("archive"):
        main()
