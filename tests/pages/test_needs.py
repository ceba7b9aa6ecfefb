"""A cell runs alone: what has to run before it is known without running anything.

The chapters are run, and each reading of a name is followed to the cells that made it.
Of the long cells, and those that need them, `tests.needing` can run all, by hand.
"""

import json
import random
import warnings

import matplotlib.pyplot as plt
import numpy as np
import pytest
from needing import Chapter, chapter_of

from rnn_page.needs import needs
from tools.layout import BOOK
from tools.notebooks import in_pages
from tools.runnable import SECONDS, key_of

#: The cells that take longer in a page; here, about half of that.
LONG = {key for key, time in json.loads(SECONDS.read_text("utf8")).items() if time > 4}
ALONE = 5  # cells of each chapter


@pytest.fixture(autouse=True)
def at_home(monkeypatch):
    """As a kernel runs the chapters: beside them, and with no screen."""
    monkeypatch.chdir(BOOK)
    plt.switch_backend("agg")


@pytest.mark.parametrize("path", in_pages(), ids=lambda path: path.stem)
def test_what_a_cell_reads_was_made_by_what_it_needs(path):
    chapter = chapter_of(path)
    sources = enumerate(chapter.sources)
    quick = chapter.without(i for i, one in sources if key_of(one) in LONG)
    assert chapter.from_the_top(quick) == []
    sample = random.Random(path.name).sample(quick, min(ALONE, len(quick)))
    assert [found for cell in sample for found in chapter.alone(cell)] == []


@pytest.mark.parametrize(
    ("cells", "last"),
    [
        # what binds
        (["x = 1", "x = 2", "x"], [1]),
        (["x = 1", "x += 1", "x"], [0, 1]),
        (["a, b = 1, 2", "a, b = b, a", "a"], [0, 1]),
        (["x, y = 1, 2", "y"], [0]),
        (["import math as m", "m.pi"], [0]),
        (["import os.path", "os.sep"], [0]),
        (["class A: pass", "A()"], [0]),
        (["for x in range(3): pass", "x"], [0]),
        (["with open('f') as x: pass", "x"], [0]),
        (["x: int = 1", "x"], [0]),
        (["print([y := 1 for _ in 'ab'])", "y"], [0]),
        (["x = 1", "[x for x in range(3)]", "x"], [0]),
        (["x = 'ab'", "[x for x in x]"], [0]),
        (["def f():\n    global x\n    x = 1", "f()", "x"], [0, 1]),
        (["x = 1", "if y:\n    x = 2", "x"], [0, 1]),
        (["x = 1", "try:\n    x = 2\nexcept E:\n    pass", "x"], [0, 1]),
        (["x = 1", "x = 2\nprint(x)"], []),
        (["x = 1", "del x"], [0]),
        # what reads
        (["x = 1", "f'{x}'"], [0]),
        (["x = 1", "def f(a=x): pass"], [0]),
        (["x = 1", "@x\ndef f(): pass"], [0]),
        (["x = 1", "def f(): return x", "1"], []),
        (["def f(): return x", "x = 1", "f()"], [0, 1]),
        (["x = 1", "def f(): return x", "x = 2", "f()"], [1, 2]),
        (["x = 1", "f = lambda: x", "x = 2", "[f]"], [0, 1, 2]),
        (["x = 1", "def f(x): return x", "f(2)"], [1]),
        (["def f(): return x", "def g(): return f()", "x = 1", "g()"], [0, 1, 2]),
        (["def f(): return lambda: x", "g = f()", "x = 1", "g()"], [0, 1, 2]),
        (["class A:\n    def f(self): return x", "a = A()", "x = 1", "a"], [0, 1, 2]),
        (["def x(): pass", "class A:\n    x = 1\n    def f(self): x()", "A"], [0, 1]),
        # what changes
        (["a = []", "a.append(1)", "a"], [0, 1]),
        (["a = []", "a.copy()", "a"], [0]),
        (["a = []", "a[0] = 1", "a"], [0, 1]),
        (["a = A()", "a.b.c = 1", "a"], [0, 1]),
        (["a = {}", "del a[0]", "a"], [0, 1]),
        (["a = []", "b = a", "b += [1]", "a"], [0, 1, 2]),
        (["a = b = []", "a.append(1)", "b"], [0, 1]),
        (["m = M()", "w = m.weights", "w[0] = 1", "m"], [0, 1, 2]),
        (["a = []", "b = [a]", "b[0].append(1)", "a"], [0, 1, 2]),
        (["a = []", "b = {}", "b[0] = a", "b[0].append(1)", "a"], [0, 1, 2, 3]),
        (["a = [[]]", "for b in a:\n    b.append(1)", "a"], [0, 1]),
        (["a = [[]]", "[b.append(1) for b in a]", "a"], [0, 1]),
        (["a = []", "def f(b): b.append(1)", "f(a)", "a"], [0, 1, 2]),
        (["a = []", "def f(b, c): b.append(c)", "f(c=1, b=a)", "a"], [0, 1, 2]),
        (["a = []", "def f(b): return b", "f(a)", "a"], [0]),
        (["a = []", "def f(b): return b", "f(*[a]).append(1)", "a"], [0, 1, 2]),
        (["a = []", "def f(): a.append(1)", "f()", "a"], [0, 1, 2]),
        (["a = []", "def f(b): b.append(1)", "list(map(f, [a]))", "a"], [0, 1, 2]),
        (["a = zeros(3)", "np.add(1, 2, out=a)", "a"], [0, 1]),
        (["m = M()", "x = zeros(3)", "train(m, x)", "x"], [1]),
        (["m = M()", "x = zeros(3)", "train(m, x)", "m"], [0, 1, 2]),
        # chance
        (["r = default_rng(0)", "r.normal()", "r"], [0, 1]),
        (["r = default_rng(0)", "recall(3, r)", "r"], [0, 1]),
        (["r = default_rng(0)", "x = r.normal()", "r.normal()", "x"], [0, 1]),
        (["r = default_rng(0)", "m = M(r)", "r.normal()", "m"], [0, 1]),
        # what `forward` leaves in a model
        (["m = M()", "m.forward(1)", "m.weights"], [0]),
        (["m = M()", "m.forward(1)", "m.forward(2)", "m.bptt(1)"], [0, 2]),
        (["m = M()", "m.forward(1)\nm.bptt(1)", "m.gradients"], [0, 1]),
    ],
    ids=str,
)
def test_a_cell_needs(cells, last):
    assert needs(cells)[-1] == last


CELLS = ("a = [1]", "a.append(2)", "print(a)\nlen(a)")
PRINTED = ("", "", "[1, 2]\n2")


def test_three_cells_are_in_order():
    three = Chapter("three", CELLS, PRINTED)
    assert three.needs == [[], [0], [0, 1]]
    assert three.from_the_top(range(3)) + three.alone(2) == []
    assert three.without([1]) == [0]


@pytest.mark.parametrize("missed", [0, 1])
def test_a_need_that_was_not_seen_is_found(missed):
    three = Chapter("three", CELLS, PRINTED)
    three.needs[2].remove(missed)
    assert three.from_the_top(range(3)) == [f"three, cell 2 needs [{missed}], too"]
    assert len(three.alone(2)) == 1


def test_a_function_tells_what_it_reads():
    two = Chapter("two", ("x = 1", "def f(): return x", "f()"), ("", "", "1"))
    two.needs[2] = [1]
    assert two.from_the_top(range(3)) == ["two, cell 2 needs [0], too"]


@pytest.mark.parametrize(
    "source",
    [
        "import random\nrandom.seed(1)",
        "import numpy as np\nnp.random.seed(1)",
        "import numpy as np\nnp.set_printoptions(precision=2)",
        "import warnings\nwarnings.simplefilter('error')",
        "from matplotlib import rcParams\nrcParams['lines.linewidth'] = 3",
        "from pathlib import Path\nPath('made').mkdir()",
    ],
)
def test_a_change_that_has_no_name_is_found(source, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    one = Chapter("one", [source], [""])
    with warnings.catch_warnings(), np.printoptions(), plt.rc_context():
        (found,) = one.from_the_top([0])
    assert found.startswith("one, cell 0 changes")
