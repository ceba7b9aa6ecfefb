"""The exercises of chapter 16: unequal lengths."""

from collections.abc import Callable
from functools import cache

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import batch_slips, draws
from rnn_exercises.registry import ask
from rnn_src.data import pad
from rnn_src.functions import cross_entropy
from rnn_src.model import VanillaRNN

Arrays = dict[str, np.ndarray]


def masked_read(
    parameters: Arrays, ids: np.ndarray, mask: np.ndarray, filler_step: Callable
) -> np.ndarray:
    """All states; at filler the state becomes `filler_step(new, old)`."""
    model = VanillaRNN.from_parameters(parameters)
    h, states = np.zeros((ids.shape[1], model.hidden_size)), []
    for words, real in zip(ids, mask, strict=True):
        new = model.forward(words[np.newaxis], h)[0][0].copy()
        h = np.where(real[:, np.newaxis], new, filler_step(new, h))
        states.append(h)
    return np.array(states)


def alone(parameters: Arrays, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The final states, each sequence read by itself and without its filler."""
    model = VanillaRNN.from_parameters(parameters)
    final = np.zeros((ids.shape[1], model.hidden_size))
    for b, column in enumerate(ids.T):
        words = column[mask[:, b]]
        if len(words):
            final[b] = model.forward(words[:, np.newaxis])[0][-1, 0]
    return final


@cache
def intact(in_front: bool, states_masked: bool) -> str:
    """What filler leaves right, as a letter, found by reading."""
    rng = np.random.default_rng(16)
    parameters = draws.arrays(rng, 5, 4)
    sequences = [rng.integers(5, size=length) for length in (3, 5, 10)]
    ids, mask = pad(sequences)
    if in_front:
        mask = mask[::-1]
        ids = pad([sequence[::-1] for sequence in sequences])[0][::-1]

    def at_filler(new: np.ndarray, old: np.ndarray) -> np.ndarray:
        return old if states_masked else new

    states = masked_read(parameters, ids, mask, at_filler)
    final = np.allclose(states[-1], alone(parameters, ids, mask))
    model = VanillaRNN.from_parameters(parameters)
    losses = all(
        np.allclose(
            cross_entropy(states[mask[:, b], b] @ parameters["Wy"].T, sequence),
            cross_entropy(
                model.forward(sequence[:, np.newaxis])[0][:, 0] @ parameters["Wy"].T,
                sequence,
            ),
        )
        for b, sequence in enumerate(sequences)
    )
    return {(True, False): "a", (False, True): "b", (True, True): "c"}.get(
        (losses, final), "d"
    )


ask(
    "16-filler",
    kind="predict",
    answers=("filler steps", "at the end", "in front", "in front with both masks"),
    right=lambda: (
        int((~pad([[0] * n for n in (3, 5, 10)])[1]).sum()),
        intact(False, False),
        intact(True, False),
        intact(True, True),
    ),
    mistakes=(
        Wrong(
            "the-real-ones",
            "That is the number of real steps. Subtract it from all 3 times 10.",
            {"filler steps": 18},
        ),
        Wrong(
            "all-steps",
            "That is the number of all steps. 3 + 5 + 10 of them are real.",
            {"filler steps": 30},
        ),
        Wrong(
            "one-sequence-only",
            "You count the filler of only one sequence. Two of them have some.",
            {"filler steps": 7},
            also=({"filler steps": 5},),
        ),
        Wrong(
            "final-state-after-filler",
            "At the end, hidden[-1] is the state after the filler, unless a sequence "
            "is the longest.",
            {"at the end": "c"},
            also=({"at the end": "b"},),
        ),
        Wrong(
            "filler-reaches-back",
            "At the end, filler comes after the real steps. Can it reach the losses "
            "before it, forwards or backwards?",
            {"at the end": "d"},
        ),
        Wrong(
            "only-the-place",
            "With filler in front every sequence ends at the last step: hidden[-1] is "
            "the right place. But from which state did its first word start?",
            {"in front": "b"},
        ),
        Wrong(
            "losses-masked-states-not",
            "The mask takes out the filler's own losses. But from which state does the "
            "first word start?",
            {"in front": "a"},
            also=({"in front": "c"},),
        ),
        Wrong(
            "states-masked",
            "With both masks the state stays zero until the first word. What is left "
            "that could differ from a sequence read alone?",
            {"in front with both masks": "d"},
            also=(
                {"in front with both masks": "a"},
                {"in front with both masks": "b"},
            ),
        ),
    ),
    hints=(
        "Go through time from the first step to the last. At which step does filler "
        "first touch a state, and what comes after that step?",
        "At the end, nothing real comes after the filler, but hidden[-1] does. In "
        "front, everything real comes after it.",
        "With a mask on the states, no filler step can move a state. So the first "
        "real step starts from zeros, as it does alone.",
    ),
)


MEANS = ("first mean", "second mean", "third mean")


def three_means(lengths: list[int], b: int) -> tuple[float, float, float]:
    """The means if one prediction of sequence b costs 1, and all others 0."""
    losses = [np.zeros(length) for length in lengths]
    losses[b][-1] = 1
    return (
        np.mean([one.sum() for one in losses]),
        np.concatenate(losses).mean(),
        np.mean([one.mean() for one in losses]),
    )


def weights(lengths: list[int]) -> tuple[np.ndarray, ...]:
    """The weight of a prediction, found by letting it alone cost something."""
    found = [three_means(lengths, b) for b in range(len(lengths))]
    return tuple(np.array(column) for column in zip(*found, strict=True))


def of_sequences(lengths: list[int]) -> tuple[np.ndarray, ...]:
    """What all predictions of a sequence weigh together."""
    return tuple(np.array(lengths) * mean for mean in weights(lengths))


ask(
    "16-weights",
    kind="derive",
    arguments=("lengths",),
    answers=MEANS,
    case=lambda rng: ([int(n) for n in rng.permutation(9)[: rng.integers(3, 6)] + 1],),
    right=weights,
    edges=lambda rng: {
        "a single sequence": ([7],),
        "sequences of one length": ([4, 4, 4],),
        "sequences of one prediction": ([1, 1],),
        "a sequence much longer than the others": ([2, 60, 3],),
    },
    mistakes=(
        Wrong(
            "of-whole-sequences",
            "That is the weight of a whole sequence. The question asks for one "
            "prediction: divide by the length.",
            of_sequences,
        ),
        *(
            Wrong(
                f"{mean.split()[0]}-of-sequences",
                f"Your {mean} has what a whole sequence weighs. The question asks "
                "for one prediction: divide by the length.",
                lambda lengths, n=n, mean=mean: {mean: of_sequences(lengths)[n]},
            )
            for n, mean in enumerate(MEANS)
        ),
        Wrong(
            "first-two-swapped",
            "You have swapped the first two means. In the table the sum of each "
            "sequence comes first.",
            lambda lengths: {
                "first mean": weights(lengths)[1],
                "second mean": weights(lengths)[0],
            },
        ),
        Wrong(
            "sum-of-sums",
            "Your first mean is a sum: each prediction weighs 1. It is the mean over "
            "the sequences of their sums.",
            lambda lengths: {"first mean": np.ones(len(lengths))},
        ),
        Wrong(
            "first-by-length",
            "In the first mean nothing is divided by the length of a sequence: its "
            "losses are added up.",
            lambda lengths: {"first mean": weights(lengths)[2]},
        ),
        Wrong(
            "by-all-steps",
            "Your second mean counts the filler too, B times the longest. Count "
            "only real predictions.",
            lambda lengths: {
                "second mean": np.full(len(lengths), 1 / len(lengths) / max(lengths))
            },
        ),
        Wrong(
            "third-without-b",
            "Your third mean divides only by the length. Then take the mean over "
            "the sequences.",
            lambda lengths: {"third mean": 1 / np.array(lengths)},
        ),
        Wrong(
            "third-by-the-total",
            "Your third mean divides by the length, and then by the number of all "
            "predictions. Make the second division by the number of sequences.",
            lambda lengths: {"third mean": 1 / np.array(lengths) / sum(lengths)},
        ),
        Wrong(
            "third-is-second",
            "Your third mean is the second one. In the third a prediction of a short "
            "sequence weighs more.",
            lambda lengths: {"third mean": weights(lengths)[1]},
        ),
    ),
    hints=(
        "Write the mean as one sum over all losses. Which factor does a loss get?",
        "Or let one prediction cost 1 and all others 0. What does each mean give?",
        "1 / B, then 1 / (the sum of the lengths), then 1 / (B times the length).",
    ),
)


def loss_case(
    rng: np.random.Generator, B: int | None = None, real: str = "some"
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    T, several, V = draws.sizes(rng, "TBV")
    B = B or several
    mask = rng.random((T, B)) < 0.6
    mask[0], mask[1] = True, False  # each sequence has some of both
    if real == "all":
        mask[:] = True
    elif real == "one":
        mask[:] = False
        mask[1, -1] = True
    losses = np.abs(draws.vector(rng, T * B)).reshape(T, B)
    return losses, np.array(draws.vector(rng, T * B * V)).reshape(T, B, V), mask


def without_a_sequence(rng: np.random.Generator) -> tuple:
    losses, dlogits, mask = loss_case(rng)
    mask[:, 0] = False
    return losses, dlogits, mask


def with_filler_of(value: float) -> Callable[[np.random.Generator], tuple]:
    def case(rng: np.random.Generator) -> tuple:
        losses, dlogits, mask = loss_case(rng)
        losses[~mask] = value
        dlogits[~mask] = np.nan
        return losses, dlogits, mask

    return case


def none_counted(rng: np.random.Generator) -> tuple:
    losses, dlogits, mask = loss_case(rng)
    return losses, dlogits, np.zeros_like(mask)


def masked_loss(losses: np.ndarray, dlogits: np.ndarray, mask: np.ndarray) -> tuple:
    """One counted prediction after the other."""
    places = list(zip(*np.nonzero(mask), strict=True))
    gradient = np.zeros(dlogits.shape)
    for place in places:
        gradient[place] = dlogits[place] / len(places)
    return sum(float(losses[place]) for place in places) / len(places), gradient


def divided(by: Callable, *parts: str) -> Callable[..., dict[str, object]]:
    """Masked by a product, and divided by `by(mask)`; only these parts are wrong."""

    def answer(losses: np.ndarray, dlogits: np.ndarray, mask: np.ndarray) -> dict:
        with np.errstate(invalid="ignore"):
            both = {
                "loss": (losses * mask).sum() / by(mask),
                "gradient": dlogits * mask[..., np.newaxis] / by(mask),
            }
        return {part: both[part] for part in parts or both}

    return answer


def mean_of_means(losses: np.ndarray, dlogits: np.ndarray, mask: np.ndarray) -> dict:
    with np.errstate(invalid="ignore", divide="ignore"):
        share = mask / mask.sum(axis=0) / mask.shape[1]
    return {
        "loss": (losses * share).sum(),
        "gradient": dlogits * share[..., np.newaxis],
    }


ask(
    "16-loss",
    kind="bug",
    arguments=("losses", "dlogits", "mask"),
    answers=("loss", "gradient"),
    case=loss_case,
    right=masked_loss,
    edges=lambda rng: {
        "a single counted prediction": loss_case(rng, real="one"),
        "a batch without filler": loss_case(rng, real="all"),
        "a single sequence": loss_case(rng, B=1),
        "a sequence that is filler alone": without_a_sequence(rng),
        "filler whose loss is nan": with_filler_of(np.nan)(rng),
        "filler whose loss is infinite": with_filler_of(np.inf)(rng),
    },
    refuses=lambda rng: {"a mask that leaves nothing": none_counted(rng)},
    axes={"losses": "TB", "dlogits": "TBV", "mask": "TB"},
    mistakes=(
        Wrong(
            "by-all-steps",
            "You still divide by T times B, the filler included. Divide by the number "
            "of predictions that count.",
            divided(np.size),
        ),
        Wrong(
            "gradient-by-all-steps",
            "Your gradient is still divided by T times B. Divide it by the number of "
            "predictions that count, like the loss.",
            divided(np.size, "gradient"),
        ),
        Wrong(
            "loss-by-all-steps",
            "Your loss is still divided by T times B. Divide it by the number of "
            "predictions that count.",
            divided(np.size, "loss"),
        ),
        Wrong(
            "by-sequences",
            "You divide by B. That is the mean over the sequences of their sums; "
            "here it is the mean over the counted predictions.",
            divided(lambda mask: mask.shape[1]),
        ),
        Wrong(
            "gradient-by-sequences",
            "Your gradient is divided by B, as in VanillaRNN. It belongs to another "
            "mean.",
            divided(lambda mask: mask.shape[1], "gradient"),
        ),
        Wrong(
            "not-divided",
            "You add up without dividing. The question asks for a mean.",
            divided(lambda mask: 1),
        ),
        Wrong(
            "gradient-not-divided",
            "Your gradient is not divided by anything. In a mean each prediction "
            "has only its share.",
            divided(lambda mask: 1, "gradient"),
        ),
        Wrong(
            "gradient-of-filler",
            "The gradient at filler is not zero. What does not count in the loss has "
            "no gradient.",
            lambda losses, dlogits, mask: {"gradient": dlogits / mask.sum()},
            also=(lambda losses, dlogits, mask: {"gradient": dlogits},),
        ),
        Wrong(
            "gradient-selected",
            "Your gradient has entries for the counted predictions only. Keep the "
            "shape (T, B, V), with zeros at filler.",
            lambda losses, dlogits, mask: {"gradient": dlogits[mask] / mask.sum()},
        ),
        Wrong(
            "mask-ignored",
            "The mask is not used: that is the mean over all steps.",
            lambda losses, dlogits, mask: (losses.mean(), dlogits / losses.size),
        ),
        Wrong(
            "mask-reversed",
            "Your mask is reversed: it counts the filler.",
            lambda losses, dlogits, mask: divided(np.sum)(losses, dlogits, ~mask),
        ),
        Wrong(
            "mean-of-means",
            "You take the mean of each sequence, and then the mean of these. Here "
            "every counted prediction weighs the same.",
            mean_of_means,
            also=(
                lambda *case: {"loss": mean_of_means(*case)["loss"]},
                lambda *case: {"gradient": mean_of_means(*case)["gradient"]},
            ),
        ),
        Wrong(
            "mask-needs-an-axis",
            "The mask has shape (T, B), dlogits (T, B, V): give the mask a third "
            "axis, mask[:, :, np.newaxis].",
            lambda losses, dlogits, mask: dlogits * mask,
            also=(lambda losses, dlogits, mask: np.where(mask, dlogits, 0.0),),
        ),
        Wrong(
            "times-zero",
            "Zero times nan is nan, and zero times inf as well. Do not multiply by "
            "the mask: select with it.",
            divided(np.sum),
            also=(divided(np.sum, "loss"), divided(np.sum, "gradient")),
        ),
    ),
    hints=(
        "How many numbers are in the sum, and by how many is it divided?",
        "mask.sum() counts the Trues. Divide the loss and the gradient by it, and "
        "refuse a mask for which it is 0.",
        "losses[mask] selects, and np.where(mask[:, :, np.newaxis], dlogits, 0.0) puts "
        "zeros where there is filler, whatever was there.",
    ),
)


def states_case(
    rng: np.random.Generator,
    where: str = "anywhere",
    T: int | None = None,
    B: int | None = None,
) -> tuple[Arrays, np.ndarray, np.ndarray]:
    V, H, steps, several = draws.sizes(rng, "VHTB")
    T, B = T or steps + 5, B or several  # T is the size of nothing else
    lengths = rng.integers(1, T - 1, size=B)
    lengths[0] = T - 2  # some filler even here
    mask = np.arange(T)[:, np.newaxis] < lengths
    if where == "in front":
        mask = mask[::-1]
    elif where == "between":
        mask[:] = rng.random((T, B)) < 0.5
        mask[0] = mask[-1] = True
        mask[1] = False
    elif where == "anywhere":
        mask = rng.permuted(mask, axis=0)
        mask[:3, 0], mask[-3:, -1] = (False, True, False), (True, False, True)
    return draws.arrays(rng, V, H), rng.integers(V, size=(T, B)), mask.copy()


def of_one_word(rng: np.random.Generator) -> tuple:
    parameters, ids, mask = states_case(rng)
    return parameters, np.where(mask, 0, 1), mask


def filler_alone(rng: np.random.Generator) -> tuple:
    parameters, ids, mask = states_case(rng)
    mask[:, 1] = False
    return parameters, ids, mask


def no_filler(rng: np.random.Generator) -> tuple:
    parameters, ids, mask = states_case(rng)
    return parameters, ids, np.ones_like(mask)


def filler_makes(step: Callable) -> Callable[[Arrays, np.ndarray, np.ndarray], object]:
    """The final states if filler does this to the state."""
    return lambda parameters, ids, mask: masked_read(parameters, ids, mask, step)[-1]


def keeping(new: np.ndarray, old: np.ndarray) -> np.ndarray:
    return old


def with_mask(other: Callable) -> Callable[[Arrays, np.ndarray, np.ndarray], object]:
    """The final states by another mask, `other(ids, mask)`."""
    return lambda parameters, ids, mask: alone(parameters, ids, other(ids, mask))


def without_word(parameters: Arrays, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """At filler, a step that reads nothing."""
    Wh, bh = parameters["Wh"], parameters["bh"]

    def step(new: np.ndarray, old: np.ndarray) -> np.ndarray:
        return np.tanh(old @ Wh.T + bh)

    return masked_read(parameters, ids, mask, step)[-1]


def at_the_count(parameters: Arrays, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The state after as many steps as a sequence has words."""
    hidden, _ = VanillaRNN.from_parameters(parameters).forward(ids)
    return hidden[mask.sum(axis=0) - 1, np.arange(ids.shape[1])]


def carried_over(parameters: Arrays, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """A sequence begins in the state in which the one before it ended."""
    model, states = VanillaRNN.from_parameters(parameters), []
    h = np.zeros((1, model.hidden_size))
    for b, column in enumerate(ids.T):
        if mask[:, b].any():
            h = model.forward(column[mask[:, b], np.newaxis], h)[0][-1].copy()
        states.append(h[0])
    return np.array(states)


def at_zero(slip: Callable) -> Callable[[Arrays, np.ndarray, np.ndarray], object]:
    """A slip of chapter 11 that raises, at a first step from zeros."""
    return lambda parameters, ids, mask: slip(
        parameters, ids, np.zeros((ids.shape[1], len(parameters["bh"])))
    )


def changed(**change: Callable) -> Callable[[Arrays, np.ndarray, np.ndarray], object]:
    """The answer of a network with changed parameters."""

    def answer(parameters: Arrays, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        own = {name: make(parameters[name]) for name, make in change.items()}
        return alone(parameters | own, ids, mask)

    return answer


ask(
    "16-states",
    kind="code",
    arguments=("parameters", "ids", "mask"),
    answers="final states",
    case=states_case,
    right=alone,
    edges=lambda rng: {
        "filler at the end": states_case(rng, "at the end"),
        "filler in front": states_case(rng, "in front"),
        "filler between two words": states_case(rng, "between"),
        "no filler": no_filler(rng),
        "a sequence that is filler alone": filler_alone(rng),
        "a single sequence": states_case(rng, B=1),
        "words with the id 0": of_one_word(rng),
        "twenty steps": states_case(rng, T=20),
    },
    mistakes=(
        Wrong(
            "mask-ignored",
            "Filler moves your states. Where the mask is False, keep the old state.",
            filler_makes(lambda new, old: new),
        ),
        Wrong(
            "reset-at-filler",
            "Filler sets your states to zero, and what was read before is lost. Keep "
            "the old state.",
            filler_makes(lambda new, old: 0 * new),
        ),
        Wrong(
            "step-without-a-word",
            "At filler you leave out the word, but W_h and tanh still change the "
            "state. Keep the old state as it is.",
            without_word,
        ),
        Wrong(
            "at-the-count",
            "You take the state after as many steps as a sequence has words. That is "
            "right only if all its filler is at the end.",
            at_the_count,
        ),
        Wrong(
            "ends-at-the-first-filler",
            "You end each sequence at its first filler. Words may come after it.",
            with_mask(
                lambda ids, mask: np.logical_and.accumulate(mask.astype(bool), axis=0)
            ),
        ),
        Wrong(
            "mask-reversed",
            "Your mask is reversed: you read the filler and skip the words.",
            with_mask(lambda ids, mask: ~mask),
        ),
        Wrong(
            "zero-is-filler",
            "You take every 0 for filler. It is a word like any other: ask the mask.",
            with_mask(lambda ids, mask: ids != 0),
        ),
        Wrong(
            "zero-is-filler-too",
            "You skip a word if its id is 0. Only the mask knows what is filler.",
            with_mask(lambda ids, mask: mask & (ids != 0)),
        ),
        Wrong(
            "all-states",
            "You return the states of all steps. Return the final ones, of shape "
            "(B, H).",
            lambda *case: masked_read(*case, keeping),
        ),
        Wrong(
            "state-lost",
            "You ignore the previous state: each word is read from zeros. Carry h "
            "from step to step.",
            changed(Wh=np.zeros_like),
        ),
        Wrong(
            "carried-over",
            "Each of your sequences begins where the previous one ended. Begin every "
            "one at zero.",
            carried_over,
        ),
        Wrong(
            "mask-needs-an-axis",
            "A row of the mask has shape (B,), the states (B, H): give it a second "
            "axis, real[:, np.newaxis].",
            lambda parameters, ids, mask: (
                mask[0] * np.zeros((len(mask[0]), len(parameters["bh"])))
            ),
            also=(
                lambda parameters, ids, mask: np.where(
                    mask[0], *np.zeros((2, len(mask[0]), len(parameters["bh"])))
                ),
            ),
        ),
        Wrong(
            "columns-beside-rows",
            "You add columns, (H, B), to rows, (B, H): Wx[:, words] has a column for "
            "each word. Transpose it: Wx[:, words].T.",
            at_zero(batch_slips.columns_of_wx),
        ),
        Wrong(
            "row-of-wx",
            "Wx[words] takes rows of Wx, and a row belongs to a unit. A word has a "
            "column: Wx[:, words].T.",
            at_zero(batch_slips.row_of_wx),
        ),
        Wrong(
            "wh-transposed",
            "W_h is transposed. The states are rows here: h @ Wh.T.",
            changed(Wh=np.transpose),
        ),
        Wrong("without-bh", "The bias b_h is missing.", changed(bh=np.zeros_like)),
    ),
    hints=(
        "h has shape (B, H), zeros at first. Each step reads one row of ids, and one "
        "row of the mask.",
        "new = np.tanh(Wx[:, words].T + h @ Wh.T + bh). Which rows of h may become "
        "those of new?",
        "h = np.where(real[:, np.newaxis], new, h), with real a row of the mask.",
    ),
)
