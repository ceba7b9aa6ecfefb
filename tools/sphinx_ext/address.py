"""Sphinx extension: what a page of a published book has beyond the others.

A picture for those who share a link, if the book has an address; and a link from
each function of the reference to its source, if it has a repository. The rest a page
gets from the settings that tools/address.py writes.
"""

import importlib
import inspect
from html import escape, unescape
from pathlib import Path
from textwrap import fill

from matplotlib.figure import Figure

from rnn_src.palette import BLUE, GREY, GROUNDS, INK, ORANGE
from tools.address import BRANCH
from tools.layout import ROOT, TITLE
from tools.sphinx_ext.page_head import plain

CARDS = "cards"
GROUND = GROUNDS["ground"][0]
FACE = ["cmr10", "DejaVu Serif"]  # the letters of formulas and titles
WIDTH, HEIGHT = 1200, 630  # pixels, as those who show such pictures ask for


def add_card(app, pagename, templatename, context, doctree):
    """A picture with the title of the page, and the tags that name it."""
    base = app.config.html_baseurl
    if not base or doctree is None or app.builder.name != "html":
        return
    title = unescape(plain(context.get("title") or TITLE))
    about = (context.get("meta") or {}).get("description", "")
    name = f"{CARDS}/{pagename}.png"
    path = Path(app.outdir) / name
    path.parent.mkdir(exist_ok=True)
    card(title, about).savefig(path, dpi=100, facecolor=GROUND)
    tags = {
        "og:image": base + name,
        "og:image:width": WIDTH,
        "og:image:height": HEIGHT,
        "og:image:alt": f"{title}. {about}",
        "twitter:card": "summary_large_image",
    }
    context["metatags"] = context.get("metatags", "") + "\n".join(
        f'<meta property="{key}" content="{escape(str(value))}" />'
        for key, value in tags.items()
    )


def card(title: str, about: str) -> Figure:
    """The title, a sentence, and the network of the book, unrolled."""
    figure = Figure((WIDTH / 100, HEIGHT / 100))
    figure.text(0.06, 0.9, TITLE, size=24, color=GREY, va="top", family=FACE)
    figure.text(0.06, 0.76, fill(title, 27), size=56, color=INK, va="top", family=FACE)
    figure.text(0.06, 0.36, fill(about, 62), size=20, color=GREY, va="top")
    ax = figure.add_axes((0.06, 0.02, 0.88, 0.16), xlim=(0, 44), ylim=(-2, 2))
    ax.axis("off")
    for place in range(1, 44, 6):
        ax.plot(place, 0, "o", markersize=22, color=INK)
        if place < 43:
            forward = {"arrowstyle": "->", "color": BLUE, "linewidth": 2}
            back = {"arrowstyle": "->", "color": ORANGE, "linewidth": 2}
            ax.annotate("", (place + 5, 0.5), (place + 1, 0.5), arrowprops=forward)
            ax.annotate("", (place + 1, -0.5), (place + 5, -0.5), arrowprops=back)
    return figure


def source(domain: str, info: dict[str, str]) -> str | None:
    """The address of a function's lines in the repository, for sphinx.ext.linkcode."""
    thing = importlib.import_module(info["module"])
    for name in info["fullname"].split("."):
        thing = getattr(thing, name, None)
    try:
        lines, first = inspect.getsourcelines(inspect.unwrap(thing))
    except (TypeError, OSError):  # an attribute has no lines of its own
        return None
    path = Path(inspect.getsourcefile(thing)).relative_to(ROOT).as_posix()
    last = first + len(lines) - 1
    return f"{source.repo}/blob/{BRANCH}/{path}#L{first}-L{last}"


def know_repository(app, config):
    """linkcode asks for a function, which no file of settings can hold."""
    source.repo = config.html_theme_options.get("repository_url")
    config.linkcode_resolve = source


def setup(app):
    app.connect("config-inited", know_repository)
    app.connect("html-page-context", add_card)
