"""Wrong gradients of `rnn_src.mistakes` as mistakes of an exercise."""

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_src.mistakes import MISTAKES, Case, Mistake
from rnn_src.mistakes.backward import call, needs, totals
from rnn_src.parameters import NAMES
from rnn_src.words import Parameters

#: The size that an argument tells: its length.
SIZES = {
    **{name: "H" for name in ("h", "h_prev", "da", "dh")},
    **{name: "V" for name in ("x", "p", "dz")},
}


def forwards(T):
    return range(T)


def h_from_one_place_too_early(h0, hidden, t):
    return [h0, *hidden][t]


def h_prev_from_one_place_too_early(h0, hidden, t):
    return [h0, *hidden][t - 1]


#: Mistakes in a pass through time that are not in the registry. They concern
#: its order, and lists of states that start with h_0: [h_0, h_1, …, h_T].
THROUGH_TIME = (
    Mistake(
        name="forwards",
        kind="time",
        what="The pass goes from the first step to the last.",
        how="The loop of the forward pass is copied.",
        message="You go from the first step to the last. But the gradient of a step "
        "needs those of later steps: start at the end, with reversed(range(T)).",
        pieces={"steps": forwards},
    ),
    Mistake(
        name="h-prev-two-before",
        kind="time",
        what="The state before the step is looked up one place too early.",
        how="`states[t - 1]` is right for a list that does not contain h_0.",
        message="Your list of states starts with h_0, so the state before step t "
        "is states[t]. states[t - 1] is one step earlier, and at t = 0 it is the "
        "last state.",
        pieces={"h_prev": h_prev_from_one_place_too_early},
    ),
    Mistake(
        name="states-one-before",
        kind="time",
        what="Both states of the step are looked up one place too early.",
        how="`states[t - 1]` and `states[t]` fit a list that does not contain h_0.",
        message="Your list of states starts with h_0. Step t leads from states[t] "
        "to states[t + 1], but you take states[t - 1] and states[t].",
        pieces={
            "h": h_from_one_place_too_early,
            "h_prev": h_prev_from_one_place_too_early,
        },
    ),
)


def from_pieces(
    arguments: tuple[str, ...], parts: Mapping[str, str], texts: Mapping[str, str] = {}
) -> tuple[Wrong, ...]:
    """The mistakes that can be made in some pieces of a backward pass.

    Parameters
    ----------
    arguments : names of the function's arguments, as the pieces call them
        A mistake that needs anything else is left out: if only `dh` and `h` are
        given, nobody can use `h_prev`. H and V are known if an argument has
        that length.
    parts : from a piece's name to the name of the answer's part
        {"da": "da"}, {"carry": "dh_prev"}.
    texts : by the mistake's name
        The feedback here, where the registry's message speaks of a whole
        sequence.

    Returns
    -------
    tuple of Wrong
        With their names in the registry.
    """
    known = {*arguments, *(SIZES[name] for name in arguments if name in SIZES)}
    return tuple(
        as_wrong(mistake, texts, answer_of_pieces(mistake, arguments, parts))
        for mistake in MISTAKES.values()
        if mistake.pieces.keys() <= parts.keys()
        and all(known.issuperset(needs(piece)) for piece in mistake.pieces.values())
    )


def answer_of_pieces(
    mistake: Mistake, arguments: tuple[str, ...], parts: Mapping[str, str]
) -> Callable[..., dict[str, np.ndarray]]:
    """A function of the exercise's arguments that returns the wrong parts."""

    def answer(*values: object) -> dict[str, np.ndarray]:
        known = dict(zip(arguments, map(np.array, values), strict=True))
        sizes = {SIZES[name]: len(known[name]) for name in arguments if name in SIZES}
        return {
            parts[name]: call(piece, known | sizes)
            for name, piece in mistake.pieces.items()
        }

    return answer


def from_passes(
    case: Callable[..., Case | list[Case]],
    parts: Mapping[str, str],
    *,
    one_step: bool = False,
    pieces: Iterable[str] = (),
    texts: Mapping[str, str] = {},
) -> tuple[Wrong, ...]:
    """The mistakes of a whole backward pass, from the loss to every parameter.

    Parameters
    ----------
    case : function of the exercise's arguments
        The same problem as a `Case`; or, for a batch, a list of them, one for
        each sequence. The gradients are then those of the mean loss.
    parts : from a parameter's name to the name of the answer's part
        {"Wx": "gradients.Wx", …}; "h0" is the gradient that reaches the state
        before the first step.
    one_step : bool
        Leave out the mistakes that only several steps can show.
    pieces : names of pieces
        Only the mistakes in these; by default the mistakes in all of them.
    texts : as for `from_pieces`
    """

    def answer_of(mistake: Mistake) -> Callable[..., dict[str, np.ndarray]]:
        def answer(*values: object) -> dict[str, np.ndarray]:
            gradients = gradients_of(mistake, case(*values))
            return {part: gradients[name] for name, part in parts.items()}

        return answer

    return tuple(
        as_wrong(mistake, texts, answer_of(mistake))
        for mistake in (*MISTAKES.values(), *THROUGH_TIME)
        if mistake.name != "dby-plus-dby"  # whose gradient is that of by-forgotten
        and not (one_step and mistake.kind == "time")
        and (not pieces or mistake.pieces.keys() & set(pieces))
    )


def as_wrong(mistake: Mistake, texts: Mapping[str, str], answer: Callable) -> Wrong:
    """The mistake with its feedback here, and what it answers."""
    return Wrong(mistake.name, texts.get(mistake.name, mistake.message), answer)


def gradients_of(mistake: Mistake, problem: Case | list[Case]) -> dict[str, np.ndarray]:
    """What it finds for the parameters and h0; for a batch, of the mean loss."""
    if isinstance(problem, Case):
        known = mistake.backward(problem)
        return totals(known) | {"h0": known["carry"]}
    each = [gradients_of(mistake, case) for case in problem]
    B = len(each)
    return {
        **{name: sum(one[name] for one in each) / B for name in NAMES},
        "h0": np.array([one["h0"] for one in each]) / B,
    }


def as_case(
    ids: list[int], targets: list[int], parameters: Parameters, h0: list[float]
) -> Case:
    """A sentence for a network of lists, as arrays."""
    return Case(
        parameters={name: np.array(w) for name, w in vars(parameters).items()},
        ids=np.array(ids),
        targets=np.array(targets),
        h0=np.array(h0),
    )
