"""The figures of the gated network show what they are given."""

import matplotlib
import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import same_color
from matplotlib.text import Annotation

from rnn_src import plots
from rnn_src.palette import ORANGE
from rnn_src.plots.gates import MADE_FROM, PLACES

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_the_unit_has_a_box_for_each_quantity_and_an_arrow_for_each_cause():
    ax = plots.memory_cell()
    assert len(ax.patches) == len(PLACES)
    arrows = [text for text in ax.texts if isinstance(text, Annotation)]
    assert len(arrows) == sum(map(len, MADE_FROM.values())) == 18
    written = {text.get_text() for text in ax.texts}
    assert {"$c_{t-1}$", "$c_t$", "$h_t$", "$f_t$", "×", "+"} <= written


def test_a_path_is_coloured_and_nothing_else():
    ax = plots.memory_cell(["c_prev", "keep", "sum", "c"])
    assert sum(same_color(box.get_edgecolor(), ORANGE) for box in ax.patches) == 4
    arrows = [t.arrow_patch for t in ax.texts if isinstance(t, Annotation)]
    assert sum(same_color(arrow.get_edgecolor(), ORANGE) for arrow in arrows) == 3
    with pytest.raises(ValueError, match="no arrow of the graph does"):
        plots.memory_cell(["c_prev", "c"])


def test_the_race_shows_each_point_and_each_guess():
    curves = {"plain": [(10, 2.0), (20, 1.5)], "gated": [(10, 2.5), (20, 1.6)]}
    ax = plots.held_out_losses(curves, {"trigram": 1.9})
    drawn = {line.get_label(): line.get_xydata().tolist() for line in ax.lines}
    for name, points in curves.items():
        assert drawn[name] == [list(point) for point in points]
    assert any(set(line.get_ydata()) == {1.9} for line in ax.lines)
    assert "trigram" in [text.get_text() for text in ax.texts]
    with pytest.raises(ValueError, match="expected at most"):
        plots.held_out_losses({str(n): [] for n in range(9)}, {})


def test_what_was_measured_has_equal_weights_and_equal_times():
    found = plots.gates_results()["race"]
    plain, gated = found["plain"], found["gated"]
    assert abs(plain["weights"] / gated["weights"] - 1) < 0.05
    for one, other in zip(plain["curve"], gated["curve"], strict=True):
        assert one[0] == pytest.approx(other[0], rel=0.02)


def test_each_network_of_the_small_tasks_was_measured_at_each_rate():
    found = plots.gates_results()
    assert found["tasks"]["median"].keys() == {"0.01", "0.03"}
    names = found["horizon"]["longest"].keys()
    for rows in found["tasks"]["median"].values():
        assert rows.keys() == names and len(names) == 6
        for medians in rows.values():
            assert len(medians) == 4
            assert all(n is None or 0 < n <= 500 for n in medians.values())
