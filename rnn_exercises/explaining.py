"""What is wrong with an answer, in words.

A mistake of the exercise is named if all that it does is there; then one that
every exercise knows; then the first difference is shown. An ordinary case is
explained before a special one.
"""

from collections.abc import Sequence

import numpy as np

from rnn_exercises import knowing, reading
from rnn_exercises.exercise import Question, Wrong
from rnn_exercises.reading import equal
from rnn_exercises.showing import MISTAKE, NOT_ATTEMPTED, RIGHT, WRONG, Verdict
from rnn_exercises.trials import Trial

# A mistake, the parts in which it answers as the reader does, those it makes wrong.
Explained = tuple[knowing.Named, set[str], set[str]]

FORGETFUL = (
    "The function keeps something from call to call, or uses chance. "
    "Begin each call afresh."
)
AGAIN = "The same question gets another answer the second time. "
CHANGED = (
    "You changed your input{} {} in place: whoever calls this function finds "
    "other numbers afterwards. Work on a copy, or make something new."
)
PUT_BACK = (
    "Your input{} {} came back with other last digits: adding a number and "
    "subtracting it again leaves rounding behind. Keep the old value, and put that "
    "back."
)


def verdict_on(question: Question, called: Sequence[Trial]) -> Verdict:
    """The verdict on calls that came to an end."""
    for trial in called:
        if trial.has_dots:
            value = trial.outcome.value
            if reading.untouched(value):
                return Verdict(NOT_ATTEMPTED)
            still = joined(reading.waiting(value, question.answers))
            return Verdict(WRONG, f"Still to do: {still}.")
    ordinary = [trial for trial in called if not trial.edge]
    for group in (ordinary, called):
        if any(trial.is_faulty for trial in group):
            return fault(question, group)
    return Verdict(RIGHT)


def fault(question: Question, group: Sequence[Trial]) -> Verdict:
    """The verdict on cases of which one is not as it should be."""
    first, answered = group[0], [trial for trial in group if trial.answer is not None]
    if late := [trial for trial in group if trial.outcome.late]:
        return Verdict(WRONG, late[0].outcome.problem)
    again = [trial for trial in answered if trial.first and first.answer is not None]
    forgets = all(trial.agrees_with(first) for trial in again)
    if not (forgets or way_of_all(question, group)):
        return Verdict(MISTAKE, AGAIN + FORGETFUL, ("keeps-something",))
    wrong = [trial for trial in answered if trial.wrong]
    stopped = next((trial for trial in group if trial.answer is None), None)
    if stopped and not (stopped.edge and wrong):
        return unanswered(question, stopped, group)
    changed: dict[str, bool] = {}
    for trial in group:
        for name, rounded in trial.changed.items():
            changed[name] = changed.get(name, True) and rounded
    if changed:
        names = [name for name in question.arguments if name in changed]
        found = changed_input(names, all(changed.values()))
        return found if not wrong else beside(found, explanation(answered))
    return explanation(answered)


def changed_input(names: Sequence[str], rounded: bool) -> Verdict:
    """The verdict on a function that writes into what it was given."""
    sentence = PUT_BACK if rounded else CHANGED
    message = sentence.format("s" * (len(names) > 1), joined(names))
    name = "put-back-rounded" if rounded else "changed-input"
    return Verdict(MISTAKE, message, (name,))


def beside(changed: Verdict, wrong: Verdict) -> Verdict:
    """Two verdicts in one; a mistake with a name comes first."""
    both = (wrong, changed) if wrong.mistakes else (changed, wrong)
    message = "\n".join(one.message for one in both)
    return Verdict(MISTAKE, message, both[0].mistakes + both[1].mistakes)


def unanswered(question: Question, trial: Trial, group: Sequence[Trial]) -> Verdict:
    """The verdict on a call that raised, or returned what cannot be read."""
    if trial.outcome.raised and (way := way_of_all(question, group)):
        return Verdict(MISTAKE, way.message, (way.name,))
    lines = [trial.outcome.problem]
    if trial.first:
        lines.append(f"The first time this went well. {FORGETFUL}")
    elif trial.edge:
        lines.append(f"This happens for {trial.edge}.")
    return Verdict(WRONG, "\n".join([*lines, *described(trial)]))


def way_of_all(question: Question, group: Sequence[Trial]) -> Wrong | None:
    """A mistake that in every case, in one way or another, does what is done here."""
    for mistake in question.mistakes:
        ways = question.ways_of(mistake)
        if all(any(trial.is_as(way) for way in ways) for trial in group):
            return mistake
    return None


def described(trial: Trial) -> list[str]:
    """The arguments of a case, in numbers if they are few, else in shapes."""
    given, texts = trial.fresh(), []
    for name, value in given.items():
        array = knowing.as_floats(value)
        if array is None:  # an object, a dict: too long to show
            continue
        if array.ndim > 1 or array.size > 8:
            texts.append(f"{name} of shape {array.shape}")
        else:  # as it came: whole numbers stay whole
            texts.append(f"{name} = {np.asarray(value).tolist()!r}")
    line = f"Called with {', '.join(texts)}."
    if trial.outcome.raised and any(isinstance(one, list) for one in given.values()):
        line += " Vectors and matrices come as lists here."
    return [line] if texts else []


def explanation(group: Sequence[Trial]) -> Verdict:
    """The verdict on wrong answers: mistakes with a name, else a difference."""
    parts, ways = group[0].right, group[0].question.ways
    wrong = [part for part in parts if any(part in trial.wrong for trial in group)]
    telling = sorted(group, key=lambda trial: not trial.wrong)  # they rule out most
    made: list[Explained] = []
    for one in filter(None, (likeness(way, telling, wrong) for way in ways)):
        made.append(one)
        if one[1] == set(parts):  # it answers as the reader does, in all
            made = [one]
            break
    named = {part: named_part(part, group, made) for part in wrong}
    found = list(dict.fromkeys(filter(None, named.values())))
    left = [part for part in wrong if not named[part]]
    names = tuple(dict.fromkeys(name for name, _ in found))
    lines = [*(message for _, message in found), *differences(group, left)]
    return Verdict(MISTAKE if found else WRONG, "\n".join(lines), names)


def likeness(
    mistake: Wrong, group: Sequence[Trial], wrong: Sequence[str]
) -> Explained | None:
    """How a mistake compares; None if it explains nothing that is wrong."""
    agreeing, own = set(group[0].right), set()
    for trial in group:
        _, answer = trial.made_by(mistake)
        if answer is None:
            return None
        agreeing &= {part for part in answer if trial.resembles(part, answer)}
        if not agreeing.intersection(wrong):
            return None
        own |= {part for part in answer if not equal(answer[part], trial.right[part])}
    return (mistake.name, mistake.message), agreeing, own


def named_part(
    part: str, group: Sequence[Trial], made: Sequence[Explained]
) -> knowing.Named:
    """What explains one part of an answer in all cases.

    First a mistake all of whose traces are there, then one that every exercise
    knows. A mistake of which a part is missing is another mistake.
    """
    for named, agreeing, own in made:
        if part in own and own <= agreeing:
            return named
    trial = group[0]
    if special := trial.special.get(part):
        return special.mistake(part, trial.answer[part])
    cases, axes = [trial.fresh() for trial in group], trial.question.axes
    return knowing.generic_mistake(part, pairs(part, group), cases, axes)


def pairs(part: str, group: Sequence[Trial]) -> knowing.Pairs:
    return [(trial.right[part], trial.answer[part]) for trial in group]


def differences(group: Sequence[Trial], left: Sequence[str]) -> list[str]:
    """Of a function, its first difference, and the case.

    Of a value, a sentence about each part, without the right one; then the rest.
    """
    trial = next((trial for trial in group if set(left) & set(trial.wrong)), group[0])
    places = [part for part in trial.wrong if part in left]
    if not trial.question.arguments:
        lines = [trial.difference(part) for part in places]
        good = [part for part in trial.right if part not in trial.wrong]
        return [*lines, f"Right already: {joined(good)}."] if good else lines
    if not places:
        return []
    lines = [trial.difference(places[0])]
    if trial.edge:
        lines.append(f"Other inputs are right. It is wrong for {trial.edge}.")
    lines.append(knowing.one_entry(places[0], pairs(places[0], group)))
    return [line for line in [*lines, *described(trial)] if line]


def joined(names: Sequence[str]) -> str:
    """Names as a sentence has them: "da, dbh and dWh"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
