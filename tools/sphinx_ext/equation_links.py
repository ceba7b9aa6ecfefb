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
    for place in doctree.findall(nodes.container):
        if PLACEHOLDER in place["classes"]:
            place.children = []
            place.extend(listed(app, docname))


def listed(app, docname: str) -> Iterator[nodes.Node]:
    """All equations with their numbers, chapter by chapter."""
    site = app.env.external_site_map
    for page in dict.fromkeys(map(str, site)):
        found = equations(app.env.get_doctree(page))
        if not found:
            continue
        yield nodes.rubric(text=app.env.titles[page].astext())
        for equation in found:
            label = equation["label"]
            line = nodes.paragraph()
            line += number_of(app, docname, label)
            line += nodes.Text(f" {label.removeprefix('eq-').replace('-', ' ')}")
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


def number_of(app, docname: str, label: str) -> nodes.Node:
    """The number of an equation, as a link to it."""
    return app.env.domains["math"].resolve_xref(
        app.env, docname, app.builder, "eq", label, nodes.Element(), nodes.Text(label)
    )


def setup(app):
    app.connect("doctree-resolved", add_links)
