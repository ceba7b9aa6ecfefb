"""The verdict on a value: a number, an array, words, a letter."""

from functools import partial

import numpy as np

from rnn_exercises import generic, shapes
from rnn_exercises.compare import difference, equal
from rnn_exercises.exercise import ValueExercise, Wrong
from rnn_exercises.explain import (
    Likeness,
    PartTrial,
    Told,
    joined,
    open_parts,
    parts_of,
    told_of_part,
)
from rnn_exercises.reading import Parts, Unreadable, parts
from rnn_exercises.verdict import MISTAKE, NOT_ATTEMPTED, RIGHT, WRONG, Verdict

#: Of one value alone, these can be told from chance.
TELLING = {
    "transposed",
    "reshaped",
    "negative",
    "reversed",
    "other-shape",
    "factor",
    "without-last",
    "without-first",
    "one-late",
    "one-early",
}
#: Of a few whole numbers these are chance, and nobody wrote a loop for them.
OF_LOOPS = {"without-last", "without-first", "one-late", "one-early"}
FEW = 10


def judge_value(exercise: ValueExercise, answer: object) -> Verdict:
    """Hold a value against the right one."""
    state, names = open_parts(answer, exercise.answers)
    if state == "all":
        return Verdict(exercise.name, NOT_ATTEMPTED)
    if state == "some":
        return Verdict(exercise.name, WRONG, f"Still to do: {joined(names)}.")
    if exercise.choices and isinstance(answer, str):
        answer = answer.strip().casefold()
        if answer not in exercise.choices:
            return Verdict(
                exercise.name,
                WRONG,
                f"The answer is {answer!r}; "
                f"expected one of {', '.join(exercise.choices)}.",
            )
    right = parts(exercise.solution, exercise.solution, exercise.answers)
    try:
        found = folded(parts(answer, exercise.solution, exercise.answers))
    except Unreadable as sentence:
        return Verdict(exercise.name, WRONG, str(sentence))
    return held(exercise, found, folded(right))


def folded(found: Parts) -> Parts:
    """The parts, with all texts in small letters."""
    return {
        name: np.asarray(np.char.lower(values)) if values.dtype.kind == "U" else values
        for name, values in found.items()
    }


def shapes_of(exercise: ValueExercise) -> dict[str, shapes.Shape]:
    """The parts that are shapes, by name."""
    if isinstance(exercise.answers, str):
        named = {exercise.answers: exercise.solution}
    else:
        named = dict(zip(exercise.answers, exercise.solution, strict=True))
    return {
        name: value for name, value in named.items() if isinstance(value, shapes.Shape)
    }


def held(exercise: ValueExercise, found: Parts, right: Parts) -> Verdict:
    """The verdict on an answer that could be read."""
    within = exercise.within
    wrong = [name for name in right if not equal(found[name], right[name], within)]
    if not wrong:
        return Verdict(exercise.name, RIGHT)
    texts, names, left = explained(exercise, found, right, wrong)
    sentences = list(dict.fromkeys(texts))
    # In place of the right value, where each part stands.
    known = shapes_of(exercise)
    sentences += (
        []
        if exercise.choices
        else [
            shapes.difference(name, found[name], known[name])
            if name in known
            else difference(name, found[name], right[name], within, tell=False)
            for name in left
        ]
    )
    good = [name for name in right if name not in wrong]
    if good:
        sentences.append(f"The rest is right: {joined(good)}.")
    return Verdict(
        exercise.name,
        MISTAKE if names else WRONG,
        "\n".join(sentences),
        tuple(dict.fromkeys(names)),
    )


def explained(
    exercise: ValueExercise, found: Parts, right: Parts, wrong: list[str]
) -> tuple[list[str], list[str], list[str]]:
    """The texts and names of the mistakes, and the parts left unexplained."""
    made = [likeness(exercise, mistake, found, right) for mistake in exercise.ways]
    if whole := next((one.mistake for one in made if one.is_all), None):
        return [whole.told], [whole.name], []
    texts, names, left = [], [], []
    for part in wrong:
        told = told_of_part(
            part,
            made,
            partial(
                told_by_one,
                part,
                found[part],
                right[part],
                shapes_of(exercise).get(part),
            ),
        )
        if told is None:
            left.append(part)
        else:
            names.append(told[0])
            texts.append(told[1])
    return texts, names, left


def likeness(
    exercise: ValueExercise, mistake: Wrong, found: Parts, right: Parts
) -> Likeness:
    """In which parts a mistake answers as the reader does."""
    answer = folded(parts_of(exercise, mistake.given(), right))
    alike = {
        name for name in right if equal(found[name], answer[name], exercise.within)
    }
    own = {name for name in right if not equal(answer[name], right[name])}
    return Likeness(mistake, frozenset(alike), frozenset(own), alike == set(right))


def told_by_one(
    part: str, found: np.ndarray, right: np.ndarray, shape: shapes.Shape | None
) -> Told:
    """A generic mistake, if a single value is enough to tell it from chance."""
    if shape is not None:
        return shapes.told(part, found, shape)
    told = generic.explained(part, [PartTrial(right, found, {})], {})
    return told if told and told[0] in telling(right) else None


def telling(right: np.ndarray) -> set[str]:
    """The generic mistakes that can be told from chance, of this answer."""
    if not few_whole_numbers(right):
        return TELLING
    repeats = len(np.unique(right)) < right.size
    return TELLING - OF_LOOPS - ({"reversed"} if repeats else set())


def few_whole_numbers(right: np.ndarray) -> bool:
    """Whether the right answer is a short list of whole numbers."""
    return (
        right.ndim == 1
        and right.size <= FEW
        and right.dtype.kind == "f"
        and bool(np.all(right == np.round(right)))
    )
