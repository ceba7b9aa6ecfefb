"""From words to ids, and from ids to one-hot vectors."""

from collections.abc import Iterable
from difflib import get_close_matches
from numbers import Integral


def check_id(name: str, index: int, size: int) -> None:
    """Refuse what is not one of the ids 0, …, size - 1.

    A negative id would count from the end of a list, and pick a wrong word
    in silence.

    Raises
    ------
    ValueError
        The message tells the id's `name` and its value.
    """
    if not isinstance(index, Integral) or not 0 <= index < size:
        raise ValueError(
            f"{name} is {index!r}; expected a whole number, at "
            f"least 0 and less than {size}"
        )


class Vocabulary:
    """The different words of some sentences, each with an id.

    The words are sorted, so the same sentences give the same ids in every run;
    the order of a `set` of strings changes from run to run.

    Parameters
    ----------
    sentences : iterable of str
        Words are what `str.split` finds between spaces.

    Attributes
    ----------
    words : list of str
        The different words, sorted; `words[i]` is the word with id `i`.
    ids : dict of str to int
        The way back; `ids[word]` is the id of `word`.

    Raises
    ------
    ValueError
        If `sentences` is one string, or holds no word.
    """

    def __init__(self, sentences: Iterable[str]):
        if isinstance(sentences, str):
            raise ValueError(
                "sentences is one string; expected a list of "
                "them: Vocabulary([sentence])"
            )
        self.words = sorted(
            {word for sentence in sentences for word in sentence.split()}
        )
        if not self.words:
            raise ValueError("sentences holds no word; expected at least one")
        self.ids = {word: i for i, word in enumerate(self.words)}

    def __len__(self) -> int:
        return len(self.words)

    def encode(self, sentence: str) -> list[int]:
        """The ids of the words of a sentence, in order.

        Raises
        ------
        ValueError
            If `sentence` is empty, or has a word that is not known; the
            message names it and the known words that look most like it.
        """
        if not sentence.split():
            raise ValueError("sentence is empty; expected at least one word")
        for word in sentence.split():
            if word not in self.ids:
                near = ", ".join(get_close_matches(word, self.words)) or "none"
                raise ValueError(
                    f"sentence holds {word!r}, which is not in "
                    f"the vocabulary; known words near it: {near}"
                )
        return [self.ids[word] for word in sentence.split()]

    def decode(self, ids: Iterable[int]) -> list[str]:
        """The words that belong to the ids, in order.

        Raises
        ------
        ValueError
            If an id is not one of `0, …, len(self) - 1`.
        """
        ids = list(ids)
        for i in ids:
            check_id("an entry of ids", i, len(self))
        return [self.words[i] for i in ids]


def next_word_pairs(ids: list[int]) -> list[tuple[int, int]]:
    """Each id with the id that follows it: the questions and their answers.

    Parameters
    ----------
    ids : list of int, length T + 1
        A sentence.

    Returns
    -------
    list of (int, int), length T
        Pairs (input, target).

    Raises
    ------
    ValueError
        If `ids` has fewer than two entries: then no word follows another.
    """
    if len(ids) < 2:
        raise ValueError(
            f"ids has length {len(ids)}; expected at least two "
            "words, so that one follows another"
        )
    return list(zip(ids[:-1], ids[1:], strict=True))


def one_hot(index: int, size: int) -> list[float]:
    """A vector of zeros with a single one, at `index`.

    Implements :eq:`eq-one-hot`.

    Parameters
    ----------
    index : int
        Where the one stands, `0 <= index < size`.
    size : int
        The length of the vector: the size of the vocabulary, V.

    Returns
    -------
    list of float, shape (V,)

    Raises
    ------
    ValueError
        If `index` is no whole number, or lies outside.
    """
    check_id("index", index, size)
    vector = [0.0] * size
    vector[index] = 1.0
    return vector
