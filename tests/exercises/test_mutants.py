"""Solutions with one change each: none is accepted, known mistakes are named.

The counts are in `tests/mutants.json`, and printed at the end of `make test`.
"""

import time

import mutation
import pytest

from rnn_exercises import running
from rnn_exercises.registry import exercise


def test_the_file_has_every_exercise():
    assert list(mutation.kept()) == mutation.CLOSED, "run `make reference`"


@pytest.mark.parametrize("name", mutation.CLOSED)
def test_no_mutant_is_accepted(name, record_property, monkeypatch):
    mutation.as_changed(monkeypatch.setattr)
    found, kept = mutation.counted(name), mutation.kept()[name]
    accepted = len(found.accepted)
    record_property("mutants", (found.tried, accepted, found.known, found.named))
    assert set(found.accepted) == set(kept["equivalent"]), (
        "the check accepts other changes than `tests/mutants.json` has; if they are "
        "right, `make reference` enters them, and you add the reason"
    )
    assert found.named >= 0.9 * found.known
    assert (found.tried, found.named) == (kept["tried"], kept["named"]), (
        "run `make reference`"
    )


def test_what_is_accepted_has_a_reason():
    for name, kept in mutation.kept().items():
        for change, reason in kept["equivalent"].items():
            assert reason.strip(), f"{name}: why is {change!r} right?"


def test_twins_answer_alike_in_all_cases():
    one = exercise("06-tanh")
    assert mutation.twins(one, lambda dh, h: dh) == {"no-tanh-prime"}
    assert mutation.twins(one, one.right) == set()


def test_what_never_ends_is_stopped_and_what_waits_is_not():
    def my_loop():
        while True:
            pass

    assert running.call(my_loop, [], mutation.OfProcessor(0.05)).late
    assert not running.call(time.sleep, [0.2], mutation.OfProcessor(0.05)).late
