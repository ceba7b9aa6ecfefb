"""A page runs what a cell needs, and no more, whatever ran before."""

import pytest

from rnn_page.plan import Plan

CELLS = ("a = []", "a.append(1)", "b = 2", "print(a, b)")


def planned(*cells, solutions=()):
    return Plan((cell, number in solutions) for number, cell in enumerate(cells))


@pytest.fixture
def plan():
    return planned(*CELLS)


def run(plan, *numbers):
    for number in numbers:
        plan.done(number, plan.sources[number])


@pytest.mark.parametrize(
    "ran, missing",
    [
        ((), [0, 1, 2]),
        ((2,), [0, 1]),
        ((0, 1, 2), []),
        ((0, 1, 2, 3), []),
        ((2, 0, 1), []),
        ((0, 1, 1, 2), [0, 1, 2]),  # something changed it twice
        ((0, 1, 2, 0), [1]),  # it was made anew
    ],
)
def test_what_is_missing_before_the_last_cell(plan, ran, missing):
    run(plan, *ran)
    assert plan.missing(3, CELLS[3]) == missing


def test_a_cell_above_that_something_below_has_changed_runs_again():
    plan = planned("a = []", "print(a)", "a.append(1)")
    run(plan, 0, 2)
    assert plan.missing(1, "print(a)") == [0]


def test_a_changed_cell_counts_as_it_ran_last(plan):
    run(plan, 0, 1)
    plan.done(2, "b = 3")
    assert plan.missing(3, CELLS[3]) == []
    assert plan.sources[2] == "b = 3"
    plan.done(2, "c = 3")
    assert plan.missing(3, "print(a, c)") == []


def test_names_that_a_reader_adds_are_looked_up(plan):
    assert plan.missing(1, "a.append(b)") == [0]
    assert plan.missing(3, "print(b)") == [2]


def test_what_is_no_python_needs_nothing_and_changes_nothing(plan):
    assert plan.missing(3, "print(a") == []
    plan.done(2, "b = (")
    assert plan.missing(3, CELLS[3]) == [0, 1, 2]
    assert plan.sources[2] == CELLS[2]


def test_a_solution_of_the_book_never_replaces_the_readers_answer():
    cells = ("def f(): return ...", "def f(): return 1", "f()", "f()")
    plan = planned(*cells, solutions={1, 3})
    assert plan.missing(2, "f()") == [0]
    assert plan.missing(3, "f()") == [1]
