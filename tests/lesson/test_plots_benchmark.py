"""The figure of the ratios shows the numbers that it is given."""

import pytest

from rnn_src import plots

MEASURED = {
    "small": {"rnn_src": 1.0, "other": 4.0, "floor": 0.5},
    "large": {"rnn_src": 1.0, "floor": 0.9},
}


def test_each_bar_ends_at_its_ratio_and_the_own_one_is_the_line():
    ax = plots.ratios(MEASURED, own="rnn_src")
    ends = [
        sorted(bar.get_x() + bar.get_width() for bar in group)
        for group in ax.containers
    ]
    assert ends == [pytest.approx([0.5, 4.0]), pytest.approx([0.9])]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["other", "floor"]
    assert ax.get_xscale() == "log"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "small",
        "large",
    ]


@pytest.mark.parametrize(
    "measured", [{}, {"small": {"other": 0.0}}, {str(i): {"a": 1.0} for i in range(6)}]
)
def test_what_cannot_be_drawn_is_refused(measured):
    with pytest.raises(ValueError, match="expected ratios above 0, for at most"):
        plots.ratios(measured, own="rnn_src")
