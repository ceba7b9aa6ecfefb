"""Training one step at a time: after every word, a small change of everything.

The hidden state is carried from word to word. The gradient is not: an update
follows the loss of its own prediction, and takes the state before as given.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from numbers import Integral

from rnn_src.words.algebra import Vector
from rnn_src.words.checks import count, positive
from rnn_src.words.gradients import rnn_step_backward
from rnn_src.words.loss import cross_entropy
from rnn_src.words.network import Parameters, rnn_step
from rnn_src.words.vocabulary import check_id, next_word_pairs, one_hot

Step = Callable[[int, int, Vector, Parameters, float], tuple[Vector, float]]
Progress = Callable[[Iterable[int]], Iterable[int]]


def all_rows(parameters: Parameters) -> list[Vector]:
    """Every row of the three matrices, and the two biases.

    These are the lists themselves, not copies: to change an entry of one is to
    change the parameters. Their order is that of the fields of `Parameters`.
    """
    return [
        *parameters.Wx,
        *parameters.Wh,
        *parameters.Wy,
        parameters.bh,
        parameters.by,
    ]


def update(parameters: Parameters, gradients: Parameters, lr: float) -> None:
    """Move every parameter against its gradient, in place.

    Implements :eq:`eq-update`.

    Parameters
    ----------
    parameters : Parameters
        Are changed, all or none.
    gradients : Parameters
        In the place of each parameter, its gradient, in nats per unit.
    lr : float
        The learning rate, positive and finite.

    Raises
    ------
    ValueError
        If the shapes differ, `lr` is not positive, or a parameter would
        not be finite any more. Nothing is changed then.
    """
    positive("lr", lr)
    old, slopes = all_rows(parameters), all_rows(gradients)
    expected, found = [len(row) for row in old], [len(row) for row in slopes]
    if found != expected:
        raise ValueError(
            f"gradients has rows of lengths {found}; expected "
            f"those of parameters, {expected}"
        )
    moved = [
        [weight - lr * slope for weight, slope in zip(row, row_slopes)]
        for row, row_slopes in zip(old, slopes)
    ]
    still_finite("a parameter", chain.from_iterable(moved), lr)
    for row, new in zip(old, moved):
        row[:] = new


def train_step(
    word: int, target: int, h_prev: Vector, parameters: Parameters, lr: float
) -> tuple[Vector, float]:
    """Read a word, compare, send back, move: one update of the parameters.

    The loss is that of this prediction, :eq:`eq-cross-entropy`. What comes
    back for `h_prev` is dropped: the state before counts as given.

    Parameters
    ----------
    word, target : int
        The id of the word to read, and of the one that did follow.
    h_prev : shape (H,)
        The hidden state after the word before; zeros at the start.
    parameters : Parameters
        Are changed.
    lr : float
        The learning rate.

    Returns
    -------
    h : shape (H,)
        The new hidden state, made by the parameters before the update.
    loss : float
        In nats, before the update.

    Raises
    ------
    ValueError
        If a shape does not fit, an id is out of range, `lr` is not positive,
        or the logits, the loss or a parameter would not be finite. The
        parameters are as before then.
    """
    x = one_hot(word, parameters.vocab_size)
    h, logits = rnn_step(x, h_prev, parameters)
    still_finite("a logit", logits, lr)
    loss = cross_entropy(logits, target)
    still_finite("the loss", [loss], lr)
    gradients, _ = rnn_step_backward(x, h_prev, h, logits, target, parameters)
    update(parameters, gradients, lr)
    return h, loss


def train_steps(
    sentences: Sequence[Sequence[int]],
    parameters: Parameters,
    *,
    lr: float,
    epochs: int,
    step: Step = train_step,
    progress: Progress = iter,
) -> list[float]:
    """Read all sentences `epochs` times, with one update after every word.

    Each sentence begins with a hidden state of zeros. The order is always that
    of `sentences`.

    Parameters
    ----------
    sentences : list of lists of ids, two words or more each
    parameters : Parameters
        Are changed in place.
    lr : float
        The learning rate, positive and finite.
    epochs : int
        How often every sentence is read, at least 1.
    step : function, optional
        What is done for each word: takes and returns what `train_step` does.
    progress : function from an iterable to an iterable, optional
        Shows how far training has come, such as `tqdm`; silent if left out.

    Returns
    -------
    list of float, length epochs
        The total loss of each epoch in nats: the losses as they were met on
        the way, each before its own update, summed over all predictions.

    Raises
    ------
    ValueError
        If a setting is invalid; nothing has been changed by then. And if a
        logit, a loss or a parameter would not be finite: no update is made from
        it, and the parameters are those that the last good update left.
    """
    pairs = checked_pairs(sentences, parameters.vocab_size)
    positive("lr", lr)
    count("epochs", epochs)
    check_trainable(parameters)
    losses = []
    for _ in progress(range(epochs)):
        total = 0.0
        for sentence in pairs:
            h = [0.0] * parameters.hidden_size
            for word, target in sentence:
                h, loss = step(word, target, h, parameters, lr)
                total += loss
        still_finite("the loss of an epoch", [total], lr)
        losses.append(total)
    return losses


def checked_pairs(
    sentences: Sequence[Sequence[int]], vocab_size: int
) -> list[list[tuple[int, int]]]:
    """The questions and answers of each sentence, after a look at every id.

    Raises
    ------
    ValueError
        If there is no sentence, one has fewer than two words, or an id is
        out of range.
    """
    pairs = []
    for number, ids in enumerate(sentences):
        name = f"sentences[{number}]"
        if isinstance(ids, (str, Integral)):
            raise ValueError(
                f"{name} is {ids!r}; expected a list of ids, as Vocabulary.encode gives"
            )
        if len(ids) < 2:
            raise ValueError(
                f"{name} has length {len(ids)}; expected at least "
                "two words, so that one follows another"
            )
        for index in ids:
            check_id(f"an id in {name}", index, vocab_size)
        pairs.append(next_word_pairs(ids))
    if not pairs:
        raise ValueError("sentences is empty; expected at least one sentence")
    return pairs


def check_trainable(parameters: Parameters) -> None:
    """Refuse parameters that an update could not move one by one.

    Raises
    ------
    ValueError
        If a shape does not fit, an entry is not finite, or two rows are
        the same list, as in `[[0.0] * H] * V`.
    """
    parameters.check()
    rows = all_rows(parameters)
    if len({id(row) for row in rows}) < len(rows):
        raise ValueError(
            "parameters has two rows that are the same "
            "list; expected a list for each row, such as "
            "[[0.0] * H for _ in range(V)]"
        )


def still_finite(name: str, numbers: Iterable[float], lr: float) -> None:
    """Refuse numbers that training has driven beyond what a float can hold.

    Raises
    ------
    ValueError
        The message names the number and `lr`, and says what to try.
    """
    if not all(map(math.isfinite, numbers)):
        raise ValueError(
            f"{name} would not be finite, with lr {lr}; expected "
            "smaller steps: start again with a lower lr"
        )
