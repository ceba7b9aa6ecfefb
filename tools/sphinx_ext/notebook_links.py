"""Sphinx extension: where a chapter's own notebook is, and how to open it.

Below "Exercises" and behind the page's download button. `tools.downloads` writes the
notebooks and the package that they need, after the pages.
"""

from docutils import nodes

from tools import wheel

#: What a page says below "Exercises". The five lines are those of book/index.md.
WAYS = f"""<details class="notebook-link">
<summary>Solve them here, or in Jupyter</summary>
<p>Here: a click on “Solve it here” below a question opens its cell. In Jupyter: save <a
href="notebooks/{{name}}.ipynb" download>this chapter as a notebook</a>, without the
solutions, and <a href="notebooks/{wheel.NAME}" download>the book's package</a> in one
folder, go there, and type</p><pre>python3 --version                # 3.11 or newer
python3 -m venv rnn
source rnn/bin/activate
pip install jupyterlab recurrent_networks_by_hand-*.whl
jupyter lab {{name}}.ipynb</pre></details>"""


def is_chapter(docname: str) -> bool:
    return docname[:2].isdigit()


def add_ways(app, doctree, docname):
    """Put them under the heading of a numbered chapter's exercises."""
    if app.builder.format != "html" or not is_chapter(docname):
        return
    for section in doctree.findall(nodes.section):
        if "exercises" in section["ids"]:
            ways = nodes.raw("", WAYS.format(name=docname), format="html")
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
