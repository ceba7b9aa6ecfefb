"""Sphinx extension: a page that was not executed says so, below its title.

A chapter that needs PyTorch shows its reference where there is none
(`tools.execute.shows_reference`).
"""

from docutils import nodes

from tools.execute import shows_reference
from tools.layout import BOOK
from tools.notebooks import read

SAYS = (
    "This copy of the book was built without PyTorch. What the cells of this page "
    "show was printed, and reviewed, on a machine that has it."
)


def say_so(app, doctree, docname):
    page, title = BOOK / f"{docname}.md", next(iter(doctree.findall(nodes.title)), None)
    if title is not None and page.exists() and shows_reference(read(page)):
        note = nodes.note("", nodes.paragraph(text=SAYS))
        title.parent.insert(title.parent.index(title) + 1, note)


def setup(app):
    app.connect("doctree-resolved", say_so)
