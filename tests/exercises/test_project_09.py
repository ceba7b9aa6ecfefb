"""The project of Part III: what it refuses, and what it says."""

import math
import random

import numpy as np
import pytest

from rnn_exercises import check
from rnn_exercises.questions.project_09 import (
    EVERYDAY,
    TEXTS,
    all_words,
    floor_of,
    last_word,
    trained,
    word_and_step,
)
from rnn_exercises.showing import MISTAKE, RIGHT, WRONG
from rnn_src.words import BigramTable, Parameters, Vocabulary, init_parameters


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
        ("cats say meow", trained(TEXTS), "not a list of texts"),
        ([], trained(TEXTS), "my_texts is empty"),
        ([1, 2], trained(TEXTS), "not a list of texts"),
        (["meow"], trained(TEXTS), "fewer than two words"),
        (["a b", "a c"], trained(TEXTS), "The floor of your texts is 1.39 nats"),
        (["a b", "a c", "a d"], ..., "Even with a perfect memory they cost 3.30 nats"),
        (7, ..., "not a list of texts"),
        (TEXTS, ..., "are good: their floor is 3.30 nats. Still to do"),
        (..., trained(TEXTS), "my_texts is still missing"),
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
    assert verdict(TEXTS, trained(TEXTS, "Wh")).mistakes == ("no-way-back",)
    assert verdict(TEXTS, trained(TEXTS, "Wx")).mistakes == ("sees-no-words",)


def test_a_text_that_a_counter_can_continue_is_refused():
    """A network without words has learned it: W_x is zero."""
    texts = ["x a x b x c"]
    assert verdict(texts, ...).mistakes == ("a-counter-does-it",)
    assert verdict([*texts, "x a x b x c"], ...).mistakes == ("a-counter-does-it",)


def test_the_floor_is_what_the_last_word_and_the_step_leave_open():
    sentences = [[0, 1, 2], [3, 1, 4], [1, 2, 1, 5]]
    assert floor_of(sentences, word_and_step) == pytest.approx(2 * math.log(2))
    table = BigramTable(sentences, 6)
    expected = sum(table.loss(sentence) for sentence in sentences)
    assert floor_of(sentences, last_word) == pytest.approx(expected)
    assert floor_of(sentences, all_words) == 0


def test_an_untrained_network_is_refused():
    fresh = init_parameters(len(Vocabulary(TEXTS)), 8, random.Random(3), 0.5)
    assert verdict(TEXTS, fresh).kind == WRONG
