"""The verdict on a value: a number, an array, words, a letter."""
from functools import partial

import numpy as np

from rnn_src.exercises import generic
from rnn_src.exercises.compare import difference, equal
from rnn_src.exercises.exercise import ValueExercise, Wrong
from rnn_src.exercises.explain import (Likeness, PartTrial, Told, joined,
                                       open_parts, parts_of, told_of_part)
from rnn_src.exercises.reading import Parts, Unreadable, parts
from rnn_src.exercises.verdict import (MISTAKE, NOT_ATTEMPTED, RIGHT, WRONG,
                                       Verdict)

#: Of one value alone, these can be told from chance.
TELLING = {"transposed", "reshaped", "negative", "reversed", "other-shape",
           "factor", "without-last", "without-first", "one-late", "one-early"}


def judge_value(exercise: ValueExercise, answer: object) -> Verdict:
    """Hold a value against the right one."""
    state, names = open_parts(answer, exercise.answers)
    if state == "all":
        return Verdict(exercise.name, NOT_ATTEMPTED)
    if state == "some":
        return Verdict(exercise.name, WRONG,
                       f"Still to do: {joined(names)}.")
    if exercise.choices and isinstance(answer, str):
        answer = answer.strip().casefold()
        if answer not in exercise.choices:
            return Verdict(exercise.name, WRONG, f"The answer is {answer!r}; "
                           f"expected one of {', '.join(exercise.choices)}.")
    right = parts(exercise.solution, exercise.solution, exercise.answers)
    try:
        found = parts(answer, exercise.solution, exercise.answers)
    except Unreadable as sentence:
        return Verdict(exercise.name, WRONG, str(sentence))
    return held(exercise, found, right)


def held(exercise: ValueExercise, found: Parts, right: Parts) -> Verdict:
    """The verdict on an answer that could be read."""
    within = exercise.within
    wrong = [name for name in right
             if not equal(found[name], right[name], within)]
    if not wrong:
        return Verdict(exercise.name, RIGHT)
    texts, names, left = explained(exercise, found, right, wrong)
    sentences = list(dict.fromkeys(texts))
    # In place of the right value, where each part stands.
    sentences += [] if exercise.choices else [
        difference(name, found[name], right[name], within, tell=False)
        for name in left]
    good = [name for name in right if name not in wrong]
    if good:
        sentences.append(f"Right already: {joined(good)}.")
    return Verdict(exercise.name, MISTAKE if names else WRONG,
                   "\n".join(sentences), tuple(dict.fromkeys(names)))


def explained(exercise: ValueExercise, found: Parts, right: Parts,
              wrong: list[str]) -> tuple[list[str], list[str], list[str]]:
    """The texts and names of the mistakes, and the parts left unexplained."""
    made = [likeness(exercise, mistake, found, right)
            for mistake in exercise.mistakes]
    if whole := next((one.mistake for one in made if one.is_all), None):
        return [whole.told], [whole.name], []
    texts, names, left = [], [], []
    for part in wrong:
        told = told_of_part(part, made, partial(
            told_by_one, part, found[part], right[part]))
        if told is None:
            left.append(part)
        else:
            names.append(told[0])
            texts.append(told[1])
    return texts, names, left


def likeness(exercise: ValueExercise, mistake: Wrong, found: Parts,
             right: Parts) -> Likeness:
    """In which parts a mistake answers as the reader does."""
    answer = parts_of(exercise, mistake.given(), right)
    alike = {name for name in right
             if equal(found[name], answer[name], exercise.within)}
    own = {name for name in right if not equal(answer[name], right[name])}
    return Likeness(mistake, frozenset(alike), frozenset(own),
                    alike == set(right))


def told_by_one(part: str, found: np.ndarray, right: np.ndarray) -> Told:
    """A generic mistake, if a single value is enough to tell it from chance."""
    told = generic.explained(part, [PartTrial(right, found, {})], {})
    return told if told and told[0] in TELLING else None
