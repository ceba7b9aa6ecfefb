"""Numbers are refused alike, wherever they come in."""

import random

import numpy as np
import pytest

from rnn_src import words
from rnn_src.checks import all_finite
from rnn_src.clipping import clip_by_norm, clip_by_value
from rnn_src.data import echo, make_sequence_data, pad, recall
from rnn_src.functions import one_hot
from rnn_src.model import VanillaRNN
from rnn_src.words.checks import count, positive
from rnn_src.words.training import train_steps

rng = np.random.default_rng
NETWORK = words.init_parameters(3, 2, random.Random(0))

COUNTS = {
    "words.vocab_size": lambda n: words.init_parameters(n, 3, random.Random(0)),
    "words.hidden_size": lambda n: words.init_parameters(3, n, random.Random(0)),
    "bigram.vocab_size": lambda n: words.BigramTable([[0, 1]], n),
    "perplexity.count": lambda n: words.perplexity(2.0, n),
    "words.epochs": lambda n: train_steps([[0, 1]], NETWORK, lr=0.1, epochs=n),
    "model.vocab_size": lambda n: VanillaRNN(n, 3, rng(0)),
    "model.hidden_size": lambda n: VanillaRNN(3, n, rng(0)),
    "one_hot.vocab_size": lambda n: one_hot([0], n),
    "data.seq_len": lambda n: make_sequence_data(n, 3, rng(0)),
    "data.num_samples": lambda n: make_sequence_data(3, n, rng(0)),
    "data.symbols": lambda n: recall(2, n, 3, rng(0)),
    "data.length": lambda n: echo(2, 2, n, 3, rng(0)),
}
FROM_ZERO = {
    "data.lag": lambda n: recall(n, 2, 3, rng(0)),
    "data.filler": lambda n: pad([[1]], n),
}
RATES = {
    "words.lr": lambda x: train_steps([[0, 1]], NETWORK, lr=x, epochs=1),
    "words.scale": lambda x: words.init_parameters(3, 2, random.Random(0), x),
    "model.scale": lambda x: VanillaRNN(3, 2, rng(0), x),
    "value.limit": lambda x: clip_by_value(np.ones(2), x),
    "norm.limit": lambda x: clip_by_norm(np.ones(2), x),
}


@pytest.mark.parametrize("value", [True, 2.5, 3.0, "3", None, np.float64(3), -1])
@pytest.mark.parametrize("where", COUNTS | FROM_ZERO)
def test_what_is_not_a_count_is_refused_and_named(where, value):
    name, least = where.split(".")[1], 0 if where in FROM_ZERO else 1
    with pytest.raises(ValueError) as refused:
        (COUNTS | FROM_ZERO)[where](value)
    message = f"{name} is {value!r}; expected a whole number, {least} or more"
    assert str(refused.value) == message


@pytest.mark.parametrize("kind", [int, np.int64, np.uint8])
@pytest.mark.parametrize("where", COUNTS | FROM_ZERO)
def test_a_whole_number_of_any_library_is_a_count(where, kind):
    (COUNTS | FROM_ZERO)[where](kind(3))


@pytest.mark.parametrize("value", [True, 0, -0.1, "0.1", None, np.nan, np.inf])
@pytest.mark.parametrize("where", RATES)
def test_what_is_not_positive_is_refused_and_named(where, value):
    with pytest.raises(ValueError) as refused:
        RATES[where](value)
    name = where.split(".")[1]
    assert (
        str(refused.value) == f"{name} is {value!r}; expected a positive, finite number"
    )


@pytest.mark.filterwarnings("error")
def test_what_passes_is_a_plain_number_of_python():
    assert type(count("n", np.int64(3))) is int
    assert type(positive("x", np.float32(0.5))) is float
    assert positive("x", 3) == 3.0
    with pytest.raises(ValueError, match="x is 1000"):
        positive("x", 10**400)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_all_finite_sees_every_entry_and_is_not_fooled_by_large_ones(dtype):
    largest = np.full((2, 3), np.finfo(dtype).max, dtype)
    assert all_finite(largest) and all_finite(largest[:0]) and all_finite(largest.T)
    for wrong in (np.nan, np.inf, -np.inf):
        for place in range(6):
            array = np.linspace(-1, 1, 6, dtype=dtype).reshape(2, 3)
            array.flat[place] = wrong
            assert not all_finite(array)
            array.flat[place - 1] = -np.inf
            assert not all_finite(array)
