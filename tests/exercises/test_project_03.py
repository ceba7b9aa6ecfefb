"""The project of Part I: what it accepts, and what it says of the rest."""

from dataclasses import replace

import numpy as np
import pytest

from rnn_exercises import check
from rnn_exercises.questions.project_03 import thought_out
from rnn_exercises.showing import RIGHT, WRONG

GOOD = thought_out(8.0)


def verdict(parameters):
    return check("03-project", parameters, record=False)


def blended(share: float):
    """Some of the right W_y, and a random one besides."""
    noise = np.random.default_rng(1).normal(0, 3, (6, 6))
    return replace(GOOD, Wy=(share * np.array(GOOD.Wy) + (1 - share) * noise).tolist())


def test_any_network_that_is_good_enough_is_right():
    arrays = {name: np.array(value) for name, value in vars(GOOD).items()}
    assert verdict(arrays).kind == RIGHT
    wide = replace(
        GOOD,
        Wx=GOOD.Wx + [[0.1] * 6],
        Wh=[row + [0.0] for row in GOOD.Wh] + [[0.0] * 7],
        Wy=[row + [0.0] for row in GOOD.Wy],
        bh=[0.0] * 7,
    )
    assert verdict(wide).kind == RIGHT


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"Wx": [[0.0]]}, "has no 'Wh'"),
        (3, "my_parameters is a number; expected"),
        (replace(GOOD, bh=[0.0]), "cannot be used"),
        (
            replace(
                GOOD, Wx=[row[:5] for row in GOOD.Wx], Wy=GOOD.Wy[:5], by=[0.0] * 5
            ),
            "is for 5 words; expected 6",
        ),
        (blended(0.4), "of 9 answers are right"),
    ],
)
def test_what_is_not_enough_gets_a_sentence(parameters, sentence):
    found = verdict(parameters)
    assert found.kind == WRONG
    assert sentence in found.message
