"""Through time in core Python: against nudging, and against arrays."""

import copy
import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import NAMES, seeds

from rnn_src.gradcheck import check_gradients, relative_error
from rnn_src.mistakes import random_case, right_gradients
from rnn_src.words import (
    Parameters,
    add_parameters,
    bptt,
    cross_entropy,
    init_parameters,
    one_hot,
    rnn_step,
    rnn_step_backward,
    sentence_loss,
)


def in_lists(case):
    """The case as lists: ids, targets, parameters, h0."""
    return (
        case.ids.tolist(),
        case.targets.tolist(),
        Parameters(
            **{name: values.tolist() for name, values in case.parameters.items()}
        ),
        case.h0.tolist(),
    )


def read(ids, targets, p, h):
    """The loss of a sentence from any hidden state."""
    total = 0.0
    for i, target in zip(ids, targets, strict=True):
        h, z = rnn_step(one_hot(i, p.vocab_size), h, p)
        total += cross_entropy(z, target)
    return total


def a_case(seed, T=4, H=3, V=4, scale=1.0):
    return random_case(np.random.default_rng(seed), T, H, V, scale)


@pytest.mark.equation("eq-total-dh", "eq-sum-over-time")
@pytest.mark.parametrize("seed", range(4))
def test_the_gradients_pass_the_check(seed):
    ids, targets, p, h0 = in_lists(a_case(seed))
    gradients, dh0 = bptt(ids, targets, p, h0)
    report = check_gradients(
        lambda: read(ids, targets, p, h0),
        vars(p) | {"h0": h0},
        vars(gradients) | {"h0": dh0},
    )
    assert report.ok, report


@pytest.mark.equation("eq-total-dh", "eq-sum-over-time")
def test_the_gradients_are_those_of_the_arrays_on_100_cases():
    rng = np.random.default_rng(1)
    for _ in range(100):
        T, H, V = rng.integers(1, 7), rng.integers(1, 6), rng.integers(2, 7)
        case = random_case(rng, T, H, V, rng.uniform(0.5, 1))
        gradients, _ = bptt(*in_lists(case))
        for name, right in right_gradients(case).items():
            found = np.array(vars(gradients)[name])
            assert relative_error(found, right) < 1e-12


@pytest.mark.equation("eq-sum-over-time")
@given(seeds)
def test_one_step_is_a_step_alone(seed):
    ids, targets, p, h0 = in_lists(a_case(seed, T=1))
    x = one_hot(ids[0], p.vocab_size)
    h, z = rnn_step(x, h0, p)
    assert bptt(ids, targets, p, h0) == rnn_step_backward(x, h0, h, z, targets[0], p)


@pytest.mark.equation("eq-total-dh")
@settings(max_examples=30)
@given(seeds, st.integers(1, 3))
def test_what_comes_later_enters_through_the_state_between(seed, cut):
    """Cut in two, the earlier part gets dL/dh of the later one as a carry."""
    ids, targets, p, h0 = in_lists(a_case(seed))
    h = h0
    for i in ids[:cut]:
        h, _ = rnn_step(one_hot(i, p.vocab_size), h, p)
    late, carry = bptt(ids[cut:], targets[cut:], p, h)
    early = copy.deepcopy(late)
    states = [h0]
    for i in ids[:cut]:
        states.append(rnn_step(one_hot(i, p.vocab_size), states[-1], p)[0])
    for t in reversed(range(cut)):
        x = one_hot(ids[t], p.vocab_size)
        _, z = rnn_step(x, states[t], p)
        share, carry = rnn_step_backward(
            x, states[t], states[t + 1], z, targets[t], p, carry
        )
        early = add_parameters(early, share)
    whole, dh0 = bptt(ids, targets, p, h0)
    assert np.allclose(dh0, carry, rtol=1e-12, atol=1e-15)
    for name in NAMES:
        assert np.allclose(vars(early)[name], vars(whole)[name], rtol=1e-12, atol=1e-15)


def test_no_initial_state_is_one_of_zeros():
    ids, targets, p, _ = in_lists(a_case(0))
    assert bptt(ids, targets, p) == bptt(ids, targets, p, [0.0] * 3)


def test_the_loss_is_that_of_the_sentence():
    _, _, p, _ = in_lists(a_case(0))
    sentence = [2, 0, 3, 3, 1]
    gradients, _ = bptt(sentence[:-1], sentence[1:], p)
    report = check_gradients(
        lambda: sentence_loss(sentence, p), vars(p), vars(gradients)
    )
    assert report.ok, report


def test_nothing_that_was_passed_in_is_changed():
    arguments = in_lists(a_case(0))
    before = copy.deepcopy(arguments)
    gradients, dh0 = bptt(*arguments)
    assert arguments == before
    for name in NAMES:
        vars(gradients)[name].clear()
    dh0.clear()
    assert arguments == before


@pytest.mark.equation("eq-sum-over-time")
@given(seeds)
def test_parameters_are_added_entry_by_entry(seed):
    _, _, u, _ = in_lists(a_case(seed))
    _, _, v, _ = in_lists(a_case(seed + 1))
    before = copy.deepcopy((u, v))
    total = add_parameters(u, v)
    for name in NAMES:
        expected = np.add(vars(u)[name], vars(v)[name])
        assert np.array_equal(vars(total)[name], expected)
    assert total == add_parameters(v, u) and (u, v) == before


def parameters(V=3, H=2):
    return init_parameters(V, H, random.Random(0))


def spoiled(**changes):
    return Parameters(**vars(parameters()) | changes)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: bptt([], [], parameters()), "ids is empty; expected at least one"),
        (
            lambda: bptt([0, 1], [1], parameters()),
            "ids has length 2 and targets has length 1",
        ),
        (lambda: bptt([0], [1, 2], parameters()), "ids has length 1 and targets"),
        (lambda: bptt([3], [0], parameters()), "index is 3"),
        (lambda: bptt([-1], [0], parameters()), "index is -1"),
        (lambda: bptt([0.0], [0], parameters()), "index is 0.0"),
        (lambda: bptt([0], [3], parameters()), "target is 3"),
        (lambda: bptt([0, 1], [-1, 0], parameters()), "target is -1"),
        (lambda: bptt([0], [0], parameters(), [0.0]), "h0 has length 1; expected 2"),
        (lambda: bptt([0], [0], parameters(), []), "h0 has length 0; expected 2"),
        (lambda: bptt([0], [0], spoiled(bh=[0.0, math.nan])), r"bh\[1\] is nan"),
        (lambda: bptt([0], [0], spoiled(Wh=[[0.0, 1.0]])), "Wh has 1 rows"),
        (lambda: add_parameters(parameters(), parameters(V=4)), "has length"),
        (lambda: add_parameters(parameters(), parameters(H=1)), "has length"),
        (
            lambda: add_parameters(parameters(), spoiled(Wx=[[0.0] * 3])),
            "a has length 2 and b has length 1",
        ),
        (
            lambda: add_parameters(parameters(), spoiled(Wy=[[0.0]] * 3)),
            "u has length 2 and v has length 1",
        ),
        (
            lambda: add_parameters(spoiled(by=[0.0]), parameters()),
            "u has length 1 and v has length 3",
        ),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
