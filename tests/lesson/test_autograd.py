"""A second proof: the library `autograd` differentiates a forward pass of its
own, written as differently as can be, and finds the gradients of the book.
"""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import NAMES, batches, gated_batches

from rnn_src import functions
from rnn_src.gradcheck import relative_error
from rnn_src.mistakes import MISTAKES, loss, random_case, right_gradients

cases = st.builds(
    lambda T, H, V, scale, seed: random_case(
        np.random.default_rng(seed), T, H, V, scale
    ),
    T=st.integers(1, 6),
    H=st.integers(1, 6),
    V=st.integers(2, 7),
    scale=st.sampled_from([0.3, 0.5, 1.0]),
    seed=st.integers(0, 10**6),
)


def other_loss(weights, ids, targets, h0):
    """The loss from one-hot rows and one stacked matrix product a step."""
    Wx, Wh, Wy, bh, by = weights
    V = len(by)
    stacked = anp.concatenate([Wx, Wh, bh[:, None]], axis=1)
    state, total = h0, 0.0
    for word, target in zip(ids, targets, strict=True):
        row = anp.concatenate([np.eye(V)[word], state, np.ones(1)])
        state = anp.tanh(anp.dot(stacked, row))
        odds = anp.exp(anp.dot(Wy, state) + by)
        total = total - anp.log(odds[target] / anp.sum(odds))
    return total


def by_autograd(case):
    weights = tuple(case.parameters[name] for name in NAMES)
    found = autograd.grad(other_loss)(weights, case.ids, case.targets, case.h0)
    return dict(zip(NAMES, found, strict=True))


@settings(max_examples=50)
@given(cases)
def test_autograd_finds_the_same_gradients(case):
    weights = [case.parameters[name] for name in NAMES]
    assert np.isclose(
        loss(case),
        other_loss(weights, case.ids, case.targets, case.h0),
        rtol=1e-12,
        atol=1e-13,
    )
    found, right = by_autograd(case), right_gradients(case)
    for name in NAMES:
        # Where p is nearly 1, p - 1 has fewer digits: hence the 1e-4.
        largest = max(np.abs(right[name]).max(), 1e-4)
        assert np.abs(found[name] - right[name]).max() < 1e-10 * largest


def other_batch_loss(weights, h0, words, targets, mask):
    """The loss of a batch from columns: a sequence is a column of each matrix.

    Softmax is written as odds against all other words, the mask as a weight.
    """
    Wx, Wh, Wy, bh, by = weights
    V, (T, B) = len(by), mask.shape
    stacked = anp.concatenate([Wx, Wh, bh[:, None]], axis=1)
    states, total = h0.T, 0.0
    for t in range(T):
        states = anp.tanh(
            anp.dot(stacked, anp.concatenate([words[t], states, np.ones((1, B))]))
        )
        z = anp.dot(Wy, states) + by[:, None]
        right = np.eye(V)[:, targets[t]]
        against = anp.sum(anp.exp(z - anp.sum(z * right, axis=0)), axis=0)
        total = total + anp.dot(mask[t] * 1.0, anp.log(against)) / B
    return total


@settings(max_examples=60)
@given(batches)
def test_autograd_finds_the_gradients_of_the_model(batch):
    V = batch.model.vocab_size
    words = np.eye(V)[batch.x] if batch.x.ndim == 2 else batch.x
    rest = words.transpose(0, 2, 1), batch.targets, batch.mask
    weights = tuple(batch.model.parameters[name] for name in NAMES)
    found = batch.gradients()
    assert np.isclose(
        batch.bptt(), other_batch_loss(weights, batch.h0, *rest), rtol=1e-12, atol=1e-13
    )
    by_weights = autograd.grad(other_batch_loss)(weights, batch.h0, *rest)
    by_state = autograd.grad(other_batch_loss, 1)(weights, batch.h0, *rest)
    for name, right in zip((*NAMES, "h0"), (*by_weights, by_state), strict=True):
        largest = max(np.abs(right).max(), 1e-4)
        assert np.abs(found[name] - right).max() < 1e-10 * largest


def other_gated_loss(weights, state0, words, targets, mask):
    """The loss of an LSTM's batch from columns, with a sigmoid of its own kind."""
    Wx, Wh, Wy, b, by = weights
    (T, B), H = mask.shape, Wh.shape[1]
    stacked = anp.concatenate([Wh, b[:, None], Wx], axis=1)
    h, c, total = state0[0].T, state0[1].T, 0.0
    for t in range(T):
        read = anp.concatenate([h, np.ones((1, B)), words[t]])
        i, f, g, o = (anp.dot(stacked[k * H : k * H + H], read) for k in range(4))
        c = c / (1 + anp.exp(-f)) + (anp.exp(2 * g) - 1) / (anp.exp(2 * g) + 1) / (
            1 + anp.exp(-i)
        )
        h = anp.tanh(c) / (1 + anp.exp(-o))
        z = anp.dot(Wy, h) + by[:, None]
        right = np.eye(len(by))[:, targets[t]]
        against = anp.sum(anp.exp(z - anp.sum(z * right, axis=0)), axis=0)
        total = total + anp.dot(mask[t] * 1.0, anp.log(against)) / B
    return total


@settings(max_examples=60)
@given(gated_batches)
def test_autograd_finds_the_gradients_of_the_lstm(batch):
    words = np.eye(batch.model.vocab_size)[batch.x] if batch.x.ndim == 2 else batch.x
    rest = words.transpose(0, 2, 1), batch.targets, batch.mask
    weights, found = tuple(batch.model.parameters.values()), batch.gradients()
    assert np.isclose(
        batch.bptt(), other_gated_loss(weights, batch.h0, *rest), rtol=1e-12, atol=1e-13
    )
    by_weights = autograd.grad(other_gated_loss)(weights, batch.h0, *rest)
    by_state = autograd.grad(other_gated_loss, 1)(weights, batch.h0, *rest)
    for name, right in zip(found, (*by_weights, by_state), strict=True):
        largest = max(np.abs(right).max(), 1e-4)
        assert np.abs(found[name] - right).max() < 1e-10 * largest, name


def test_autograd_rejects_the_mistakes():
    case = random_case(np.random.default_rng(0), 5, 5, 4, 1.0)
    found = by_autograd(case)
    for wrong in MISTAKES.values():
        gradients = wrong.gradients(case)
        assert (
            max(relative_error(gradients[name], found[name]) for name in NAMES) > 1e-3
        ), wrong.name


@pytest.mark.equation("eq-softmax-jacobian", "eq-dlogits")
@settings(max_examples=50)
@given(st.integers(1, 7), st.integers(0, 10**6))
def test_autograd_finds_the_derivatives_of_softmax(V, seed):
    rng = np.random.default_rng(seed)
    logits, upstream = rng.normal(size=V), rng.normal(size=V)
    target = int(rng.integers(V))

    def share(z):
        return anp.exp(z) / anp.sum(anp.exp(z))

    p = functions.softmax(logits)
    for function, ours in (
        (lambda z: anp.dot(upstream, share(z)), functions.d_softmax(upstream, p)),
        (
            lambda z: anp.dot(upstream, anp.log(share(z))),
            functions.d_log_softmax(upstream, p),
        ),
        (
            lambda z: -anp.log(share(z)[target]),
            functions.d_cross_entropy(logits, target),
        ),
    ):
        assert np.allclose(
            autograd.grad(function)(logits), ours, rtol=1e-10, atol=1e-12
        )
