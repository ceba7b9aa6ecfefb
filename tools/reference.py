"""Write `tests/reference`: the executed code of the chapters, as text.

A reference is reviewed like code: a change of an output shows in the diff. It
holds code cells and what they printed; no prose, no picture, no date.
"""

import sys

import nbformat
from nbformat.v4 import new_notebook

from tools.build import alone
from tools.execute import cached, open_cache, shows_reference
from tools.execute import main as execute
from tools.layout import REFERENCE
from tools.notebooks import chapters, code_cells, read, reference_of

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
}


def reference(executed: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The executed notebook as it is kept."""
    cells = code_cells(executed)
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number:03d}"  # random ids would change each time
        cell.metadata = {"tags": cell.metadata.get("tags", [])}
        for output in cell.outputs:
            if "data" in output:
                output.metadata = {}
                output.data = {
                    mime: data
                    for mime, data in output.data.items()
                    if not mime.startswith("image/")
                }
    return new_notebook(cells=cells, metadata=METADATA)


def main(beginning: str = "") -> None:
    """Those of the chapters whose names begin so; all, if it is empty."""
    wanted = [chapter for chapter in chapters() if chapter.name.startswith(beginning)]
    if not wanted:
        sys.exit(f"reference: no chapter begins with {beginning!r}")
    for chapter in [one for one in wanted if shows_reference(read(one))]:
        print(
            f"reference: {chapter.name} needs PyTorch and is left as it is: make torch"
        )
        wanted.remove(chapter)
    execute(wanted)
    cache = open_cache()
    REFERENCE.mkdir(exist_ok=True)
    known = {reference_of(chapter) for chapter in chapters()}
    for old in set(REFERENCE.glob("*.ipynb")) - known:
        old.unlink()
    for chapter in wanted:
        nbformat.write(reference(cached(cache, read(chapter))), reference_of(chapter))
        print(f"reference: {reference_of(chapter).name}")


if __name__ == "__main__":
    with alone("reference"):
        main(*sys.argv[1:])
