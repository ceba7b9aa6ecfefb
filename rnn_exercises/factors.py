"""Answers that are a multiple of the right one, named after what it equals."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass

import numpy as np

from rnn_exercises.compare import equal
from rnn_exercises.explain import PartTrial
from rnn_src.parameters import SHAPES

#: The letters of the sizes, for the usual names. A leading d changes nothing.
AXES = {
    **SHAPES,
    "h": "H",
    "a": "H",
    "h_prev": "H",
    "h0": "H",
    "logits": "V",
    "z": "V",
    "p": "V",
    "x": "V",
    "ids": "T",
    "targets": "T",
}
NAMES = {
    "T": "T, the number of steps",
    "B": "B, the number of sequences",
    "H": "H, the number of hidden units",
    "V": "V, the number of words",
}


def as_floats(value: object) -> np.ndarray | None:
    """An argument as an array of floats, or None if it is none."""
    if not isinstance(value, (list, tuple, float, int, np.ndarray, np.generic)):
        return None
    try:
        return np.asarray(value, np.float64)
    except (TypeError, ValueError):
        return None


def a_factor(
    part: str, trials: Sequence[PartTrial], axes: Mapping[str, str]
) -> tuple[str, str] | None:
    """An answer that is a multiple of the right one, by one rule in all cases."""
    factors = [factor(trial) for trial in trials]
    if None in factors or np.allclose(factors, 1):
        return None
    sizes = [sizes_of(trial, axes) for trial in trials]
    for letter in sizes[0]:
        values = np.array([size.get(letter, np.nan) for size in sizes], float)
        for power, what in ((1, "large"), (-1, "small")):
            if len(trials) > 1 and np.allclose(factors, values**power):
                return (
                    f"factor-{letter}",
                    f"{part} is too {what} by the factor "
                    f"{NAMES.get(letter, letter)}. "
                    + (
                        "Is something summed that should be a mean, or "
                        "counted more than once?"
                        if power == 1
                        else "Is something a mean that should be a sum?"
                    ),
                )
    if np.allclose(factors, factors[0]) and (len(trials) > 1 or factors[0] in (2, 0.5)):
        return "factor", (
            f"{part} is {factors[0]:.4g} times the right answer, in every entry."
        )
    return None


def factor(trial: PartTrial) -> float | None:
    """The number by which an answer is the right one's multiple."""
    right, answer = trial.right, trial.answer
    if right.shape != answer.shape or not right.any():
        return None
    place = np.unravel_index(np.argmax(np.abs(right)), right.shape)
    ratio = float(answer[place]) / float(right[place])
    if not np.isfinite(ratio) or ratio == 0:
        return None
    return ratio if equal(answer, ratio * right) else None


def sizes_of(trial: PartTrial, axes: Mapping[str, str]) -> dict[str, int]:
    """The sizes of a case's arguments, by letter."""
    found: dict[str, int] = {}
    known = {**AXES, **axes}
    for name, value in flat(trial.arguments).items():
        letters = known.get(name) or known.get(name.removeprefix("d"), "")
        shape = getattr(as_floats(value), "shape", ())
        if letters and len(letters) == len(shape):
            found.update(zip(letters, shape, strict=True))
    return found


def flat(arguments: Mapping[str, object]) -> dict[str, object]:
    """The arguments, with those that hold others opened."""
    found: dict[str, object] = {}
    for name, value in arguments.items():
        if isinstance(value, Mapping):
            found.update(value)
        elif is_dataclass(value):
            found.update(
                {field.name: getattr(value, field.name) for field in fields(value)}
            )
        else:
            found[name] = value
    return found
