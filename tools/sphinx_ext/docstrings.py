"""Sphinx extension: docstrings as the pages of the reference show them.

napoleon takes what is said of a datum, up to a colon, for its type; autodoc shows
`<factory>` where a dataclass begins with a list of its own, and how to call an
enumeration, which nobody does.
"""

from dataclasses import MISSING, fields, is_dataclass
from enum import EnumMeta

from sphinx.ext.napoleon.docstring import NumpyDocstring


def all_text(docstring: NumpyDocstring) -> tuple[str, list[str]]:
    """No type, and all that is said of a datum."""
    return "", docstring._dedent(docstring._consume_to_end())


def plainly(app, what, name, obj, options, signature, returned):
    """Say what a factory of a dataclass makes, and no arguments of an enumeration."""
    if isinstance(obj, EnumMeta):
        return "", None
    for field in fields(obj) if signature and is_dataclass(obj) else ():
        if field.default_factory is not MISSING:
            made = repr(field.default_factory())
            signature = signature.replace("<factory>", made, 1)
    return signature, returned


def setup(app):
    NumpyDocstring._consume_inline_attribute = all_text
    app.connect("autodoc-process-signature", plainly)
