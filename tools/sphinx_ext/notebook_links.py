"""Sphinx extension: where a chapter's own notebook is, and how to open it.

Below "Exercises" and behind the page's download button. `tools.downloads` writes the
notebooks and the package that they need, after the pages.
"""

from docutils import nodes

from tools import wheel
from tools.layout import BOOK
from tools.notebooks import needs_pytorch, read

#: What a page says below "Exercises". The five lines are those of book/index.md.
WAYS = f"""<details class="notebook-link">
<summary>Solve them {{where}}</summary>
<p>{{here}} In Jupyter: save <a
href="notebooks/{{name}}.ipynb" download>this chapter as a notebook</a>, without the
solutions, and <a href="notebooks/{wheel.NAME}" download>the book's package</a> in one
folder, go there, and type</p><pre>python3 --version                # 3.11 or newer
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
    """Put them under the heading of a numbered chapter's exercises."""
    if app.builder.format != "html" or not is_chapter(docname):
        return
    for section in doctree.findall(nodes.section):
        if "exercises" in section["ids"]:
            pytorch = needs_pytorch(read(BOOK / f"{docname}.md"))
            text = WAYS.format(name=docname, **(NOT_HERE if pytorch else HERE))
            ways = nodes.raw("", text, format="html")
            section.insert(1, ways)


def offer_notebook(app, pagename, templatename, context, doctree):
    """Let the download button of a chapter begin with its notebook."""
    for group in context.get("header_buttons", []) if is_chapter(pagename) else []:
        if group.get("label") == "download-buttons":
            link = {"type": "link", "text": ".ipynb", "icon": "fas fa-file"}
            link |= {"url": f"notebooks/{pagename}.ipynb"}
            link |= {"tooltip": "This chapter as a notebook"}
            group["buttons"].insert(0, link | {"label": "download-notebook-button"})


def setup(app):
    app.connect("doctree-resolved", add_ways)
    app.connect("html-page-context", offer_notebook, priority=900)
