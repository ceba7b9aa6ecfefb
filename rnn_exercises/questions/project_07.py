"""The project of Part II: a gradient check of the reader's own."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import draws
from rnn_exercises.questions.from_registry import as_case
from rnn_exercises.reading import kind_of, untouched
from rnn_exercises.registry import ask
from rnn_exercises.showing import NOT_ATTEMPTED, Verdict
from rnn_src import words
from rnn_src.gradcheck import numeric_gradient, relative_error
from rnn_src.mistakes import MISTAKES, Case, right_gradients
from rnn_src.parameters import NAMES

#: What a loss is multiplied by. No threshold in nats is right for both.
SMALL, LARGE = 1e-4, 1e8

Check = Callable[[Callable[[], float], dict, dict], Sequence[str]]


class Problem:
    """A network of lists with a sentence, and its loss as a function."""

    def __init__(
        self, seed: int, T: int = 3, at_start: bool = False, unit: float = 1.0
    ):
        rng = np.random.default_rng(seed)
        self.network = draws.network(rng, 4, 3)
        self.ids = draws.ids(rng, T, 4)
        # No two alike: else nobody sees that they are a step late.
        self.targets = [int(i) for i in rng.permutation(4)[:T]]
        self.h0 = [0.0] * 3 if at_start else draws.state(rng, 3)
        self.unit = unit
        self.start, self.nudges = self.entries(), []  # those of each call of `loss`

    def loss(self) -> float:
        now = self.entries()
        self.nudges.append(now - self.start)
        h, total = self.h0, 0.0
        for word, target in zip(self.ids, self.targets, strict=True):
            h, logits = words.rnn_step(words.one_hot(word, 4), h, self.network)
            total += words.cross_entropy(logits, target)
        return self.unit * total

    def entries(self) -> np.ndarray:
        """All parameters, one after the other."""
        return np.concatenate([np.ravel(w) for w in vars(self.network).values()])

    def is_nudged_to_one_side(self) -> bool:
        """Whether what was added was not subtracted as well, by and large."""
        nudges = np.array(self.nudges)
        return bool(np.abs(nudges.sum(0)).sum() > 0.5 * np.abs(nudges).sum())

    def gradients(self, of: Callable[[Case], dict]) -> dict[str, np.ndarray]:
        """The gradients that a backward pass finds for it."""
        found = of(as_case(self.ids, self.targets, self.network, self.h0))
        return {name: self.unit * np.asarray(found[name]) for name in NAMES}


def wrong_names(
    found: Mapping[str, np.ndarray], right: Mapping[str, np.ndarray]
) -> set[str] | None:
    """The gradients that are wrong; None if one is too near to say so."""
    errors = {
        name: 0.0
        if np.array_equal(found[name], right[name])
        else relative_error(found[name], right[name])
        for name in NAMES
    }
    if any(1e-9 < error < 1e-4 for error in errors.values()):
        return None
    return {name for name, error in errors.items() if error > 1e-4}


def names_of(
    check: Check, problem: Problem, gradients: Mapping[str, np.ndarray]
) -> set[str] | str:
    """What the check names, or what is wrong with the check."""
    try:
        named = check(
            problem.loss,
            vars(problem.network),
            {name: values.tolist() for name, values in gradients.items()},
        )
    except ZeroDivisionError:
        return "divides-by-zero"
    if untouched(named):
        return Verdict(NOT_ATTEMPTED)
    try:
        moved = problem.entries() - problem.start
    except ValueError:  # of other shapes
        return "left-nudged"
    if moved.any():
        return "left-changed" if np.abs(moved).max() < 1e-12 else "left-nudged"
    if isinstance(named, (str, Mapping)) or not isinstance(named, Iterable):
        return (
            f"my_check returned {kind_of(named)}; expected a list of the "
            "names of the wrong gradients, empty if all are right."
        )
    named = list(named)
    for name in named:
        if not (isinstance(name, str) and name in NAMES):
            return f"my_check named {name!r}; expected names from {', '.join(NAMES)}."
    return set(named)


def judge_check(check: Check) -> object:
    """Whether it clears right gradients, and names wrong ones."""
    for problem in (Problem(0), Problem(1), Problem(2), Problem(3, 1, at_start=True)):
        right = problem.gradients(right_gradients)
        named = names_of(check, problem, right)
        if not isinstance(named, set):
            return named
        if problem.is_nudged_to_one_side():
            return "one-side"
        if named == {"Wh"} and not right["Wh"].any():
            return "zero-by-zero"
        if named:
            return "names-a-right-one"
    return (
        judge_with_mistakes(check, Problem(4))
        or judge_with_units(check)
        or judge_with_entries(check, Problem(6))
    )


def judge_with_mistakes(check: Check, problem: Problem) -> object:
    """Whether it names what the mistakes of the museum spoil, and no more."""
    right = problem.gradients(right_gradients)
    tried, passed, strict = 0, [], []
    for name, mistake in MISTAKES.items():
        gradients = problem.gradients(mistake.gradients)
        wrong = wrong_names(gradients, right)
        if wrong is None:
            continue
        tried += 1
        named = names_of(check, problem, gradients)
        if not isinstance(named, set):
            return named
        passed += [name] if wrong - named else []
        strict += [name] if named - wrong else []
    if len(passed) == tried:
        return "names-none"
    if passed:
        return (
            f"Right gradients pass. But {len(passed)} of {tried} "
            "wrong backward passes get by, wholly or in part, such as "
            f"{passed[0]}: {MISTAKES[passed[0]].code}."
        )
    if strict:
        return (
            f"With {strict[0]} your check names a gradient that is right. "
            "Judge each of the five by itself."
        )
    return ""


def judge_with_units(check: Check) -> object:
    """Whether it judges alike if the loss and all gradients are multiplied."""
    for unit in (SMALL, LARGE):
        problem = Problem(5, unit=unit)
        right = problem.gradients(right_gradients)
        for factor in (1.0, 2.0):
            gradients = {name: factor * right[name] for name in NAMES}
            named = names_of(check, problem, gradients)
            if not isinstance(named, set):
                return named
            if named != (set(NAMES) if factor > 1 else set()):
                return "absolute"
    return ""


def judge_with_entries(check: Check, problem: Problem) -> object:
    """Whether it finds a gradient in which one entry is wrong."""
    right = problem.gradients(right_gradients)
    for name in NAMES:
        for place in (0, -1):
            wrong = right[name].copy()
            wrong.flat[place] += np.abs(wrong).max()
            named = names_of(check, problem, right | {name: wrong})
            if not isinstance(named, set):
                return named
            if named != {name}:
                return "one-entry"
    return ""


def library_check(
    loss: Callable[[], float], parameters: dict, gradients: dict
) -> list[str]:
    """By the package's differences."""
    numeric = numeric_gradient(loss, parameters)
    return [
        name
        for name in parameters
        if not np.array_equal(gradients[name], numeric[name])
        and relative_error(gradients[name], numeric[name]) > 1e-6
    ]


def within_nats(threshold: float) -> Check:
    """A check of the difference itself, not of its share of the gradient."""

    def check(
        loss: Callable[[], float], parameters: dict, gradients: dict
    ) -> list[str]:
        numeric = numeric_gradient(loss, parameters)
        return [
            name
            for name in parameters
            if np.abs(np.array(gradients[name]) - numeric[name]).max() > threshold
        ]

    return check


def divides_by_zero(
    loss: Callable[[], float], parameters: dict, gradients: dict
) -> list[str]:
    numeric = numeric_gradient(loss, parameters)
    wrong = []
    for name in parameters:
        apart = np.abs(np.array(gradients[name]) - numeric[name]).max()
        largest = np.abs(np.array(gradients[name])).max()
        if float(apart) / float(largest) > 1e-6:
            wrong.append(name)
    return wrong


def zeros_named(
    loss: Callable[[], float], parameters: dict, gradients: dict
) -> list[str]:
    """0/0 is nan in NumPy, and nan is not below the threshold."""
    wrong = library_check(loss, parameters, gradients)
    return wrong + [name for name in gradients if not np.any(gradients[name])]


def leaves_changed(
    loss: Callable[[], float], parameters: dict, gradients: dict
) -> list[str]:
    """Nudged and put back, a tenth of a nudge at a time."""
    wrong = library_check(loss, parameters, gradients)
    for _ in range(10):
        parameters["bh"][0] += 1e-6
    parameters["bh"][0] -= 1e-5
    return wrong


def leaves_nudged(
    loss: Callable[[], float], parameters: dict, gradients: dict
) -> list[str]:
    wrong = library_check(loss, parameters, gradients)
    parameters["bh"][0] += 1e-5
    return wrong


def one_sided(
    loss: Callable[[], float], parameters: dict, gradients: dict
) -> list[str]:
    wrong, below = [], loss()
    for name, values in parameters.items():
        matrix = isinstance(values[0], list)
        apart = largest = 0.0
        for row, slopes in zip(
            values if matrix else [values],
            gradients[name] if matrix else [gradients[name]],
            strict=True,
        ):
            for i, kept in enumerate(row):
                row[i] = kept + 1e-6
                slope = (loss() - below) / 1e-6
                row[i] = kept
                apart = max(apart, abs(slope - slopes[i]))
                largest = max(largest, abs(slope), abs(slopes[i]))
        if apart > 1e-4 * largest:
            wrong.append(name)
    return wrong


def first_row_only(
    loss: Callable[[], float], parameters: dict, gradients: dict
) -> list[str]:
    numeric = numeric_gradient(loss, parameters)
    return [
        name
        for name in parameters
        if np.any(numeric[name])
        and relative_error(gradients[name][:2], numeric[name][:2]) > 1e-6
    ]


ask(
    "07-project",
    kind="project",
    answers="my_check",
    expects="a function of loss, parameters and gradients",
    seconds=30.0,
    right=lambda: library_check,
    judge=judge_check,
    mistakes=(
        Wrong(
            "names-a-right-one",
            "Your check names a gradient that is right. Is the difference of the two "
            "losses divided by the whole distance between them? If so: a nudged "
            "gradient is hardly ever exact. Measure the error relative to the largest "
            "entry of the same list, and take a threshold that you can defend.",
            lambda: within_nats(1e-14),
        ),
        Wrong(
            "zero-by-zero",
            "At the first step of a sentence the gradient of W_h is zero, by formula "
            "and by nudging. That is not wrong, and 0/0 is not an error.",
            lambda: zeros_named,
        ),
        Wrong(
            "divides-by-zero",
            "Your check divides by zero. A gradient may have entries that are 0, or "
            "be 0 as a whole: those of the words that are not read, for example. 0/0 "
            "is not an error.",
            lambda: divides_by_zero,
        ),
        Wrong(
            "one-side",
            "You nudge to one side only. That leaves an error about as large as the "
            "nudge, and a small mistake hides behind it. Nudge up and down, and "
            "divide by the whole distance.",
            lambda: one_sided,
        ),
        Wrong(
            "left-changed",
            "After your check a parameter is not exactly what it was: its last digits "
            "differ. Keep the entry, and put it back: adding and subtracting rounds.",
            lambda: leaves_changed,
        ),
        Wrong(
            "left-nudged",
            "After your check a parameter is not what it was. Keep each entry, and put "
            "it back before you nudge the next one.",
            lambda: leaves_nudged,
        ),
        Wrong(
            "absolute",
            "Your check judges differently if the loss and all its gradients are "
            f"multiplied by {SMALL:g}, or by {LARGE:g}. An error has to be relative: "
            "compare it with the size of the gradient.",
            lambda: within_nats(1e-6),
        ),
        Wrong(
            "one-entry",
            "If a single entry of a gradient is wrong, the first or the last, your "
            "check does not name this gradient alone. Compare every entry.",
            lambda: first_row_only,
        ),
        Wrong(
            "names-none",
            "Your check names nothing, whatever the gradients are.",
            lambda: lambda loss, parameters, gradients: [],
        ),
    ),
    hints=(
        "Begin with `short_check`: it does this for one vector. A matrix is a "
        "list of such vectors, the rows, but its error is judged as one.",
        "Collect for each parameter the largest difference and the largest "
        "entry, over all rows. Compare the two at the end.",
        "If the largest entry is 0, both gradients are zero: nothing to name.",
    ),
)
