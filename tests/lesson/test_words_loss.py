"""Cross-entropy, perplexity and the counting baseline."""

import math
import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_src.data import SENTENCES
from rnn_src.words import (
    BigramTable,
    Vocabulary,
    cross_entropy,
    forward,
    init_parameters,
    perplexity,
    predict,
    sentence_loss,
    softmax,
)

VOCABULARY = Vocabulary(SENTENCES)
IDS = [VOCABULARY.encode(sentence) for sentence in SENTENCES]

logits_and_target = st.lists(st.floats(-30, 30), min_size=1, max_size=8).flatmap(
    lambda logits: st.tuples(st.just(logits), st.integers(0, len(logits) - 1))
)


@pytest.mark.equation("eq-log-sum-exp")
@given(logits_and_target)
def test_cross_entropy_is_log_sum_exp_minus_the_targets_logit(case):
    logits, target = case
    plain = math.log(sum(math.exp(z) for z in logits)) - logits[target]
    assert math.isclose(
        cross_entropy(logits, target), plain, rel_tol=1e-9, abs_tol=1e-9
    )


@given(logits_and_target, st.integers(0, 50).map(lambda k: 2.0**k))
def test_a_shift_of_all_logits_changes_nothing(case, shift):
    """Powers of two, so that the shifted logits are exact."""
    logits, target = case
    logits = [float(round(z)) for z in logits]
    assert cross_entropy([z + shift for z in logits], target) == cross_entropy(
        logits, target
    )


@pytest.mark.equation("eq-cross-entropy")
@given(logits_and_target)
def test_cross_entropy_is_minus_ln_p(case):
    logits, target = case
    expected = -math.log(softmax(logits)[target])
    assert math.isclose(
        cross_entropy(logits, target), expected, rel_tol=1e-6, abs_tol=1e-9
    )
    assert cross_entropy(logits, target) >= 0


@given(st.integers(1, 20), st.floats(-1e300, 1e300))
def test_an_even_guess_costs_ln_v(V, z):
    assert math.isclose(cross_entropy([z] * V, 0), math.log(V), abs_tol=1e-15)


def test_a_sure_and_wrong_guess_has_no_ceiling():
    assert cross_entropy([0.0, -1000.0], 1) == 1000.0
    assert cross_entropy([0.0, -1e6], 1) == 1e6


@pytest.mark.equation("eq-sentence-loss")
def test_the_loss_of_a_sentence_is_the_sum_over_its_steps():
    p = init_parameters(6, 8, random.Random(3), scale=1.0)
    ids = IDS[0]
    _, logits = forward(ids[:-1], p)
    steps = [cross_entropy(logits[t], ids[t + 1]) for t in range(3)]
    assert math.isclose(sentence_loss(ids, p), sum(steps))


def test_untrained_networks_lie_near_the_even_guess():
    losses = [
        sum(
            sentence_loss(ids, init_parameters(6, 8, random.Random(seed)))
            for ids in IDS
        )
        for seed in range(200)
    ]
    assert abs(statistics.mean(losses) - 9 * math.log(6)) < 0.02
    assert all(abs(loss - 9 * math.log(6)) < 0.2 for loss in losses)


def test_untrained_networks_are_right_one_time_in_six():
    right = [
        guess == target
        for seed in range(1000)
        for ids in IDS
        for guess, target in zip(
            predict(ids[:-1], init_parameters(6, 8, random.Random(seed))),
            ids[1:],
            strict=True,
        )
    ]
    assert abs(statistics.mean(right) - 1 / 6) < 0.02


@pytest.mark.equation("eq-perplexity")
@given(st.integers(1, 1000), st.integers(1, 50))
def test_the_perplexity_of_the_even_guess_is_v(V, count):
    assert math.isclose(perplexity(count * math.log(V), count), V)


@pytest.mark.equation("eq-bigram")
def test_counts_become_shares():
    table = BigramTable([[0, 1, 0, 2, 0, 1]], 4)
    assert table.counts[0] == [0, 2, 1, 0]
    assert table.probabilities(0) == [0, 2 / 3, 1 / 3, 0]
    assert table.probabilities(3) == [0.25] * 4
    assert table.predict(0) == 1


def test_a_tie_goes_to_the_first_word():
    assert BigramTable([[0, 2, 0, 1]], 3).predict(0) == 1


def test_the_counts_cannot_be_changed_from_outside():
    table = BigramTable([[0, 1]], 2)
    table.following(0)[1] = 99
    assert table.counts == [[0, 1], [0, 0]]


def test_perplexity_may_be_infinite():
    assert perplexity(math.inf, 3) == math.inf
    assert perplexity(1e6, 3) == math.inf


def test_counting_solves_the_three_sentences():
    table = BigramTable(IDS, 6)
    assert [table.predict(word) for ids in IDS for word in ids[:-1]] == [
        target for ids in IDS for target in ids[1:]
    ]
    assert sum(table.loss(ids) for ids in IDS) == 0


def test_without_memory_two_answers_cost_ln_2_each():
    table = BigramTable([[4, 3, 1], [2, 3, 0]], 5)  # tea is hot, ice is cold
    assert table.loss([4, 3, 1]) == math.log(2)
    assert table.loss([2, 3, 0]) == math.log(2)


def test_a_pair_never_seen_costs_without_limit():
    assert BigramTable(IDS, 6).loss([0, 0]) == math.inf


@given(
    st.lists(
        st.lists(st.integers(0, 3), min_size=2, max_size=6), min_size=1, max_size=5
    ),
    st.lists(st.floats(0.01, 1), min_size=16, max_size=16),
)
def test_no_other_table_beats_the_counts(texts, weights):
    """The floor without memory: any fixed p(next | last) loses to shares."""
    table = BigramTable(texts, 4)
    rows = [
        [w / sum(weights[4 * i : 4 * i + 4]) for w in weights[4 * i : 4 * i + 4]]
        for i in range(4)
    ]
    other = sum(
        -math.log(rows[a][b])
        for ids in texts
        for a, b in zip(ids[:-1], ids[1:], strict=True)
    )
    assert sum(table.loss(ids) for ids in texts) <= other + 1e-9


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cross_entropy([1.0, 2.0], 2), "target is 2; .* less than 2"),
        (lambda: cross_entropy([1.0, 2.0], -1), "target is -1"),
        (lambda: cross_entropy([1.0, math.nan], 0), r"logits\[1\] is nan"),
        (lambda: cross_entropy([], 0), "logits is empty"),
        (
            lambda: sentence_loss([1], init_parameters(6, 8, random.Random(0))),
            "ids has length 1",
        ),
        (lambda: perplexity(1.0, 0), "count is 0"),
        (lambda: perplexity(-1.0, 3), "total is -1.0"),
        (lambda: perplexity(math.nan, 3), "total is nan"),
        (lambda: perplexity(1.0, 1.5), "count is 1.5"),
        (lambda: BigramTable([[0, 7]], 6), "id in sentences is 7; .* less than 6"),
        (lambda: BigramTable([[0, -1]], 6), "id in sentences is -1"),
        (
            lambda: BigramTable([], 0),
            "vocab_size is 0; expected a whole number, 1 or more",
        ),
        (lambda: BigramTable([[0, 1]], 2).loss([0, -1]), "entry of ids is -1"),
        (lambda: BigramTable([[0, 1]], 2).loss([0, 2]), "entry of ids is 2"),
        (lambda: BigramTable(IDS, 6).predict(-1), "word is -1; .* less than 6"),
        (lambda: BigramTable(IDS, 6).probabilities(6), "word is 6"),
        (lambda: BigramTable([[0]], 6), "ids has length 1"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
