"""The alphabet: the figures that source 2 printed, from our own code."""

from types import SimpleNamespace

import numpy as np
import pytest

from rnn_src.data import ALPHABET, make_sequence_data, to_ids, to_text
from rnn_src.model import VanillaRNN
from rnn_src.sampling import generate
from rnn_src.training import train

#: Mean loss of a sequence at the epochs 10, 20, … 100, as printed there.
PRINTED = [
    0.0086,
    0.0037,
    0.0023,
    0.0017,
    0.0013,
    0.0011,
    0.0009,
    0.0008,
    0.0007,
    0.0006,
]


@pytest.fixture(scope="module")
def trained():
    """A network with the settings of source 2, and its history."""
    ids, targets = make_sequence_data(6, 300, np.random.default_rng(0))
    model = VanillaRNN(26, 64, np.random.default_rng(42), scale=0.1)
    before = model.loss(ids, targets)
    history = train(
        model, ids, targets, epochs=100, lr=0.1, clip=5.0, rng=np.random.default_rng(1)
    )
    return SimpleNamespace(model=model, history=history, before=before)


def after(trained, text):
    """The letter that the network takes to follow a text."""
    return to_text(trained.model.predict_next(to_ids(text)[:, np.newaxis]))


def test_the_losses_are_those_of_source_2(trained):
    found = np.round(trained.history.losses_per_sequence[9::10], 4)
    assert np.abs(found - PRINTED).max() < 1.01e-4


def test_it_begins_at_an_even_guess(trained):
    assert abs(trained.before - 6 * np.log(26)) < 0.2


def test_after_abcdef_comes_g(trained):
    assert after(trained, "ABCDEF") == "G"


def test_all_26_windows_are_right(trained):
    ring = ALPHABET + ALPHABET
    assert {ring[i : i + 6]: after(trained, ring[i : i + 6]) for i in range(26)} == {
        ring[i : i + 6]: ring[i + 6] for i in range(26)
    }


def test_it_goes_on_for_longer_than_it_was_trained(trained):
    added = generate(trained.model, to_ids("XYZ"), 26)
    assert to_text(added) == ALPHABET
