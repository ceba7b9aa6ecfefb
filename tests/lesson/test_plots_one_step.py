"""The figures of chapter 9 show the numbers that they are given."""

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.text import Annotation

from rnn_src import plots

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_a_single_step_sees_its_word_the_state_before_and_its_loss():
    ax = plots.single_step_sight(["a", "b", "c"])
    arrows = [text for text in ax.texts if isinstance(text, Annotation)]
    seen = {
        (arrow.xyann, arrow.xy)
        for arrow in arrows
        if arrow.arrow_patch.get_linewidth() == 3
    }
    assert seen == {((3, 0), (3, 1)), ((2, 1), (3, 1)), ((3, 1), (4, 1))}
    assert len(arrows) == 6
    written = [text.get_text() for text in ax.texts]
    assert {"a", "b", "c", "$h_{1}$", "$h_{3}$", "$L_{3}$"} <= set(written)


def test_a_single_word_is_refused():
    with pytest.raises(ValueError, match="words has 1 entries; expected at least"):
        plots.single_step_sight(["a"])


def test_every_way_to_train_has_its_curve_above_the_floor():
    ax = plots.down_to_the_floor({"off": [3, 2], "on": [3, 0.5]}, 1.5, "floor")
    off, on, floor = ax.lines
    assert list(off.get_xdata()) == [1, 2] and list(off.get_ydata()) == [3, 2]
    assert list(on.get_ydata()) == [3, 0.5]
    assert set(floor.get_ydata()) == {1.5}
    assert [text.get_text() for text in ax.texts] == ["off", "on", "floor"]


def test_recall_draws_each_network_and_the_median():
    right = np.array([[1.0, 0.5, 0.75], [0.25, 0.25, 1.0]])
    ways = {"read-out": right, "single": right, "full": right}
    ax = plots.recall_by_lag([1, 4], ways, 0.25)
    medians, *points = ax.lines[:4]
    assert list(medians.get_ydata()) == [75, 25]
    assert [list(line.get_ydata()) for line in points] == [
        [100, 25],
        [50, 25],
        [75, 100],
    ]
    assert set(ax.lines[-1].get_ydata()) == {25}
    assert list(ax.get_xticks()) == [1, 4]
