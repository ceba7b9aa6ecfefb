"""Sphinx extension: repair what theme and extensions get wrong in a page.

- sphinx-exercise gives the text of every exercise the same id.
- The theme leaves the book's title outside every landmark, so that a reader
  who goes from landmark to landmark does not find the way home.
- The search fetches a summary of each page that it found, which a browser
  refuses where the book is read from files: an error for every result.
- The theme lets the keyboard reach boxes that scroll, but not wide formulas,
  and nobody sees that a box goes on.
- The theme finds out whether the system is dark when its scripts have come:
  until then a page has no colours of its own, and code no border, so that lines
  break anew.
- The theme states the viewport three times, and where it has no title an empty
  heading. Sphinx puts lists into paragraphs, which HTML does not know.

Colours and overflow are repaired in book/_assets/book.css. Every repair has
its test in tests/test_browser.py.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError

REPEATED_IDS = {"exercise-content", "solution-content"}
SIDEBAR = '<div id="pst-primary-sidebar" class="bd-sidebar-primary bd-sidebar"'
VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')
THEME = 'localStorage.getItem("theme") || "auto";'
THEME_AT_ONCE = (
    '["light", "dark"].find((one) => one === localStorage.getItem("mode")) || '
    '(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");'
)
NO_SUMMARY_FROM_FILES = (
    'if (location.protocol === "file:") '
    "DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;"
)

WIDE_BOXES = """
const markWide = (box) => {
  const wide = box.scrollWidth > box.clientWidth;
  box.classList.toggle("goes-on", wide);
  if (box.matches(".katex-display")) {
    if (wide) box.setAttribute("tabindex", "0"); else box.removeAttribute("tabindex");
  }
};
addEventListener("load", async () => {
  const watch = new ResizeObserver((all) => all.forEach((e) => markWide(e.target)));
  await document.fonts.ready;
  document.querySelectorAll(".katex-display, .highlight pre, .cell_output pre")
    .forEach((box) => watch.observe(box));
});
"""


def name_contents(app, doctree, docname):
    """Give the text of an exercise the id of the exercise, and a suffix."""
    for section in doctree.findall(nodes.section):
        if REPEATED_IDS.intersection(section["ids"]):
            section["ids"] = [f"{name}-content" for name in section.parent["ids"][:1]]


def free_lists(app, doctree, docname):
    """Take lists out of paragraphs: the lists of what a function returns."""
    for paragraph in list(doctree.findall(nodes.paragraph)):
        if any(isinstance(child, nodes.bullet_list) for child in paragraph):
            paragraph.parent.replace(paragraph, paragraph.children)


def spare_the_fetch(app, pagename, templatename, context, doctree):
    """Search without summaries where there is no server to give them."""
    if templatename == "search.html":
        app.add_js_file(None, body=NO_SUMMARY_FROM_FILES)


def mark_sidebar(text: str) -> str:
    """Make the sidebar, with title, search and contents, a landmark."""
    if text.count(SIDEBAR) != 1:
        raise ExtensionError(
            "page_repairs: a page has no sidebar as the theme "
            "used to write it; see mark_sidebar"
        )
    return text.replace(SIDEBAR, f'{SIDEBAR} role="navigation" aria-label="Book"')


def with_one_viewport(text: str) -> str:
    """Keep the first of the tags that say how wide the page is."""
    first, *others = VIEWPORT.findall(text)
    head, found, rest = text.partition(first)
    for tag in others:
        rest = rest.replace(tag, "")
    return head + found + rest


def with_theme(text: str) -> str:
    """Choose light or dark in the head, before anything is painted."""
    if text.count(THEME) != 1:
        raise ExtensionError(
            "page_repairs: a page does not set its theme as it used to; see with_theme"
        )
    return text.replace(THEME, THEME_AT_ONCE)


def repair_written(app, exception):
    """Repair the written pages: no template of the theme reaches these."""
    if exception is not None or app.builder.name != "html":
        return
    for page in Path(app.outdir).glob("*.html"):
        text = with_theme(mark_sidebar(page.read_text("utf8")))
        page.write_text(with_one_viewport(text).replace("<h1></h1>", ""), "utf8")


def setup(app):
    app.add_js_file(None, body=WIDE_BOXES)
    app.connect("doctree-resolved", name_contents)
    app.connect("doctree-resolved", free_lists)
    app.connect("html-page-context", spare_the_fetch)
    app.connect("build-finished", repair_written)
