"""Slips in a pass through time that are asked for in chapters 10 and 13.

They are made where the registry's are, in one piece, or leave out one share.
"""

from collections.abc import Callable, Mapping

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_src.functions import softmax
from rnn_src.mistakes import Case
from rnn_src.mistakes.backward import PIECES, Piece, backward, totals
from rnn_src.parameters import NAMES


def last_step_skipped(T):
    return range(T - 2, -1, -1)


def softmax_twice(predictions, t):
    return softmax(predictions[t])


def target_is_the_input(V, ids, t):
    return np.eye(V)[ids[t]]


def carry_past_tanh(h, Wy, dz, carry):
    return (1 - h**2) * (Wy.T @ dz) + carry


def sign_in_tanh_prime(h, dh):
    return (1 + h**2) * dh


def divided_by_tanh_prime(h, dh):
    return dh / (1 - h**2)


WHOLE: tuple[tuple[str, str, dict[str, Piece]], ...] = (
    (
        "last-step-skipped",
        "You never visit the last step. It is T - 1, and reversed(range(T)) "
        "begins with it.",
        {"steps": last_step_skipped},
    ),
    (
        "softmax-twice",
        "You apply the softmax to values that are probabilities already.",
        {"p": softmax_twice},
    ),
    (
        "target-is-the-input",
        "You compare each prediction with the word that was read, ids[t]. What "
        "should be predicted is targets[t].",
        {"y": target_is_the_input},
    ),
    (
        "carry-past-tanh",
        "What comes from later steps bypasses this step's tanh. Add it to "
        "dL/dh first, then multiply the sum by 1 - h**2.",
        {"da": carry_past_tanh},
    ),
    (
        "sign-in-tanh-prime",
        "The derivative of tanh has a minus: 1 - h**2, not 1 + h**2.",
        {"da": sign_in_tanh_prime},
    ),
    (
        "divided-by-tanh-prime",
        "You divide by tanh'. It is a factor backwards, too: multiply by 1 - h**2.",
        {"da": divided_by_tanh_prime},
    ),
)


def through_time(
    case: Callable[..., Case], parts: Mapping[str, str]
) -> tuple[Wrong, ...]:
    """The slips, for a function of the exercise's arguments.

    `case` and `parts` are as for `from_registry.from_passes`.
    """

    def with_pieces(pieces: Mapping[str, Piece]) -> Callable[..., dict]:
        def answer(*values: object) -> dict[str, np.ndarray]:
            known = backward(case(*values), PIECES | pieces)
            found = totals(known) | {"h0": known["carry"]}
            return {part: found[name] for name, part in parts.items()}

        return answer

    def without_first_share(name: str) -> Callable[..., dict]:
        def answer(*values: object) -> dict[str, np.ndarray]:
            known = backward(case(*values))  # the last visited step is the first
            return {parts[name]: known[f"total_d{name}"] - known[f"d{name}"]}

        return answer

    return tuple(
        Wrong(name, message, with_pieces(pieces)) for name, message, pieces in WHOLE
    ) + tuple(
        Wrong(
            f"d{name.lower()}-without-the-first",
            f"In your dL/d{name} the share of the first step is missing."
            + " The state before that step is h_0; it need not be zero."
            * (name == "Wh"),
            without_first_share(name),
        )
        for name in NAMES
    )
