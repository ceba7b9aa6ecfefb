"""Sphinx extension: every page says in its head what it is about.

A page states its own description in its front matter:

    ---
    description: From words to numbers.
    ---
"""
from html import escape


def add_description(app, pagename, templatename, context, doctree):
    description = (context.get("meta") or {}).get("description")
    if description:
        context["metatags"] = (context.get("metatags", "")
                               + '<meta name="description" '
                               f'content="{escape(description)}" />\n')


def setup(app):
    app.connect("html-page-context", add_description)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
