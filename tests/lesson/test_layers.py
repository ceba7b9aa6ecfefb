"""Each layer alone: against core Python, and against differences."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networks import error, seeds, sharp_gradient

from rnn_src import words
from rnn_src.layers import HiddenLayer, InputLayer, OutputLayer, rows

#: T, B, H and V.
sizes = st.tuples(
    st.integers(1, 4), st.integers(1, 3), st.integers(1, 4), st.integers(2, 5)
)


def drawn(size, seed, dtype=np.float64):
    """The layers, what they take in, and gradients to send back; read-only."""
    T, B, H, V = size
    rng = np.random.default_rng(seed)
    shapes = {
        "Wx": (H, V),
        "Wh": (H, H),
        "bh": (H,),
        "Wy": (V, H),
        "by": (V,),
        "dense": (T, B, V),
        "u": (T, B, H),
        "h0": (B, H),
        "hidden": (T, B, H),
        "du": (T, B, H),
        "dh": (T, B, H),
        "dlogits": (T, B, V),
    }
    arrays = {
        name: rng.normal(size=shape).astype(dtype) for name, shape in shapes.items()
    }
    arrays["ids"] = rng.integers(V, size=(T, B))
    for array in arrays.values():
        array.flags.writeable = False
    v = SimpleNamespace(**arrays, steps=range(T), sequences=range(B), V=V)
    v.input, v.hidden_layer = InputLayer(v.Wx), HiddenLayer(v.Wh, v.bh)
    v.output = OutputLayer(v.Wy, v.by)
    return v


def slopes(function, **arrays):
    """What differences say of a function with one value, of its arrays."""
    nudged = {name: array.copy() for name, array in arrays.items()}
    return sharp_gradient(lambda: float(function(**nudged)), nudged)


def close(found, expected):
    return np.allclose(found, expected, rtol=1e-12, atol=1e-13)


def summed(parts):
    """The sum over all steps and sequences, as an array."""
    return sum(np.array(part) for part in parts)


@pytest.mark.equation("eq-look-up")
@given(sizes, seeds)
def test_a_look_up_is_the_product_with_a_one_hot_vector(size, seed):
    v = drawn(size, seed)
    u, dense = v.input.forward(v.ids), v.input.forward(v.dense)
    for t in v.steps:
        for b in v.sequences:
            x = words.one_hot(int(v.ids[t, b]), v.V)
            assert u[t, b].tolist() == words.matvec(v.Wx.tolist(), x)
            assert close(
                dense[t, b], words.matvec(v.Wx.tolist(), v.dense[t, b].tolist())
            )


@pytest.mark.equation("eq-rows-dWx")
@given(sizes, seeds)
def test_the_input_layer_adds_up_the_outer_products_of_core_python(size, seed):
    v = drawn(size, seed)
    by_ids, no_dx = v.input.backward(v.du, v.ids)
    by_dense, dx = v.input.backward(v.du, v.dense)
    places = [(t, b) for t in v.steps for b in v.sequences]
    assert no_dx is None
    assert close(
        by_ids,
        summed(
            words.outer(v.du[p].tolist(), words.one_hot(int(v.ids[p]), v.V))
            for p in places
        ),
    )
    assert close(
        by_dense,
        summed(words.outer(v.du[p].tolist(), v.dense[p].tolist()) for p in places),
    )
    for p in places:
        assert close(
            dx[p], words.matvec(words.transpose(v.Wx.tolist()), v.du[p].tolist())
        )


@pytest.mark.equation("eq-rows-dWx")
@given(sizes, seeds)
def test_the_input_layer_agrees_with_differences(size, seed):
    v = drawn(size, seed)
    dWx, _ = v.input.backward(v.du, v.ids)
    expected = slopes(lambda Wx: (InputLayer(Wx).forward(v.ids) * v.du).sum(), Wx=v.Wx)
    assert error({"Wx": dWx}, expected) < 1e-8
    dWx, dx = v.input.backward(v.du, v.dense)
    expected = slopes(
        lambda Wx, x: (InputLayer(Wx).forward(x) * v.du).sum(), Wx=v.Wx, x=v.dense
    )
    assert error({"Wx": dWx, "x": dx}, expected) < 1e-8


def test_a_word_that_comes_twice_gets_both_shares():
    ids, du = (
        np.array([[1, 0], [1, 1]]),
        np.array([[[1.0], [20.0]], [[300.0], [4000.0]]]),
    )
    dWx, _ = InputLayer(np.zeros((1, 3))).backward(du, ids)
    assert dWx.tolist() == [[20, 4301, 0]]


@pytest.mark.equation("eq-rows-hidden", "eq-hidden-state")
@given(sizes, seeds)
def test_the_hidden_layer_walks_as_core_python_does(size, seed):
    v = drawn(size, seed)
    states = v.hidden_layer.forward(v.u, v.h0)
    assert states.shape == (len(v.steps) + 1, *v.h0.shape)
    for b in v.sequences:
        h = v.h0[b].tolist()
        assert states[0, b].tolist() == h
        for t in v.steps:
            from_past = words.matvec(v.Wh.tolist(), h)
            h = words.tanh(
                words.add(words.add(v.u[t, b].tolist(), from_past), v.bh.tolist())
            )
            assert close(states[t + 1, b], h)


@pytest.mark.equation("eq-total-dh", "eq-rows-da", "eq-rows-dWh")
@given(sizes, seeds)
def test_the_hidden_layer_walks_back_as_core_python_does(size, seed):
    v = drawn(size, seed)
    states = v.hidden_layer.forward(v.u, v.h0)
    dWh, dbh, du, dh0 = v.hidden_layer.backward(v.dh, states)
    shares = []
    for b in v.sequences:
        carry = [0.0] * len(v.bh)
        for t in reversed(v.steps):
            dh = words.add(v.dh[t, b].tolist(), carry)
            da = words.tanh_backward(dh, states[t + 1, b].tolist())
            _, *share, carry = words.hidden_backward(
                da, [1.0], states[t, b].tolist(), v.Wh.tolist()
            )
            shares.append(share)
            assert close(du[t, b], da)
        assert close(dh0[b], carry)
    assert close(dWh, summed(share for share, _ in shares))
    assert close(dbh, summed(share for _, share in shares))


@pytest.mark.equation("eq-total-dh", "eq-rows-da", "eq-rows-dWh")
@given(sizes, seeds)
def test_the_hidden_layer_agrees_with_differences(size, seed):
    v = drawn(size, seed)

    def loss(Wh, bh, u, h0):
        return (HiddenLayer(Wh, bh).forward(u, h0)[1:] * v.dh).sum()

    expected = slopes(loss, Wh=v.Wh, bh=v.bh, u=v.u, h0=v.h0)
    states = v.hidden_layer.forward(v.u, v.h0)
    found = v.hidden_layer.backward(v.dh, states)
    assert error(dict(zip(expected, found, strict=True)), expected) < 1e-8


def test_a_saturated_unit_stops_the_walk_back():
    layer = HiddenLayer(np.eye(1), np.zeros(1))
    states = layer.forward(np.array([[[0.1]], [[50.0]]]), np.zeros((1, 1)))
    _, _, du, dh0 = layer.backward(np.array([[[0.0]], [[7.0]]]), states)
    assert not du.any() and not dh0.any()


@pytest.mark.equation("eq-rows-logits")
@given(sizes, seeds)
def test_the_output_layer_is_that_of_core_python(size, seed):
    v = drawn(size, seed)
    logits = v.output.forward(v.hidden)
    for t in v.steps:
        for b in v.sequences:
            assert close(
                logits[t, b],
                words.add(
                    words.matvec(v.Wy.tolist(), v.hidden[t, b].tolist()), v.by.tolist()
                ),
            )


@pytest.mark.equation("eq-rows-dWy", "eq-rows-dh")
@given(sizes, seeds)
def test_the_output_layer_goes_back_as_core_python_does(size, seed):
    v = drawn(size, seed)
    dWy, dby, dh = v.output.backward(v.dlogits, v.hidden)
    shares = []
    for t in v.steps:
        for b in v.sequences:
            *share, expected = words.output_backward(
                v.dlogits[t, b].tolist(), v.hidden[t, b].tolist(), v.Wy.tolist()
            )
            shares.append(share)
            assert close(dh[t, b], expected)
    assert close(dWy, summed(share for share, _ in shares))
    assert close(dby, summed(share for _, share in shares))


@pytest.mark.equation("eq-rows-dWy", "eq-rows-dh")
@given(sizes, seeds)
def test_the_output_layer_agrees_with_differences(size, seed):
    v = drawn(size, seed)

    def loss(Wy, by, hidden):
        return (OutputLayer(Wy, by).forward(hidden) * v.dlogits).sum()

    expected = slopes(loss, Wy=v.Wy, by=v.by, hidden=v.hidden)
    found = v.output.backward(v.dlogits, v.hidden)
    assert error(dict(zip(expected, found, strict=True)), expected) < 1e-8


def everything(v):
    """All that the layers of `v` give out, by name."""
    states = v.hidden_layer.forward(v.u, v.h0)
    states.flags.writeable = False
    return {
        "u by ids": v.input.forward(v.ids),
        "u by dense": v.input.forward(v.dense),
        "dWx by ids": v.input.backward(v.du, v.ids)[0],
        "dWx by dense": v.input.backward(v.du, v.dense)[0],
        "dx": v.input.backward(v.du, v.dense)[1],
        "states": states,
        **dict(
            zip(
                ("dWh", "dbh", "du", "dh0"),
                v.hidden_layer.backward(v.dh, states),
                strict=True,
            )
        ),
        "logits": v.output.forward(v.hidden),
        **dict(
            zip(
                ("dWy", "dby", "dh"),
                v.output.backward(v.dlogits, v.hidden),
                strict=True,
            )
        ),
    }


@given(sizes, seeds)
def test_the_shapes(size, seed):
    T, B, H, V = size
    found = {name: a.shape for name, a in everything(drawn(size, seed)).items()}
    assert found == {
        "u by ids": (T, B, H),
        "u by dense": (T, B, H),
        "dWx by ids": (H, V),
        "dWx by dense": (H, V),
        "dx": (T, B, V),
        "states": (T + 1, B, H),
        "dWh": (H, H),
        "dbh": (H,),
        "du": (T, B, H),
        "dh0": (B, H),
        "logits": (T, B, V),
        "dWy": (V, H),
        "dby": (V,),
        "dh": (T, B, H),
    }


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_dtype_stays(dtype):
    found = everything(drawn((3, 2, 4, 5), 0, dtype))
    assert {array.dtype for array in found.values()} == {np.dtype(dtype)}


@given(sizes, seeds)
def test_nothing_that_was_passed_in_is_changed_or_handed_out(size, seed):
    v, same = drawn(size, seed), drawn(size, seed)
    taken = {n: a for n, a in vars(v).items() if isinstance(a, np.ndarray)}
    for name, found in everything(v).items():
        assert not any(np.shares_memory(found, a) for a in taken.values()), name
    assert all(a.tobytes() == vars(same)[n].tobytes() for n, a in taken.items())


@given(sizes, seeds)
def test_rows_stand_step_after_step(size, seed):
    v = drawn(size, seed)
    T, B, H, _ = size
    assert rows(v.u).shape == (T * B, H)
    assert all(
        np.array_equal(rows(v.u)[t * B + b], v.u[t, b])
        for t in v.steps
        for b in v.sequences
    )


@given(sizes, seeds)
def test_the_order_of_the_entries_in_memory_does_not_matter(size, seed):
    v = drawn(size, seed)
    f = {
        name: np.asfortranarray(array)
        for name, array in vars(v).items()
        if isinstance(array, np.ndarray)
    }
    states = v.hidden_layer.forward(v.u, v.h0)
    assert close(v.hidden_layer.forward(f["u"], f["h0"]), states)
    other = np.asfortranarray(states)
    for found, expected in (
        ((v.input.forward(f["ids"]),), (v.input.forward(v.ids),)),
        (v.input.backward(f["du"], f["ids"])[:1], v.input.backward(v.du, v.ids)[:1]),
        (
            v.hidden_layer.backward(f["dh"], other),
            v.hidden_layer.backward(v.dh, states),
        ),
        ((v.output.forward(f["hidden"]),), (v.output.forward(v.hidden),)),
        (
            v.output.backward(f["dlogits"], f["hidden"]),
            v.output.backward(v.dlogits, v.hidden),
        ),
    ):
        for a, b in zip(found, expected, strict=True):
            assert close(a, b)
