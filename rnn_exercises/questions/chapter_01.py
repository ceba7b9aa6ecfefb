"""The exercises of chapter 1: words to vectors."""

from collections import Counter

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import draws
from rnn_exercises.registry import ask
from rnn_src import words
from rnn_src.data import SENTENCES

VOCABULARY = words.Vocabulary(SENTENCES)


def encoded(text: str = "are you how") -> tuple[list[int], list[list[float]]]:
    ids = VOCABULARY.encode(text)
    return ids, [words.one_hot(i, len(VOCABULARY)) for i in ids]


ask(
    "01-by-hand",
    kind="predict",
    answers=("ids", "vectors"),
    right=encoded,
    mistakes=(
        Wrong(
            "counted-from-one",
            "You count from 1. The first word of the vocabulary has the id 0.",
            {"ids": [1, 6, 4]},
        ),
        Wrong(
            "order-of-appearance",
            "You number the words as they appear in the sentences. The "
            "vocabulary is sorted.",
            {"ids": [2, 3, 1]},
        ),
        Wrong(
            "by-frequency",
            "You begin with the most frequent words. The vocabulary is "
            "sorted by the alphabet.",
            {"ids": [0, 1, 2]},
        ),
        Wrong(
            "all-ones",
            "Each vector has a single 1. You mark every word of the sentence "
            "in each of them.",
            {"vectors": [[1, 0, 0, 1, 0, 1]] * 3},
        ),
        Wrong(
            "vectors-one-late",
            "In your vectors the 1 stands one place too late: places are "
            "counted from 0.",
            {"vectors": [[0, 1, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0]]},
        ),
        Wrong(
            "turned-over",
            "You have a column for each word. Write a row for each.",
            {"vectors": np.array(encoded()[1]).T},
        ),
    ),
    hints=(
        "Write the six words down in the order of the alphabet, and number "
        "them from 0.",
        "are, doing, hello, how, well, you. The one-hot vector of id k has its "
        "1 in place k.",
    ),
)


def most_frequent() -> tuple[str, str, int, int]:
    """By counting all pairs."""
    counts = Counter(
        pair
        for sentence in SENTENCES
        for pair in words.next_word_pairs(sentence.split())
    )
    (word, following), number = counts.most_common(1)[0]
    return word, following, number, len(counts)


ask(
    "01-count",
    kind="experiment",
    answers=("input", "target", "how often", "different pairs"),
    right=most_frequent,
    mistakes=(
        Wrong(
            "turned-round",
            "You have the pair the wrong way round: the input comes first, "
            "and the target follows it.",
            {"input": "you", "target": "are"},
        ),
        Wrong(
            "second-place",
            "`how are` is asked twice. One pair is more frequent.",
            {"input": "how", "target": "are", "how often": 2},
        ),
        Wrong(
            "third-sentence-missing",
            "You have missed one: it stands in all three sentences.",
            {"how often": 2},
        ),
        Wrong(
            "all-pairs",
            "Those are all pairs. Count the *different* ones.",
            {"different pairs": 9},
        ),
        Wrong(
            "words-for-pairs",
            "Those are the words. Count the pairs of neighbours.",
            {"different pairs": 6},
        ),
    ),
    hints=(
        "Write down the three pairs of each sentence, one below the other.",
        "Counter(pairs).most_common() gives them with their counts, the most "
        "frequent first.",
    ),
)


def index_case(rng: np.random.Generator) -> tuple[int, int]:
    size = int(rng.integers(4, 40))
    return int(rng.integers(1, size - 1)), size


def by_numpy(index: int, size: int) -> np.ndarray:
    if not 0 <= index < size:
        raise ValueError("no such word")
    return np.eye(size)[index]


ask(
    "01-one-hot",
    kind="code",
    arguments=("index", "size"),
    answers="vector",
    case=index_case,
    right=by_numpy,
    edges=lambda rng: {
        "the first word": (0, 4),
        "the last word": (3, 4),
        "a vocabulary of one word": (0, 1),
    },
    refuses=lambda rng: {
        "a negative index": (-1, 4),
        "an index as large as the size": (4, 4),
    },
    mistakes=(
        Wrong(
            "counted-from-one",
            "Your 1 stands one place too early: places are counted from 0.",
            lambda index, size: np.roll(by_numpy(index, size), -1),
        ),
        Wrong(
            "one-too-late",
            "Your 1 stands one place too late: places are counted from 0.",
            lambda index, size: np.roll(by_numpy(index, size), 1),
        ),
        Wrong(
            "one-place-too-many",
            "Your vector has a place too many.",
            lambda index, size: np.append(by_numpy(index, size), 0.0),
        ),
        Wrong(
            "cut-behind-the-one",
            "Your vector ends at the 1. All have the same length, `size`.",
            lambda index, size: by_numpy(index, size)[: index + 1],
        ),
        Wrong(
            "the-other-way-round",
            "Zeros and ones are exchanged.",
            lambda index, size: 1 - by_numpy(index, size),
        ),
        Wrong(
            "the-index-itself",
            "You write the index in its place. The entry is 1, whichever word it is.",
            lambda index, size: index * by_numpy(index, size),
        ),
    ),
    hints=(
        "`size` zeros, and then one place is set to 1.",
        "vector = [0.0] * size, then vector[index] = 1.0.",
        "For index = -1 Python would set the last place, and for index = size "
        "it stops with an IndexError: refuse both before, with a ValueError.",
    ),
)


def ids_case(rng: np.random.Generator) -> tuple[list[int]]:
    return ([int(i) for i in rng.permutation(20)[: int(rng.integers(4, 9))]],)


def pairs_of(ids: list[int]) -> np.ndarray:
    if len(ids) < 2:
        raise ValueError("no pair")
    return np.stack([ids[:-1], ids[1:]], axis=1)


ask(
    "01-pairs",
    kind="code",
    arguments=("ids",),
    answers="pairs",
    case=ids_case,
    right=pairs_of,
    edges=lambda rng: {
        "two words": ([3, 1],),
        "one word again and again": ([2, 2, 2, 2],),
    },
    refuses=lambda rng: {"a sentence of one word": ([3],), "no word at all": ([],)},
    mistakes=(
        Wrong(
            "turned-round",
            "Your pairs are reversed: the word that is read comes first, "
            "the one that follows second.",
            lambda ids: pairs_of(ids)[:, ::-1],
        ),
        Wrong(
            "two-by-two",
            "You take the words two by two. Each word but the last one is "
            "read: the pairs overlap.",
            lambda ids: pairs_of(ids)[::2],
        ),
        Wrong(
            "last-pair-missing",
            "The last pair is missing.",
            lambda ids: pairs_of(ids)[:-1],
        ),
        Wrong(
            "first-pair-missing",
            "The first pair is missing.",
            lambda ids: pairs_of(ids)[1:],
        ),
        Wrong(
            "round-the-corner",
            "After the last word you begin again. Nothing follows it: it is "
            "a target only.",
            lambda ids: pairs_of([*ids, ids[0]]),
        ),
        Wrong(
            "with-itself",
            "You pair each word with itself.",
            lambda ids: np.stack([ids, ids], axis=1),
        ),
        Wrong(
            "two-rows",
            "You return all inputs, and then all targets. A list of pairs is "
            "asked for.",
            lambda ids: pairs_of(ids).T,
        ),
        Wrong(
            "one-word-between",
            "You leave out a word in between: the target is the very next one.",
            lambda ids: np.stack([ids[:-2], ids[2:]], axis=1),
        ),
    ),
    hints=(
        "n words make n - 1 pairs: (ids[0], ids[1]), (ids[1], ids[2]) and so on.",
        "zip(ids, ids[1:]) walks through both at once. Write list(...) around it.",
    ),
)


def vector_case(rng: np.random.Generator) -> tuple[list, list]:
    vocabulary = [
        str(word)
        for word in rng.permutation(["ant", "bee", "cat", "dog", "eel", "fox"])[
            : int(rng.integers(3, 7))
        ]
    ]
    return draws.word(rng, len(vocabulary)), vocabulary


def word_at(vector: list, vocabulary: list) -> str:
    if len(vector) != len(vocabulary) or sorted(vector) != [0] * (len(vector) - 1) + [
        1
    ]:
        raise ValueError("not one-hot")
    return vocabulary[int(np.argmax(vector))]


ask(
    "01-back",
    kind="code",
    arguments=("vector", "vocabulary"),
    answers="word",
    case=vector_case,
    right=word_at,
    draws=12,
    edges=lambda rng: {"a vocabulary of one word": ([1.0], ["ant"])},
    refuses=lambda rng: {
        "a vector of zeros": ([0, 0, 0], ["ant", "bee", "cat"]),
        "a vector with two ones": ([0, 1, 1], ["ant", "bee", "cat"]),
        "a vector with a 2": ([0, 2, 0], ["ant", "bee", "cat"]),
        "a vector with a 1 and a -1": ([-1, 1, 1], ["ant", "bee", "cat"]),
        "a vector that is too short": ([0, 1], ["ant", "bee", "cat"]),
        "a vector that is too long": ([0, 0, 0, 1], ["ant", "bee", "cat"]),
    },
    mistakes=(
        Wrong(
            "counted-from-one",
            "You are one word off: places are counted from 0.",
            lambda vector, vocabulary: vocabulary[vector.index(1) - 1],
        ),
        Wrong(
            "first-zero",
            "You look for a 0. The word is where the 1 is.",
            lambda vector, vocabulary: vocabulary[vector.index(0)],
        ),
        Wrong(
            "sorted-first",
            "You sort the vocabulary first. Its order is given: place k "
            "belongs to vocabulary[k].",
            lambda vector, vocabulary: sorted(vocabulary)[vector.index(1)],
        ),
        Wrong(
            "from-the-end",
            "You count the places from the end.",
            lambda vector, vocabulary: vocabulary[-1 - vector.index(1)],
        ),
    ),
    hints=(
        "vector.index(1) is the place of the first 1. But is that all that has "
        "to be looked at?",
        "Of a one-hot vector all entries are 0 but one, which is 1, and it is "
        "as long as the vocabulary. Anything else gets a ValueError.",
        "sorted(vector) == [0] * (len(vocabulary) - 1) + [1] says all of that.",
    ),
)


def orders() -> tuple[str, ...]:
    """Which orders change, tried out."""

    def appearance(sentences: tuple[str, ...]) -> list[str]:
        return list(dict.fromkeys(" ".join(sentences).split()))

    back = SENTENCES[::-1]
    more = (*SENTENCES, "are you at home")
    known = VOCABULARY.words
    return tuple(
        "yes" if changed else "no"
        for changed in (
            appearance(SENTENCES) != appearance(SENTENCES),
            appearance(SENTENCES) != appearance(back),
            words.Vocabulary(back).words != known,
            [word for word in words.Vocabulary(more).words[: len(known)]] != known,
        )
    )


ask(
    "01-order",
    kind="predict",
    answers=(
        "another run",
        "another order of the sentences",
        "sorted, another order",
        "sorted, a new word",
    ),
    right=orders,
    mistakes=(
        Wrong(
            "like-a-set",
            "A set may change its order from run to run. A dictionary keeps "
            "the order in which its keys were put in.",
            {"another run": "yes"},
        ),
        Wrong(
            "same-words-same-ids",
            "The same words, but met in another order: the first one that is "
            "met gets the id 0.",
            {"another order of the sentences": "no"},
        ),
        Wrong(
            "sorting-follows",
            "Sorting looks at the words alone, not at where they stood.",
            {"sorted, another order": "yes"},
        ),
        Wrong(
            "new-word-at-the-end",
            "A new word is put where the alphabet wants it: after `are` comes "
            "`at`, and all words behind it move on.",
            {"sorted, a new word": "no"},
        ),
    ),
    hints=(
        "dict.fromkeys keeps each word where it was first met.",
        "Try it: with the sentences in reverse order, and with `at` as a new word.",
    ),
)
