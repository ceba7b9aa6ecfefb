"""Random inputs that hide nothing: no zeros, no equal sizes, nothing tiny.

Every number has three decimals, so that it can be read in a message. What is
drawn is lists; an exercise on arrays asks for `np.array` of them.
"""

import numpy as np

from rnn_src import words
from rnn_src.parameters import parameter_shapes

Vector = list[float]
Matrix = list[list[float]]


def sizes(rng: np.random.Generator, names: str) -> tuple[int, ...]:
    """A size for each letter, no two alike, each from 3 to 7.

    Parameters
    ----------
    rng : np.random.Generator
    names : str
        Such as "TVH", five letters at most.
    """
    return tuple(int(n) for n in rng.permutation(5)[: len(names)] + 3)


def vector(
    rng: np.random.Generator, n: int, least: float = 0.2, most: float = 1.2
) -> Vector:
    """n numbers whose sizes lie between `least` and `most`, of either sign."""
    values = rng.uniform(least, most, n) * rng.choice([-1, 1], n)
    return [round(float(value), 3) for value in values]


def matrix(
    rng: np.random.Generator,
    rows: int,
    columns: int,
    least: float = 0.2,
    most: float = 1.2,
) -> Matrix:
    """A matrix of such numbers."""
    return [vector(rng, columns, least, most) for _ in range(rows)]


def state(rng: np.random.Generator, n: int) -> Vector:
    """A hidden state: every entry felt by tanh, and none saturated."""
    return vector(rng, n, 0.25, 0.9)


def probabilities(rng: np.random.Generator, n: int) -> Vector:
    """Positive numbers that sum to one, none below 0.03."""
    values = rng.uniform(0.3, 1.5, n)
    return [float(value) for value in values / values.sum()]


def word(rng: np.random.Generator, vocab_size: int) -> Vector:
    """A one-hot vector."""
    k = int(rng.integers(vocab_size))
    return [1.0 if i == k else 0.0 for i in range(vocab_size)]


def ids(rng: np.random.Generator, length: int, vocab_size: int) -> list[int]:
    """Words by number."""
    return [int(i) for i in rng.integers(vocab_size, size=length)]


def network(
    rng: np.random.Generator, vocab_size: int, hidden_size: int
) -> words.Parameters:
    """A network of lists; no tanh in it is saturated."""
    V, H = vocab_size, hidden_size
    return words.Parameters(
        Wx=matrix(rng, H, V),
        Wh=matrix(rng, H, H, 0.1, 0.6),
        Wy=matrix(rng, V, H),
        bh=vector(rng, H, 0.1, 0.4),
        by=vector(rng, V),
    )


def arrays(
    rng: np.random.Generator,
    vocab_size: int,
    hidden_size: int,
    least: float = 0.2,
    most: float = 0.8,
) -> dict[str, np.ndarray]:
    """An array for each parameter of a network, under its name."""
    return {
        name: np.array(vector(rng, int(np.prod(shape)), least, most)).reshape(shape)
        for name, shape in parameter_shapes(vocab_size, hidden_size).items()
    }


def steep_network(
    rng: np.random.Generator, vocab_size: int, hidden_size: int
) -> tuple[words.Parameters, Vector]:
    """A network, and a state to start from, whose gradients reach into the hundreds.

    A large W_y makes them large, and small states keep the logits moderate.
    """
    V, H = vocab_size, hidden_size
    parameters = words.Parameters(
        Wx=(np.array(matrix(rng, H, V)) * 1e-3).tolist(),
        Wh=(np.array(matrix(rng, H, H, 0.3, 0.6)) * 0.05).tolist(),
        Wy=(np.array(matrix(rng, V, H)) * 1e4).tolist(),
        bh=(np.array(vector(rng, H)) * 1e-3).tolist(),
        by=vector(rng, V),
    )
    return parameters, (np.array(state(rng, H)) * 0.05).tolist()
