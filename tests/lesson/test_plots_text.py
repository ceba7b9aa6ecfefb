"""The figures of a text of your own show the numbers that they are given."""

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from rnn_src import plots

matplotlib.use("Agg")
MANY = {f"series {n}": [1.0, 2.0] for n in range(7)}


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def lines(ax):
    """The named lines of a figure: their points, by name."""
    return {
        line.get_label(): line.get_xydata().tolist()
        for line in ax.lines
        if not line.get_label().startswith("_")
    }


def test_losses_are_drawn_from_epoch_1_on_beside_what_they_are_compared_with():
    ax = plots.losses_by_epoch({"in": [3.0, 2.0, 1.0], "out": [3.5]}, {"ln V": 4.0})
    drawn = lines(ax)
    assert [y for _, y in drawn.pop("ln V")] == [4.0, 4.0]
    assert drawn == {"in": [[1, 3.0], [2, 2.0], [3, 1.0]], "out": [[1, 3.5]]}
    assert [text.get_text() for text in ax.texts] == ["in", "out", "ln V"]
    assert "nats" in ax.get_ylabel()


def test_tracks_go_from_point_to_point_down_the_valley():
    track = [(-4.0, 1.0), (-2.0, -0.5), (-1.0, 0.1)]
    ax = plots.valley({"one": track}, 50.0)
    assert lines(ax) == {"one": [list(point) for point in track]}
    (contours,) = [c for c in ax.collections if hasattr(c, "levels")]
    assert np.all(np.diff(contours.levels) > 0)
    left, right = ax.get_xlim()
    assert left < -4 and right > 0  # the bottom is to be seen


def test_drift_begins_at_the_start_and_shows_chance():
    ax = plots.drift({"own": [0.1, 2.0], "truth": [0.1, 0.1]}, 4.5)
    drawn = lines(ax)
    assert [y for _, y in drawn.pop("another wave")] == [4.5, 4.5]
    assert drawn == {"own": [[0, 0.1], [1, 2.0]], "truth": [[0, 0.1], [1, 0.1]]}
    assert ax.get_ylim()[0] == 0


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plots.losses_by_epoch(MANY),
        lambda: plots.drift(MANY, 1.0),
        lambda: plots.valley({name: [(0, 1), (1, 0)] for name in MANY}, 2.0),
    ],
)
def test_more_series_than_can_be_told_apart_are_refused(draw):
    with pytest.raises(ValueError, match="holds 7 series; expected at most [56]"):
        draw()
