"""The figure of the ratios shows the numbers that it is given."""

import pytest

from rnn_src import plots

MEASURED = {
    "small": {"rnn_src": 1.0, "other": 4.0, "floor": 0.5},
    "large": {"rnn_src": 1.0, "floor": 0.9},
}


def test_each_dot_is_at_its_ratio_below_the_name_of_its_work():
    ax = plots.ratios(MEASURED, own="rnn_src")
    dots = [
        (*line.get_xydata()[0], line.get_label())
        for line in ax.lines
        if line.get_marker() == "o"
    ]
    assert dots == [(4.0, 1, "other"), (0.5, 2, "floor"), (0.9, 4.5, "floor")]
    assert [(text.get_position()[1], text.get_text()) for text in ax.texts] == [
        (0, "small"),
        (3.5, "large"),
    ]
    ticks = zip(ax.get_yticks(), ax.get_yticklabels(), strict=True)
    assert [(y, label.get_text()) for y, label in ticks] == [
        (1, "other"),
        (2, "floor"),
        (4.5, "floor"),
    ]
    assert ax.get_xscale() == "log"


@pytest.mark.parametrize("measured", [{}, {"small": {"other": 0.0}}])
def test_what_cannot_be_drawn_is_refused(measured):
    with pytest.raises(ValueError, match="expected ratios above 0"):
        plots.ratios(measured, own="rnn_src")
