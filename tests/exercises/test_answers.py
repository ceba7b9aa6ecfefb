"""Every answer that readers gave is judged as it deserves: see `reader_answers`."""

import numpy as np
import pytest
from reader_answers import ANSWERS
from same_trials import SameTrials
from solutions import space_after

from rnn_exercises import check, judging, running
from rnn_exercises.registry import exercise
from rnn_exercises.showing import RIGHT

#: For each seed the cases that all answers to an exercise are given.
CASES = [SameTrials() for seed in range(4)]


@pytest.mark.parametrize("label", ANSWERS)
def test_an_answer_is_judged_as_it_deserves(label, monkeypatch):
    name, right, mistakes, cell = ANSWERS[label]
    answer = space_after(name, cell)["answer"]
    for seed, trials in enumerate(CASES if exercise(name).arguments else CASES[:1]):
        rng = np.random.default_rng(seed)
        monkeypatch.setattr(running, "chance", lambda: rng)  # noqa: B023
        monkeypatch.setattr(judging, "trials_of", trials)
        verdict = check(name, answer, record=False)
        assert (verdict.kind == RIGHT) == right, verdict
        if mistakes:
            assert verdict.mistakes == mistakes, verdict
