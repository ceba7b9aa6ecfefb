"""Sphinx extension: where the notebooks are, and how to open a chapter's own.

Below "Exercises" and behind the page's download button. `tools.downloads` writes the
notebooks and the package that they need, after the pages. The button offers no source
of a page: it has the solutions, all open.
"""

import shutil
from pathlib import Path

from docutils import nodes

from tools.downloads import ARCHIVE
from tools.layout import BOOK
from tools.notebooks import needs_pytorch, read

#: What a page says below "Exercises". The five lines are those of book/index.md.
WAYS = f"""<details class="notebook-link">
<summary>Solve them {{where}}</summary>
<p>{{here}} In Jupyter: save <a
href="{ARCHIVE}" download>the chapters as notebooks</a>, without the solutions and with
the book's package; unpack the archive, go into its folder, and
type</p><pre>python3 --version                # 3.11 or newer
python3 -m venv rnn
source rnn/bin/activate
pip install jupyterlab{{more}} recurrent_networks_by_hand-*.whl
jupyter lab {{name}}.ipynb</pre></details>"""

HERE = {
    "where": "here, or in Jupyter",
    "here": "Here: a click on “Solve it here” below a question opens its cell.",
    "more": "",
}
NOT_HERE = {
    "where": "in Jupyter",
    "here": "A browser has no PyTorch, so the cells of this page do not run in it.",
    "more": " torch",
}


def is_chapter(docname: str) -> bool:
    return docname[:2].isdigit()


def add_ways(app, doctree, docname):
    """Put them below the first words on a numbered chapter's exercises."""
    if app.builder.format != "html" or not is_chapter(docname):
        return
    for section in doctree.findall(nodes.section):
        if "exercises" in section["ids"]:
            pytorch = needs_pytorch(read(BOOK / f"{docname}.md"))
            text = WAYS.format(name=docname, **(NOT_HERE if pytorch else HERE))
            ways = nodes.raw("", text, format="html")
            section.insert(2, ways)


def offer_notebooks(app, pagename, templatename, context, doctree):
    """Let the download button of a chapter begin with them, and none with a source."""
    for group in context.get("header_buttons", []):
        if group.get("label") != "download-buttons":
            continue
        group["buttons"] = [
            button
            for button in group["buttons"]
            if button["label"] != "download-source-button"
        ]
        if is_chapter(pagename):
            link = {"type": "link", "text": "Notebooks", "icon": "fas fa-file"}
            link |= {"url": ARCHIVE}
            link |= {"tooltip": "The chapters as notebooks, in an archive"}
            group["buttons"].insert(0, link | {"label": "download-notebook-button"})


def leave_sources_out(app, exception):
    """Remove what Sphinx has copied for that button; the theme cannot do without."""
    if exception is None and app.builder.format == "html":
        shutil.rmtree(Path(app.outdir, "_sources"))


def setup(app):
    app.connect("doctree-resolved", add_ways)
    app.connect("html-page-context", offer_notebooks, priority=900)
    app.connect("build-finished", leave_sources_out)
