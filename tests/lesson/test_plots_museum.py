"""The figures of the museum show the numbers that they are given."""

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import same_color

from rnn_src import plots
from rnn_src.dynamics import angle
from rnn_src.plots.style import BLUE, ORANGE

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def labels(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


@pytest.mark.parametrize("count", [1, 2, 9])
def test_a_panel_for_each_mistake_over_the_right_curve(count):
    wrong = {f"m{i}": [3.0, 2.0 + i, 1.0] for i in range(count)}
    panels = plots.museum([3, 0.5, 0.1], wrong)
    assert [ax.get_title("left") for ax in panels] == list(wrong)
    for ax, losses in zip(panels, wrong.values(), strict=True):
        below, above = ax.lines
        assert list(below.get_ydata()) == [3, 0.5, 0.1]
        assert list(above.get_ydata()) == losses
        assert same_color(below.get_color(), BLUE)
        assert same_color(above.get_color(), ORANGE)
        assert below.get_linewidth() > above.get_linewidth()  # seen under it
        assert ax.get_yscale() == "log"
        assert {0, 1, 2} <= set(ax.get_xticks())


def test_the_museum_has_a_legend_outside_its_panels():
    panels = plots.museum([3, 1], {f"m{i}": [3, 2] for i in range(9)})
    figure = panels[0].figure
    others = [ax for ax in figure.axes if ax not in panels]
    assert len(others) == 1 and labels(others[0]) == ["right", "wrong"]
    assert figure.get_supylabel() == "loss (nats per step)"
    named = [ax.get_xlabel() for ax in panels]
    assert named == 7 * [""] + 2 * ["updates"]  # below each column


def test_a_curve_of_another_length_is_refused():
    with pytest.raises(ValueError, match="expected equal lengths"):
        plots.museum([3, 2, 1], {"short": [3, 2]})


def test_errors_and_losses_stand_in_the_order_of_the_losses():
    above, below = plots.error_and_loss(
        {"a": 0.1, "b": 2.0, "c": 0.3},
        {"a": 0.005, "b": 1.5, "c": 0.003},
        (1e-10, 0.004),
        1e-6,
    )
    right, wrong, border = above.lines
    assert set(right.get_ydata()) == {1e-10}
    assert set(border.get_ydata()) == {1e-6}
    assert wrong.get_xydata().tolist() == [[1, 0.3], [2, 0.1], [3, 2.0]]
    names = [text.get_text() for text in above.texts]
    assert names == ["right", "threshold\n$10^{-6}$", "wrong"]  # from below
    right, wrong = below.lines
    assert set(right.get_ydata()) == {0.004}
    assert wrong.get_ydata().tolist() == [0.003, 0.005, 1.5]
    assert [text.get_text() for text in below.texts] == ["b", "right", "wrong"]
    assert below.get_xticks().tolist() == [1, 3]  # one lies below
    assert above.get_yscale() == below.get_yscale() == "log"


def test_errors_and_losses_have_the_same_names():
    with pytest.raises(
        ValueError,
        match="only errors or only losses have .'b'.; expected the same names",
    ):
        plots.error_and_loss({"a": 0.1}, {"a": 1.0, "b": 2.0}, (1e-10, 0.1), 1e-6)


def test_directions_are_dots_in_the_row_of_their_mistake():
    ax = plots.directions(
        {"a": ([10, 20], [30, 40]), "b": ([50], [170])}, ("start", "later")
    )
    dots = [
        (list(line.get_xdata()), round(line.get_ydata()[0])) for line in ax.lines[1:]
    ]
    assert dots == [([10, 20], 0), ([30, 40], 0), ([50], 1), ([170], 1)]
    assert set(ax.lines[0].get_xdata()) == {90}
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"]
    assert labels(ax) == ["start", "later"]
    assert ax.get_xlim() == (0, 180)
    ax = plots.directions({"a": ([10], [97])}, ("start", "later"))
    assert ax.get_xlim() == (0, 120)


def test_a_small_step_goes_downhill_if_the_angle_is_below_90_degrees():
    rng = np.random.default_rng(0)
    curvature = rng.uniform(0.5, 2, 6)
    for _ in range(200):
        w, direction = rng.normal(size=6), rng.normal(size=6)
        gradient = curvature * w
        nearer = w - 1e-6 * direction
        falls = curvature @ nearer**2 < curvature @ w**2
        assert falls == (angle(gradient, direction) < 90)
