"""How a state moves: Jacobians, radii, angles and directions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networks import error, network, seeds, sharp_gradient

from rnn_src.dynamics import (
    angle,
    jacobian_norms,
    principal_components,
    spectral_radius,
    step_jacobian,
)

rng = np.random.default_rng
small = st.integers(1, 6)


def walked(seed, H, T=6):
    """A network, and the states of one sequence; shape (T, H)."""
    model = network(rng(seed), V=4, H=H)
    hidden, _ = model.forward(rng(seed).integers(4, size=(T, 1)))
    return model, hidden[:, 0]


@pytest.mark.equation("eq-step-jacobian")
@given(seeds, small)
def test_the_jacobian_of_a_step_agrees_with_differences(seed, H):
    model, hidden = walked(seed, H)
    before, x = hidden[2:3].copy(), [[rng(seed).integers(4)]]

    def new():
        return model.forward(x, before)[0][0, 0]

    J = step_jacobian(new(), model.parameters["Wh"])
    assert J.shape == (H, H)
    for i in range(H):
        expected = sharp_gradient(lambda i=i: float(new()[i]), {"h": before})
        assert error({"h": J[i : i + 1]}, expected) < 1e-8


@pytest.mark.equation("eq-jacobian-product")
@given(seeds, small)
def test_the_norms_are_those_of_the_whole_product(seed, H):
    model, hidden = walked(seed, H)
    Wh, norms = model.parameters["Wh"], []
    for t in range(len(hidden)):
        product = np.eye(H)
        for s in range(t, -1, -1):  # the last step stands leftmost
            product = product @ np.diag(1 - hidden[s] ** 2) @ Wh
        norms.append(np.sqrt(np.linalg.eigvalsh(product.T @ product).max()))
    assert np.allclose(jacobian_norms(hidden, Wh), norms, rtol=1e-6, atol=1e-12)


@pytest.mark.equation("eq-jacobian-product")
@given(seeds)
def test_no_nudge_grows_by_more_than_the_norm(seed):
    model, hidden = walked(seed, 5)
    ids = rng(seed).integers(4, size=(6, 1))
    bounds = jacobian_norms(hidden, model.parameters["Wh"])
    for nudge in rng(seed).normal(size=(5, 5)):
        nudge *= 1e-6 / np.linalg.norm(nudge)
        moved = model.forward(ids, nudge[np.newaxis])[0][:, 0] - hidden
        assert (np.linalg.norm(moved, axis=1) <= 1e-6 * bounds * 1.001 + 1e-14).all()


@pytest.mark.equation("eq-spectral-radius")
@pytest.mark.parametrize(
    ("matrix", "radius"),
    [
        (np.diag([0.5, -2.0, 1.0]), 2),
        ([[0.5, 100.0], [0.0, -0.25]], 0.5),  # triangular
        ([[0.0, -0.9], [0.9, 0.0]], 0.9),  # a complex pair
        ([[0.3, -0.4, 7.0], [0.4, 0.3, 7.0], [0.0, 0.0, 0.1]], 0.5),
        (np.zeros((2, 2)), 0),
        ([[0.0, 1.0], [0.0, 0.0]], 0),
        ([[-3.0]], 3),
        (np.full((4, 4), 0.5), 2),
    ],
)
def test_the_spectral_radius_of_known_matrices(matrix, radius):
    found = spectral_radius(np.array(matrix))
    assert np.isclose(found, radius, atol=1e-7) and type(found) is float


@pytest.mark.equation("eq-spectral-radius")
@given(seeds, small)
def test_the_spectral_radius_scales_and_rules_the_powers(seed, H):
    W = rng(seed).normal(size=(H, H))
    radius = spectral_radius(W)
    assert np.isclose(spectral_radius(-3 * W), 3 * radius)
    assert np.isclose(spectral_radius(W @ W), radius**2)
    assert radius <= np.linalg.norm(W, 2) * (1 + 1e-12)


@pytest.mark.equation("eq-angle")
@pytest.mark.parametrize(
    ("u", "v", "degrees"),
    [
        ([1, 0], [0, 3], 90),
        ([1, 0], [-2, 0], 180),
        ([2, 2], [1, 1], 0),
        ([1, 0], [1, 1], 45),
        ([1, 0, 0], [1, np.sqrt(3), 0], 60),
        ([1, 0], [-1, np.sqrt(3)], 120),
    ],
)
def test_angles_that_are_known(u, v, degrees):
    u, v = np.array(u, float), np.array(v, float)
    assert np.isclose(angle(u, v), degrees, atol=2e-6)
    assert np.isclose(angle(v, u), degrees, atol=2e-6)
    assert type(angle(u, v)) is float


@pytest.mark.equation("eq-angle")
@given(seeds, st.integers(2, 6), st.sampled_from([1e-100, 1, 1e100]))
def test_an_angle_is_that_of_the_law_of_cosines_at_any_length(seed, n, scale):
    u, v = rng(seed).normal(size=(2, n))
    sides = [np.linalg.norm(w) for w in (u, v, u - v)]
    cosine = (sides[0] ** 2 + sides[1] ** 2 - sides[2] ** 2) / (2 * sides[0] * sides[1])
    found = angle(scale * u, v)
    assert np.isclose(np.cos(np.radians(found)), cosine, atol=1e-12)
    assert 0 <= found <= 180
    assert angle(scale * u, scale * u) < 1e-5
    assert angle(scale * u, -u) > 179.999


@given(seeds, st.integers(2, 8), st.integers(1, 5), st.integers(0, 3))
def test_principal_components_are_those_of_the_covariance(seed, N, H, fewer):
    points = rng(seed).normal(size=(N, H)) * np.arange(1, H + 1) + 5
    number = max(1, min(N, H) - fewer)
    places, shares = principal_components(points, number)
    covariance = np.cov(points.T, bias=True).reshape(H, H)
    values, vectors = np.linalg.eigh(covariance)
    values, vectors = values[::-1], vectors[:, ::-1]
    assert places.shape == (N, number) and shares.shape == (number,)
    assert np.allclose(shares, values[:number] / np.trace(covariance), atol=1e-9)
    along = (points - points.mean(axis=0)) @ vectors
    # A direction with nothing along it may point anywhere.
    clear = np.abs(np.diff(values, append=-1, prepend=np.inf)).clip(0)
    for i in range(number):
        if min(clear[i], clear[i + 1]) > 1e-3 and values[i] > 1e-6:
            largest = np.argmax(np.abs(vectors[:, i]))
            sign = np.sign(vectors[largest, i])
            assert np.allclose(places[:, i], sign * along[:, i], atol=1e-6)


def test_points_on_a_line_have_one_direction():
    points = np.outer([0, 1, 2, 3], [3, -4]) + [10, 20]
    places, shares = principal_components(points)
    assert np.allclose(shares, [1, 0])
    # Along (-3, 4) / 5: the largest entry of a direction is positive.
    assert np.allclose(places[:, 0], [7.5, 2.5, -2.5, -7.5])
    assert principal_components(points, 1)[0].shape == (4, 1)


def test_nothing_that_is_passed_in_is_changed():
    model, hidden = walked(0, 4)
    Wh = model.parameters["Wh"].copy()
    for array in (hidden, Wh):
        array.flags.writeable = False
    step_jacobian(hidden[0], Wh), jacobian_norms(hidden, Wh)
    spectral_radius(Wh), angle(hidden[0], hidden[1])
    principal_components(hidden)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: angle(np.zeros(2), np.ones(2)), "u or v is zero; expected two"),
        (lambda: angle(np.ones(2), np.zeros(2)), "u or v is zero; expected two"),
        (lambda: angle(np.ones(2), np.ones(3)), r"u has shape \(2,\) and v has"),
        (
            lambda: step_jacobian(np.ones((1, 2)), np.eye(2)),
            r"h has shape \(1, 2\) and Wh has shape \(2, 2\); expected \(H,\), one",
        ),
        (lambda: step_jacobian(np.ones(1), np.eye(2)), r"h has shape \(1,\)"),
        (lambda: step_jacobian(np.ones(2), np.ones((2, 3))), r"Wh has shape \(2, 3"),
        (lambda: jacobian_norms(np.ones((3, 1, 2)), np.eye(2)), "h has shape .1, 2"),
        (lambda: spectral_radius(np.ones((2, 3))), "square"),
        (lambda: principal_components(np.ones((4, 3))), "points are all the same"),
        (
            lambda: principal_components(np.eye(3), 4),
            r"points has shape \(3, 3\); "
            r"expected \(N, H\), with N and H at least 4",
        ),
        (lambda: principal_components(np.eye(4)[:3], 4), r"points has shape \(3, 4"),
        (lambda: principal_components(np.eye(4)[:, :3], 4), r"points has shape \(4"),
        (lambda: principal_components(np.eye(3), 0), "number is 0; expected a whol"),
        (lambda: principal_components(np.eye(3), -1), "number is -1; expected"),
        (lambda: principal_components(np.ones(3)), r"points has shape \(3,\); exp"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
