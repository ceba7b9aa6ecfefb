"""Mistakes of `rnn_src.mistakes` as mistakes of an exercise."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping
from functools import cache
from types import SimpleNamespace

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions.slips import SLIPS
from rnn_src.mistakes import MISTAKES, Case, Mistake
from rnn_src.mistakes.backward import PIECES, backward
from rnn_src.words import Parameters


@cache
def needed(mistake: Mistake) -> frozenset[str]:
    """What a wrong piece looks up: the names behind `s.`."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(mistake.formula)))
    return frozenset(
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "s"
    )


def from_pieces(
    arguments: tuple[str, ...], parts: Mapping[str, str], texts: Mapping[str, str] = {}
) -> tuple[Wrong, ...]:
    """The mistakes that can be made in some pieces of a backward pass.

    Parameters
    ----------
    arguments : names of the function's arguments, as the pieces call them
        A mistake that needs anything else is left out: with `dh` and `h` alone
        nobody can use `h_prev`. H and V are known where an argument has them.
    parts : from a piece's name to that of the answer's part
        {"da": "da"}, {"carry": "dh_prev"}.
    texts : by the mistake's name
        What the reader is told here, where the registry's text speaks of a
        whole sequence.

    Returns
    -------
    tuple of Wrong
        Under their names in the registry.
    """
    known = {*arguments, "H", "V"}
    return tuple(
        Wrong(
            mistake.name,
            texts.get(mistake.name, mistake.told),
            replaced(mistake, arguments, parts[mistake.piece]),
        )
        for mistake in MISTAKES.values()
        if mistake.piece in parts and needed(mistake) <= known
    )


def replaced(
    mistake: Mistake, arguments: tuple[str, ...], part: str
) -> Callable[..., dict[str, np.ndarray]]:
    """A function of the exercise's arguments that gives the wrong part."""

    def answer(*values: object) -> dict[str, np.ndarray]:
        s = SimpleNamespace(
            **{
                name: np.array(value)
                for name, value in zip(arguments, values, strict=True)
            }
        )
        s.H = next(
            (
                len(vars(s)[name])
                for name in ("h", "h_prev", "da", "dh")
                if name in vars(s)
            ),
            None,
        )
        s.V = next(
            (len(vars(s)[name]) for name in ("x", "p", "dz") if name in vars(s)), None
        )
        return {part: mistake.formula(s)}

    return answer


def from_passes(
    case: Callable[..., Case | list[Case]],
    parts: Mapping[str, str],
    *,
    one_step: bool = False,
    pieces: tuple[str, ...] = (),
    texts: Mapping[str, str] = {},
    left_out: tuple[str, ...] = (),
) -> tuple[Wrong, ...]:
    """The mistakes of a whole backward pass, from the loss to every parameter.

    Parameters
    ----------
    case : function of the exercise's arguments
        The same problem as a `Case`; or, of a batch, a list of them, one for
        each sequence. The gradients are then those of the mean loss.
    parts : from a parameter's name to that of the answer's part
        {"Wx": "gradients.Wx", …}; "h0" stands for what reaches the state
        before the first step.
    one_step : bool
        Leave out what only several steps can show.
    pieces : names of pieces
        Only the mistakes made in these; in all of them if left out.
    texts : as for `from_pieces`
    left_out : names of mistakes that look like another one here
        "dby-plus-dby" is always left out: its gradient is that of
        "by-forgotten".
    """

    def passes(mistake: Mistake) -> Callable[..., dict[str, np.ndarray]]:
        def answer(*values: object) -> dict[str, np.ndarray]:
            problem = case(*values)
            if isinstance(problem, Case):
                walk = walked(problem, mistake)
                return {part: found(walk, name) for name, part in parts.items()}
            walks = [walked(one, mistake) for one in problem]
            B = len(walks)
            return {
                part: np.array([found(walk, name) for walk in walks]) / B
                if name == "h0"
                else sum(found(walk, name) for walk in walks) / B
                for name, part in parts.items()
            }

        return answer

    return tuple(
        Wrong(mistake.name, texts.get(mistake.name, mistake.told), passes(mistake))
        for mistake in (*MISTAKES.values(), *SLIPS)
        if mistake.name not in (*left_out, "dby-plus-dby")
        and not (one_step and mistake.kind == "time")
        and (not pieces or mistake.piece in pieces)
    )


def as_case(
    ids: list[int], targets: list[int], parameters: Parameters, h0: list[float]
) -> Case:
    """A sentence for a network of lists, as arrays."""
    return Case(
        {name: np.array(values) for name, values in vars(parameters).items()},
        np.array(ids),
        np.array(targets),
        np.array(h0),
    )


def walked(problem: Case, mistake: Mistake) -> SimpleNamespace:
    """A walk back through time with the mistake."""
    leftover = backward(problem).carry if mistake.piece == "start" else None
    return backward(problem, PIECES | {mistake.piece: mistake.formula}, leftover)


def found(walk: SimpleNamespace, name: str) -> np.ndarray:
    """What a walk says about a parameter, or about h0."""
    return walk.carry if name == "h0" else getattr(walk, f"total_d{name}")
