"""What explains wrong answers of a function: named mistakes, or a difference."""

from collections.abc import Sequence
from functools import partial

from rnn_exercises import generic, run
from rnn_exercises.compare import difference, equal
from rnn_exercises.exercise import FunctionExercise, Wrong
from rnn_exercises.explain import Likeness, PartTrial, Told, parts_of, told_of_part
from rnn_exercises.reading import Unreadable
from rnn_exercises.trial import AGAIN, Trial, answer_of, described
from rnn_exercises.verdict import MISTAKE, WRONG, Verdict

FORGETFUL = (
    "The function keeps something from call to call, or uses chance. "
    "Begin each call afresh."
)


def explained(
    exercise: FunctionExercise, group: Sequence[Trial], called: Sequence[Trial]
) -> Verdict:
    """The verdict on wrong answers: mistakes with a name, else a difference."""
    verdict = partial(Verdict, exercise.name)
    wrong = [
        part for part in group[0].right if any(part in trial.wrong for trial in group)
    ]
    made = [
        found for mistake in exercise.ways if (found := likeness(mistake, group, wrong))
    ]
    if whole := next((one.mistake for one in made if one.is_all), None):
        return verdict(MISTAKE, whole.told, (whole.name,))
    if forgetful := keeps_something(called):
        return verdict(MISTAKE, forgetful, ("keeps-something",))
    told = {part: told_of(part, group, made) for part in wrong}
    names = [named[0] for named in told.values() if named]
    texts = [named[1] for named in told.values() if named]
    if left := [part for part in wrong if not told[part]]:
        texts.append(first_difference(group, left))
    return verdict(
        MISTAKE if names else WRONG,
        "\n".join(dict.fromkeys(texts)),
        tuple(dict.fromkeys(names)),
    )


def likeness(
    mistake: Wrong, group: Sequence[Trial], wrong: Sequence[str]
) -> Likeness | None:
    """In which parts a mistake answers as the reader does, in every case."""
    alike, own = set(group[0].right), set()
    for trial in group:
        made = run.quietly(answer_of(trial.exercise, mistake.given), trial.fresh())
        if made.problem:
            return None
        try:
            answer = parts_of(trial.exercise, made.value, trial.right)
        except Unreadable:
            return None
        within = trial.exercise.within
        alike = {
            part for part in alike if equal(trial.answer[part], answer[part], within)
        }
        own |= {
            part
            for part in answer
            if not equal(answer[part], trial.right[part], within)
        }
        if not alike.intersection(wrong):
            return None
    return Likeness(
        mistake, frozenset(alike), frozenset(own), alike == set(group[0].right)
    )


def told_of(part: str, group: Sequence[Trial], made: Sequence[Likeness]) -> Told:
    """The mistake that explains one part in all cases: its own, or a generic."""

    def of_every_exercise() -> Told:
        exercise = group[0].exercise
        trials = [
            PartTrial(
                trial.right[part],
                trial.answer[part],
                dict(zip(exercise.arguments, trial.fresh(), strict=True)),
            )
            for trial in group
        ]
        return generic.explained(part, trials, exercise.axes)

    return told_of_part(part, made, of_every_exercise)


def keeps_something(called: Sequence[Trial]) -> str:
    """A sentence if the same case was answered in two ways."""
    first, last = called[0], called[-1]
    if last.label != AGAIN or all(
        equal(last.answer[name], first.answer[name]) for name in first.right
    ):
        return ""
    return f"The same question gets another answer the second time. {FORGETFUL}"


def first_difference(group: Sequence[Trial], names: Sequence[str]) -> str:
    """The first difference of the first case that has one, and the case."""
    trial = next(trial for trial in group if set(names) & set(trial.wrong))
    text, place = next(
        (text, generic.one_entry(name, group))
        for name in trial.right
        if name in names
        if (
            text := difference(
                name, trial.answer[name], trial.right[name], trial.exercise.within
            )
        )
    )
    lines = [text, place, described(trial)]
    if trial.label:
        lines.insert(1, f"Other inputs are right; this is {trial.label}.")
    return "\n".join(line for line in lines if line)
