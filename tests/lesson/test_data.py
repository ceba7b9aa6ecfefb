"""The data of the experiments: what they are, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networks import seeds

from rnn_src.data import (
    ALPHABET,
    SENTENCES,
    echo,
    make_sequence_data,
    pad,
    pendulum,
    recall,
    to_ids,
    to_text,
)

rng = np.random.default_rng
numbers = st.integers(1, 12)


def test_the_sentences_hold_nine_pairs_and_six_words():
    split = [sentence.split() for sentence in SENTENCES]
    assert sum(len(sentence) - 1 for sentence in split) == 9
    assert len({word for sentence in split for word in sentence}) == 6


# Letters and ids.


@given(st.text(ALPHABET, min_size=1))
def test_letters_become_ids_and_letters_again(text):
    ids = to_ids(text)
    assert ids.tolist() == [ord(letter) - ord("A") for letter in text]
    assert ids.dtype.kind == "i" and ids.shape == (len(text),)
    assert to_text(ids) == to_text(ids.tolist()) == to_text(iter(ids)) == text


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: to_ids(""), "text is ''; expected letters from A to Z, at least"),
        (lambda: to_ids("ABc"), "text is 'ABc'; expected letters from A to Z"),
        (lambda: to_ids("A B"), "text is 'A B'; expected letters"),
        (lambda: to_ids("Ä"), "text is 'Ä'; expected letters"),
        (lambda: to_text([0, 26]), r"ids\[1\] is 26; expected 0 to 25"),
        (lambda: to_text([-1]), r"ids\[0\] is -1; expected 0 to 25"),
        (lambda: to_text([1.0]), "ids has dtype float64; expected integers"),
        (lambda: to_text([]), r"ids has shape \(0,\); expected \(T,\), .* at least"),
        (lambda: to_text(pendulum()[0]), r"ids has shape \(50, 1\); expected \(T"),
        (lambda: to_text([[0], [0, 1]]), "ids makes no array"),
    ],
)
def test_other_letters_and_ids_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# Pieces of the alphabet.


@given(numbers, numbers, seeds)
def test_each_letter_is_followed_by_the_next(seq_len, num_samples, seed):
    ids, targets = make_sequence_data(seq_len, num_samples, rng(seed))
    assert ids.shape == targets.shape == (seq_len, num_samples)
    assert ids.min() >= 0 and ids.max() < 26
    assert np.array_equal(targets, (ids + 1) % 26)
    assert np.array_equal(targets[:-1], ids[1:])


def test_every_beginning_comes_equally_often():
    ids, _ = make_sequence_data(1, 26 * 400, rng(0))
    counts = np.bincount(ids[0], minlength=26)
    assert np.abs(counts - 400).max() < 4 * 20


def test_after_z_comes_a():
    ids, targets = make_sequence_data(26, 1, rng(0))
    assert sorted(ids[:, 0]) == sorted(targets[:, 0]) == list(range(26))
    text = to_text(ids[:, 0]) + to_text(targets[-1:, 0])
    assert text in ALPHABET + ALPHABET and "ZA" in text


# There and back.


def test_the_pendulum_swings_from_a_to_z_and_back():
    ids, targets = pendulum()
    assert ids.shape == targets.shape == (50, 1)
    assert to_text(ids[:, 0]) == ALPHABET + ALPHABET[-2:0:-1]
    assert to_text(targets[:, 0]) == ALPHABET[1:] + ALPHABET[-2::-1]


def test_of_the_pendulum_26_transitions_can_be_told_from_the_letter():
    """A and Z have one successor, the 24 others two, each of them once."""
    ids, targets = (array[:, 0].tolist() for array in pendulum())
    followers = {
        i: [t for j, t in zip(ids, targets, strict=True) if j == i] for i in ids
    }
    assert followers[0] == [1] and followers[25] == [24]
    for letter in range(1, 25):
        assert followers[letter] == [letter + 1, letter - 1]
    # The best guess from the letter alone is right once for each letter.
    assert sum(1 for _ in followers) == 26


# Recall.


@given(st.integers(0, 8), numbers, numbers, seeds)
def test_recall_asks_at_the_end_for_the_symbol_at_the_start(lag, symbols, N, seed):
    ids, targets, mask = recall(lag, symbols, N, rng(seed))
    assert ids.shape == targets.shape == mask.shape == (lag + 1, N)
    assert mask.dtype == bool and mask[-1].all() and not mask[:-1].any()
    assert ids[0].min() >= 0 and ids[0].max() < symbols
    assert (ids[1:] == symbols).all()  # blanks
    assert (targets == ids[0]).all()
    assert ids.dtype.kind == targets.dtype.kind == "i"


def test_every_symbol_is_to_be_recalled_equally_often():
    ids, _, _ = recall(1, 8, 8 * 250, rng(0))
    counts = np.bincount(ids[0], minlength=8)
    assert np.abs(counts - 250).max() < 4 * np.sqrt(250)


# Echo.


@given(st.integers(0, 8), numbers, numbers, numbers, seeds)
def test_the_echo_comes_after_the_delay(delay, symbols, length, streams, seed):
    ids, targets = echo(delay, symbols, length, streams, rng(seed))
    assert ids.shape == targets.shape == (length, streams)
    for array in (ids, targets):
        assert array.min() >= 0 and array.max() < symbols
    assert np.array_equal(targets[delay:], ids[: max(0, length - delay)])


def test_what_was_never_read_is_random_too():
    _, targets = echo(50, 8, 50, 40, rng(0))
    counts = np.bincount(targets.ravel(), minlength=8)
    assert np.abs(counts - 250).max() < 4 * np.sqrt(250)


# Padding.


@given(
    st.lists(
        st.lists(st.integers(0, 9), min_size=1, max_size=6), min_size=1, max_size=5
    ),
    st.integers(0, 9),
)
def test_padding_keeps_each_sequence_and_marks_where_it_ends(sequences, filler):
    before = [list(sequence) for sequence in sequences]
    ids, mask = pad(sequences, filler)
    longest = max(map(len, sequences))
    assert ids.shape == mask.shape == (longest, len(sequences))
    assert ids.dtype.kind == "i" and mask.dtype == bool
    for b, sequence in enumerate(sequences):
        end = len(sequence)
        assert ids[:end, b].tolist() == sequence and mask[:end, b].all()
        assert (ids[end:, b] == filler).all() and not mask[end:, b].any()
    assert sequences == before


def test_padding_takes_arrays_and_fills_with_zero_unless_told():
    ids, mask = pad([np.array([3, 4], np.uint8), (5,)])
    assert ids.tolist() == [[3, 5], [4, 0]]
    assert mask.tolist() == [[True, True], [True, False]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: pad([]), "sequences is empty; expected at least one"),
        (lambda: pad([[1], []]), r"sequences\[1\] has shape \(0,\) and dtype"),
        (lambda: pad([np.zeros(0, int)]), r"sequences\[0\] has shape \(0,\) and"),
        (lambda: pad([[1.5]]), r"sequences\[0\] has .* dtype float64; expected at"),
        (lambda: pad([[True]]), r"sequences\[0\] has .* dtype bool; expected"),
        (lambda: pad([1, 2]), r"sequences\[0\] has shape \(\) and dtype int64"),
        (lambda: pad([[[1]]]), r"sequences\[0\] has shape \(1, 1\)"),
        (lambda: pad([[1], [[1], [1, 2]]]), r"sequences\[1\] makes no array"),
        (lambda: pad([[1]], -1), "filler is -1; expected a whole number, 0 or more"),
        (lambda: pad([[1]], 0.5), "filler is 0.5; expected a whole number"),
        (lambda: pad([[1]], True), "filler is True; expected a whole number"),
    ],
)
def test_what_cannot_be_padded_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# All of them.

MAKERS = {
    "make_sequence_data": (make_sequence_data, {"seq_len": 6, "num_samples": 5}),
    "recall": (recall, {"lag": 2, "symbols": 8, "num_samples": 5}),
    "echo": (echo, {"delay": 2, "symbols": 8, "length": 9, "streams": 5}),
}
makers = pytest.mark.parametrize(("make", "good"), MAKERS.values(), ids=MAKERS)


@makers
def test_chance_comes_from_the_generator_alone(make, good):
    state = np.random.get_state()[1].tolist()
    one, same, other = (make(**good, rng=rng(seed))[0].tolist() for seed in (1, 1, 2))
    assert one == same != other
    assert np.random.get_state()[1].tolist() == state


@pytest.mark.parametrize(
    "arrays",
    [pendulum(), *(make(**good, rng=rng(0)) for make, good in MAKERS.values())],
)
def test_each_array_has_memory_of_its_own(arrays):
    """To spoil an input on purpose does not spoil a target."""
    assert not any(
        np.shares_memory(a, b) for i, a in enumerate(arrays) for b in arrays[i + 1 :]
    )
    assert all(array.flags.writeable for array in arrays)


@makers
@pytest.mark.parametrize("value", [-1, 1.5, True, None])
def test_a_number_that_is_too_small_or_not_whole_is_named(make, good, value):
    for name in good:
        with pytest.raises(ValueError, match=f"{name} is {value}; expected a who"):
            make(**good | {name: value}, rng=rng(0))


@makers
def test_only_a_lag_and_a_delay_may_be_zero(make, good):
    for name in good:
        if name in ("lag", "delay"):
            make(**good | {name: 0}, rng=rng(0))
        else:
            with pytest.raises(ValueError, match=f"{name} is 0; .* 1 or more"):
                make(**good | {name: 0}, rng=rng(0))


@makers
@pytest.mark.parametrize("wrong", [None, 0, np.random])
def test_another_source_of_chance_is_refused(make, good, wrong):
    with pytest.raises(ValueError, match="rng is .*; expected a NumPy generator"):
        make(**good, rng=wrong)
