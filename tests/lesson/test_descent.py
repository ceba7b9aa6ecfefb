"""Momentum and Adam take the steps of their definitions; `test_torch` has PyTorch's."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from rnn_src.descent import Adam, Momentum

gradients = arrays.arrays(
    float,
    st.tuples(st.integers(1, 8), st.integers(1, 5)),
    elements=st.floats(-100, 100).map(lambda g: 0.0 if abs(g) < 1e-6 else g),
)
betas = st.sampled_from([0.0, 0.5, 0.9, 0.99])


@pytest.mark.equation("eq-momentum")
@given(gradients, betas)
def test_momentum_is_the_faded_sum_of_all_gradients(found, beta):
    rule = Momentum(beta)
    for n in range(len(found)):
        faded = sum(beta ** (n - j) * found[j] for j in range(n + 1))
        assert np.allclose(rule(found[n]), faded, rtol=1e-12, atol=1e-12)


@pytest.mark.equation("eq-adam", "eq-adam-means")
@given(gradients, betas, betas)
def test_adam_divides_weighted_means(found, beta1, beta2):
    def mean(values, beta):
        weights = np.array([beta ** (n - j) for j in range(n + 1)])
        return weights @ values[: n + 1] / weights.sum()

    rule = Adam(beta1, beta2)
    for n in range(len(found)):
        size = np.sqrt(mean(found**2, beta2)) + 1e-8
        expected = mean(found, beta1) / size
        assert np.allclose(rule(found[n]), expected, rtol=1e-9, atol=1e-12)


def test_steps_by_hand():
    rule = Momentum(0.9)
    assert [round(float(rule(np.array([g]))[0]), 12) for g in (1, 1, -2)] == [
        1,
        1.9,
        -0.29,
    ]
    # First step: the means are the gradient and its square, so the sign is left.
    rule = Adam()
    assert np.allclose(rule(np.array([3.0, -0.002, 0.0])), [1, -1, 0], atol=1e-4)
    # Second step, 1 then 0: m = 0.09 / 0.19, s = 0.000999 / 0.001999.
    rule = Adam()
    rule(np.array([1.0]))
    expected = 0.09 / 0.19 / (math.sqrt(0.000999 / 0.001999) + 1e-8)
    assert math.isclose(rule(np.array([0.0]))[0], expected, rel_tol=1e-9)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("rule", [Momentum(), Adam()])
def test_dtype_stays_and_the_gradient_is_not_changed(rule, dtype):
    rule.state.clear()
    gradient = np.array([1.0, -2.0, 0.0], dtype)
    first = rule(gradient)
    kept = first.copy()
    second = rule(gradient)
    assert first.dtype == second.dtype == dtype
    assert np.array_equal(gradient, np.array([1.0, -2.0, 0.0], dtype))
    assert np.array_equal(first, kept)  # an array of its own
    assert all(array.dtype in (dtype, int) for array in rule.state.values())


@pytest.mark.parametrize("make", [Momentum, Adam])
def test_a_rule_belongs_to_one_network(make):
    rule = make()
    rule(np.zeros(3))
    with pytest.raises(ValueError, match=r"gradient has shape \(4,\) .*expected \(3,"):
        rule(np.zeros(4))
    with pytest.raises(ValueError, match="dtype float32; expected .* float64, as bef"):
        rule(np.zeros(3, np.float32))
    with pytest.raises(ValueError, match=r"gradient\[1\] is nan; expected a finite"):
        rule(np.array([0.0, np.nan, 0.0]))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Momentum(1.0), "beta is 1.0; expected less than 1"),
        (lambda: Momentum(-0.1), "beta is -0.1; expected"),
        (lambda: Adam(beta2=1), "beta2 is 1; expected less than 1"),
        (lambda: Adam(beta1=float("nan")), "beta1 is nan; expected"),
        (lambda: Adam(eps=0), "eps is 0; expected"),
    ],
)
def test_invalid_settings_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize("make", [Momentum, Adam])
@pytest.mark.parametrize(("size", "dtype"), [(1e160, float), (1e20, np.float32)])
def test_a_gradient_whose_square_overflows_is_refused_and_forgotten(make, size, dtype):
    rule, twin, small = make(), make(), np.array([1.0, -2.0], dtype)
    rule(small), twin(small)
    with pytest.raises(ValueError, match=r"size 1.0e\+\d+; expected .* clip it"):
        rule(np.array([1.0, -size], dtype))
    assert np.array_equal(rule(small), twin(small))
