"""Sphinx extension: cells that can be run where they are read.

A code cell gets the class `run-12`, its number on the page; the starter of an exercise
`solve-06-tanh`, too; and a cell whose output answers a question "Predict" `predicted`.
Scripts in book/_assets/run find them, and what `tools.runnable` writes of each.
"""

from collections.abc import Iterator

from docutils import nodes
from nbformat import NotebookNode

from tools.layout import BOOK
from tools.notebooks import code_cells, needs_pytorch, read
from tools.runnable import starters

SWITCH = """<p class="predict-switch"><label><input type="checkbox" id="predict-switch">
Cover what a cell prints after “Predict”, until I look.</label></p>"""
SCRIPTS = ("run/start.js", "run/predict.js")


def cells_of(doctree: nodes.document) -> Iterator[nodes.container]:
    """The code cells of a page."""
    for node in doctree.findall(nodes.container):
        if node.get("nb_element") == "cell_code":
            yield node


def asks_to_predict(node: nodes.Node) -> bool:
    """Whether a paragraph begins with a bold "Predict"."""
    if not isinstance(node, nodes.paragraph):
        return False
    first = next((child for child in node.children if child.astext()), None)
    return isinstance(first, nodes.strong) and first.astext().startswith("Predict")


def number_cells(app, doctree, docname):
    """Give each cell of a chapter its classes, and the page its switch."""
    cells = list(cells_of(doctree))
    if app.builder.format != "html" or not cells:
        return
    notebook = read(BOOK / f"{docname}.md")
    if not needs_pytorch(notebook):
        name_cells(cells, notebook)
    cover_predictions(cells, doctree)


def name_cells(cells: list[nodes.container], notebook: NotebookNode) -> None:
    """Give each cell the class by which a script finds it."""
    solves = starters(notebook)
    sources = code_cells(notebook)
    places = {id(cell): number for number, cell in enumerate(sources)}
    for node in cells:
        number = places.get(id(notebook.cells[node["cell_index"]]))
        if number is not None:
            node["classes"].append(f"run-{number}")
        if number in solves:
            node["classes"].append(f"solve-{solves[number].name}")


def cover_predictions(cells: list[nodes.container], doctree: nodes.document) -> None:
    """Mark what answers a question, and give the page its switch."""
    asked = [node for node in doctree.findall() if asks_to_predict(node)]
    for question in asked:
        after = question.findall(include_self=False, descend=False, ascend=True)
        answer = next((node for node in after if node in cells), None)
        if answer:
            answer["classes"].append("predicted")
    if asked:
        place = asked[0].parent
        switch = nodes.raw("", SWITCH, format="html")
        place.insert(place.index(asked[0]), switch)


def add_scripts(app, pagename, templatename, context, doctree):
    """Let only the pages that have cells load what runs them."""
    if doctree is not None and any(cells_of(doctree)):
        for script in SCRIPTS:
            app.add_js_file(script, loading_method="defer")


def setup(app):
    app.connect("doctree-resolved", number_cells)
    app.connect("html-page-context", add_scripts)
