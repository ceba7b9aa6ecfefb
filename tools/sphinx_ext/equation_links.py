"""Sphinx extension: from an equation to the code that implements it, and back.

A docstring names an equation, "Implements :eq:`eq-softmax`", and Sphinx makes a
link of it. Here are the ways back: below each equation, links to what
implements it in the pages of the reference, and a page that lists all
equations, where book/equations.md has a placeholder.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache

from docutils import nodes
from sphinx.environment.collectors.toctree import TocTreeCollector

from tools.layout import ROOT

MENTION = re.compile(r":eq:`(eq-[\w-]+)`")
PLACEHOLDER = "list-of-equations"
DOCUMENTED = (ast.FunctionDef, ast.ClassDef)


def definitions(tree: ast.AST, prefix: str) -> Iterator[tuple[str, str]]:
    """The full name and the docstring of every function and class."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, DOCUMENTED):
            name = f"{prefix}.{node.name}"
            yield name, ast.get_docstring(node) or ""
            yield from definitions(node, name)


@cache
def implementations() -> dict[str, list[str]]:
    """The full names of what mentions an equation, by the equation's label."""
    found = {}
    for path in sorted((ROOT / "rnn_src").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        tree = ast.parse(path.read_text("utf8"))
        for name, text in definitions(tree, module):
            for label in dict.fromkeys(MENTION.findall(text)):
                found.setdefault(label, []).append(name)
    return found


def equations(doctree: nodes.document) -> list[nodes.math_block]:
    """The equations of a page that have a name."""
    return [
        node
        for node in doctree.findall(nodes.math_block)
        if (node.get("label") or "").startswith("eq-")
    ]


def link_to_code(app, docname: str, label: str) -> nodes.paragraph | None:
    """Links to everything in the reference that mentions an equation."""
    objects = app.env.domains["py"].objects
    # The collection of wrong gradients has the right ones too, to start from.
    known = [
        name
        for name in implementations().get(label, ())
        if name in objects and ".mistakes." not in name
    ]
    if not known:
        return None
    line = nodes.paragraph(classes=["in-code"])
    line += nodes.Text("In code: ")
    for number, name in enumerate(known):
        uri = app.builder.get_relative_uri(docname, objects[name].docname)
        line += nodes.Text(", " if number else "")
        line += nodes.reference(
            "",
            "",
            nodes.literal(text=name.removeprefix("rnn_src.")),
            internal=True,
            refuri=f"{uri}#{objects[name].node_id}",
        )
    return line


def add_links(app, doctree, docname):
    """Put the links below the equations, and the list in its place."""
    if app.builder.format != "html":
        return
    for equation in equations(doctree):
        if line := link_to_code(app, docname, equation["label"]):
            equation.parent.insert(equation.parent.index(equation) + 1, line)
    for place in list(doctree.findall(nodes.container)):
        if PLACEHOLDER in place["classes"]:
            place.parent.replace(place, list(listed(app, docname)))
            # The contents beside the page were made when it was read.
            app.env.temp_data["docname"] = docname
            TocTreeCollector().process_doc(app, doctree)


def listed(app, docname: str) -> Iterator[nodes.section]:
    """All equations, chapter by chapter."""
    site = app.env.external_site_map
    for page in dict.fromkeys(map(str, site)):
        if found := equations(app.env.get_doctree(page)):
            section = nodes.section(ids=[nodes.make_id(page)])
            title = nodes.title("", app.env.titles[page].astext())
            if number := app.env.toc_secnumbers.get(page, {}).get(""):
                text = f"{number[0]}. "
                title.insert(0, nodes.inline("", text, classes=["section-number"]))
            section += title
            section += rows(app, docname, found)
            yield section


def rows(app, docname: str, found: list[nodes.math_block]) -> Iterator[nodes.Node]:
    """Each equation, below its number and the title of the section that derives it."""
    told = None
    for equation in found:
        label = equation["label"]
        line = nodes.paragraph("", "", number_of(app, docname, label))
        if (title := title_above(equation)) is not told:
            line += [nodes.Text(" "), *title.deepcopy().children]
        told = title
        yield line
        yield nodes.math_block(
            "",
            equation.astext(),
            nowrap=False,
            number=None,
            label=None,
            docname=docname,
        )
        if code := link_to_code(app, docname, label):
            yield code


def title_above(node: nodes.Node) -> nodes.title:
    """The title of the section of a node; an exercise is one without."""
    node = node.parent
    while not (isinstance(node, nodes.section) and isinstance(node[0], nodes.title)):
        node = node.parent
    return node[0]


def number_of(app, docname: str, label: str) -> nodes.Node:
    """The number of an equation, as a link to it."""
    return app.env.domains["math"].resolve_xref(
        app.env, docname, app.builder, "eq", label, nodes.Element(), nodes.Text(label)
    )


def setup(app):
    app.connect("doctree-resolved", add_links)
