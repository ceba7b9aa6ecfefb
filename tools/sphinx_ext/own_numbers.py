"""Sphinx extension: a page that is no chapter numbers its figures and equations itself.

Sphinx counts them on from page to page, so that one begins with "Figure 2".
"""

COUNTED = {"figure", "displaymath"}
LATE = 900  # after Sphinx has numbered all


def number(app, env):
    """Begin at one on each page without a number."""
    for page, kinds in env.toc_fignumbers.items():
        if not env.toc_secnumbers.get(page, {}).get(""):
            for kind in COUNTED & kinds.keys():
                kinds[kind] = {name: (n,) for n, name in enumerate(kinds[kind], 1)}
    return []


def setup(app):
    app.connect("env-get-updated", number, priority=LATE)
