"""The figures of training show the losses that they are given."""

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from rnn_src import plots

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_the_band_goes_from_the_smallest_to_the_largest_loss():
    ax = plots.loss_band([[9, 3], [8, 1], [10, 4]], 16.1, {0: 8.5, 1: 2.0}, "others")
    even, median, others = ax.lines
    assert list(median.get_ydata()) == [9, 3]
    assert set(even.get_ydata()) == {16.1}
    assert others.get_xydata().tolist() == [[0, 8.5], [1, 2.0]]
    band = ax.collections[0].get_paths()[0].vertices
    assert {tuple(point) for point in band} == {(0, 8), (0, 10), (1, 1), (1, 4)}
    names = [text.get_text() for text in ax.texts]
    assert "others" in names and "band: smallest to largest" in " ".join(
        " ".join(names).split()
    )


def test_every_learning_rate_has_a_curve_with_its_name_at_its_end():
    ax = plots.learning_rates({0.01: [16, 15, 14], 10: [20, 300, 200]}, 16.1)
    even, slow, wild = ax.lines
    assert set(even.get_ydata()) == {16.1}
    assert list(slow.get_ydata()) == [16, 15, 14]
    assert list(wild.get_ydata()) == [20, 300, 200]
    ends = {
        text.get_text(): text.xy for text in ax.texts if text.get_text() != "even guess"
    }
    assert ends == {"lr 0.01": (2, 14), "lr 10": (2, 200)}
    assert ends.keys() | {"even guess"} == {text.get_text() for text in ax.texts}
    looks = {(line.get_color(), line.get_linestyle()) for line in (slow, wild)}
    assert len(looks) == 2


def test_losses_are_on_a_logarithmic_scale_that_can_be_read():
    ax = plots.learning_rates({0.1: [16, 0.1]}, 16.1)
    assert ax.get_yscale() == "log" and ax.get_ylabel() == "total loss (nats)"
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert {"0.1", "1", "10"} <= set(labels)


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (
            lambda: plots.loss_band([[1, 2], [1]], 16.1),
            r"losses has runs of lengths \[2, 1\]; expected .* equal lengths",
        ),
        (lambda: plots.loss_band([], 16.1), "at least one run"),
        (
            lambda: plots.learning_rates(dict.fromkeys(range(5), [1.0]), 16.1),
            "curves has 5 learning rates, with .1. losses; expected 1 to 4",
        ),
        (
            lambda: plots.learning_rates({0.1: [1.0], 1: [1.0, 2.0]}, 16.1),
            "with .1, 2. losses; expected 1 to 4 rates, and equal lengths",
        ),
        (lambda: plots.learning_rates({}, 16.1), "curves has 0 learning rates"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()


def test_a_band_of_one_run_is_its_curve():
    ax = plots.loss_band([[2.0, 1.0]], 16.1)
    assert len(ax.lines) == 2
    assert np.allclose(ax.lines[1].get_ydata(), [2.0, 1.0])


def test_losses_by_size_draws_a_line_for_each_name():
    losses = {"training": [1.6, 0.9], "held out": [1.7, 1.9]}
    ax = plots.losses_by_size((1, 8), losses, 1.79)
    even, training, held_out = ax.lines
    assert set(even.get_ydata()) == {1.79}
    assert training.get_xydata().tolist() == [[1, 1.6], [8, 0.9]]
    assert list(held_out.get_ydata()) == [1.7, 1.9]
    names = [text.get_text() for text in ax.texts]
    assert names == ["training", "even guess:\n1.79", "held out"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1", "8"]
    assert ax.get_ylim()[1] > 1.9 and "hidden units" in ax.get_xlabel()


@pytest.mark.parametrize("losses", [{"a": [0.1]}, dict.fromkeys("abcd", [0.1, 0.2])])
def test_losses_by_size_that_do_not_fit_are_refused(losses):
    with pytest.raises(ValueError, match="expected"):
        plots.losses_by_size((1, 8), losses, 1.79)
