"""The baseline that any trained network has to be held against: counting."""
import math

from rnn_src.words.algebra import Vector
from rnn_src.words.vocabulary import next_word_pairs


class BigramTable:
    """How often each word followed each word, and nothing else.

    Parameters
    ----------
    sentences : list of list of int
        The ids of the sentences to count in, two words or more each.
    vocab_size : int
        V.

    Attributes
    ----------
    counts : list of lists of int, shape (V, V)
        `counts[i][j]` is how often `j` came right after `i`.

    Raises
    ------
    ValueError
        If an id is not below `vocab_size`, or a sentence is too short.
    """

    def __init__(self, sentences: list[list[int]], vocab_size: int):
        self.counts = [[0] * vocab_size for _ in range(vocab_size)]
        for ids in sentences:
            for word, following in next_word_pairs(ids):
                if not (0 <= word < vocab_size
                        and 0 <= following < vocab_size):
                    raise ValueError(
                        f"sentences holds the pair ({word}, {following}); "
                        f"expected ids from 0 to {vocab_size - 1}")
                self.counts[word][following] += 1

    def following(self, word: int) -> list[int]:
        """How often each word came right after `word`; shape (V,).

        Raises
        ------
        ValueError
            If `word` is no word's id.
        """
        if not 0 <= word < len(self.counts):
            raise ValueError(f"word is {word}; expected 0 to "
                             f"{len(self.counts) - 1}")
        return self.counts[word]

    def probabilities(self, word: int) -> Vector:
        """What followed `word`, as shares that sum to one; shape (V,).

        Implements :eq:`eq-bigram`. A word that nothing ever followed gets an
        even guess, 1/V each.
        """
        row = self.following(word)
        total = sum(row)
        if total == 0:
            return [1 / len(row)] * len(row)
        return [count / total for count in row]

    def predict(self, word: int) -> int:
        """The word that followed `word` most often (the first, on a tie)."""
        row = self.following(word)
        return row.index(max(row))

    def loss(self, ids: list[int]) -> float:
        """The sum of -ln p over a sentence, in nats; `inf` at a pair unseen."""
        shares = [self.probabilities(word)[following]
                  for word, following in next_word_pairs(ids)]
        return math.inf if 0 in shares else sum(-math.log(p) for p in shares)
