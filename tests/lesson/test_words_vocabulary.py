"""Words to ids, ids to one-hot vectors."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_src.data import SENTENCES
from rnn_src.words import Vocabulary, next_word_pairs, one_hot

words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
sentences = st.lists(
    st.lists(words, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=5
)


def test_the_three_sentences_have_six_words_in_order():
    vocabulary = Vocabulary(SENTENCES)
    assert vocabulary.words == ["are", "doing", "hello", "how", "well", "you"]
    assert vocabulary.encode("hello how are you") == [2, 3, 0, 5]


@given(sentences)
def test_decode_undoes_encode(texts):
    vocabulary = Vocabulary(texts)
    for text in texts:
        assert vocabulary.decode(vocabulary.encode(text)) == text.split()


@given(sentences, st.randoms())
def test_the_order_of_the_sentences_does_not_matter(texts, rng):
    shuffled = rng.sample(texts, len(texts))
    assert Vocabulary(shuffled).ids == Vocabulary(texts).ids


def test_ids_are_the_same_whatever_the_hash_seed():
    program = (
        "from rnn_src.data import SENTENCES\n"
        "from rnn_src.words import Vocabulary\n"
        "print(Vocabulary(SENTENCES).ids)"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            text=True,
            env={"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert outputs == {f"{Vocabulary(SENTENCES).ids}\n"}


@pytest.mark.equation("eq-one-hot")
@given(
    st.integers(1, 50).flatmap(
        lambda size: st.tuples(st.integers(0, size - 1), st.just(size))
    )
)
def test_one_hot_has_its_one_at_the_index(case):
    index, size = case
    vector = one_hot(index, size)
    assert len(vector) == size
    assert [i for i, entry in enumerate(vector) if entry == 1.0] == [index]
    assert sum(vector) == 1.0


@given(st.lists(st.integers(0, 9), min_size=2))
def test_pairs_are_neighbours(ids):
    pairs = next_word_pairs(ids)
    assert len(pairs) == len(ids) - 1
    assert [pairs[0][0]] + [target for _, target in pairs] == ids


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda v: v.encode("helo how"), "sentence holds 'helo', .* it: hello"),
        (lambda v: v.encode("zzz"), "sentence holds 'zzz', .* near it: none"),
        (lambda v: v.encode(""), "sentence is empty"),
        (lambda v: v.encode("  "), "sentence is empty"),
        (lambda v: v.decode([0, 6]), "ids is 6; expected .* less than 6"),
        (lambda v: v.decode([-1]), "ids is -1"),
        (lambda v: v.decode([1.0]), "ids is 1.0; expected a whole number"),
        (lambda v: Vocabulary("hello how"), "sentences is one string"),
        (lambda v: Vocabulary([]), "sentences holds no word"),
        (lambda v: Vocabulary([" "]), "sentences holds no word"),
        (lambda v: next_word_pairs([3]), "ids has length 1; expected at least two"),
        (lambda v: next_word_pairs([]), "ids has length 0"),
        (lambda v: one_hot(6, 6), "index is 6; .* at least 0 and less than 6"),
        (lambda v: one_hot(-1, 6), "index is -1; expected a whole number"),
        (lambda v: one_hot(1.5, 6), "index is 1.5; expected a whole number"),
        (lambda v: one_hot("1", 6), "index is '1'; expected a whole number"),
        (lambda v: one_hot(0, 0), "index is 0; .* less than 0"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call(Vocabulary(SENTENCES))
