"""The figures of chapter 14 show the numbers that they are given."""

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.patches import Circle, Rectangle
from matplotlib.quiver import Quiver

from rnn_src import plots

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def names(ax):
    """What the legend says, or what is written beside the lines."""
    legend = ax.get_legend()
    return [text.get_text() for text in (legend.get_texts() if legend else ax.texts)]


def test_settling_draws_the_state_after_each_number_of_steps():
    ax = plots.settling(2.0, [1, 2])
    once, twice = (line.get_data() for line in ax.lines)
    assert np.allclose(once[1], np.tanh(2 * once[0]))
    assert np.allclose(twice[1], np.tanh(2 * np.tanh(2 * twice[0])))
    assert names(ax) == ["after 1 step", "after 2 steps"]


def test_log_series_draws_each_series_from_step_1_on():
    ax = plots.log_series({"a": [1, 10, 100], "b": [3.0, 2.0]}, "x", "y", 5.0)
    a, b, limit = ax.lines
    assert a.get_data()[0].tolist() == [1, 2, 3]
    assert a.get_data()[1].tolist() == [1, 10, 100]
    assert b.get_data()[1].tolist() == [3, 2]
    assert set(limit.get_ydata()) == {5.0}
    assert ax.get_yscale() == "log" and names(ax) == ["a", "b"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x", "y")


def test_log_series_leaves_a_gap_where_a_value_is_zero():
    ax = plots.log_series({"a": [0.0, 10.0]}, "x", "y")
    assert np.isnan(ax.lines[0].get_ydata()[0])
    assert len(ax.lines) == 1


def test_log_series_of_six_can_be_told_apart_without_colour():
    ax = plots.log_series({str(n): [1, n + 1] for n in range(6)}, "x", "y")
    assert len({str(line._dash_pattern) for line in ax.lines}) == 6
    assert len({line.get_color() for line in ax.lines}) == 6


def test_log_series_has_a_tick_at_one_however_far_it_reaches():
    for powers in (range(-3, 2), range(-18, 30), range(-5, 12)):
        ax = plots.log_series({"a": [10.0**n for n in powers]}, "x", "y")
        ticks = ax.get_yticks()
        assert 1.0 in ticks and len(ticks) <= 10
        steps = np.diff(np.log10(ticks))
        assert np.allclose(steps, steps[0])


def test_log_series_may_show_a_part_only():
    ax = plots.log_series({"a": [1e-9, 1, 1e9]}, "x", "y", shown=(1e-4, 1e4))
    assert ax.get_ylim() == (1e-4, 1e4) and len(ax.lines[0].get_ydata()) == 3


def test_cliff_draws_the_losses_the_promise_and_the_steps():
    ax = plots.cliff(
        [0.1, 0.2, 0.4], [2.0, 1.9, 2.5], slope=3.0, steps={"short": 0.15}, near=0.3
    )
    promised, losses, mark = ax.lines
    assert losses.get_data()[1].tolist() == [2.0, 1.9, 2.5]
    assert np.allclose(promised.get_ydata(), [2.0, 1.7])  # 1.1 is off the chart
    assert set(mark.get_xdata()) == {0.15}
    written = [" ".join(text.get_text().split()) for text in ax.texts]
    assert written == ["short", "promised by the gradient", "loss"]
    assert ax.get_xscale() == "log"


def test_cliff_shows_its_beginning_on_an_even_axis():
    ax = plots.cliff([0.1, 0.2, 0.4], [2.0, 1.9, 2.5], slope=3.0, steps={}, near=0.3)
    (inset,) = ax.child_axes
    promised, losses = inset.lines
    assert inset.get_xscale() == "linear" and inset.get_xlim() == (0, 0.3)
    assert losses.get_data()[0].tolist() == [0.1, 0.2]
    assert losses.get_data()[1].tolist() == [2.0, 1.9]
    assert np.allclose(promised.get_ydata(), [2.0, 1.7])


def test_clipped_arrows_draws_three_arrows_a_square_and_a_circle():
    ax = plots.clipped_arrows([10, 1], [1, 1], [0.99, 0.1], 1.0)
    arrows = [each for each in ax.collections if isinstance(each, Quiver)]
    assert [(each.U[0], each.V[0]) for each in arrows] == [(10, 1), (1, 1), (0.99, 0.1)]
    assert names(ax) == ["the gradient", "by value", "by norm"]
    (square,) = (each for each in ax.patches if isinstance(each, Rectangle))
    (circle,) = (each for each in ax.patches if isinstance(each, Circle))
    assert square.get_bbox().bounds == (-1, -1, 2, 2) and circle.radius == 1


def test_horizon_draws_the_shares_against_the_lags():
    ax = plots.horizon([1, 5, 20], {"a": [1, 0.5, 0.25], "b": [1, 1, 1]}, 0.25)
    a, b, chance = ax.lines
    assert a.get_data()[0].tolist() == [1, 5, 20]
    assert a.get_data()[1].tolist() == [1, 0.5, 0.25]
    assert b.get_data()[1].tolist() == [1, 1, 1]
    assert set(chance.get_ydata()) == {0.25}
    assert [text.get_text() for text in ax.get_xticklabels()] == ["1", "5", "20"]
