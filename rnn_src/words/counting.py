"""The baseline to compare any trained network with: counting."""

import math

from rnn_src.words import checks
from rnn_src.words.algebra import Vector
from rnn_src.words.vocabulary import check_id, next_word_pairs


class BigramTable:
    """How often each word followed each word, and nothing else.

    Parameters
    ----------
    sentences : list of list of int
        The ids of the sentences to count in, two words or more each.
    vocab_size : int
        V, the number of words.

    Attributes
    ----------
    counts : list of lists of int, shape (V, V)
        `counts[i][j]` is how often `j` came right after `i`.

    Raises
    ------
    ValueError
        If `vocab_size` is below 1, an id is not one of `0, …, vocab_size - 1`, or
        a sentence is too short.
    """

    def __init__(self, sentences: list[list[int]], vocab_size: int):
        vocab_size = checks.count("vocab_size", vocab_size)
        self.counts = [[0] * vocab_size for _ in range(vocab_size)]
        for ids in sentences:
            for i in ids:
                check_id("an id in sentences", i, vocab_size)
            for word, following in next_word_pairs(ids):
                self.counts[word][following] += 1

    def following(self, word: int) -> list[int]:
        """How often each word came right after `word`; shape (V,).

        Raises
        ------
        ValueError
            If `word` is not the id of a word.
        """
        check_id("word", word, len(self.counts))
        return list(self.counts[word])

    def probabilities(self, word: int) -> Vector:
        """What followed `word`, as shares that sum to one; shape (V,).

        Implements :eq:`eq-bigram`. A word that nothing ever followed gets an
        even guess, 1/V each.
        """
        row = self.following(word)
        total = sum(row)
        if total == 0:
            return [1 / len(row)] * len(row)
        return [number / total for number in row]

    def predict(self, word: int) -> int:
        """The word that followed `word` most often (the first, on a tie)."""
        row = self.following(word)
        return row.index(max(row))

    def loss(self, ids: list[int]) -> float:
        """The sum of -ln p over a sentence, in nats; `inf` at a pair unseen.

        Raises
        ------
        ValueError
            If `ids` has fewer than two entries, or one that is not the id of a word.
        """
        for i in ids:
            check_id("an entry of ids", i, len(self.counts))
        shares = [
            self.probabilities(word)[following]
            for word, following in next_word_pairs(ids)
        ]
        return math.inf if 0 in shares else sum(-math.log(p) for p in shares)
