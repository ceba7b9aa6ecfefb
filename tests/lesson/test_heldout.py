"""A held-out loss is what its definition says, counted or read in pieces."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networks import batches, network

from rnn_src.functions import cross_entropy
from rnn_src.heldout import mean_loss, ngram_loss

ids = st.lists(st.integers(0, 3), min_size=3, max_size=30)


def share(train, context, k, V, alpha, mixed):
    """What a table predicts for k after a context, counted with a loop."""
    n = len(context) + 1
    follows = [
        train[j]
        for j in range(n - 1, len(train))
        if list(train[j - n + 1 : j]) == list(context)
    ]
    shorter = 1 / V
    if mixed and n > 1:
        shorter = share(train, context[1:], k, V, alpha, mixed)
    return (follows.count(k) + alpha * V * shorter) / (len(follows) + alpha * V)


def by_definition(train, held_out, n, V, alpha, mixed=False):
    """Counted with loops over all places."""
    losses = [
        -math.log(share(train, held_out[i - n + 1 : i], held_out[i], V, alpha, mixed))
        for i in range(n - 1, len(held_out))
    ]
    return sum(losses) / len(losses)


@pytest.mark.equation("eq-ngram")
@given(ids, ids, st.integers(1, 3), st.sampled_from([0.1, 1.0]))
def test_an_ngram_counts_what_follows_its_context(train, held_out, n, alpha):
    expected = by_definition(train, held_out, n, 4, alpha)
    assert math.isclose(ngram_loss(train, held_out, n, 4, alpha), expected)
    arrays = np.array(train), np.array(held_out)
    assert math.isclose(ngram_loss(*arrays, n, 4, alpha), expected)


@pytest.mark.equation("eq-mixed")
@given(ids, ids, st.integers(1, 3), st.sampled_from([0.1, 1.0]))
def test_a_mixed_table_imagines_what_the_shorter_one_says(train, held_out, n, alpha):
    expected = by_definition(train, held_out, n, 4, alpha, mixed=True)
    assert math.isclose(ngram_loss(train, held_out, n, 4, alpha, mixed=True), expected)


@given(ids, st.integers(1, 3), st.booleans())
def test_the_predictions_of_a_table_add_up_to_one(train, n, mixed):
    context = train[: n - 1]
    losses = [ngram_loss(train, [*context, k], n, 4, 0.3, mixed) for k in range(4)]
    assert math.isclose(sum(math.exp(-loss) for loss in losses), 1)


def test_ngrams_by_hand():
    # After 0 comes 1, twice; after 1 comes 0, once. Alpha 1, two ids.
    assert math.isclose(ngram_loss([0, 1, 0, 1], [0, 1], 2, 2, 1.0), math.log(4 / 3))
    assert math.isclose(ngram_loss([0, 0, 0, 1], [1], 1, 2, 1.0), math.log(6 / 2))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0], [0, 1], 2, 3), "train has 1 ids; expected at least 2"),
        (([0, 1], [], 1, 3), "held_out has 0 ids; expected at least 1"),
        (([0, 1], [0, 1], 0, 3), "n is 0; expected"),
        (([0, 1], [0, 1], 1, 3, 0.0), "alpha is 0.0; expected"),
    ],
)
def test_an_ngram_without_counts_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        ngram_loss(*arguments)


@given(batches, st.integers(1, 6))
def test_the_mean_loss_does_not_depend_on_the_pieces(batch, k):
    model = batch.model
    x = batch.x if batch.x.ndim == 2 else batch.targets
    _, logits = model.read(x)
    expected = cross_entropy(logits, batch.targets)[batch.mask].mean()
    found = mean_loss(model, x, batch.targets, batch.mask, k)
    assert math.isclose(found, expected, rel_tol=1e-12)


def test_a_mean_loss_of_other_shapes_is_refused():
    model = network(np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"ids has shape \(2, 1\) and targets has"):
        mean_loss(model, [[0], [1]], [[0, 1]])
    with pytest.raises(ValueError, match=r"targets\[0, 0\] is 4; expected 0 to 3"):
        mean_loss(model, [[0]], [[4]])


@pytest.mark.parametrize("wrong", [[0, 2, 1], [0, -1, 1], [0, 0.5, 1], ["a", "b", "c"]])
def test_ids_that_the_vocabulary_does_not_have_are_refused(wrong):
    for texts in ((wrong, [0, 1, 1]), ([0, 1, 1], wrong)):
        with pytest.raises(ValueError, match=r"(train|held_out).*; expected (0|int)"):
            ngram_loss(*texts, 2, 2)
