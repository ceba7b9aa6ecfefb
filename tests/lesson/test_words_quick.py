"""The step without detours gives what the step of the formulas gives."""

import copy
import math
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_src.data import SENTENCES
from rnn_src.words import (
    Vocabulary,
    cross_entropy,
    init_parameters,
    logits_backward,
    quick_step,
    train_step,
    train_steps,
)
from rnn_src.words.quick import LARGEST_MOVE, loss_and_dlogits, move
from rnn_src.words.training import all_rows

VOCABULARY = Vocabulary(SENTENCES)
IDS = [VOCABULARY.encode(sentence) for sentence in SENTENCES]
seeds = st.integers(0, 10_000)


def network(seed=0, V=6, H=8, scale=0.1):
    """Weights and biases that are not zero."""
    rng = random.Random(seed)
    p = init_parameters(V, H, rng, scale)
    return replace(
        p,
        bh=[rng.uniform(-scale, scale) for _ in range(H)],
        by=[rng.uniform(-scale, scale) for _ in range(V)],
    )


def assert_near(rows, others, within):
    for row, other in zip(rows, others, strict=True):
        assert row == pytest.approx(other, rel=0, abs=within)


@given(st.integers(2, 6), st.integers(1, 5), seeds, st.floats(1e-6, 10))
def test_one_step_is_that_of_the_formulas(V, H, seed, lr):
    rng = random.Random(seed)
    word, target = rng.randrange(V), rng.randrange(V)
    h_prev = [rng.uniform(-1, 1) for _ in range(H)]
    p, other = network(seed, V, H, 1.0), network(seed, V, H, 1.0)
    kept = all_rows(p)
    h, loss = quick_step(word, target, h_prev, p, lr)
    expected_h, expected_loss = train_step(word, target, h_prev, other, lr)
    assert h == pytest.approx(expected_h, rel=0, abs=1e-14)
    assert loss == pytest.approx(expected_loss, rel=0, abs=1e-13)
    assert_near(all_rows(p), all_rows(other), within=1e-13 * max(1, lr))
    assert all(old is new for old, new in zip(kept, all_rows(p), strict=True))


def test_a_whole_training_is_that_of_the_formulas():
    p, other = network(), network()
    losses = train_steps(IDS, p, lr=0.1, epochs=100, step=quick_step)
    expected = train_steps(IDS, other, lr=0.1, epochs=100)
    assert losses == pytest.approx(expected, rel=0, abs=1e-12)
    assert_near(all_rows(p), all_rows(other), within=1e-12)


@pytest.mark.equation("eq-dlogits", "eq-cross-entropy")
@given(st.lists(st.floats(-800, 800), min_size=2, max_size=6))
def test_one_softmax_serves_the_loss_and_its_gradient(logits):
    for target in range(len(logits)):
        loss, dlogits = loss_and_dlogits(logits, target)
        assert loss == pytest.approx(cross_entropy(logits, target))
        assert dlogits == pytest.approx(logits_backward(logits, target))


@pytest.mark.equation("eq-outer")
def test_a_matrix_moves_against_the_outer_product():
    matrix = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]
    move(matrix, [1.0, 0.0, -2.0], [10.0, 20.0], lr=0.5)
    assert matrix == [[-4.0, -8.0], [3.0, 4.0], [15.0, 26.0]]
    with pytest.raises(ValueError, match="shorter"):
        move(matrix, [1.0, 0.0], [10.0, 20.0], lr=0.5)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"word": 6}, "word is 6"),
        ({"target": -1}, "target is -1"),
        ({"h_prev": [0.1] * 7}, "h_prev has length 7; expected 8"),
        ({"lr": math.nan}, "lr is nan"),
        ({"by": [math.inf] + [0.0] * 5}, "a logit would not be finite"),
        ({"by": [0.0, 1e308, -1e308, 0.0, 0.0, 0.0]}, "the loss would not be finite"),
        ({"lr": LARGEST_MOVE}, r"could move by .*, with lr 1e\+290.*lower lr"),
        (
            {
                "Wy": [[1e300] * 8] * 3 + [[-1e300] * 8] * 3,
                "bh": [1.0] * 8,
                "target": 4,
            },
            "could move by",
        ),
        ({"h_prev": [1e200] * 8, "lr": 1e90}, "could move by|would not be finite"),
        ({"Wh": [[0.1] * 8] * 7}, "shorter"),
        ({"Wh": [[0.1] * 7] * 8}, "a row of matrix has length 7; expected 8"),
        ({"Wy": [[0.1] * 8] * 5}, "longer"),
        ({"Wx": [[0.1] * 6] * 7}, "longer"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_changed(changed, message):
    step = {"word": 1, "target": 2, "h_prev": [0.1] * 8, "lr": 0.1}
    step |= {name: changed[name] for name in step.keys() & changed.keys()}
    p = replace(
        network(),
        **{name: value for name, value in changed.items() if name not in step},
    )
    before = copy.deepcopy(p)
    with pytest.raises(ValueError, match=message):
        quick_step(step["word"], step["target"], step["h_prev"], p, step["lr"])
    assert p == before


@given(
    st.floats(min_value=5e-324, max_value=1.7e308)
    | st.floats(min_value=1e280, max_value=1e292),
    seeds,
)
def test_whatever_the_rate_no_parameter_ever_stops_being_finite(lr, seed):
    p = network(seed)
    try:
        losses = train_steps(IDS, p, lr=lr, epochs=2, step=quick_step)
    except ValueError as error:
        assert "start again with a lower lr" in str(error)
    else:
        assert all(map(math.isfinite, losses))
    p.check()


def test_the_largest_float_withstands_the_largest_move():
    largest = 1.7976931348623157e308
    assert largest + LARGEST_MOVE == largest
