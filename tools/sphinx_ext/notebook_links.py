"""Sphinx extension: below "Exercises", a link to the chapter's own notebook,
and to the package that it needs.

`tools.downloads` writes both, after the pages.
"""

from html import escape

from docutils import nodes

from tools import wheel

PACKAGE = f'<a href="notebooks/{wheel.NAME}" download>the book\'s package</a>'
LINK = (
    '<p class="notebook-link">Work on them in Jupyter: <a href="notebooks/'
    '{name}.ipynb" download>this chapter as a notebook</a>, without the '
    f"solutions. It needs {PACKAGE}, a file for <code>pip install</code>.</p>"
)


def add_link(app, doctree, docname):
    """Put the link under the heading of a numbered chapter's exercises."""
    if app.builder.format != "html" or not docname[:2].isdigit():
        return
    for section in doctree.findall(nodes.section):
        if "exercises" in section["ids"]:
            link = LINK.format(name=escape(docname))
            section.insert(1, nodes.raw("", link, format="html"))


def setup(app):
    app.connect("doctree-resolved", add_link)
