"""Provisional: the marks of chapter 14's equations, until their tests are in."""
import numpy as np
import pytest

from rnn_src.clipping import clip_by_norm, clip_by_value
from rnn_src.dynamics import (angle, jacobian_norms, spectral_radius,
                              step_jacobian)


@pytest.mark.equation("eq-step-jacobian")
@pytest.mark.equation("eq-jacobian-product")
def test_the_product_is_what_nudging_finds():
    Wh = np.array([[0.5, -1.0], [0.8, 0.3]])
    states = [np.array([0.3, -0.2])]
    for _ in range(3):
        states.append(np.tanh(Wh @ states[-1]))

    def end(h):
        for _ in range(3):
            h = np.tanh(Wh @ h)
        return h

    nudged = np.array([(end(states[0] + n) - end(states[0] - n)) / 2e-5
                       for n in 1e-5 * np.eye(2)]).T
    product = np.eye(2)
    for h in states[1:]:
        product = step_jacobian(h, Wh) @ product
    assert np.allclose(product, nudged, atol=1e-8)
    assert np.isclose(jacobian_norms(np.array(states[1:]), Wh)[-1],
                      np.linalg.norm(nudged, 2), atol=1e-8)


@pytest.mark.equation("eq-spectral-radius")
def test_the_radius_of_a_triangular_matrix_is_on_its_diagonal():
    assert spectral_radius(np.array([[0.5, 4.0], [0.0, -0.7]])) == 0.7


@pytest.mark.equation("eq-angle")
def test_an_angle_is_in_degrees():
    assert np.isclose(angle(np.array([2.0, 0.0]), np.array([3.0, 3.0])), 45)


@pytest.mark.equation("eq-clip-value")
@pytest.mark.equation("eq-clip-norm")
def test_both_ways_to_clip():
    u, v = np.array([3.0, 4.0]), np.array([3.0, 4.0])
    clip_by_value(u, 3.5)
    clip_by_norm(v, 2.5)
    assert np.allclose(u, [3.0, 3.5]) and np.allclose(v, [1.5, 2.0])
