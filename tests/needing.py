"""What the cells of a chapter need when they run, beside what `rnn_page.needs` says.

    .venv/bin/python -I tools/surroundings.py -m tests.needing 12

runs chapter 12 (all, if none is named): from the top, then each cell with nothing but
what it needs. It prints how long that took, and what was wrong. The tests run a part.
"""

import ast
import contextlib
import io
import os
import pickle
import random
import sys
import time
import types
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import numpy as np

import rnn_exercises  # noqa: F401  what a cell imports first may set up something
import rnn_src.plots  # noqa: F401
from rnn_page.needs import needs
from tools.layout import BOOK
from tools.notebooks import code_cells, in_pages, read, reference_of

FIXED = (type, types.FunctionType, types.ModuleType, types.GeneratorType)
SLOWEST = 15


class State(pickle.Pickler):
    """Writes an object down, to see whether it changes; not functions, nor figures.

    Of a model it writes the weights alone, as the model itself would have it.
    """

    def persistent_id(self, value: object) -> str | None:
        kind = type(value)
        if isinstance(value, FIXED) or kind.__module__.startswith("matplotlib"):
            return kind.__name__
        return None


def state(value: object) -> bytes:
    file = io.BytesIO()
    State(file).dump(value)
    return file.getvalue()


def outside() -> dict[str, object]:
    """What a cell could change that has no name in the chapter."""
    return {
        "random": random.getstate(),
        "np.random": state(np.random.get_state()),
        "how NumPy prints": np.get_printoptions(),
        "how NumPy warns": np.geterr(),
        "the warnings": warnings.filters[:],
        "how Matplotlib draws": dict(plt.rcParams),
        "the environment": dict(os.environ),
        "the folder": (Path.cwd(), sorted(Path().iterdir())),
    }


class Names(dict):
    """The names of a chapter, which know the cells that they depend on."""

    def __init__(self) -> None:
        super().__init__(__name__="chapter")
        self.cell = 0
        self.needed: set[int] = set()
        self.made: dict[str, set[int]] = {}  # bound and changed by these cells
        self.states: dict[str, bytes] = {}

    def __getitem__(self, name: str) -> object:
        value = super().__getitem__(name)
        self.needed |= self.made.get(name, set())
        return value

    def __setitem__(self, name: str, value: object) -> None:
        self.made[name] = {self.cell}
        super().__setitem__(name, value)

    def look(self) -> None:
        """Note what the cell has changed."""
        for name in self.made.keys() & self.keys():
            now = state(self.get(name))
            if self.states.get(name) != now:
                self.made[name].add(self.cell)
            self.states[name] = now


def run(source: str, names: dict[str, object]) -> str:
    """What a cell prints, and shows as text."""
    tree, said, shown = ast.parse(source), io.StringIO(), None
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(said):
        exec(compile(tree, "cell", "exec"), names)
        if last:
            shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    plt.close("all")
    return said.getvalue() + ("" if shown is None else repr(shown))


def printed(cell: nbformat.NotebookNode) -> str:
    """What a cell of a reference printed, and showed as text."""
    return "".join(
        output.get("text") or output.data["text/plain"]
        for output in cell.outputs
        if output.output_type != "display_data"
    )


class Chapter:
    """Cells, what they print, and what they need."""

    def __init__(self, name: str, sources: Sequence[str], prints: Sequence[str]):
        self.name, self.sources, self.prints = name, sources, prints
        self.needs = needs(sources)

    def without(self, cells: Iterable[int]) -> list[int]:
        """The cells that are not among these and need none of them."""
        left = set(cells)
        numbers = range(len(self.sources))
        return [cell for cell in numbers if not left & {cell, *self.needs[cell]}]

    def from_the_top(self, cells: Iterable[int]) -> list[str]:
        """Run cells in order; what they need or change unseen, and print otherwise."""
        found, names, before = [], Names(), outside()
        for cell in cells:
            names.cell, names.needed = cell, set()
            if run(self.sources[cell], names) != self.prints[cell]:
                found.append(f"{self.name}, cell {cell} prints something else")
            if missed := names.needed - {cell, *self.needs[cell]}:
                found.append(f"{self.name}, cell {cell} needs {sorted(missed)}, too")
            names.look()
            now = outside()
            changed = [what for what in now if now[what] != before[what]]
            found += [f"{self.name}, cell {cell} changes {what}" for what in changed]
            before = now
        return found

    def alone(self, cell: int) -> list[str]:
        """Run a cell after what it needs; what is wrong."""
        names: dict[str, object] = {"__name__": "chapter"}
        try:
            *_, said = [run(self.sources[i], names) for i in (*self.needs[cell], cell)]
        except Exception as error:
            return [f"{self.name}, cell {cell} alone raises {error!r}"]
        if said != self.prints[cell]:
            return [f"{self.name}, cell {cell} alone prints something else"]
        return []


def chapter_of(path: Path) -> Chapter:
    reference = nbformat.read(reference_of(path), as_version=4)
    sources = [cell.source for cell in code_cells(read(path))]
    return Chapter(path.stem, sources, list(map(printed, code_cells(reference))))


def main(beginning: str = "") -> None:
    plt.switch_backend("agg")
    os.chdir(BOOK)
    wrong, slices = [], []
    for path in in_pages():
        if not path.name.startswith(beginning):
            continue
        chapter = chapter_of(path)
        start = time.process_time()
        wrong += chapter.from_the_top(range(len(chapter.sources)))
        whole, counts = time.process_time() - start, list(map(len, chapter.needs))
        for cell in range(len(chapter.sources)):
            start = time.process_time()
            wrong += chapter.alone(cell)
            slices.append((time.process_time() - start, f"{path.stem}, cell {cell}"))
        print(
            f"{path.stem}: {len(counts)} cells, {whole:.1f} s; a cell needs "
            f"{np.mean(counts):.1f} others, at most {max(counts)}; one by one "
            f"{sum(seconds for seconds, _ in slices[-len(counts) :]):.1f} s",
            flush=True,
        )
    for seconds, cell in sorted(slices, reverse=True)[:SLOWEST]:
        print(f"{seconds:6.1f} s  {cell}")
    sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main(*sys.argv[1:])
