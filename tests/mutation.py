"""The changed solutions of each exercise, given to its check and counted.

`tests/mutants.json` holds the counts, and the reason for each change that is
accepted. `make reference` rewrites it: what is new in it has an empty reason,
which a test refuses.
"""

import json
import signal
import sys
import time
import warnings
import zlib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from rnn_exercises import check, judging, running
from rnn_exercises.registry import all_exercises, exercise
from rnn_exercises.showing import NOT_ATTEMPTED, RIGHT
from tests.mutants import mutants
from tests.same_trials import SameTrials
from tests.solutions import answer_of, body_of
from tools.layout import ROOT

FILE = ROOT / "tests" / "mutants.json"
#: Of an open question much of the solution may be otherwise.
CLOSED = [one.name for one in all_exercises() if not one.judge]
SECONDS, ALARM_REPEATS = 0.5, 0.01  # many loops never end


class OfProcessor(running.TimeLimit):
    """Counts the processor's time: other work on the machine stops no answer."""

    timer, sign, now = signal.ITIMER_PROF, signal.SIGPROF, time.process_time


@dataclass
class Counts:
    """What came of the changed solutions of one exercise."""

    tried: int = 0
    accepted: list[str] = field(default_factory=list)  # the changed lines
    known: int = 0  # those that answer as a known mistake does
    named: int = 0  # those of them that got its name


def twins(one, answer) -> set[str]:
    """The known mistakes that answer as `answer` does, in all cases."""
    left, limit = list(one.ways), OfProcessor(1)
    for trial in judging.trials_of(one):
        trial.attempt(answer if one.arguments else lambda: answer, limit)
        if trial.answer is None:
            return set()
        left = [
            mistake
            for mistake in left
            if (found := trial.made_by(mistake)[1]) is not None
            and all(trial.agrees(part, found) for part in found)
        ]
        if not left:
            break
    return {mistake.name for mistake in left}


def counted(name: str) -> Counts:
    """Give every changed solution of an exercise to its check."""
    counts, one = Counts(), exercise(name)
    for mutant in mutants(body_of(name)):
        try:
            with OfProcessor(3) as limit:
                answer = running.enter(answer_of, (name, mutant.source), limit)
        except (Exception, running.OutOfTime):
            continue  # the cell itself stops
        counts.tried += 1
        verdict = check(name, answer, record=False)
        assert verdict.kind != NOT_ATTEMPTED, mutant
        if verdict.kind == RIGHT:
            counts.accepted.append(mutant.change)
        elif "did not end" in verdict.message:
            continue  # no known mistake is endless
        elif "changed-input" not in verdict.mistakes and (names := twins(one, answer)):
            counts.known += 1
            counts.named += bool(names & set(verdict.mistakes))
    return counts


def as_changed(setattr) -> None:
    """Let the engine judge many answers of which some never end."""
    setattr(judging, "trials_of", SameTrials())
    setattr(running, "SECONDS", SECONDS)
    setattr(running, "ALARM_REPEATS", ALARM_REPEATS)
    setattr(running, "TimeLimit", OfProcessor)


def same_counts(name: str) -> Counts:
    """The counts with the same cases, whenever and wherever they are made."""
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    running.chance = lambda: rng
    as_changed(setattr)
    warnings.simplefilter("ignore")
    return counted(name)


def kept() -> dict[str, dict]:
    """What the file says of each exercise."""
    return json.loads(FILE.read_text("utf8"))


def main(beginning: str = "") -> None:
    """Count those of the exercises whose names begin so; all, if it is empty."""
    old = kept() if FILE.exists() else {}
    new = {name: old[name] for name in CLOSED if name in old}
    names = [name for name in CLOSED if name.startswith(beginning)]
    with ProcessPoolExecutor(2) as pool:
        for name, counts in zip(names, pool.map(same_counts, names), strict=True):
            reasons = old.get(name, {}).get("equivalent", {})
            new[name] = {
                "tried": counts.tried,
                "named": counts.named,
                "equivalent": {
                    change: reasons.get(change, "")
                    for change in sorted(set(counts.accepted))
                },
            }
            for change, reason in new[name]["equivalent"].items():
                if not reason:
                    print(f"mutants: {name} accepts {change!r}; why is it right?")
    ordered = {name: new[name] for name in CLOSED if name in new}
    text = json.dumps(ordered, indent=1, ensure_ascii=False)
    FILE.write_text(f"{text}\n", "utf8")


if __name__ == "__main__":
    main(*sys.argv[1:])
