"""Softmax, cross-entropy, one-hot and their derivatives, for arrays."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from rnn_src import words
from rnn_src.functions import (
    batch_loss,
    cross_entropy,
    d_cross_entropy,
    d_log_softmax,
    d_softmax,
    log_softmax,
    one_hot,
    softmax,
)

shapes = arrays.array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=4)
dtypes = st.sampled_from([np.float32, np.float64])


def floats(shape, size=10):
    """float64 arrays whose entries have at most three decimals."""
    return arrays.arrays(
        np.int64, shape, elements=st.integers(-1000 * size, 1000 * size)
    ).map(lambda array: array / 1000)


all_logits = shapes.flatmap(floats)
with_targets = shapes.flatmap(
    lambda shape: st.tuples(
        floats(shape),
        arrays.arrays(np.int64, shape[:-1], elements=st.integers(0, shape[-1] - 1)),
    )
)
pairs = shapes.flatmap(lambda shape: st.tuples(floats(shape), floats(shape)))


def slope(function, logits, step=1e-4):
    """dL/dlogits of a function with one value, by central differences."""
    found = np.empty_like(logits)
    for index in np.ndindex(logits.shape):
        nudge = np.zeros_like(logits)
        nudge[index] = step
        found[index] = (function(logits + nudge) - function(logits - nudge)) / (
            2 * step
        )
    return found


def by_words(function, logits, *others):
    """What the core-Python function says, vector by vector."""
    rows = logits.reshape(-1, logits.shape[-1]).tolist()
    rest = [np.ravel(other).tolist() for other in others]
    return [function(*each) for each in zip(rows, *rest, strict=True)]


@pytest.mark.equation("eq-softmax")
@given(all_logits)
def test_softmax_is_that_of_core_python(logits):
    p = softmax(logits)
    assert p.shape == logits.shape
    assert np.allclose(
        p.reshape(-1, p.shape[-1]), by_words(words.softmax, logits), rtol=1e-12, atol=0
    )


@pytest.mark.equation("eq-log-sum-exp")
@given(all_logits)
def test_log_softmax_is_the_logarithm_of_softmax(logits):
    assert np.allclose(
        log_softmax(logits), np.log(softmax(logits)), rtol=1e-12, atol=1e-12
    )
    log_sum_exp = np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    assert np.allclose(log_softmax(logits), logits - log_sum_exp, rtol=1e-9, atol=1e-9)


@pytest.mark.equation("eq-cross-entropy")
@given(with_targets)
def test_cross_entropy_is_that_of_core_python(case):
    logits, targets = case
    losses = cross_entropy(logits, targets)
    assert losses.shape == targets.shape
    assert np.allclose(
        np.ravel(losses),
        by_words(words.cross_entropy, logits, targets),
        rtol=1e-12,
        atol=1e-12,
    )


@pytest.mark.equation("eq-one-hot")
@given(with_targets)
def test_one_hot_has_its_one_at_the_id(case):
    logits, ids = case
    vectors = one_hot(ids, logits.shape[-1])
    assert vectors.shape == logits.shape and vectors.dtype == np.float64
    assert vectors.reshape(-1, logits.shape[-1]).tolist() == [
        words.one_hot(i, logits.shape[-1]) for i in np.ravel(ids).tolist()
    ]


@pytest.mark.equation("eq-softmax-jacobian")
@given(st.integers(1, 5).flatmap(floats))
def test_d_softmax_is_the_product_with_the_jacobian(logits):
    p, V = softmax(logits), len(logits)
    jacobian = [[p[i] * ((i == j) - p[j]) for j in range(V)] for i in range(V)]
    rows = [d_softmax(one, p) for one in np.eye(V)]
    assert np.allclose(rows, jacobian, rtol=1e-12, atol=1e-15)
    for i in range(V):
        numeric = slope(lambda z, i=i: softmax(z)[i], logits)
        assert np.allclose(numeric, jacobian[i], rtol=1e-6, atol=1e-9)


@given(pairs)
def test_the_derivatives_agree_with_differences(pair):
    upstream, logits = pair
    p = softmax(logits)
    for function, derivative in ((softmax, d_softmax), (log_softmax, d_log_softmax)):
        numeric = slope(lambda z, f=function: (f(z) * upstream).sum(), logits)
        assert np.allclose(derivative(upstream, p), numeric, rtol=1e-5, atol=1e-6)
        assert np.allclose(derivative(upstream, p).sum(axis=-1), 0, atol=1e-9)


@given(pairs)
def test_the_logarithm_adds_a_factor_of_one_over_p(pair):
    dlog_p, logits = pair
    p = softmax(logits)
    assert np.allclose(
        d_softmax(dlog_p / p, p), d_log_softmax(dlog_p, p), rtol=1e-9, atol=1e-9
    )


@pytest.mark.equation("eq-dlogits")
@given(with_targets)
def test_d_cross_entropy_is_p_minus_one_hot_and_agrees(case):
    logits, targets = case
    dz = d_cross_entropy(logits, targets)
    expected = softmax(logits) - one_hot(targets, logits.shape[-1])
    assert np.array_equal(dz, expected)
    numeric = slope(lambda z: cross_entropy(z, targets).sum(), logits)
    assert np.allclose(dz, numeric, rtol=1e-6, atol=1e-8)


batches = st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 4)).flatmap(
    lambda shape: st.tuples(
        floats(shape),
        arrays.arrays(np.int64, shape[:-1], elements=st.integers(0, shape[-1] - 1)),
        arrays.arrays(bool, shape[:-1]),
    )
)


@pytest.mark.equation("eq-batch-loss")
@given(batches, dtypes)
def test_the_loss_of_a_batch_is_the_mean_of_the_sums_of_its_cross_entropies(
    case, dtype
):
    logits, targets, mask = case
    mask[0, 0] = True
    logits, B = logits.astype(dtype), logits.shape[1]
    for given_ in (logits, np.asfortranarray(logits), logits.tolist()):
        for counted in (mask, None):
            loss, dlogits = batch_loss(given_, targets, counted)
            weights = np.ones(mask.shape) if counted is None else counted
            rtol, atol = (1e-5, 1e-6) if dtype == np.float32 else (1e-12, 1e-12)
            near = {"rtol": rtol, "atol": atol}
            whole = (cross_entropy(logits, targets) * weights).sum()
            assert np.isclose(loss, whole / B, **near)
            assert np.allclose(
                dlogits,
                d_cross_entropy(logits, targets) * weights[..., np.newaxis] / B,
                **near,
            )
    assert batch_loss(logits, targets, mask)[1].dtype == dtype


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("entry", [np.nan, np.inf, -np.inf])
def test_the_loss_of_a_batch_names_a_logit_that_is_not_finite(entry):
    logits = np.zeros((3, 2, 4))
    logits[1, 0, 2] = entry
    mask = np.ones((3, 2), bool)
    mask[1, 0] = False  # nor where it would not count
    for counted in (None, mask):
        with pytest.raises(ValueError, match=r"logits\[1, 0, 2\] is -?(nan|inf); exp"):
            batch_loss(logits, np.zeros((3, 2), int), counted)


@pytest.mark.filterwarnings("error")
def test_the_loss_of_a_batch_takes_whole_numbers_and_logits_far_apart():
    small = np.array([[[0, 200, 255]]], np.uint8)
    assert batch_loss(small, [[1]])[0] == pytest.approx(55)
    far = np.array([[[-1.7e308, 1.7e308]]])
    loss, dlogits = batch_loss(far, [[1]])
    assert loss == 0 and not dlogits.any()
    with pytest.raises(ValueError, match=r"shape \(2, 3\); expected \(T, B, V\)"):
        batch_loss(np.zeros((2, 3)), [0, 0])


@pytest.mark.parametrize(
    ("targets", "mask", "message"),
    [
        ([[0, 4]], None, r"targets\[0, 1\] is 4; expected 0 to 3"),
        ([[0, -1]], None, r"targets\[0, 1\] is -1; expected 0 to 3"),
        ([0, 0], None, r"targets has shape \(2,\); expected \(1, 2\)"),
        ([[0], [0]], None, r"targets has shape \(2, 1\); expected \(1, 2\)"),
        ([[0, 0]], [True, True], r"mask has .* expected bool and \(1, 2\)"),
        ([[0, 0]], [[False, False]], "mask is False everywhere"),
    ],
)
def test_targets_and_masks_that_do_not_fit_the_logits_are_refused(
    targets, mask, message
):
    with pytest.raises(ValueError, match=message):
        batch_loss(np.zeros((1, 2, 4)), targets, mask)


@pytest.mark.equation("eq-dp")
@given(with_targets)
def test_dp_is_minus_one_over_p_and_softmax_turns_it_into_dlogits(case):
    logits, targets = case
    p, y = softmax(logits), one_hot(targets, logits.shape[-1])
    dp = -y / p
    # A step in p has to be small against p, so each entry has its own.
    chosen = np.take_along_axis(p, targets[..., np.newaxis], -1)[..., 0]
    numeric = (np.log(chosen * (1 - 1e-5)) - np.log(chosen * (1 + 1e-5))) / (
        2e-5 * chosen
    )
    assert np.allclose(dp.sum(axis=-1), numeric, rtol=1e-8)
    assert np.allclose(
        d_softmax(dp, p), d_cross_entropy(logits, targets), rtol=1e-9, atol=1e-12
    )


def test_dp_is_not_dlogits():
    logits, target = np.array([2.0, 1.0, -1.0]), np.array(1)
    p = softmax(logits)
    assert np.allclose(-one_hot(target, 3) / p, [0, -1 / p[1], 0])
    assert np.allclose(d_cross_entropy(logits, target), [p[0], p[1] - 1, p[2]])


@given(with_targets, dtypes)
def test_the_dtype_stays(case, dtype):
    logits, targets = case
    logits = logits.astype(dtype)
    p = softmax(logits)
    for result in (
        p,
        log_softmax(logits),
        cross_entropy(logits, targets),
        d_softmax(logits, p),
        d_log_softmax(logits, p),
        d_cross_entropy(logits, targets),
    ):
        assert result.dtype == dtype
    assert one_hot(targets, logits.shape[-1], dtype).dtype == dtype


def test_integer_logits_become_float64_and_do_not_wrap():
    logits = np.array([0, 200], dtype=np.uint8)
    assert np.array_equal(softmax(logits), softmax([0.0, 200.0]))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_logits_at_the_ends_of_the_floats(dtype):
    largest = np.finfo(dtype).max
    p = softmax(np.array([largest, -largest, largest], dtype=dtype))
    assert p.tolist() == [0.5, 0, 0.5]
    assert cross_entropy([0.0, -1000.0], 1) == 1000
    assert log_softmax([0.0, -1000.0]).tolist() == [0, -1000]


def test_a_sure_guess_costs_zero_and_not_minus_zero():
    loss = cross_entropy([[1000.0, 0.0]], [0])
    assert loss.tolist() == [0] and not np.signbit(loss).any()


def test_an_even_guess_costs_ln_v():
    losses = cross_entropy(np.zeros((5, 2, 7)), np.ones((5, 2), int))
    assert np.allclose(losses, math.log(7))


def test_no_steps_give_no_losses():
    assert cross_entropy(np.zeros((0, 3)), np.zeros(0, int)).shape == (0,)
    assert softmax(np.zeros((0, 3))).shape == (0, 3)


def test_the_arguments_stay_as_they_are():
    logits, targets = np.array([[1.0, 2.0]]), np.array([1])
    p = softmax(logits)
    cross_entropy(logits, targets), d_cross_entropy(logits, targets)
    d_softmax(logits, p), d_log_softmax(logits, p)
    assert logits.tolist() == [[1, 2]] and targets.tolist() == [1]
    assert np.array_equal(p, softmax(logits))


Z = np.zeros((2, 3))


@pytest.mark.parametrize(
    "function",
    [
        softmax,
        log_softmax,
        lambda z: cross_entropy(z, np.zeros(2, int)),
        lambda z: d_cross_entropy(z, np.zeros(2, int)),
    ],
)
@pytest.mark.parametrize(
    ("logits", "message"),
    [
        (np.array([[0, 1], [3, np.nan]]), r"logits\[1, 1\] is nan; expected"),
        (np.array([[0, np.inf], [0, 0]]), r"logits\[0, 1\] is inf"),
        (np.zeros((2, 0)), r"logits has shape \(2, 0\); expected \(..., V\)"),
        (np.array(1.0), r"logits has shape \(\)"),
        (np.array(["a"]), "logits has dtype <U1; expected floats"),
        (np.array([True]), "logits has dtype bool"),
        (np.array([1j]), "logits has dtype complex128"),
    ],
)
def test_bad_logits_are_refused(function, logits, message):
    with pytest.raises(ValueError, match=message):
        function(logits)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda f: f(Z, np.zeros(3, int)),
            r"targets has shape \(3,\); expected \(2,\), one id for each",
        ),
        (lambda f: f(Z, np.zeros((2, 1), int)), r"targets has shape \(2, 1\)"),
        (lambda f: f(Z, 0), r"targets has shape \(\)"),
        (lambda f: f(Z, [0, 3]), r"targets\[1\] is 3; expected 0 to 2"),
        (lambda f: f(Z, [-1, 0]), r"targets\[0\] is -1; expected 0 to 2"),
        (lambda f: f(Z, [0.0, 1.0]), "targets has dtype float64; expected int"),
        (lambda f: f(Z, [True, False]), "targets has dtype bool"),
    ],
)
@pytest.mark.parametrize("function", [cross_entropy, d_cross_entropy])
def test_bad_targets_are_refused(function, call, message):
    with pytest.raises(ValueError, match=message):
        call(function)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: one_hot([[0, 1], [2, 3]], 3), r"ids\[1, 1\] is 3; expected 0 to"),
        (lambda: one_hot(-1, 3), "ids is -1; expected 0 to 2"),
        (lambda: one_hot([1.0], 3), "ids has dtype float64"),
        (
            lambda: one_hot([0], 0),
            "vocab_size is 0; expected a whole number, 1 or more",
        ),
        (
            lambda: d_softmax(Z, Z[0]),
            r"dp has shape \(2, 3\) and p has shape \(3,\); expected equal shapes",
        ),
        (lambda: d_softmax(-1 / np.array([0.5, -np.inf]), [0, np.nan]), r"p\[1\]"),
        (lambda: d_log_softmax(Z[0], Z), r"dlog_p has shape \(3,\) and p has"),
        (lambda: d_log_softmax([np.inf], [1.0]), r"dlog_p\[0\] is inf"),
        (lambda: d_softmax([], []), r"dp has shape \(0,\)"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
