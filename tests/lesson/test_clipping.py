"""Clipping: never longer than the limit, and turned only entry by entry."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from rnn_src.clipping import CLIPS, clip_by_norm, clip_by_value

#: Entries of all sizes whose squares are floats too.
gradients = arrays.arrays(
    np.float64,
    st.integers(1, 6),
    elements=st.floats(-1e100, 1e100, allow_subnormal=False),
)
limits = st.floats(1e-3, 1e3)


def clipped(clip, gradient, limit):
    """What comes of a copy."""
    result = gradient.copy()
    assert clip(result, limit) is None  # in place
    return result


def angle_to(u, v):
    """The angle in radians, exact for small ones too."""
    u, v = (w / np.abs(w).max() for w in (u, v))
    u, v = (w / np.linalg.norm(w) for w in (u, v))
    return 2 * np.arctan2(np.linalg.norm(u - v), np.linalg.norm(u + v))


@pytest.mark.equation("eq-clip-value")
@given(gradients, limits)
def test_by_value_each_entry_is_cut_at_the_limit(gradient, limit):
    assert clipped(clip_by_value, gradient, limit).tolist() == [
        limit if g > limit else -limit if g < -limit else g for g in gradient.tolist()
    ]


@pytest.mark.equation("eq-clip-norm")
@given(gradients, limits)
def test_by_norm_the_length_is_the_limit_at_most(gradient, limit):
    length = np.linalg.norm(clipped(clip_by_norm, gradient, limit))
    expected = min(limit, np.linalg.norm(gradient))
    assert np.isclose(length, expected, rtol=1e-12, atol=0)


@pytest.mark.equation("eq-clip-norm")
@given(gradients.filter(np.any), limits)
def test_by_norm_the_direction_stays(gradient, limit):
    assert angle_to(clipped(clip_by_norm, gradient, limit), gradient) < 1e-6


def test_by_value_the_direction_may_turn():
    gradient = np.array([10.0, 1.0])
    assert angle_to(clipped(clip_by_value, gradient, 1.0), gradient) > 0.6
    assert clipped(clip_by_norm, gradient, 1.0)[0] > 0.99


@pytest.mark.equation("eq-clip-value", "eq-clip-norm")
@given(gradients, limits)
def test_what_is_below_the_limit_stays_to_the_bit(gradient, limit):
    small = gradient / max(1.0, np.abs(gradient).max()) * 0.9e-3 / np.sqrt(6)
    for clip in CLIPS.values():
        assert clipped(clip, small, limit).tobytes() == small.tobytes()


def test_what_is_at_the_limit_stays_and_what_is_over_it_does_not():
    gradient = np.array([3.0, -4.0])
    assert clipped(clip_by_norm, gradient, 5.0).tolist() == [3, -4]
    assert clipped(clip_by_norm, gradient, 2.5).tolist() == [1.5, -2]
    assert clipped(clip_by_value, gradient, 4.0).tolist() == [3, -4]
    assert clipped(clip_by_value, gradient, 3.5).tolist() == [3, -3.5]


@given(gradients, limits)
def test_to_clip_twice_is_to_clip_once(gradient, limit):
    once = clipped(clip_by_value, gradient, limit)
    assert clipped(clip_by_value, once, limit).tobytes() == once.tobytes()
    once = clipped(clip_by_norm, gradient, limit)
    assert np.allclose(clipped(clip_by_norm, once, limit), once, rtol=1e-14, atol=0)


@pytest.mark.filterwarnings("error")
def test_the_longest_gradients_of_float32_are_shortened_and_not_lost():
    largest = np.finfo(np.float32).max
    gradient = np.array([largest, -largest / 2, 0], np.float32)
    found = clipped(clip_by_norm, gradient, 1.0)
    assert np.allclose(found, np.array([2, -1, 0]) / np.sqrt(5), rtol=1e-6)
    assert found.dtype == np.float32
    assert clipped(clip_by_value, gradient, 1.0).tolist() == [1, -1, 0]


@pytest.mark.parametrize("entry", [1e200, np.inf, np.nan])
def test_a_length_that_is_no_number_is_refused_and_nothing_changed(entry):
    gradient = np.array([entry, 1.0])
    with (
        pytest.raises(ValueError, match="the gradient has length (inf|nan)"),
        np.errstate(over="ignore"),
    ):
        clip_by_norm(gradient, 1.0)
    assert gradient[1] == 1.0


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("entry", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("clip", CLIPS.values(), ids=CLIPS)
def test_a_gradient_that_is_not_finite_is_refused_by_both(clip, entry):
    gradient = np.array([0.5, entry, 2.0])
    with pytest.raises(ValueError, match="expected a finite"):
        clip(gradient, 1.0)
    assert gradient[2] == 2.0


@pytest.mark.filterwarnings("error")
def test_nothing_becomes_of_nothing():
    for clip in CLIPS.values():
        assert clipped(clip, np.zeros(3), 1.0).tolist() == [0, 0, 0]
        tiny = np.array([5e-324, -1e-310])
        assert clipped(clip, tiny, 1.0).tobytes() == tiny.tobytes()


def test_the_names_that_step_knows():
    assert {"value": clip_by_value, "norm": clip_by_norm} == CLIPS


@pytest.mark.parametrize("clip", CLIPS.values(), ids=CLIPS)
@pytest.mark.parametrize("limit", [0, -1.0, np.nan, np.inf, True, None, "5"])
def test_a_limit_that_is_not_positive_is_refused(clip, limit):
    gradient = np.array([1.0, -9.0])
    with pytest.raises(ValueError, match="limit is .*; expected a positive"):
        clip(gradient, limit)
    assert gradient.tolist() == [1, -9]
