"""How wrong a prediction is: cross-entropy in nats, and perplexity."""

import math

from rnn_src.words import checks
from rnn_src.words.algebra import Vector, finite
from rnn_src.words.network import Parameters, forward
from rnn_src.words.vocabulary import check_id, next_word_pairs


def cross_entropy(logits: Vector, target: int) -> float:
    """Minus the logarithm of the probability given to the target, in nats.

    Implements :eq:`eq-cross-entropy` straight from the logits, by
    :eq:`eq-log-sum-exp`: there a probability too small for a float still has a
    finite logarithm.

    Parameters
    ----------
    logits : shape (V,)
    target : int
        The id of the word that did come, `0 <= target < V`.

    Returns
    -------
    float
        0 for a confident and right prediction; ln V for an even guess.

    Raises
    ------
    ValueError
        If `target` is out of range, or a logit is not finite.
    """
    finite("logits", logits)
    check_id("target", target, len(logits))
    highest = max(logits)
    shifted = [z - highest for z in logits]
    return math.log(sum(math.exp(z) for z in shifted)) - shifted[target]


def sentence_loss(ids: list[int], parameters: Parameters) -> float:
    """The cross-entropies of a sentence, summed over its steps, in nats.

    Implements :eq:`eq-sentence-loss`.

    Parameters
    ----------
    ids : list of int, length T + 1
        The sentence: T words to read, and after each one a word to predict.
    parameters : Parameters

    Raises
    ------
    ValueError
        If `ids` has fewer than two entries; and what `forward` refuses.
    """
    targets = [target for _, target in next_word_pairs(ids)]
    _, logits = forward(ids[:-1], parameters)
    return sum(
        cross_entropy(z, target) for z, target in zip(logits, targets, strict=True)
    )


def perplexity(total: float, count: int) -> float:
    """The number of equally likely words that would be as hard to guess.

    Implements :eq:`eq-perplexity`.

    Parameters
    ----------
    total : float
        A sum of `count` cross-entropies, in nats.
    count : int
        The number of predictions, at least 1.

    Raises
    ------
    ValueError
        If `count` is no whole number or below 1, or `total` is negative or not
        a number.
    """
    count = checks.count("count", count)
    if not total >= 0:
        raise ValueError(f"total is {total}; expected a loss of 0 or more")
    mean = total / count
    return math.exp(mean) if mean < 709 else math.inf  # as far as floats go
