"""A cell shows in a page what it shows in a notebook."""

import json
import re
import subprocess
import sys

import pytest

from rnn_page import Cells
from rnn_page.cells import CUT, LONGEST
from rnn_page.play import Play, curve
from tools.layout import BOOK

SCRIPTS = BOOK / "_assets" / "run"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@pytest.fixture
def shown():
    return []


@pytest.fixture
def cells(shown):
    return Cells(lambda kind, text: shown.append((kind, text)))


@pytest.mark.parametrize(
    "source, expected",
    [
        ("1 + 1", [("text", "2")]),
        ("1 + 1;", []),
        ("None", []),
        ("# nothing", []),
        ("'text'", [("text", "'text'")]),
        ("x = 3\nprint(x)\nx", [("stdout", "3"), ("stdout", "\n"), ("text", "3")]),
        ("{'b': 1, 'a': 2}", [("text", "{'b': 1, 'a': 2}")]),
        ("from fractions import Fraction\nFraction", None),
    ],
)
def test_the_value_of_the_last_line_is_shown(cells, shown, source, expected):
    assert cells.run(source)
    if expected is None:
        ((kind, text),) = shown
        assert kind == "text" and "Fraction" in text
    else:
        assert shown == expected


def test_names_stay_from_cell_to_cell(cells, shown):
    cells.run("def f():\n    return n")
    cells.run("n = 5\nf()")
    assert shown == [("text", "5")]


def test_a_long_container_has_an_entry_on_each_line(cells, shown):
    cells.run("[['x' * 30] * 2, ['y' * 30] * 2]")
    assert len(shown[0][1].splitlines()) == 2


def test_an_error_is_shown_with_the_lines_of_cells_alone(cells, shown):
    cells.run("import json\ndef f():\n    return json.loads('{')")
    assert not cells.run("print('before')\nf()")
    kind, text = shown[-1]
    assert kind == "error" and shown[0] == ("stdout", "before")
    assert 'File "<cell 2>", line 2' in text and 'File "<cell 1>", line 3' in text
    assert "json.loads('{')" in text and "decoder.py" not in text
    assert text.splitlines()[-1].startswith("json.decoder.JSONDecodeError")


@pytest.mark.parametrize("source", ["raise SystemExit", "raise KeyboardInterrupt"])
def test_whatever_stops_a_cell_the_next_one_runs(cells, shown, source):
    assert not cells.run(source)
    assert cells.run("1")


def test_a_line_that_is_no_python_is_shown(cells, shown):
    assert not cells.run("x = 1\nx = (")
    assert "line 2" in shown[0][1] and "SyntaxError" in shown[0][1]


def test_what_goes_to_stderr_is_shown_as_such(cells, shown):
    cells.run("import sys\nsys.stderr.write('careful')")
    assert shown == [("stderr", "careful"), ("text", "7")]


def test_of_endless_printing_the_beginning_is_shown(cells, shown):
    cells.run(f"for _ in range(3):\n    print('x' * {LONGEST // 2 + 1})")
    text = "".join(text for _, text in shown)
    assert text.endswith(CUT) and len(text) == LONGEST + len(CUT)


def test_a_panel_and_any_object_with_html_are_shown_as_html(cells, shown):
    cells.run("from rnn_exercises import check\ncheck('06-tanh', ...)")
    kind, html = shown[0]
    assert kind == "html" and "06-tanh: not attempted yet" in html
    cells.run("class A:\n    def _repr_html_(self):\n        return '<b>a</b>'\nA")
    assert shown[-1][0] == "text"  # the class itself has none


def test_matplotlib_is_loaded_by_the_first_figure_and_not_before():
    program = """
import sys
from rnn_page import Cells
from rnn_page.figures import load_plots_later
load_plots_later()
shown = []
cells = Cells(lambda kind, text: shown.append((kind, text)))
cells.run("from rnn_src import plots")
assert "matplotlib" not in sys.modules
cells.run("ax = plots.surprise()")
(picture,) = shown
assert picture[0] == "png" and picture[1].startswith("iVBOR")
cells.run("1")
assert shown[1:] == [("text", "1")]
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)


class TestPlay:
    """The network of chapter 8, trained by hand."""

    def test_it_starts_where_the_chapter_does(self):
        found = json.loads(Play().start()._repr_html_())
        assert found["said"].startswith("After 0 updates: a loss of 16.19")
        assert "<td>hello</td><td>how</td>" in found["html"]
        assert found["html"].count("<td>") == 9 * 4
        assert "<rnn-explorer" in found["frame"]

    def test_the_curve_has_the_even_guess_in_the_middle(self):
        assert 'points="0.0,50.0 11.1,0.0 22.2,25.0"' in curve([2.0, 9.0, 3.0], 2.0)

    def test_updates_are_those_of_the_book(self):
        from rnn_src.words.training import train_steps

        play = Play()
        for lr, times in ((0.1, 1), (0.1, 7), (0.1, 10)):
            play.update(lr, times)
        other = Play()
        train_steps(other.sentences, other.parameters, lr=0.1, epochs=2)
        assert play.parameters == other.parameters
        assert play.updates == 18


def test_the_scripts_of_the_page_stay_short():
    """Six hundred lines of code; comments and empty lines are free."""
    text = "".join(file.read_text("utf8") for file in SCRIPTS.glob("*.js"))
    lines = (line.strip() for line in COMMENT.sub("", text).splitlines())
    assert sum(bool(line) for line in lines) <= 600
