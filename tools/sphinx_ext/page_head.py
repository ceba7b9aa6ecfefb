"""Sphinx extension: what every page says of itself, and of its place.

A page states its own description in its front matter:

    ---
    description: From words to numbers.
    ---

From it come the tags for search engines and for those who share a link. Below
its title a chapter says where in the book it stands. A page that does not
exist has a page that says so, and a sitemap is written if the book's address is
known (tools/address.py).

Why not the libraries: sphinxext-opengraph describes a page by its first words, and
skips the pages that Sphinx adds. sphinx-sitemap 2.9 warns if no address is known, and
needs one with a final slash. sphinx-notfound-page writes links from the root of a
host; this book is also read from folders and files.
"""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from docutils import nodes

from tools.layout import BOOK
from tools.notebooks import read
from tools.road import minutes

MISSING = """<section><h1>This page is not here</h1>
<p>A link led to a page that the book does not have. You find what you look
for in the <a href="index.html">list of chapters</a>, by
<a href="search.html">searching</a>, or in the
<a href="genindex.html">index</a>.</p></section>"""
#: Of the pages without a source.
DESCRIPTIONS = {
    "search": "Search the book for words, and for symbols such as dWh or "
    "1 - h^2 in its formulas and its code.",
    "genindex": "The index of the book: every function, class and term, each "
    "with a link to the place where it is explained.",
    "404": "The address leads to no page of this book; from here you find the "
    "chapters, the search and the index.",
}


def add_tags(app, pagename, templatename, context, doctree):
    """The tags of a page's head."""
    description = (context.get("meta") or {}).get("description") or DESCRIPTIONS.get(
        pagename
    )
    tags = {
        "og:type": "article",
        "og:site_name": app.config.html_title,
        "og:title": plain(context.get("title") or app.config.html_title),
    }
    if context.get("pageurl"):
        tags["og:url"] = context["pageurl"]
    lines = []
    if description:
        tags["og:description"] = escape(description)
        lines.append(f'<meta name="description" content="{escape(description)}" />')
    lines += [
        f'<meta property="{name}" content="{value}" />' for name, value in tags.items()
    ]
    context["metatags"] = "\n".join([context.get("metatags", ""), *lines, ""])


def plain(markup: str) -> str:
    """A title without its tags, for an attribute."""
    return re.sub(r"<[^>]+>", "", markup).replace('"', "&quot;")


def parts(app) -> Iterator[tuple[str, list[str]]]:
    """The name of each part, and its pages."""
    site = app.env.external_site_map
    for tree in site.root.subtrees:
        yield tree.caption, [str(item) for item in tree.items]


def add_place(app, doctree, docname):
    """Below the title of a chapter: its part, its number, its length."""
    chapters = [
        (part, page)
        for part, pages in parts(app)
        for page in pages
        if page[:2].isdigit()
    ]
    numbers = {page: number for number, (_, page) in enumerate(chapters, 1)}
    title = next(iter(doctree.findall(nodes.title)), None)
    if docname not in numbers or title is None:
        return
    part = chapters[numbers[docname] - 1][0]
    long = minutes(numbers[docname], read(BOOK / f"{docname}.md"))
    place = nodes.paragraph(classes=["place"])
    place += nodes.Text(
        f"{part} · chapter {numbers[docname]} of "
        f"{len(chapters)} · about {long} minutes of reading"
    )
    title.parent.insert(title.parent.index(title) + 1, place)


def add_missing_page(app):
    """The page for an address that leads nowhere."""
    yield "404", {"title": "This page is not here", "body": MISSING}, "page.html"


def write_sitemap(app, exception):
    """The addresses of all pages, if the book's own is known."""
    base = app.config.html_baseurl
    if exception is None and app.builder.name == "html" and base:
        urls = "".join(
            f"<url><loc>{escape(base.rstrip('/'))}/{name}.html</loc></url>"
            for name in sorted(app.env.found_docs)
        )
        (Path(app.outdir) / "sitemap.xml").write_text(
            '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns='
            f'"http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>',
            "utf8",
        )


def setup(app):
    app.connect("html-page-context", add_tags)
    app.connect("html-collect-pages", add_missing_page)
    app.connect("doctree-resolved", add_place)
    app.connect("build-finished", write_sitemap)
