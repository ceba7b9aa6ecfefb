"""The figures show the numbers that they are given."""

import math

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import same_color
from matplotlib.text import Annotation

from rnn_src import plots
from rnn_src.plots.graph import PALE
from rnn_src.plots.style import PAPER, SIGNED

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def written(ax: Axes) -> list[str]:
    """All text inside the axes."""
    return [text.get_text() for text in ax.texts]


def test_unrolled_writes_the_words_the_states_and_the_likeliest_words():
    ax = plots.unrolled(
        ["a", "b"],
        [[0.25, -0.5], [0.125, -0.001]],
        [[0.7, 0.2, 0.1], [0.1, 0.3, 0.6]],
        ["x", "y", "z"],
        targets=["y", "z"],
    )
    for text in (
        "a",
        "b",
        "0.25",
        "\N{MINUS SIGN}0.50",
        "0.12",
        "0.00",
        "guess: x 0.70",
        "right: y 0.20",
        "guess: z 0.60",
    ):
        assert text in written(ax)
    assert written(ax).count("$W_x$") == 2 and written(ax).count("$W_h$") == 1


def test_hidden_states_are_a_row_for_each_word():
    ax = plots.hidden_states(["a", "b"], [[0.1, 0.2, 0.3], [-0.4, 0.5, 0.6]])
    assert np.allclose(ax.images[0].get_array(), [[0.1, 0.2, 0.3], [-0.4, 0.5, 0.6]])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"]
    assert ax.images[0].get_clim() == (-0.6, 0.6)


def test_the_rows_have_a_name_above_them():
    ax = plots.hidden_states(["a", "b"], [[0.1, 0.2], [0.3, 0.4]], "column of W")
    ax.figure.draw_without_rendering()
    assert ax.yaxis.label.get_text() == "column of W"
    words = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert ax.yaxis.label.get_window_extent().y0 > max(box.y1 for box in words)


def test_a_frame_is_closed():
    """The lines between the columns lie below it."""
    ax = plots.distributions(["a -> y"], [[0.9, 0.1, 0.0]], ["x", "y", "z"], [1])
    ax.figure.canvas.draw()
    grey = np.asarray(ax.figure.canvas.buffer_rgba())[::-1, :, :3].mean(axis=2)
    for x in (0.5, 1.5):
        column, row = ax.transData.transform((x, 0)).astype(int)
        assert grey[row, column - 1 : column + 2].min() < 64


def test_distributions_frame_the_target():
    ax = plots.distributions(
        ["a -> y", "b -> x"], [[0.9, 0.1], [0.2, 0.8]], ["x", "y"], [1, 0]
    )
    frames = [(patch.get_x() + 0.5, patch.get_y() + 0.5) for patch in ax.patches]
    image = ax.images[0]
    assert same_color(image.cmap(1.0), SIGNED(1.0))  # as whatever is above zero
    assert same_color(image.cmap(0.0), PAPER)
    assert frames == [(1, 0), (0, 1)]
    assert written(ax) == ["0.90", "0.10", "0.20", "0.80"]


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plots.hidden_states(["a", "b"], [[0.1]]),
        lambda: plots.distributions(["a"], [[0.1, 0.9]], ["x", "y"], [0, 1]),
        lambda: plots.unrolled(["a", "b"], [[0.1]], [[1.0]], ["x"], ["x"]),
    ],
)
def test_lists_of_unequal_length_are_refused(draw):
    with pytest.raises(ValueError, match="expected equal lengths"):
        draw()


def test_hidden_states_of_zero_can_be_drawn():
    plots.hidden_states(["a"], [[0.0, 0.0]])


def test_the_graph_colours_the_path():
    ax = plots.computation_graph(
        ["h", "Wy", "by", "z", "p", "y", "L"], path=["Wy", "z", "p", "L"]
    )
    assert set(written(ax)) == {
        "",
        "$h_t$",
        "$W_y$",
        "$b_y$",
        "$z_t$",
        "$p_t$",
        "$y_t$",
        "$L_t$",
    }
    arrows = [text for text in ax.texts if isinstance(text, Annotation)]
    thick = [text for text in arrows if text.arrow_patch.get_linewidth() == 3]
    # The other six arrows are pale: what they lead to has no name yet.
    pale = [
        text for text in arrows if same_color(text.arrow_patch.get_edgecolor(), PALE)
    ]
    assert len(arrows) == 12 and len(thick) == 3 and len(pale) == 6
    assert sum(same_color(box.get_edgecolor(), PALE) for box in ax.patches) == 6


@pytest.mark.parametrize(
    ("shown", "path", "message"),
    [
        (["z", "loss"], [], "shown holds .'loss'.; expected names out of"),
        (["h", "z"], ["z", "h"], "no arrow of the graph does"),
    ],
)
def test_a_graph_that_does_not_exist_is_refused(shown, path, message):
    with pytest.raises(ValueError, match=message):
        plots.computation_graph(shown, path)


def test_losses_at_start_counts_every_loss():
    ax = plots.losses_at_start([16.0, 16.1, 16.1, 16.2], 16.13)
    assert sum(bar.get_height() for bar in ax.patches) == 4


def test_learning_curve_draws_the_losses_and_the_floor():
    curve, floor = plots.learning_curve([3, 2, 1], 1.5, "floor").lines
    assert list(curve.get_ydata()) == [3, 2, 1]
    assert set(floor.get_ydata()) == {1.5}


def test_the_curves_are_the_functions_that_they_name():
    x, y = plots.squashing().lines[-1].get_data()
    assert np.allclose(y, np.tanh(x))
    p, loss = plots.surprise().lines[0].get_data()
    assert np.allclose(loss, -np.log(p))
    q, both = plots.split_answer().lines[0].get_data()
    assert math.isclose(both.min(), 2 * math.log(2), rel_tol=1e-4)


def test_matplotlibs_settings_stay_the_readers():
    before = dict(plt.rcParams)
    plots.squashing()
    assert dict(plt.rcParams) == before


def test_the_unrolled_graph_colours_two_paths():
    ax = plots.unrolled_graph(3, [["h1", "L1"], ["h1", "h2", "L2"]])
    assert {"$h_0$", "$h_3$", "$x_1$", "$L_3$"} <= set(written(ax))
    assert "$x_0$" not in written(ax) and "$L_0$" not in written(ax)
    arrows = [text for text in ax.texts if isinstance(text, Annotation)]
    thick = [
        text.arrow_patch.get_edgecolor()
        for text in arrows
        if text.arrow_patch.get_linewidth() == 3
    ]
    assert len(arrows) == 9 and len(thick) == 3
    assert sorted(thick.count(colour) for colour in set(thick)) == [1, 2]


def test_a_path_back_in_time_is_refused():
    with pytest.raises(ValueError, match="no arrow of the graph does"):
        plots.unrolled_graph(2, [["h2", "h1"]])


def test_training_losses_are_drawn_by_name_with_their_floors():
    ax = plots.training_losses(
        {"a": [2.0, 1.0], "b": [3.0, 0.5]}, "letter", floors={"ln 2": math.log(2)}
    )
    lines = {line.get_label(): line for line in ax.lines}
    assert lines["a"].get_xdata().tolist() == [1, 2]
    assert lines["b"].get_ydata().tolist() == [3.0, 0.5]
    assert any(np.allclose(line.get_ydata(), math.log(2)) for line in ax.lines)
    assert "ln 2" in written(ax) and ax.get_yscale() == "log"
    assert ax.get_ylabel() == "loss per letter (nats)"
    with pytest.raises(ValueError, match="losses holds 4 series; expected at"):
        plots.training_losses(dict.fromkeys("abcd", [1.0]), "letter")


def test_the_count_has_a_curve_in_percent_for_each_kind_of_wrong_letters():
    ax = plots.going_by_the_count({"a": [1.0, 0.25], "b": [0.5, 0.0]})
    lines = {line.get_label(): line for line in ax.lines}
    assert lines["a"].get_xydata().tolist() == [[1, 100], [2, 25]]
    assert lines["b"].get_ydata().tolist() == [50, 0]
    assert len({line.get_color() for line in ax.lines}) == 2
    assert "percent" in ax.get_ylabel()


def test_the_ring_writes_a_letter_at_each_place():
    places = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, -1.0]])
    ax = plots.ring(places, "ABC", [0.25, 0.125])
    assert {text.get_text(): text.get_position() for text in ax.texts} == {
        "A": (0.0, 1.0),
        "B": (2.0, 3.0),
        "C": (4.0, -1.0),
    }
    # The line is closed: the last place is joined to the first.
    assert np.allclose(ax.lines[0].get_xydata(), [*places, places[0]])
    assert ax.get_xlabel() == "first component (25%)"
    with pytest.raises(ValueError, match="expected equal lengths"):
        plots.ring(places, "AB", [0.25, 0.125])


def test_letters_that_would_cover_each_other_are_moved_apart():
    places = np.array([[0.0, 0.0], [0.1, 0.0], [0.05, 0.02], [10.0, 0.0]])
    ax = plots.ring(places, "ABCD", [0.25, 0.125])
    found = np.array([text.get_position() for text in ax.texts])
    gaps = [np.linalg.norm(found[i] - found[j]) for i in range(4) for j in range(i)]
    assert min(gaps) > 0.99 * 0.6
    assert np.linalg.norm(found - places, axis=1).max() < 0.6
    assert np.allclose(found[3], places[3])
    assert np.allclose(ax.lines[1].get_xydata(), found)


def test_side_by_side_writes_the_words_and_frames_one():
    ax = plots.side_by_side([["a", "b"], ["c", "d"]], step=1, sequence=1, hidden_size=3)
    places = {text.get_text(): text.get_position() for text in ax.texts}
    assert places["a"] == (1, 0.5) and places["b"] == (1, 1.5)
    assert places["d"] == (3, 1.5)
    assert "hidden[1, 1]:\na row of 3 numbers" in places
    framed = [patch.get_xy() for patch in ax.patches if patch.get_linewidth() == 2.5]
    assert framed == [(2, 1)]
    assert len(ax.patches) == 4 + 3
    with pytest.raises(ValueError, match="expected equal lengths"):
        plots.side_by_side([["a"], ["b", "c"]], 0, 0, 2)


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (
            lambda: plots.log_series({str(n): [1] for n in range(7)}, "x", "y"),
            "series holds 7 series; expected at most 6",
        ),
        (
            lambda: plots.down_to_the_floor(
                {str(n): [1] for n in range(4)}, 1, "floor"
            ),
            "curves holds 4 series; expected at most 3",
        ),
    ],
)
def test_no_series_is_left_out_for_want_of_a_look(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()
    assert not plt.get_fignums()  # refused before anything was drawn
