"""Every figure can be read on a phone, and is written in one way.

A phone shows a figure 358 pixels wide. The figures here have inputs like those of the
chapters; `test_every_figure_is_here` sees one that has been forgotten.
"""

import re
from itertools import combinations

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.legend import Legend
from matplotlib.text import Annotation, Text

from rnn_src import plots
from rnn_src.palette import GREY
from rnn_src.plots.beside import all_over, distance, name_beside, path_of
from rnn_src.plots.graph import PALE
from rnn_src.plots.graph import PLACES as QUANTITIES
from rnn_src.plots.labels import darker, name_lines, power, spread, tex
from rnn_src.plots.style import LOOKS, new_axes

matplotlib.use("Agg")

PHONE, LEAST = 358, 9.5  # pixels: of a figure in the page, of its smallest text
#: Figures whose legend has three entries or more: all lines end in the same points.
LEGENDS = {"settling"}

RNG = np.random.default_rng(0)
WORDS = ("are", "doing", "hello", "how", "well", "you")
STATES = RNG.uniform(-1, 1, (3, 8))
SHARES = RNG.dirichlet(np.ones(6), 3)
FALLING = 16 * 0.9 ** np.arange(50)
EXHIBITS = [f"tanh-prime-of-h-{n}" for n in range(9)]
STARTS = ("0.1 N", "N / sqrt(H)", "orthogonal")
LAGS = (2, 5, 10, 20, 40, 80)

DRAWN = {
    "cliff": lambda: plots.cliff(
        np.logspace(-4, 1, 99),
        1.4 + 0.3 * np.sin(np.arange(99)),
        40,
        {"clipped": 0.2, "unclipped": 8.4},
        near=0.03,
    ),
    "clipped_arrows": lambda: plots.clipped_arrows([10, 1], [1, 1], [0.995, 0.1], 1.0),
    "computation_graph": lambda: plots.computation_graph(list(QUANTITIES), ["a", "h"]),
    "directions": lambda: plots.directions(
        {name: ([20, 80], [60, 110]) for name in EXHIBITS},
        ("at the start", "after 30 updates"),
    ),
    "distributions": lambda: plots.distributions(
        ["hello how are -> you"] * 3, SHARES, WORDS, [0, 1, 2]
    ),
    "down_to_the_floor": lambda: plots.down_to_the_floor(
        {"Wh off": FALLING, "single steps": FALLING / 2, "full gradient": FALLING / 3},
        0.67,
        "floor without memory",
    ),
    "drift": lambda: plots.drift(
        {"reading the truth": FALLING, "reading itself": FALLING[::-1]}, 4.5
    ),
    "error_and_loss": lambda: plots.error_and_loss(
        {name: 0.1 for name in EXHIBITS},
        {name: 10.0**n for n, name in enumerate(EXHIBITS)},
        (1e-10, 0.02),
        1e-6,
    ),
    "gap": lambda: plots.gap([1e-12, 1e-9], [1e-3, 1], 1e-6),
    "going_by_the_count": lambda: plots.going_by_the_count(
        {"the same letter": [1, 0.9, 0.8], "random letters": [0.9, 0.5, 0.2]}
    ),
    "held_out_losses": lambda: plots.held_out_losses(
        {"plain": [(1, 3), (60, 1.7)], "gated": [(1, 3), (60, 1.8)]},
        {"trigram": 1.9, "bigram": 2.4},
    ),
    "hidden_states": lambda: plots.hidden_states(
        ["are", "you are", "hello how are you"], STATES
    ),
    "horizon": lambda: plots.horizon(
        LAGS,
        {name: np.linspace(1, n / 6, 6) for n, name in enumerate((*STARTS, "Adam"))},
        0.25,
    ),
    "kept_pairs": lambda: plots.kept_pairs(6, (1, 3, 6)),
    "learning_curve": lambda: plots.learning_curve(
        FALLING, 1.39, "floor without memory: 2 ln 2"
    ),
    "learning_rates": lambda: plots.learning_rates(
        {0.01: FALLING + 9, 0.1: FALLING, 1: FALLING / 9, 10: FALLING + 60}, 16.1
    ),
    "log_series": lambda: plots.log_series(
        {f"radius {n}": (1 + n / 10) ** np.arange(60) for n in range(-3, 3)},
        "steps",
        "norm of the product",
        1.0,
        shown=(1e-5, 1e4),
    ),
    "loss_band": lambda: plots.loss_band(
        [FALLING, FALLING * 1.1], 16.1, {0: 16.0, 40: 0.3}, "the notebook's run"
    ),
    "losses_at_start": lambda: plots.losses_at_start([16.0, 16.1, 16.2], 16.13),
    "losses_by_epoch": lambda: plots.losses_by_epoch(
        {"training": FALLING, "held out": FALLING + 0.1}, {"best table": 1.5}
    ),
    "losses_by_piece": lambda: plots.losses_by_piece(
        (1, 2, 4, 8), {n: np.linspace(0.7, n / 99, 4) for n in (1, 3, 6)}, 0.69
    ),
    "losses_by_size": lambda: plots.losses_by_size(
        (1, 2, 4, 8), {"training": [1.7, 1, 1, 0.5], "held out": [1.8, 1, 1, 2]}, 1.79
    ),
    "memory_cell": lambda: plots.memory_cell(["c_prev", "keep", "sum", "c"]),
    "museum": lambda: plots.museum(FALLING, dict.fromkeys(EXHIBITS, FALLING + 1)),
    "nudge_errors": lambda: plots.nudge_errors(
        10.0 ** -np.arange(1, 9),
        {"both sides": 10.0 ** -np.arange(1, 9), "one side": 10.0 ** np.arange(-8, 0)},
    ),
    "ratios": lambda: plots.ratios(
        {
            f"an epoch of size {n}": {"PyTorch": n, "JAX": 0.4, "floor": 0.2}
            for n in range(1, 5)
        },
        own="rnn_src",
    ),
    "recall_by_lag": lambda: plots.recall_by_lag(
        LAGS[:3],
        {name: RNG.random((3, 3)) for name in ("read-out", "single", "full gradient")},
        0.25,
    ),
    "ring": lambda: plots.ring(RNG.normal(size=(26, 2)), EXHIBITS and "Q" * 26, [1, 1]),
    "settling": lambda: plots.settling(2.0, [1, 2, 4, 8]),
    "side_by_side": lambda: plots.side_by_side([["hello", "how"]] * 3, 1, 2, 5),
    "single_step_sight": lambda: plots.single_step_sight(["symbol", *["blank"] * 3]),
    "split_answer": plots.split_answer,
    "squashing": plots.squashing,
    "surprise": lambda: plots.surprise([0.01, 1 / 6, 0.9]),
    "times": lambda: plots.times(
        {"T": {8: 1, 64: 9}, "V": {8: 1, 999: 8}, "H": {8: 1, 999: 99}},
        {"T": 1, "V": 1, "H": 2},
    ),
    "training_losses": lambda: plots.training_losses(
        {"sequences": FALLING, "the loop": FALLING / 9}, "letter", {"ln 2": 0.69}
    ),
    "unrolled": lambda: plots.unrolled(WORDS[:3], STATES, SHARES, WORDS, WORDS[3:]),
    "unrolled_graph": lambda: plots.unrolled_graph(3, [["h1", "L1"]]),
    "valley": lambda: plots.valley(
        {
            name: [(-10 + n * k, (-0.8) ** k) for k in range(9)]
            for n, name in enumerate(("descent", "momentum", "Adam"))
        },
        50.0,
    ),
}


@pytest.fixture(scope="module", params=sorted(DRAWN))
def figure(request):
    """Each figure, drawn as a notebook draws it, with its name."""
    DRAWN[request.param]()
    drawn = plt.gcf()
    drawn.canvas.draw()
    drawn.name = request.param
    yield drawn
    plt.close("all")


def texts(figure) -> list[Text]:
    """All that is written in a figure."""
    found = figure.findobj(
        lambda one: isinstance(one, Text) and one.get_visible() and one.get_text()
    )
    inside = figure.get_window_extent().padded(1)
    return [one for one in found if inside.overlaps(one.get_window_extent())]


def test_every_figure_is_here():
    assert set(DRAWN) == {one for one in plots.__all__ if not one.endswith("results")}


def test_the_smallest_text_can_be_read_on_a_phone(figure):
    shown = PHONE / (figure.get_tightbbox().width + 0.2)  # inches, with IPython's edge
    small = min(texts(figure), key=Text.get_fontsize)
    assert small.get_fontsize() / 72 * shown >= LEAST, small


def test_nothing_is_written_as_code(figure):
    for text in texts(figure):
        plain = re.sub(r"\$[^$]+\$", "", text.get_text())
        assert not re.search(r"_(?!src)|\d[eE][-+]\d|sqrt|\bd?W[xhy]\b", plain), plain


def test_lines_have_their_names_at_their_ends(figure):
    most = max((len(one.get_texts()) for one in figure.findobj(Legend)), default=0)
    assert most < 3 or figure.name in LEGENDS


def test_no_names_cover_each_other(figure):
    names = [one for one in texts(figure) if isinstance(one, Annotation)]
    for one, other in combinations(names, 2):
        boxes = [Text.get_window_extent(name).padded(-2) for name in (one, other)]
        assert not boxes[0].overlaps(boxes[1]), (one, other)


def test_names_leave_room_for_the_lines(figure):
    widest = max(ax.get_position().width for ax in figure.axes)
    assert widest > (0.3 if figure.name == "museum" else 0.5)


def test_labels_move_just_as_far_as_they_must():
    assert spread([0.1, 0.5], [0.2, 0.2], 0, 1).tolist() == [0.1, 0.5]
    assert np.allclose(spread([0.5, 0.5], [0.2, 0.4], 0, 1), [0.35, 0.65])
    assert np.allclose(spread([0.0, 0.0], [0.2, 0.2], 0, 1), [0.1, 0.3])
    assert np.allclose(spread([1.0, 1.0, 1.0], [0.2] * 3, 0, 1), [0.5, 0.7, 0.9])


def test_a_name_is_at_the_last_point_that_is_seen():
    ax = new_axes()
    ax.plot([1, 2, 3], [1, 5, 99], label="up")
    ax.plot([3, 2, 1], [np.nan, 2, 3], label="back")
    ax.plot([1, 3], [4, 4], label="_hidden")
    ax.set_ylim(0, 10)
    name_lines(ax)
    found = {text.get_text(): text.xy for text in ax.texts}
    assert {name: tuple(xy) for name, xy in found.items()} == {
        "up": (2, 5),
        "back": (2, 2),
    }


def test_no_name_touches_a_line(figure):
    for ax in figure.axes:
        paths = [path_of(line, ax, 999) for line in ax.lines]
        names = {" ".join(tex(str(line.get_label())).split()) for line in ax.lines}
        for text in ax.texts:
            if " ".join(text.get_text().split()) in names and text.get_transform() is (
                ax.transAxes
            ):
                box = text.get_window_extent()
                assert all(distance(box, path) > 1 for path in paths), text


def test_a_line_that_is_not_seen_has_no_name():
    ax = new_axes()
    ax.plot([1, 2], [1, 2], label="seen")
    ax.plot([1, 2], [np.nan, np.nan], label="never")
    name_beside(ax)
    assert [text.get_text() for text in ax.texts] == ["seen"]


def test_where_all_lines_end_in_one_point_each_name_is_beside_its_own():
    ax, x = new_axes(), np.arange(7)
    for n, power_of_x in enumerate((0.25, 0.5, 1, 2, 4)):
        ax.plot(x, (1 - x / 6) ** power_of_x, label=f"w{n}")
    ax.plot(x, 0 * x, label="_hidden")
    name_beside(ax)
    boxes = [text.get_window_extent() for text in ax.texts]
    paths = [path_of(line, ax, 999) for line in ax.lines]
    assert [text.get_text() for text in ax.texts] == [f"w{n}" for n in range(5)]
    for n, box in enumerate(boxes):
        near = [distance(box, path) for path in paths]
        assert 0 < near[n] < min(near[:n] + near[n + 1 :])
        assert not any(distance(box, all_over(other)) == 0 for other in boxes[:n])


@pytest.mark.parametrize(
    ("ends", "tick", "label"),
    [
        ((0.001, 1000), 0.001, "0.001"),
        ((0.01, 10), 1, "1"),
        ((1e-6, 10), 0.01, "$10^{-2}$"),
        ((1e-6, 10), 1, "1"),
    ],
)
def test_there_is_one_way_to_write_a_logarithmic_axis(ends, tick, label):
    ax = plots.log_series({"a": ends}, "x", "y", shown=ends)
    ax.figure.draw_without_rendering()
    ticks = dict(zip(ax.get_yticks(), ax.get_yticklabels(), strict=True))
    assert ticks[tick].get_text() == label


def test_numbers_and_names_are_written_as_in_the_text():
    assert [power(1e-6), power(0.01), power(1)] == ["$10^{-6}$", "0.01", "1"]
    assert tex("W_h trained, Wy off") == "$W_h$ trained, $W_y$ off"
    assert tex("N / sqrt(H), by norm") == r"N / $\sqrt{H}$, by norm"


def contrast(colour) -> float:
    """Of a colour on white."""
    linear = np.asarray(to_rgb(colour)) ** 2.2
    return 1.05 / (linear @ (0.2126, 0.7152, 0.0722) + 0.05)


def test_what_is_pale_can_be_seen():
    assert 2.2 < contrast(PALE) < 3 < contrast(GREY)


def test_the_letters_of_every_colour_can_be_read_on_white():
    for look in LOOKS:
        assert contrast(darker(look.colour)) >= 4.5, look
