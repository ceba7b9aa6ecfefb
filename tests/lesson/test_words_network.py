"""Parameters, one step, a sentence: against NumPy, and at the edges."""

import math
import random
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_src.data import SENTENCES
from rnn_src.words import (
    Vocabulary,
    forward,
    init_parameters,
    one_hot,
    predict,
    rnn_step,
)

sizes = st.tuples(st.integers(1, 6), st.integers(1, 5))
seeds = st.integers(0, 10_000)


def network(V=6, H=8, seed=0, scale=1.0):
    """Parameters with weights of size one, and biases that are not zero."""
    rng = random.Random(seed)
    parameters = init_parameters(V, H, rng, scale)
    parameters.bh = [rng.uniform(-1, 1) for _ in range(H)]
    parameters.by = [rng.uniform(-1, 1) for _ in range(V)]
    return parameters


@given(sizes, seeds)
def test_init_draws_within_scale_and_repeats(size, seed):
    V, H = size
    p = init_parameters(V, H, random.Random(seed), scale=0.3)
    assert np.shape(p.Wx) == (H, V) and np.shape(p.Wh) == (H, H)
    assert np.shape(p.Wy) == (V, H)
    assert p.bh == [0.0] * H and p.by == [0.0] * V
    assert (p.hidden_size, p.vocab_size) == (H, V)
    assert all(
        -0.3 <= weight <= 0.3
        for matrix in (p.Wx, p.Wh, p.Wy)
        for row in matrix
        for weight in row
    )
    assert p == init_parameters(V, H, random.Random(seed), scale=0.3)
    assert p != init_parameters(V, H, random.Random(seed + 1), scale=0.3)


def test_init_fills_the_whole_range_evenly():
    p = init_parameters(100, 50, random.Random(0), scale=0.3)
    weights = sorted(weight for row in p.Wx for weight in row)
    assert -0.3 <= weights[0] < -0.299 and 0.299 < weights[-1] <= 0.3
    assert abs(weights[len(weights) // 4] + 0.15) < 0.01
    assert abs(weights[len(weights) // 2]) < 0.01


@pytest.mark.equation("eq-pre-activation", "eq-hidden-state", "eq-logits")
@given(sizes, seeds)
def test_a_step_is_the_three_equations(size, seed):
    V, H = size
    p, rng = network(V, H, seed), random.Random(seed)
    x = one_hot(rng.randrange(V), V)
    h_prev = [rng.uniform(-1, 1) for _ in range(H)]
    a = np.array(p.Wx) @ x + np.array(p.Wh) @ h_prev + p.bh
    h, logits = rnn_step(x, h_prev, p)
    assert np.allclose(h, np.tanh(a), rtol=1e-12)
    assert np.allclose(logits, np.array(p.Wy) @ np.tanh(a) + p.by, rtol=1e-12)


@given(sizes, seeds, st.integers(1, 5))
def test_forward_repeats_the_step(size, seed, steps):
    V, H = size
    p, rng = network(V, H, seed), random.Random(seed)
    ids = [rng.randrange(V) for _ in range(steps)]
    hidden, logits = forward(ids, p)
    h = [0.0] * H
    for t, index in enumerate(ids):
        h, z = rnn_step(one_hot(index, V), h, p)
        assert hidden[t] == h and logits[t] == z
    assert len(hidden) == len(logits) == steps
    assert predict(ids, p) == [z.index(max(z)) for z in logits]


def test_forward_changes_nothing():
    p, ids = network(), [2, 3, 0]
    forward(ids, p)
    assert p == network() and ids == [2, 3, 0]


def test_the_untrained_predictions_repeat():
    vocabulary = Vocabulary(SENTENCES)
    p = init_parameters(6, 8, random.Random(0), scale=1.0)
    ids = vocabulary.encode("hello how are")
    assert vocabulary.decode(predict(ids, p)) == ["doing", "well", "doing"]


def test_the_package_of_words_needs_no_numpy():
    program = (
        "import sys, rnn_src.words\n"
        "print([name for name in ('numpy', 'matplotlib') "
        "if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], text=True, capture_output=True, check=True
    )
    assert done.stdout == "[]\n"


def broken(name, change):
    p = network()
    change(getattr(p, name))
    return p


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("Wh", lambda W: W[2].__setitem__(3, math.nan), r"Wh\[2\]\[3\] is nan"),
        ("Wx", lambda W: W[0].__setitem__(0, math.inf), r"Wx\[0\]\[0\] is inf"),
        ("bh", lambda b: b.__setitem__(1, math.nan), r"bh\[1\] is nan"),
        ("by", lambda b: b.__setitem__(5, -math.inf), r"by\[5\] is -inf"),
        ("bh", lambda b: b.clear(), "bh is empty"),
        ("Wx", lambda W: W.pop(), r"Wx has 7 rows .* expected shape \(8, 6\)"),
        ("Wy", lambda W: W[1].pop(), r"Wy has 6 rows of length \[7, 8\]; expected"),
        ("Wh", lambda W: W.clear(), r"Wh has 0 rows"),
    ],
)
def test_broken_parameters_are_refused(name, change, message):
    with pytest.raises(ValueError, match=message):
        forward([0, 1], broken(name, change))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: init_parameters(6, 0, random.Random(0)), "hidden_size is 0"),
        (lambda: init_parameters(0, 8, random.Random(0)), "vocab_size is 0"),
        (lambda: init_parameters(6, -1, random.Random(0)), "hidden_size is -1"),
        (lambda: init_parameters(6, 2.5, random.Random(0)), "hidden_size is 2.5"),
        (lambda: init_parameters(6, 8, 0), "rng is 0; expected a random.Random"),
        (lambda: init_parameters(6, 8, random.Random(0), scale=0), "scale is 0"),
        (
            lambda: init_parameters(6, 8, random.Random(0), scale=math.nan),
            "scale is nan",
        ),
        (
            lambda: init_parameters(6, 8, random.Random(0), scale=math.inf),
            "scale is inf; expected a positive, finite",
        ),
        (lambda: forward([], network()), "ids is empty"),
        (lambda: forward([6], network()), "index is 6"),
        (lambda: forward([-1], network()), "index is -1"),
        (lambda: forward(iter([]), network()), "ids is empty"),
        (
            lambda: rnn_step([1.0, 0.0], [0.0] * 8, network()),
            "x has length 2; expected 6",
        ),
        (
            lambda: rnn_step(one_hot(0, 6), [0.0] * 6, network()),
            "h_prev has length 6; expected 8",
        ),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
