"""Hints open one at a time; what is solved is kept, and never in the way."""

import json
import os
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from rnn_exercises import check, hint, progress, record, showing
from rnn_exercises.registry import (
    all_exercises,
    chapters,
    entries,
    exercise,
    of_chapter,
)
from rnn_exercises.showing import as_html, contents
from rnn_src.words import tanh_backward

TANH = exercise("06-tanh")


@pytest.fixture(autouse=True)
def file(tmp_path, monkeypatch):
    path = tmp_path / "progress.json"
    monkeypatch.setenv("RNN_BOOK_PROGRESS", str(path))
    monkeypatch.setattr(showing, "_opened", {})
    monkeypatch.setattr(showing, "last_verdict", {})
    return path


def test_hints_open_one_at_a_time():
    texts = [str(hint("06-tanh")) for _ in range(4)]
    for number, text in enumerate(texts[:3], start=1):
        assert text.startswith(f"06-tanh: hint {number} of 3\n1. ")
        assert [one in text for one in TANH.hints] == [i < number for i in range(3)]
    assert "2 more: call hint('06-tanh') again." in texts[0]
    assert texts[3] == texts[2] and "That was the last one." in texts[3]


def test_what_the_check_said_comes_before_the_hints():
    check("06-tanh", lambda dh, h: [d * (1 - v) for d, v in zip(dh, h, strict=True)])
    text = str(hint("06-tanh"))
    assert text.startswith("06-tanh: hint 1 of 3\nThe last check named a mistake.")
    said, first = text.index("1 - h**2: square h."), text.index(TANH.hints[0])
    assert said < first and TANH.hints[1] not in text


def test_a_new_mistake_is_shown_among_the_hints_that_are_open():
    hint("06-tanh")
    check("06-tanh", lambda dh, h: dh)
    assert "multiply by 1 - h**2" in str(hint("06-tanh"))


def test_a_hint_is_a_panel_too():
    html = hint("06-tanh")._repr_html_()
    assert 'role="status"' in html and TANH.hints[0][:20] in html


def test_what_is_between_backticks_is_code():
    assert as_html("`a < b`, not `c`.") == "<code>a &lt; b</code>, not <code>c</code>."
    assert as_html("A ` alone") == "A ` alone"
    assert "<code>size</code> zeros" in hint("01-one-hot")._repr_html_()
    assert "`size` zeros" in str(hint("01-one-hot"))


def test_a_hint_for_no_exercise_is_refused():
    with pytest.raises(ValueError, match="did you mean '06-tanh'"):
        hint("06-tanhh")


def test_progress_shows_what_is_solved():
    assert str(progress()).startswith(f"0 of {len(all_exercises())} solved, ")
    check("06-tanh", tanh_backward)
    text = str(progress())
    assert text.startswith(f"1 of {len(all_exercises())} solved, about ")
    chapter = of_chapter("06")
    others = ", ".join(name for name in chapter if name != "06-tanh")
    assert re.search(rf"^6 +1 of {len(chapter)} +{others} +\d+$", text, re.M)
    assert re.search(r"^7 +0 of \d+ +all +\d+$", text, re.M)
    assert f"<td>1 of {len(chapter)}</td><td>06-by-hand" in progress()._repr_html_()
    minutes = sum(entry.minutes for entry in entries().values()) - 5
    assert progress().title.endswith(f"about {minutes} minutes to go")


def test_the_table_holds_every_exercise():
    rows = contents().rows
    assert [row[1] for row in rows] == [one.name for one in all_exercises()]
    assert ("", "06-tanh", "Through tanh", "code", "1 of 3", "5") in rows
    assert [row[0] for row in rows if row[0]] == [str(int(n)) for n in chapters()]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"solved": 3}',
        '{"solved": [1]}',
        "null",
        '"solved"',
        b"\xff\xfe".decode("latin1"),
    ],
)
def test_a_damaged_file_is_one_sentence_and_stays_as_it_is(file, content):
    file.write_text(content, "latin1")
    for text in (check("06-tanh", tanh_backward).message, progress().trouble):
        assert "cannot be read" in text and str(file) in text
        assert text.count(". ") == 1 and "\n" not in text
    assert file.read_text("latin1") == content
    assert check("06-tanh", tanh_backward).kind == "right"


@pytest.mark.parametrize("place", ["/dev/null/progress.json", "/proc/x/y.json"])
def test_an_unwritable_file_is_one_sentence(monkeypatch, place):
    monkeypatch.setenv("RNN_BOOK_PROGRESS", place)
    verdict = check("06-tanh", tanh_backward)
    assert verdict.kind == "right"
    assert re.search(r"cannot be (written|read)", verdict.message)
    assert "\n" not in verdict.message


def test_answers_that_a_page_has_saved_stay_in_the_file(file):
    answers = {"06-tanh": {"source": "my_tanh = 1", "version": "abc", "when": 1}}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"solved": ["06-bug"], "answers": answers}))
    assert record.add("06-tanh") == ""
    kept = json.loads(file.read_text())
    assert kept == {"solved": ["06-bug", "06-tanh"], "answers": answers}


def test_a_failure_while_writing_leaves_the_old_file(file, monkeypatch):
    check("06-tanh", tanh_backward)
    before = file.read_text()

    def fails(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fails)
    assert "cannot be written" in record.add("06-bug")
    assert file.read_text() == before
    assert [one.name for one in file.parent.iterdir()] == ["progress.json"]


def test_whoever_writes_at_the_same_time_leaves_a_whole_file(file):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(record.add, [f"06-{i}" for i in range(40)]))
    assert set(json.loads(file.read_text())) == {"solved"}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"RNN_BOOK_PROGRESS": "/a/b.json"}, "/a/b.json"),
        ({"XDG_DATA_HOME": "/data"}, "/data/recurrent-networks-by-hand/progress.json"),
        (
            {"HOME": "/home/me"},
            "/home/me/.local/share/recurrent-networks-by-hand/progress.json",
        ),
    ],
)
def test_where_the_file_is(monkeypatch, settings, expected):
    for name in ("RNN_BOOK_PROGRESS", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert str(record.path()) == expected


def test_a_reader_without_a_home_gets_a_sentence(monkeypatch):
    monkeypatch.delenv("RNN_BOOK_PROGRESS")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)

    def homeless():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(record.Path, "home", homeless)
    assert "no home folder" in check("06-tanh", tanh_backward).message


def test_a_label_is_a_name_too():
    assert exercise(" ex-06-tanh ") is TANH
