"""Sampling: what the network chooses, and from which state it goes on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networks import network, seeds

from rnn_src.functions import softmax
from rnn_src.sampling import generate


def go_on(model, start, length, choose):
    """Generate by hand: read the whole text again for every id."""
    ids = list(start)
    for _ in range(length):
        _, logits = model.forward(np.array(ids)[:, np.newaxis])
        ids.append(choose(logits[-1, 0]))
    return ids[len(start) :]


@given(seeds, st.integers(1, 4), st.integers(1, 8))
def test_generate_takes_the_most_likely_id_and_reads_it(seed, begun, length):
    rng = np.random.default_rng(seed)
    model, start = network(rng, scale=1.5), rng.integers(4, size=begun).tolist()
    found = generate(model, start, length)
    assert found == go_on(model, start, length, np.argmax)
    assert found == generate(model, np.array(start), length)
    assert all(type(i) is int for i in found)


@pytest.mark.equation("eq-temperature")
@given(seeds, st.integers(1, 4), st.sampled_from([0.3, 1.0, 2.5]))
def test_generate_draws_from_the_softmax_of_what_it_has_read(seed, begun, heat):
    rng = np.random.default_rng(seed)
    model, start = network(rng), rng.integers(4, size=begun).tolist()
    draws = np.random.default_rng(seed)
    expected = go_on(
        model, start, 6, lambda z: int(draws.choice(4, p=softmax(z / heat)))
    )
    for _ in range(2):
        assert expected == generate(model, start, 6, heat, np.random.default_rng(seed))


@pytest.mark.equation("eq-temperature")
@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_the_shares_of_what_is_drawn(temperature):
    model, rng = network(np.random.default_rng(2)), np.random.default_rng(0)
    _, logits = model.forward([[1]])
    shares = softmax(logits[-1, 0] / temperature)
    n = 2000
    counts = np.bincount(
        [generate(model, [1], 1, temperature, rng)[0] for _ in range(n)], minlength=4
    )
    # Seldom further off than four standard deviations; the seed is fixed.
    assert (np.abs(counts - n * shares) < 4 * np.sqrt(n * shares * (1 - shares))).all()
    assert counts.min() > 0


@pytest.mark.filterwarnings("error")
@given(seeds, st.sampled_from([1e-4, 1e-30, 1e-308, 5e-324]))
def test_the_tiniest_temperature_takes_the_most_likely_id(seed, temperature):
    rng = np.random.default_rng(seed)
    model = network(rng)
    assert generate(model, [0], 5, temperature, rng) == generate(model, [0], 5)


def test_the_highest_temperature_draws_all_ids_alike():
    model, rng = network(np.random.default_rng(0)), np.random.default_rng(0)
    counts = np.bincount(generate(model, [0], 800, 1e300, rng), minlength=4)
    assert (np.abs(counts - 200) < 4 * np.sqrt(800 * 3 / 16)).all()


def test_a_network_of_float32_generates_too():
    model = network(np.random.default_rng(0), dtype=np.float32)
    found = generate(model, [0], 20, 1.0, np.random.default_rng(0))
    assert len(found) == 20 and set(found) <= {0, 1, 2, 3}


@given(seeds, st.integers(1, 4), st.integers(1, 4))
def test_generate_continues_from_a_state(seed, read, begun):
    rng = np.random.default_rng(seed)
    model, ids = network(rng), rng.integers(4, size=read + begun)
    hidden, _ = model.forward(ids[:read, np.newaxis])
    assert generate(model, ids[read:], 5, h0=hidden[-1]) == generate(model, ids, 5)
