"""The figures of long streams show the numbers that they are given."""

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import same_color

from rnn_src import plots
from rnn_src.plots.style import BLUE

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def squares(ax, left, length):
    """The pairs (s, t) of one triangle: all of them, and the blue ones."""
    drawn, kept = set(), set()
    for patch in ax.patches:
        t, s = round(patch.get_x() - left, 6), patch.get_y()
        if 0 <= t < length:
            drawn.add((s, t))
            if same_color(patch.get_facecolor(), BLUE):
                kept.add((s, t))
    return drawn, kept


def test_the_triangles_show_the_pairs_that_a_piece_keeps():
    ax = plots.kept_pairs(4, (1, 2, 4))
    triangle = {(s, t) for s in range(4) for t in range(s + 1)}
    expected = [
        {(s, s) for s in range(4)},
        {(0, 0), (1, 0), (1, 1), (2, 2), (3, 2), (3, 3)},
        triangle,
    ]
    for number, pairs in enumerate(expected):
        drawn, kept = squares(ax, number * 5.2, 4)
        assert drawn == triangle and kept == pairs
    names = [text.get_text() for text in ax.texts]
    assert [name for name in names if name in ("k = 1", "k = 2", "whole")] == [
        "k = 1",
        "k = 2",
        "whole",
    ]


def test_a_piece_need_not_divide_the_stream():
    ax = plots.kept_pairs(3, (2,))
    assert squares(ax, 0, 3)[1] == {(0, 0), (1, 0), (1, 1), (2, 2)}


@pytest.mark.parametrize(("length", "pieces"), [(0, (1,)), (4, (0,)), (4, ())])
def test_pieces_of_nothing_are_refused(length, pieces):
    with pytest.raises(ValueError, match="is 0; expected a whole number, 1 or more"):
        plots.kept_pairs(length, pieces)


def test_losses_by_piece_draws_a_line_for_each_delay():
    ax = plots.losses_by_piece((1, 4), {3: [0.7, 0.1], 6: [0.69, 0.68]}, 0.693)
    even, short, long = ax.lines
    assert set(even.get_ydata()) == {0.693}
    assert list(short.get_xdata()) == [1, 4]
    assert list(short.get_ydata()) == [0.7, 0.1]
    assert list(long.get_ydata()) == [0.69, 0.68]
    names = [text.get_text() for text in ax.texts]
    assert names == ["even guess:\n0.69", "delay 3", "delay 6"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1", "4"]


def test_the_highest_loss_is_inside_the_figure():
    ax = plots.losses_by_piece((1, 4), {3: [2.0, 0.1]}, 0.693)
    assert ax.get_ylim()[1] > 2.0


@pytest.mark.parametrize(
    "losses", [{1: [0.1]}, {delay: [0.1, 0.2] for delay in range(4)}]
)
def test_losses_that_do_not_fit_are_refused(losses):
    with pytest.raises(ValueError, match="expected"):
        plots.losses_by_piece((1, 4), losses, 0.693)


def test_times_draw_a_line_of_the_expected_slope_through_the_last_point():
    ax = plots.times({"H": {8: 1.0, 16: 1.5, 32: 6.0}}, slopes={"H": 2})
    measured, line = ax.lines
    assert list(measured.get_ydata()) == [1.0, 1.5, 6.0]
    assert np.allclose(line.get_ydata(), [6 / 16, 6 / 4, 6])
    assert ax.get_xscale() == ax.get_yscale() == "log"
    assert ax.get_xlabel() == "H" and ax.get_ylabel() == "time (ms)"


@pytest.mark.parametrize(
    ("measured", "slopes"),
    [
        ({"T": {1: 1.0}}, {"H": 1}),
        ({name: {1: 1.0} for name in "THVB"}, dict.fromkeys("THVB", 1)),
    ],
)
def test_times_without_a_slope_are_refused(measured, slopes):
    with pytest.raises(ValueError, match="expected the same names|expected at most 3"):
        plots.times(measured, slopes)
