"""Sphinx extension: repair what theme and extensions get wrong in a page.

Each repair names the fault, in the versions of the lock, and when to remove it.
Colours and overflow are repaired in book/look/. Every repair has
its test in tests/pages/test_browser.py or test_pages.py.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx_exercise.nodes import solution_node

# sphinx-exercise 1.2.1 gives the text of every exercise of a page the same id.
# Remove when its directive.py makes that id from the label.
REPEATED_IDS = {"exercise-content", "solution-content"}
# pydata-sphinx-theme 0.17.1 leaves the book's title outside every landmark, so a
# screen reader that moves from landmark to landmark misses the link home. Remove
# when the primary sidebar of its layout.html is a landmark.
SIDEBAR = '<div id="pst-primary-sidebar" class="bd-sidebar-primary bd-sidebar"'
# docutils, Sphinx's basic theme and pydata-sphinx-theme each state the viewport.
# Remove when the first and the last leave it to Sphinx, which has had it since 3.1.
VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')
# pydata-sphinx-theme asks whether the system is dark only when its scripts have
# loaded: until then a page has no colours and code no border, so lines break twice.
# Remove when pydata-sphinx-theme issue 1857 is closed.
THEME = 'localStorage.getItem("theme") || "auto";'
THEME_AT_ONCE = (
    '["light", "dark"].find((one) => one === localStorage.getItem("mode")) || '
    '(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");'
)
# pydata-sphinx-theme names the button of light and dark in a way that says neither what
# it does nor what there is. Remove when its theme-switcher.html says so.
SWITCH = 'aria-label="Color mode" data-bs-title="Color mode"'
SWITCH_SAYS = "Light, dark or auto, as your system is"
# Sphinx 7.4 fetches a summary of each page it found, which a browser refuses when
# the book is read from files: an error for every result. Remove when Sphinx issue
# 10407 is closed.
NO_SUMMARY_FROM_FILES = (
    'if (location.protocol === "file:") '
    "DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;"
)

# pydata-sphinx-theme lets the keyboard reach code that scrolls, but not formulas, nor
# code that becomes too wide when the fonts arrive. Remove that part when its
# addTabStopsToScrollableElements knows .katex-display and watches sizes; the shadow
# that shows that a box goes on is our own.
WIDE_BOXES = """
const markWide = (box) => {
  const wide = box.scrollWidth > box.clientWidth;
  box.classList.toggle("goes-on", wide);
  if (wide) box.setAttribute("tabindex", "0"); else box.removeAttribute("tabindex");
};
addEventListener("load", async () => {
  const watch = new ResizeObserver((all) => all.forEach((e) => markWide(e.target)));
  await document.fonts.ready;
  const kinds = ".katex-display, .highlight pre, .cell_output pre, " +
    ".pst-scrollable-table-container";
  document.querySelectorAll(kinds).forEach((box) => watch.observe(box));
});
"""


def name_contents(app, doctree, docname):
    """Give the text of an exercise the id of the exercise, and a suffix."""
    for section in doctree.findall(nodes.section):
        if REPEATED_IDS.intersection(section["ids"]):
            section["ids"] = [f"{name}-content" for name in section.parent["ids"][:1]]


def unlink_titles(app, doctree, docname):
    """Let the title of a solution open it, and not also lead to its exercise.

    The exercise is right above. Remove when sphinx-exercise has a setting that keeps
    the exercise's name, which paper needs, and drops the link.
    """
    for solution in doctree.findall(solution_node):
        title = next(iter(solution.findall(nodes.title)), None)
        for link in list(title.findall(nodes.reference)) if title else ():
            link.parent.replace(link, link.children)


def free_lists(app, doctree, docname):
    """Take lists out of paragraphs: the lists of what a function returns.

    HTML has no lists in paragraphs. Remove when Sphinx's DocFieldTransformer gives a
    field that consists of blocks no paragraph.
    """
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


def with_named_switch(text: str) -> str:
    """Say of the button of light and dark what it does."""
    named = f'aria-label="{SWITCH_SAYS}" data-bs-title="{SWITCH_SAYS}"'
    if text.count(SWITCH) != 1:
        raise ExtensionError(
            "page_repairs: a page has no button of light and dark as the theme used to "
            "write it; see with_named_switch"
        )
    return text.replace(SWITCH, named)


def with_listed_works(text: str) -> str:
    """Make the works of the bibliography items of their list.

    docutils gives them a role that is deprecated, and that no list may hold. Remove
    when its HTML writer has no "doc-biblioentry".
    """
    return text.replace('role="doc-biblioentry"', 'role="listitem"')


def with_article(text: str) -> str:
    """Make what the page of the search shows an article, as on every other page.

    pydata-sphinx-theme 0.17.1 gives it a box of its own. Remove when its search.html
    has an article.
    """
    box = 'class="bd-search-container'
    return text.replace(f'{box}"', f'{box} bd-article"')


def repair_written(app, exception):
    """Repair the written pages: no template of the theme reaches these.

    sphinx-book-theme 1.3.0 writes an empty heading where a page has no title. Remove
    that part when its layout.html asks whether there is one.
    """
    if exception is not None or app.builder.name != "html":
        return
    for page in Path(app.outdir).glob("*.html"):
        text = with_theme(mark_sidebar(page.read_text("utf8")))
        text = with_article(text)
        text = with_listed_works(with_one_viewport(with_named_switch(text)))
        page.write_text(text.replace("<h1></h1>", ""), "utf8")


def setup(app):
    app.add_js_file(None, body=WIDE_BOXES)
    app.connect("doctree-resolved", name_contents)
    app.connect("doctree-resolved", unlink_titles)
    app.connect("doctree-resolved", free_lists)
    app.connect("html-page-context", spare_the_fetch)
    app.connect("build-finished", repair_written)
