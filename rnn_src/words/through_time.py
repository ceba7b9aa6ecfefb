"""Backpropagation through time, in core Python: one walk there, one back."""

from rnn_src.words.algebra import Vector, add, has_length, same_length
from rnn_src.words.gradients import rnn_step_backward
from rnn_src.words.network import Parameters, rnn_step
from rnn_src.words.vocabulary import one_hot


def add_parameters(u: Parameters, v: Parameters) -> Parameters:
    """The sum of two sets of parameters, or of gradients, entry by entry.

    Implements :eq:`eq-sum-over-time`, one step at a time.

    Raises
    ------
    ValueError
        If their shapes differ.
    """

    def add_matrices(a, b):
        same_length(a=a, b=b)
        return [add(row, other) for row, other in zip(a, b)]

    return Parameters(
        Wx=add_matrices(u.Wx, v.Wx),
        Wh=add_matrices(u.Wh, v.Wh),
        Wy=add_matrices(u.Wy, v.Wy),
        bh=add(u.bh, v.bh),
        by=add(u.by, v.by),
    )


def bptt(
    ids: list[int], targets: list[int], parameters: Parameters, h0: Vector | None = None
) -> tuple[Parameters, Vector]:
    """All gradients of a sentence's loss, by one walk back through time.

    Implements :eq:`eq-total-dh` and :eq:`eq-sum-over-time`; the loss is
    :eq:`eq-sentence-loss`.

    Parameters
    ----------
    ids, targets : lists of int, length T
        The words to read, and the words to predict after each.
    parameters : Parameters
    h0 : shape (H,), optional
        The hidden state before the first word; zeros if left out.

    Returns
    -------
    gradients : Parameters
        In the place of each parameter, its gradient, in nats per unit.
    dh0 : shape (H,)
        The gradient at the state before the first word.

    Raises
    ------
    ValueError
        If `ids` is empty, a shape does not fit, or an id is out of range.
    """
    same_length(ids=ids, targets=targets)
    if not ids:
        raise ValueError("ids is empty; expected at least one word")
    parameters.check()
    H, V = parameters.hidden_size, parameters.vocab_size
    states = [[0.0] * H if h0 is None else h0]
    has_length("h0", states[0], H)
    xs = [one_hot(i, V) for i in ids]
    logits = []
    for x in xs:
        h, z = rnn_step(x, states[-1], parameters)
        states.append(h)
        logits.append(z)

    total, dh_later = None, [0.0] * H
    for t in reversed(range(len(ids))):
        found, dh_later = rnn_step_backward(
            xs[t], states[t], states[t + 1], logits[t], targets[t], parameters, dh_later
        )
        total = found if total is None else add_parameters(total, found)
    return total, dh_later
