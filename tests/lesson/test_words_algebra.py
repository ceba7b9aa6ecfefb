"""List algebra, tanh and softmax: laws that hold for every input."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rnn_src.words import (
    add,
    argmax,
    dot,
    finite,
    matvec,
    one_hot,
    same_length,
    softmax,
    tanh,
)

numbers = st.floats(-100, 100)
vectors = st.lists(numbers, min_size=1, max_size=20)
all_logits = st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=8)


def lists(length):
    return st.lists(numbers, min_size=length, max_size=length)


def together(count):
    """`count` vectors of one length."""
    return st.integers(1, 20).flatmap(
        lambda n: st.tuples(*[lists(n) for _ in range(count)])
    )


def matrices(rows, columns):
    return st.lists(lists(columns), min_size=rows, max_size=rows)


def close(u, v):
    return all(
        math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-6)
        for a, b in zip(u, v, strict=True)
    )


@pytest.mark.equation("eq-dot")
def test_dot_of_a_case_by_hand():
    assert dot([1, 2, 3], [10, 0, 1]) == 13
    assert dot(list(range(30)), [1] * 30) == 29 * 30 / 2


@given(together(3), numbers)
def test_dot_is_symmetric_and_linear(uvw, c):
    u, v, w = uvw
    assert dot(u, v) == dot(v, u)
    assert math.isclose(
        dot(add([c * a for a in u], w), v),
        c * dot(u, v) + dot(w, v),
        rel_tol=1e-9,
        abs_tol=1e-4,
    )


@pytest.mark.equation("eq-add")
@given(together(2))
def test_add_goes_entry_by_entry(uv):
    u, v = uv
    assert add(u, v) == [u[i] + v[i] for i in range(len(u))]


@pytest.mark.equation("eq-matvec")
def test_matvec_of_a_case_by_hand():
    assert matvec([[1, 2, 3], [4, 5, 6]], [10, 0, 1]) == [13, 46]


@given(st.data(), st.integers(1, 5), st.integers(1, 5))
def test_matvec_is_linear(data, rows, columns):
    W = data.draw(matrices(rows, columns))
    u, v = data.draw(lists(columns)), data.draw(lists(columns))
    assert len(matvec(W, u)) == rows
    assert close(matvec(W, add(u, v)), add(matvec(W, u), matvec(W, v)))


@given(st.data(), st.integers(1, 5), st.integers(1, 5))
def test_a_matrix_times_a_one_hot_vector_is_a_column(data, rows, columns):
    W = data.draw(matrices(rows, columns))
    k = data.draw(st.integers(0, columns - 1))
    assert matvec(W, one_hot(k, columns)) == [row[k] for row in W]


@pytest.mark.equation("eq-tanh")
@given(vectors)
def test_tanh_is_its_definition_and_stays_inside(vector):
    for a, squeezed in zip(vector, tanh(vector), strict=True):
        small = math.exp(-2 * abs(a))
        expected = math.copysign((1 - small) / (1 + small), a)
        assert math.isclose(squeezed, expected, rel_tol=1e-12, abs_tol=1e-14)
        assert -1 <= squeezed <= 1


@pytest.mark.equation("eq-softmax")
def test_softmax_is_its_definition():
    total = math.exp(2) + math.exp(1) + math.exp(-1)
    expected = [math.exp(z) / total for z in (2, 1, -1)]
    assert all(
        math.isclose(a, b, rel_tol=1e-14)
        for a, b in zip(softmax([2.0, 1.0, -1.0]), expected, strict=True)
    )


@given(all_logits)
def test_softmax_is_a_distribution_whatever_the_logits(logits):
    p = softmax(logits)
    assert len(p) == len(logits)
    assert all(0 <= share <= 1 for share in p)
    assert math.isclose(sum(p), 1, rel_tol=1e-12)


@given(all_logits)
def test_softmax_keeps_the_order(logits):
    p = softmax(logits)
    assert all(
        p[i] <= p[j]
        for i in range(len(p))
        for j in range(len(p))
        if logits[i] <= logits[j]
    )
    assert p[argmax(logits)] == max(p)


@pytest.mark.equation("eq-softmax-shift")
@given(vectors, numbers)
def test_softmax_does_not_see_a_shift(logits, c):
    assert close(softmax([z + c for z in logits]), softmax(logits))


def test_softmax_of_logits_near_1000():
    assert close(softmax([1000.0, 999.0, 997.0]), softmax([2.0, 1.0, -1.0]))


@given(vectors)
def test_argmax_is_the_first_of_the_largest(vector):
    i = argmax(vector)
    assert vector[i] == max(vector) and vector[i] not in vector[:i]


@given(vectors, vectors)
def test_unequal_lengths_are_refused(u, v):
    assume(len(u) != len(v))
    sizes = f"u has length {len(u)} and v has length {len(v)}"
    for operation in (dot, add, lambda u, v: same_length(u=u, v=v)):
        with pytest.raises(ValueError, match=sizes):
            operation(u, v)
    message = f"row of matrix has length {len(u)}; expected {len(v)}"
    with pytest.raises(ValueError, match=message):
        matvec([u], v)


def test_a_ragged_matrix_is_refused():
    with pytest.raises(ValueError, match="row of matrix has length 1"):
        matvec([[1, 2], [3]], [1, 2])


@pytest.mark.parametrize("function", [softmax, argmax, lambda v: finite("v", v)])
@pytest.mark.parametrize(
    ("vector", "message"),
    [
        ([], "is empty; expected at least one entry"),
        ([0.0, math.nan], r"\[1\] is nan; expected a finite number"),
        ([math.inf], r"\[0\] is inf"),
        ([1.0, 2.0, -math.inf], r"\[2\] is -inf"),
    ],
)
def test_a_vector_that_is_not_finite_is_refused(function, vector, message):
    with pytest.raises(ValueError, match=message):
        function(vector)
