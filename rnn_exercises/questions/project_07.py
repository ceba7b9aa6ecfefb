"""The project of Part II: a gradient check of the reader's own."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from rnn_exercises.exercise import Wrong
from rnn_exercises.questions import draws
from rnn_exercises.questions.from_registry import as_case
from rnn_exercises.reading import kind_of
from rnn_exercises.registry import ask
from rnn_src import words
from rnn_src.gradcheck import numeric_gradient, relative_error
from rnn_src.mistakes import MISTAKES, Case, right_gradients
from rnn_src.parameters import NAMES

Check = Callable[[Callable[[], float], dict, dict], Sequence[str]]


class Problem:
    """A network of lists with a sentence, and its loss as a function."""

    def __init__(self, seed: int, T: int = 3, at_start: bool = False):
        rng = np.random.default_rng(seed)
        self.network = draws.network(rng, 4, 3)
        self.ids = draws.ids(rng, T, 4)
        # No two alike: else nobody sees that they are a step late.
        self.targets = [int(i) for i in rng.permutation(4)[:T]]
        self.h0 = [0.0] * 3 if at_start else draws.state(rng, 3)

    def loss(self) -> float:
        h, total = self.h0, 0.0
        for word, target in zip(self.ids, self.targets, strict=True):
            h, logits = words.rnn_step(words.one_hot(word, 4), h, self.network)
            total += words.cross_entropy(logits, target)
        return total

    def gradients(self, of: Callable[[Case], dict]) -> dict[str, np.ndarray]:
        """The gradients that a backward pass finds for it."""
        return of(as_case(self.ids, self.targets, self.network, self.h0))


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
    before = repr(problem.network)
    named = check(
        problem.loss,
        vars(problem.network),
        {name: values.tolist() for name, values in gradients.items()},
    )
    if repr(problem.network) != before:
        return "left-changed"
    if isinstance(named, str) or not isinstance(named, (list, tuple, set, frozenset)):
        return (
            f"my_check returned {kind_of(named)}; expected a list of the "
            "names of the wrong gradients, empty if all are right."
        )
    if strange := set(named) - set(NAMES):
        return f"my_check named {strange}; expected names out of {', '.join(NAMES)}."
    return set(named)


def judge_check(check: Check) -> str:
    """Whether it clears right gradients, and names wrong ones."""
    for seed in range(3):
        problem = Problem(seed)
        try:
            named = names_of(check, problem, problem.gradients(right_gradients))
        except ZeroDivisionError:
            return (
                "Your check divides by zero. A right gradient may have "
                "entries that are 0: those of the words that are not read, "
                "for example. 0/0 is no error."
            )
        if isinstance(named, str):
            return named
        if named:
            return "names-a-right-one"
    first = Problem(3, T=1, at_start=True)
    try:
        named = names_of(check, first, first.gradients(right_gradients))
    except ZeroDivisionError:
        return "zero-by-zero"
    if isinstance(named, str):
        return named
    if named:
        return "zero-by-zero" if named == {"Wh"} else "names-a-right-one"
    return judge_with_mistakes(check, Problem(4))


def judge_with_mistakes(check: Check, problem: Problem) -> str:
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
        if isinstance(named, str):
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


def entry_by_entry(
    loss: Callable[[], float], parameters: dict, gradients: dict
) -> list[str]:
    """Each entry's error relative to that entry, and compared too closely."""
    numeric = numeric_gradient(loss, parameters)
    return [
        name
        for name in parameters
        if np.abs(np.array(gradients[name]) - numeric[name]).max() > 1e-14
    ]


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


def leaves_changed(
    loss: Callable[[], float], parameters: dict, gradients: dict
) -> list[str]:
    wrong = library_check(loss, parameters, gradients)
    parameters["bh"][0] += 1e-5
    parameters["bh"][0] -= 2e-5
    parameters["bh"][0] += 1e-5
    return wrong


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
            "Your check names a gradient that is right. Are both sides nudged, "
            "and is the difference divided by the whole distance? If so: "
            "a nudged gradient is hardly ever exact. Measure the error "
            "relative to the largest entry of the same list, and take a "
            "threshold that you can defend.",
            lambda: entry_by_entry,
        ),
        Wrong(
            "zero-by-zero",
            "At the first step of a sentence the gradient of W_h is zero, by "
            "formula and by nudging. That is not wrong, and 0/0 is no "
            "error.",
            lambda: divides_by_zero,
        ),
        Wrong(
            "left-changed",
            "After your check a parameter is not exactly what it was. Keep "
            "the entry, and put it back: adding and subtracting rounds.",
            lambda: leaves_changed,
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
