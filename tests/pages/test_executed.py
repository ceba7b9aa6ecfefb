"""nbval compares with this run of the tests: the build's, or one of its own."""

import time

import executed
import pytest
from nbformat.v4 import new_code_cell, new_output

from tools.notebooks import chapters

OUTPUT = new_output("stream", name="stdout", text="3\n")


def test_a_chapter_executed_before_the_tests_began_is_executed_again(monkeypatch):
    chapter = chapters()[0]
    monkeypatch.setattr(executed, "BEGAN", 0)
    assert executed.executed(chapter)
    monkeypatch.setattr(executed, "BEGAN", time.time())
    assert executed.executed(chapter) is None


def test_a_replay_answers_the_cells_in_turn_and_no_other():
    cells = [new_code_cell("1 + 2"), new_code_cell("print(3)", outputs=[OUTPUT])]
    replay = executed.Replay(cells)
    said = []
    for cell in cells:
        one = replay.execute_cell_input(cell.source, allow_stdin=False)
        said.append([])
        while not said[-1] or said[-1][-1]["content"] != executed.IDLE:
            said[-1].append(replay.get_message("iopub", timeout=1))
            assert said[-1][-1]["parent_header"]["msg_id"] == one
    assert [len(messages) for messages in said] == [1, 2]
    assert said[1][0]["msg_type"] == "stream" and said[1][0]["content"] == OUTPUT
    with pytest.raises(IndexError):
        replay.execute_cell_input("4", allow_stdin=False)
    with pytest.raises(RuntimeError, match=r"another cell here: 1 \+ 2"):
        executed.Replay(cells).execute_cell_input("1 + 3", allow_stdin=False)
