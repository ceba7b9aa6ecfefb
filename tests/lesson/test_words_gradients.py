"""The gradients of a step in core Python: against nudging, layer by layer."""

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_src.gradcheck import numeric_gradient, relative_error
from rnn_src.words import (
    Parameters,
    cross_entropy,
    dot,
    hidden_backward,
    init_parameters,
    logits_backward,
    loss_backward,
    matvec,
    one_hot,
    outer,
    output_backward,
    rnn_step,
    rnn_step_backward,
    softmax,
    softmax_jacobian,
    tanh,
    tanh_backward,
    transpose,
)

sizes = st.tuples(st.integers(2, 6), st.integers(1, 5))
seeds = st.integers(0, 10_000)


def draw(rng, *shape):
    """Nested lists of numbers of size one."""
    if not shape:
        return rng.uniform(-1, 1)
    return [draw(rng, *shape[1:]) for _ in range(shape[0])]


def numeric(function, epsilon=1e-5, **values):
    """What nudging says of a function of the lists in `values`."""
    return numeric_gradient(lambda: function(**values), values, epsilon)


def agree(found, expected):
    """Equal to 1e-8 of the largest entry.

    Where all entries are below 0.01, two parts of the gradient have cancelled,
    and rounding in the nudged one is compared with 0.01 instead.
    """
    largest = float(np.abs(expected).max())
    difference = float(np.abs(np.subtract(found, expected)).max())
    return difference < 1e-8 * max(largest, 0.01)


@pytest.mark.equation("eq-outer", "eq-transpose")
@given(sizes, seeds)
def test_outer_and_transpose_are_their_definitions(size, seed):
    V, H = size
    rng = random.Random(seed)
    u, v = draw(rng, V), draw(rng, H)
    table = outer(u, v)
    assert all(table[k][m] == u[k] * v[m] for k in range(V) for m in range(H))
    assert transpose(table) == outer(v, u)
    assert transpose(transpose(table)) == table


@pytest.mark.equation("eq-dp")
@given(sizes, seeds)
def test_the_gradient_at_the_probabilities(size, seed):
    V, _ = size
    rng = random.Random(seed)
    p, y = softmax(draw(rng, V)), rng.randrange(V)
    expected = numeric(lambda p: -math.log(p[y]), p=p, epsilon=1e-6)["p"]
    assert agree(loss_backward(p, y), expected)


@pytest.mark.equation("eq-softmax-jacobian")
@given(sizes, seeds)
def test_the_jacobian_row_by_row(size, seed):
    V, _ = size
    z = draw(random.Random(seed), V)
    J = softmax_jacobian(softmax(z))
    for i in range(V):
        expected = numeric(lambda z, i=i: softmax(z)[i], z=z)["z"]
        assert agree(J[i], expected)
    assert all(abs(sum(column)) < 1e-12 for column in transpose(J))


@pytest.mark.equation("eq-dlogits")
@given(sizes, seeds)
def test_the_gradient_at_the_logits(size, seed):
    V, _ = size
    rng = random.Random(seed)
    z, y = draw(rng, V), rng.randrange(V)
    dz = logits_backward(z, y)
    expected = numeric(lambda z: cross_entropy(z, y), z=z)["z"]
    assert agree(dz, expected)
    assert abs(sum(dz)) < 1e-12 and dz[y] < 0
    p = softmax(z)
    product = matvec(transpose(softmax_jacobian(p)), loss_backward(p, y))
    assert relative_error(dz, product) < 1e-12


@pytest.mark.equation("eq-dWy", "eq-dby", "eq-dh")
@given(sizes, seeds)
def test_the_output_layer(size, seed):
    V, H = size
    rng = random.Random(seed)
    Wy, by, h, dz = (draw(rng, V, H), draw(rng, V), draw(rng, H), draw(rng, V))

    def layer(Wy, by, h):
        return dot([a + b for a, b in zip(matvec(Wy, h), by, strict=True)], dz)

    expected = numeric(layer, Wy=Wy, by=by, h=h)
    for name, found in zip(("Wy", "by", "h"), output_backward(dz, h, Wy), strict=True):
        assert agree(found, expected[name])


@pytest.mark.equation("eq-da")
@given(sizes, seeds)
def test_through_tanh(size, seed):
    _, H = size
    rng = random.Random(seed)
    a, dh = draw(rng, H), draw(rng, H)
    expected = numeric(lambda a: dot(tanh(a), dh), a=a)["a"]
    assert agree(tanh_backward(dh, tanh(a)), expected)


def test_a_saturated_unit_passes_nothing():
    assert tanh_backward([5.0], tanh([20.0])) == [0.0]


@pytest.mark.equation("eq-dWx", "eq-dWh", "eq-dbh", "eq-dh-prev")
@given(sizes, seeds)
def test_the_hidden_layer(size, seed):
    V, H = size
    rng = random.Random(seed)
    Wx, Wh, bh = draw(rng, H, V), draw(rng, H, H), draw(rng, H)
    h_prev, da, x = draw(rng, H), draw(rng, H), one_hot(rng.randrange(V), V)

    def layer(Wx, Wh, bh, h_prev):
        return sum(
            d * (u + v + b)
            for d, u, v, b in zip(
                da, matvec(Wx, x), matvec(Wh, h_prev), bh, strict=True
            )
        )

    expected = numeric(layer, Wx=Wx, Wh=Wh, bh=bh, h_prev=h_prev)
    found = hidden_backward(da, x, h_prev, Wh)
    for name, gradient in zip(("Wx", "Wh", "bh", "h_prev"), found, strict=True):
        assert agree(gradient, expected[name])


@given(sizes, seeds)
def test_a_whole_step(size, seed):
    V, H = size
    rng = random.Random(seed)
    p = Parameters(
        draw(rng, H, V), draw(rng, H, H), draw(rng, V, H), draw(rng, H), draw(rng, V)
    )
    x, h_prev, y = one_hot(rng.randrange(V), V), draw(rng, H), rng.randrange(V)
    later = draw(rng, H)

    def loss():
        h, logits = rnn_step(x, h_prev, p)
        return cross_entropy(logits, y) + dot(h, later)

    h, logits = rnn_step(x, h_prev, p)
    gradients, dh_prev = rnn_step_backward(x, h_prev, h, logits, y, p, later)
    values = vars(p) | {"h_prev": h_prev}
    found = vars(gradients) | {"h_prev": dh_prev}
    for name, expected in numeric_gradient(loss, values).items():
        assert agree(found[name], expected)


def test_only_the_column_of_the_word_gets_a_gradient():
    p = init_parameters(6, 8, random.Random(0), scale=1.0)
    x, h_0 = one_hot(3, 6), [0.0] * 8
    h, logits = rnn_step(x, h_0, p)
    gradients, _ = rnn_step_backward(x, h_0, h, logits, 0, p)
    assert {k for row in gradients.Wx for k, d in enumerate(row) if d} == {3}
    assert all(d == 0 for row in gradients.Wh for d in row)  # since h_0 = 0


def test_nothing_that_was_passed_in_is_changed():
    p, dz, h, Wy = [0.5, 0.5], [0.1, -0.1], [0.3], [[1.0], [2.0]]
    _, dby, _ = output_backward(dz, h, Wy)
    dby[0] = 9.0
    da = [0.2]
    _, _, dbh, _ = hidden_backward(da, [1.0], [0.5], [[1.0]])
    dbh[0] = 9.0
    assert da == [0.2]
    logits_backward(p, 0)[1] = 9.0
    assert (p, dz, h, Wy) == ([0.5, 0.5], [0.1, -0.1], [0.3], [[1.0], [2.0]])


def step_of(x=(0.0, 1.0, 0.0), dh_later=None):
    """A backward step with V = 3 and H = 2, with one argument to spoil."""
    p = init_parameters(3, 2, random.Random(0))
    return rnn_step_backward(list(x), [0.1, 0.2], [0.3, 0.4], [0.0] * 3, 0, p, dh_later)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: loss_backward([0.5, 0.5], 2), "target is 2; .* less than 2"),
        (lambda: loss_backward([1.0, 0.0], 1), r"p\[1\] is 0.0; .* positive"),
        (lambda: logits_backward([0.5, 0.5], -1), "target is -1"),
        (lambda: logits_backward([0.5, math.nan], 0), r"logits\[1\] is nan"),
        (lambda: softmax_jacobian([]), "p is empty"),
        (lambda: transpose([[1.0], [1.0, 2.0]]), "row of matrix has length 2"),
        (
            lambda: output_backward([1.0], [1.0], [[1.0], [2.0]]),
            "dlogits has length 1 and Wy has length 2",
        ),
        (
            lambda: output_backward([1.0, 2.0], [1.0, 2.0], [[1.0], [2.0]]),
            "row of Wy has length 1; expected 2",
        ),
        (lambda: tanh_backward([1.0], [0.5, 0.5]), "dh has length 1 and h has"),
        (
            lambda: hidden_backward([1.0], [1.0], [1.0, 2.0], [[1.0]]),
            "da has length 1 and h_prev has length 2",
        ),
        (
            lambda: hidden_backward([1.0], [1.0], [1.0], [[1.0], [2.0]]),
            "h_prev has length 1 and Wh has length 2",
        ),
        (
            lambda: hidden_backward([1.0], [1.0], [1.0], [[1.0, 2.0]]),
            "row of Wh has length 2; expected 1",
        ),
        (lambda: step_of(x=[1.0]), "x has length 1; expected 3"),
        (lambda: step_of(dh_later=[1.0]), "dh_later has length 1; expected 2"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
