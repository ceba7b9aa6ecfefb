"""The project of Part III: what it refuses, and what it says."""

import random

import numpy as np
import pytest

from rnn_exercises import check
from rnn_exercises.questions.project_09 import EVERYDAY, TEXTS, trained
from rnn_exercises.showing import MISTAKE, RIGHT, WRONG
from rnn_src.words import Parameters, Vocabulary, init_parameters


def verdict(texts, parameters):
    return check("09-project", (texts, parameters), record=False)


def scaled(factor: float) -> Parameters:
    """The trained network with smaller logits."""
    good = trained(TEXTS)
    return Parameters(
        Wx=good.Wx,
        Wh=good.Wh,
        bh=good.bh,
        Wy=(factor * np.array(good.Wy)).tolist(),
        by=(factor * np.array(good.by)).tolist(),
    )


def test_parameters_may_come_as_a_dict_of_arrays():
    arrays = {name: np.array(values) for name, values in vars(trained(TEXTS)).items()}
    assert verdict(list(TEXTS), arrays).kind == RIGHT


@pytest.mark.parametrize(
    ("texts", "parameters", "sentence"),
    [
        ("cats say meow", trained(TEXTS), "no list of texts"),
        ([], trained(TEXTS), "my_texts is empty"),
        ([1, 2], trained(TEXTS), "no list of texts"),
        (["meow"], trained(TEXTS), "fewer than two words"),
        (["a b", "a c"], trained(TEXTS), "The floor of your text is 1.39 nats"),
        (TEXTS, ..., "is good: its floor is 3.30 nats. Still to do"),
        (..., trained(TEXTS), "my_texts is still to come"),
        (TEXTS, {"Wx": [[0.0]]}, "my_parameters has no 'Wh'"),
        (TEXTS, "none", "my_parameters is a text; expected"),
        (TEXTS, trained(EVERYDAY), "is for 9 words; expected 7"),
        (TEXTS, scaled(0.3), "below the floor"),
        (TEXTS, scaled(0.01), "shown no memory yet"),
    ],
)
def test_what_is_not_enough_gets_a_sentence(texts, parameters, sentence):
    found = verdict(texts, parameters)
    assert found.kind == WRONG
    assert sentence in found.message


def test_what_shows_nothing_has_a_name():
    assert verdict(EVERYDAY, trained(EVERYDAY)).kind == MISTAKE
    assert verdict(EVERYDAY, ...).mistakes == ("nothing-to-remember",)
    blind = trained(TEXTS, cut=True)
    assert verdict(TEXTS, blind).mistakes == ("no-way-back",)


def test_an_untrained_network_is_refused():
    fresh = init_parameters(len(Vocabulary(TEXTS)), 8, random.Random(3), 0.5)
    assert verdict(TEXTS, fresh).kind == WRONG
