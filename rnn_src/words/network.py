"""The network: its parameters, one step, a whole sentence."""

import random
from dataclasses import dataclass

from rnn_src.words.algebra import (
    Matrix,
    Vector,
    add,
    argmax,
    finite,
    has_length,
    matvec,
    tanh,
)
from rnn_src.words.checks import count, positive
from rnn_src.words.vocabulary import one_hot


@dataclass
class Parameters:
    """The numbers that training changes.

    Attributes
    ----------
    Wx : shape (H, V)
        From the word to the hidden state; column `i` belongs to word `i`.
    Wh : shape (H, H)
        From the last hidden state to this one.
    Wy : shape (V, H)
        From the hidden state to the logits; row `i` belongs to word `i`.
    bh, by : shapes (H,) and (V,)
        The biases of the hidden state and of the logits.
    """

    Wx: Matrix
    Wh: Matrix
    Wy: Matrix
    bh: Vector
    by: Vector

    @property
    def hidden_size(self) -> int:
        """H, the number of hidden units."""
        return len(self.bh)

    @property
    def vocab_size(self) -> int:
        """V, the number of words."""
        return len(self.by)

    def check(self) -> None:
        """Refuse shapes that do not fit, and entries that are not finite.

        Raises
        ------
        ValueError
            The message names the parameter, its shape and the expected one.
        """
        H, V = self.hidden_size, self.vocab_size
        finite("bh", self.bh)
        finite("by", self.by)
        expected = {"Wx": (H, V), "Wh": (H, H), "Wy": (V, H)}
        for name, (rows, columns) in expected.items():
            matrix = getattr(self, name)
            found = (len(matrix), sorted({len(row) for row in matrix}))
            if found != (rows, [columns]):
                raise ValueError(
                    f"{name} has {found[0]} rows of length {found[1]}; "
                    f"expected shape ({rows}, {columns}), for a bh of length "
                    f"{H} and a by of length {V}"
                )
            for i, row in enumerate(matrix):
                finite(f"{name}[{i}]", row)


def init_parameters(
    vocab_size: int, hidden_size: int, rng: random.Random, scale: float = 0.1
) -> Parameters:
    """Weights drawn evenly between -scale and scale; biases of zero.

    Parameters
    ----------
    vocab_size, hidden_size : int
        V and H, at least 1.
    rng : random.Random
        The source of chance: `random.Random(0)` gives the same weights always.
    scale : float
        The largest size a weight may have.

    Raises
    ------
    ValueError
        If a size is below 1, `scale` is not positive and finite, or `rng` is
        not a `random.Random`.
    """
    vocab_size = count("vocab_size", vocab_size)
    hidden_size = count("hidden_size", hidden_size)
    positive("scale", scale)
    if not isinstance(rng, random.Random):
        raise ValueError(
            f"rng is {rng!r}; expected a random.Random, such as random.Random(0)"
        )

    def draw(rows: int, columns: int) -> Matrix:
        # Of all its methods Python promises only random() never to change.
        return [
            [scale * (2 * rng.random() - 1) for _ in range(columns)]
            for _ in range(rows)
        ]

    return Parameters(
        Wx=draw(hidden_size, vocab_size),
        Wh=draw(hidden_size, hidden_size),
        Wy=draw(vocab_size, hidden_size),
        bh=[0.0] * hidden_size,
        by=[0.0] * vocab_size,
    )


def rnn_step(
    x: Vector, h_prev: Vector, parameters: Parameters
) -> tuple[Vector, Vector]:
    """One step: from a word and the old hidden state to the new one.

    Implements :eq:`eq-pre-activation`, :eq:`eq-hidden-state` and
    :eq:`eq-logits`.

    Parameters
    ----------
    x : shape (V,)
        The word, one-hot.
    h_prev : shape (H,)
        The hidden state after the word before; zeros at the start.
    parameters : Parameters

    Returns
    -------
    h : shape (H,)
        The new hidden state.
    logits : shape (V,)
        A score for every word to come next.

    Raises
    ------
    ValueError
        If a shape does not fit. Entries are not looked at: see `forward`.
    """
    has_length("x", x, parameters.vocab_size)
    has_length("h_prev", h_prev, parameters.hidden_size)
    from_word = matvec(parameters.Wx, x)
    from_past = matvec(parameters.Wh, h_prev)
    a = add(add(from_word, from_past), parameters.bh)
    h = tanh(a)
    logits = add(matvec(parameters.Wy, h), parameters.by)
    return h, logits


def forward(
    ids: list[int], parameters: Parameters
) -> tuple[list[Vector], list[Vector]]:
    """Read a sentence word by word, from a hidden state of zeros.

    Parameters
    ----------
    ids : list of int, length T
        The words to read.
    parameters : Parameters

    Returns
    -------
    hidden, logits : lists of T vectors, of shapes (H,) and (V,)

    Raises
    ------
    ValueError
        If `ids` is empty or holds an id outside the vocabulary, or if a
        parameter has a wrong shape or an entry that is not finite.
    """
    ids = list(ids)
    if not ids:
        raise ValueError("ids is empty; expected at least one word")
    parameters.check()
    hidden, logits = [], []
    h = [0.0] * parameters.hidden_size
    for index in ids:
        x = one_hot(index, parameters.vocab_size)
        h, z = rnn_step(x, h, parameters)
        hidden.append(h)
        logits.append(z)
    return hidden, logits


def predict(ids: list[int], parameters: Parameters) -> list[int]:
    """For every word read, the id of the most likely next word.

    Takes and raises what `forward` does; returns a list of T ids.
    """
    _, logits = forward(ids, parameters)
    return [argmax(z) for z in logits]
