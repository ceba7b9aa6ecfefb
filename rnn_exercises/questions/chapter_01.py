"""The exercises of chapter 1: words to vectors."""

from collections import Counter

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.registry import ask
from rnn_src import words
from rnn_src.data import SENTENCES

VOCABULARY = words.Vocabulary(SENTENCES)


def encoded(text: str = "are you how") -> tuple[list[int], list[list[float]]]:
    ids = VOCABULARY.encode(text)
    return ids, [words.one_hot(i, len(VOCABULARY)) for i in ids]


def words_of(text: str) -> list[list[float]]:
    return encoded(text)[1]


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
            "zero-one-two",
            "You number the three words in the order of this sentence, or of how "
            "often they occur. An id is a place in the vocabulary, which is sorted "
            "alphabetically.",
            {"ids": [0, 1, 2]},
        ),
        Wrong(
            "sentence-sorted",
            "You have sorted the words of the sentence. The vocabulary is sorted; "
            "a sentence keeps its order.",
            {"ids": [0, 3, 5], "vectors": words_of("are how you")},
            also=({"ids": [0, 3, 5]}, {"vectors": words_of("are how you")}),
        ),
        Wrong(
            "all-ones",
            "Each word has a vector of its own, with a single 1. You mark all words "
            "of the sentence at once.",
            {"vectors": [[1, 0, 0, 1, 0, 1]] * 3},
            also=({"vectors": [1, 0, 0, 1, 0, 1]},),
        ),
        Wrong(
            "vectors-one-late",
            "You count the places in the vectors from 1. They are counted from 0: "
            "the word with the id 0 has its 1 in the first place.",
            {"vectors": np.eye(7)[[1, 6, 4]]},
            also=({"vectors": np.eye(6)[[1, 0, 4]]},),
        ),
        Wrong(
            "turned-over",
            "You have a column for each word. Write a row for each.",
            {"vectors": np.array(encoded()[1]).T},
        ),
    ),
    hints=(
        "Write the six words down in alphabetical order, and number them from 0.",
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
    answers=("input", "target", "number of times", "number of different pairs"),
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
            "That pair occurs twice. One is more frequent.",
            {"input": "how", "target": "are", "number of times": 2},
            also=({"input": "you", "target": "doing", "number of times": 2},),
        ),
        Wrong(
            "third-sentence-missing",
            "The most frequent pair is in all three sentences.",
            {"number of times": 2},
        ),
        Wrong(
            "all-pairs",
            "You count a pair each time it occurs. Count the *different* ones.",
            {"number of different pairs": 9},
        ),
        Wrong(
            "words-for-pairs",
            "There are 6 words. Count the pairs of neighbours.",
            {"number of different pairs": 6},
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
        "an index that counts from the end": (-4, 4),
        "an index far below zero": (-9, 4),
        "an index as large as the size": (4, 4),
        "an index far beyond the size": (9, 4),
        "a vocabulary of no words": (0, 0),
    },
    mistakes=(
        Wrong(
            "counted-from-one",
            "Your 1 is one place too early: places are counted from 0.",
            lambda index, size: np.roll(by_numpy(index, size), -1),
        ),
        Wrong(
            "one-too-late",
            "Your 1 is one place too late: places are counted from 0.",
            lambda index, size: np.roll(by_numpy(index, size), 1),
        ),
        Wrong(
            "one-place-too-many",
            "Your vector has one place too many.",
            lambda index, size: np.append(by_numpy(index, size), 0.0),
        ),
        Wrong(
            "cut-behind-the-one",
            "Your vector ends at the 1. All vectors have the same length, `size`.",
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
        "For index = -1 Python would set the last place, and for index = size it "
        "stops with an IndexError: refuse both first, with a ValueError.",
    ),
)


def ids_case(rng: np.random.Generator) -> tuple[list[int]]:
    return ([int(i) + 1 for i in rng.permutation(20)[: int(rng.integers(4, 9))]],)


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
        "a word that comes back": ([1, 4, 1, 7, 1, 4],),
        "a sentence with the id 0": ([0, 3, 0, 5],),
        "a long sentence": ([int(i) for i in rng.permutation(20)[:15]],),
    },
    refuses=lambda rng: {
        "a sentence of one word": ([3],),
        "a sentence of no words": ([],),
    },
    mistakes=(
        Wrong(
            "turned-round",
            "Your pairs are reversed: the word that is read comes first, "
            "the one that follows second.",
            lambda ids: pairs_of(ids)[:, ::-1],
        ),
        Wrong(
            "two-by-two",
            "You take the words two by two. Every word but the last is read: the "
            "pairs overlap.",
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
            "You return all inputs, and then all targets. The exercise asks for a "
            "list of pairs.",
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


ANIMALS = ("ant", "bee", "cat", "dog", "eel", "fox")


def not_one_hot() -> dict[str, tuple[list, list]]:
    """Vectors that some test for "one-hot" lets pass."""
    three = {
        "of zeros": [0, 0, 0],
        "with two ones": [0, 1, 1],
        "with a 2": [0, 2, 0],
        "with a 1 and a 5": [0, 1, 5],
        "with a 1 before a 5": [1, 5, 0],
        "with a 1 and a -1": [-1, 1, 1],
        "with a -1": [0, -1, 0],
        "with a 2 and a -1": [2, -1, 0],
        "of probabilities": [0.5, 0.25, 0.25],
        "with a 1 and a half": [0, 1, 0.5],
        "whose squares add up to 1": [0, 0.6, 0.8],
        "whose entries and squares add up to 1": [2 / 3, 2 / 3, -1 / 3],
        "with a 0.9": [0, 0.9, 0],
    }
    others = {
        "a vector that is too short": [0, 1],
        "a vector that is too long": [0, 0, 0, 1],
        "a vector with a 0 too many": [0, 1, 0, 0],
        "a vector without entries": [],
    }
    named = {f"a vector {what}": vector for what, vector in three.items()}
    cases = {label: (one, list(ANIMALS[:3])) for label, one in (named | others).items()}
    return cases | {"an empty vocabulary": ([], [])}


def vector_case(rng: np.random.Generator) -> tuple[list, list]:
    """No word is where sorting puts it, and the 1 not as far from the end."""
    n = int(rng.integers(3, 7))
    known = [str(w) for w in rng.choice(ANIMALS, n, replace=False)]
    while any(a == b for a, b in zip(known, sorted(known), strict=True)):
        known = [str(w) for w in rng.permutation(known)]
    k = int(rng.choice([k for k in range(n) if 2 * k != n - 1]))
    return words.one_hot(k, n), known


def word_at(vector: list, vocabulary: list) -> str:
    if sorted(vector) != [0] * (len(vocabulary) - 1) + [1]:
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
    edges=lambda rng: {
        "a vocabulary of one word": ([1.0], ["ant"]),
        "the first word": ([1.0, 0.0, 0.0], ["cat", "ant", "bee"]),
        "the last word": ([0.0, 0.0, 1.0], ["cat", "ant", "bee"]),
        "a vector of whole numbers": ([0, 1, 0, 0], ["cat", "dog", "ant", "bee"]),
    },
    refuses=lambda rng: not_one_hot(),
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
        "vector.index(1) is the place of the first 1. But is that all you have to "
        "look at?",
        "In a one-hot vector one entry is 1 and all others are 0, and it is as long "
        "as the vocabulary. Anything else raises a ValueError.",
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
        "dict.fromkeys in another run",
        "dict.fromkeys in reverse",
        "sorting in reverse",
        "sorting with a new word",
    ),
    right=orders,
    mistakes=(
        Wrong(
            "like-a-set",
            "A set may change its order from run to run. A dictionary keeps "
            "the order in which its keys were put in.",
            {"dict.fromkeys in another run": "yes"},
        ),
        Wrong(
            "same-words-same-ids",
            "The words are the same, but they come in another order: the first one "
            "gets the id 0.",
            {"dict.fromkeys in reverse": "no"},
        ),
        Wrong(
            "sorting-follows",
            "Sorting looks only at the words, not at where they were.",
            {"sorting in reverse": "yes"},
        ),
        Wrong(
            "new-word-at-the-end",
            "A new word goes to its place in the alphabet: `at` comes after `are`, "
            "and all words behind it move on.",
            {"sorting with a new word": "no"},
        ),
    ),
    hints=(
        "dict.fromkeys keeps each word where it first appears.",
        "Try it: with the sentences in reverse order, and with `at` as a new word.",
    ),
)
