"""The gated network: its gradients, its state, and what it refuses."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import error, seeds, sharp_gradient

from rnn_src.descent import Adam
from rnn_src.heldout import mean_loss
from rnn_src.lstm import LSTM
from rnn_src.sampling import generate
from rnn_src.storage import load, save
from rnn_src.training import train, train_stream

sizes = st.tuples(*(st.integers(1, most) for most in (5, 3, 4))).map(
    lambda size: dict(zip("TBH", size, strict=True))
)


def example(seed, T=4, B=2, H=3, V=4, dtype=np.float64):
    """A network with weights of size about one, a batch, a state, and a mask."""
    rng = np.random.default_rng(seed)
    model = LSTM(V, H, rng, scale=0.8, dtype=dtype)
    model.vector[:] += rng.normal(0, 0.3, model.vector.shape).astype(dtype)
    x, targets = rng.integers(V, size=(2, T, B))
    mask = rng.random((T, B)) < 0.8
    mask[0] = True
    return model, x, targets, rng.normal(size=(2, B, H)).astype(dtype), mask


def gradients(model, x, targets, h0, mask):
    model.forward(x, h0)
    model.bptt(targets, mask)
    found = {name: array.copy() for name, array in model.gradients.items()}
    return found | {"h0": model.dh0}


@pytest.mark.equation(
    "eq-lstm-dh",
    "eq-lstm-dc",
    "eq-lstm-dgates",
    "eq-lstm-da",
    "eq-lstm-sum-over-time",
    "eq-lstm-start",
)
@settings(max_examples=40)
@given(seeds, sizes)
def test_the_gradients_agree_with_differences(seed, size):
    model, x, targets, h0, mask = example(seed, **size)
    expected = sharp_gradient(
        lambda: model.loss(x, targets, h0, mask), model.parameters | {"h0": h0}
    )
    assert error(gradients(model, x, targets, h0, mask), expected) < 1e-8


@pytest.mark.equation(
    "eq-lstm-preactivation",
    "eq-lstm-gates",
    "eq-lstm-cell",
    "eq-lstm-hidden",
    "eq-lstm-half",
)
def test_a_step_is_the_equations_one_by_one():
    model, x, _, h0, _ = example(3, T=1, B=1, H=2)
    w, (h, c) = model.parameters, h0[:, 0]
    a = w["Wx"][:, x[0, 0]] + w["Wh"] @ h + w["b"]
    i, f, o = (1 / (1 + np.exp(-a[part])) for part in ([0, 1], [2, 3], [6, 7]))
    c = f * c + i * np.tanh(a[4:6])
    hidden, logits = model.forward(x, h0)
    assert np.allclose(model.final[1, 0], c, rtol=1e-12)
    assert np.allclose(hidden[0, 0], o * np.tanh(c), rtol=1e-12)
    assert np.allclose(logits[0, 0], w["Wy"] @ (o * np.tanh(c)) + w["by"], rtol=1e-12)


@given(seeds)
def test_reading_in_two_halves_is_reading_the_whole(seed):
    model, x, _, h0, _ = example(seed)
    hidden, logits = model.forward(x, h0)
    whole = model.final
    first, state = model.read_on(x[:2], h0)
    second, state = model.read_on(x[2:], state)
    assert np.allclose(np.concatenate([first, second]), logits, rtol=1e-12)
    assert np.allclose(state, whole, rtol=1e-12)
    assert np.array_equal(whole[0], hidden[-1])


def test_a_state_may_be_a_pair_and_is_zeros_if_left_out():
    model, x, targets, h0, _ = example(0)
    assert model.loss(x, targets, (h0[0], h0[1])) == model.loss(x, targets, h0)
    assert model.loss(x, targets) == model.loss(x, targets, np.zeros_like(h0))
    for wrong in (h0[0], h0[:, :1], h0.astype(np.float32)):
        with pytest.raises(ValueError, match=r"h0 has shape .* expected \(2, 2, 3\)"):
            model.loss(x, targets, wrong)


def test_the_forget_gate_starts_open():
    V, H = 4, 3
    b = LSTM(V, H, np.random.default_rng(0)).parameters["b"]
    assert b.tolist() == [0] * H + [1] * H + [0] * 2 * H
    closed = LSTM(V, H, np.random.default_rng(0), forget_bias=0)
    assert not closed.parameters["b"].any()


@pytest.mark.parametrize("bias", [np.nan, np.inf, "1", None, [1.0, 1.0], 1e300])
def test_a_forget_bias_that_is_no_finite_number_is_refused(bias):
    with pytest.raises(ValueError, match="forget_bias"):
        LSTM(4, 3, np.random.default_rng(0), dtype=np.float32, forget_bias=bias)


def test_the_parameters_of_another_network_are_refused():
    right = dict(example(0)[0].parameters)
    assert LSTM.from_parameters(right).parameters["Wh"].shape == (12, 3)
    for wrong, message in (
        (right | {"b": np.zeros(11)}, r"Wx has shape \(12, 4\); expected \(8, 4\)"),
        (right | {"Wh": np.zeros((3, 12))}, r"Wh has shape .*; expected \(12, 3\)"),
        ({"bh": right.pop("b")} | right, r"expected \['Wh', 'Wx', 'Wy', 'b', 'by'\]"),
    ):
        with pytest.raises(ValueError, match=message):
            LSTM.from_parameters(wrong)


def test_float32_stays_float32_and_is_near():
    exact = gradients(*example(0))
    found = gradients(*example(0, dtype=np.float32))
    assert error(found, exact) < 1e-5
    assert {array.dtype for array in found.values()} == {np.dtype(np.float32)}


def test_it_is_trained_by_the_same_loops_and_generates():
    rng = np.random.default_rng(0)
    model = LSTM(3, 16, rng)
    ids = np.tile([[0], [1], [2]], (20, 2))
    losses = train_stream(
        model, ids[:-1], ids[1:], epochs=60, k=6, lr=0.5
    ).losses_per_prediction
    assert losses[-1] < 0.1 < 1 < losses[0]
    assert generate(model, [0], 5) == [1, 2, 0, 1, 2]
    history = train(model, ids[:-1], ids[1:], epochs=2, lr=0.1, rng=rng)
    assert len(history.norms) == 2


def test_it_is_saved_and_loaded_to_the_bit(tmp_path):
    model, x, targets, h0, _ = example(0)
    save(tmp_path / "a", model, "abcd", Adam())
    other, _, _ = load(tmp_path / "a")
    assert type(other) is LSTM
    assert other.vector.tobytes() == model.vector.tobytes()
    assert mean_loss(other, x, targets, k=3) == mean_loss(model, x, targets, k=3)
    assert np.isclose(mean_loss(model, x, targets, k=1) * 4, model.loss(x, targets))
