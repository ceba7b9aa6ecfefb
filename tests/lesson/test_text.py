"""Any text becomes ids and comes back; what is no text is refused at once."""

import hashlib
import re
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_src.text import END, TEXTS, UNKNOWN, Characters, lines, read_text, split
from rnn_src.text import streams as side_by_side

GERMAN = "Schöne Grüße aus Überlingen, süßer Käse!\n" * 5
GREEK = "Ἐν ἀρχῇ ἦν ὁ λόγος, καὶ ὁ λόγος ἦν πρὸς τὸν θεόν.\n" * 5
texts = st.text(st.sampled_from("abcäöüß ñλόγος\n🎵"), min_size=1, max_size=60)


@pytest.mark.parametrize("name", ["names.txt", "pride-and-prejudice.txt"])
def test_a_text_is_what_its_source_says(name):
    content = (TEXTS / name).read_bytes()
    source = (TEXTS / "SOURCE.txt").read_text("utf8")
    entry = source[source.index(f"{name}:") :]
    assert re.search(r"sha256 (\w{64})$", entry, re.M).group(1) == (
        hashlib.sha256(content).hexdigest()
    )
    characters = int(re.search(r"([\d,]+) characters", entry)[1].replace(",", ""))
    assert len(read_text(TEXTS / name)) == characters


def test_the_names_are_one_a_line_each_once_and_sorted():
    names = read_text(TEXTS / "names.txt").split()
    assert len(names) == 5163 and names == sorted(set(names))
    assert all(re.fullmatch("[A-Z][a-z]+", name) for name in names)


@pytest.mark.parametrize("text", [GERMAN, GREEK])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_any_language_comes_back_as_it_was(tmp_path, text, form):
    path = tmp_path / "own.txt"
    path.write_text(unicodedata.normalize(form, text), "utf8")
    found = read_text(path)
    assert found == unicodedata.normalize("NFC", text)
    characters = Characters.of(found)
    assert characters.decode(characters.encode(found)) == found
    assert len(characters) == 2 + len(set(found))


def test_marks_of_a_file_are_no_part_of_its_text(tmp_path):
    path = tmp_path / "own.txt"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\r\n")
    assert read_text(path) == "one\ntwo\n"
    path.write_bytes("Grüße".encode("latin-1"))
    assert read_text(path, "latin-1") == "Grüße"


@pytest.mark.parametrize("content", [b"", b" \n\n\t", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(tmp_path, content):
    (tmp_path / "own.txt").write_bytes(content)
    with pytest.raises(ValueError, match=r"own.txt is empty; expected a text"):
        read_text(tmp_path / "own.txt")


def test_another_encoding_is_refused_and_a_missing_file_is_an_oserror(tmp_path):
    (tmp_path / "own.txt").write_bytes("Grüße".encode("latin-1"))
    message = r"own.txt is not UTF-8, byte 2 is 0xfc; expected UTF-8: save it"
    with pytest.raises(ValueError, match=message):
        read_text(tmp_path / "own.txt")
    with pytest.raises(ValueError, match="own.txt is not ASCII, byte 2 is 0xfc"):
        read_text(tmp_path / "own.txt", "ascii")
    with pytest.raises(OSError, match="no.txt"):
        read_text(tmp_path / "no.txt")


@given(texts, texts, st.integers(1, 3))
def test_a_vocabulary_knows_what_occurs_often_enough(train, other, at_least):
    known = {c for c in train if train.count(c) >= at_least}
    if not known:
        with pytest.raises(ValueError, match="text has no character that occurs"):
            Characters.of(train, at_least)
        return
    characters = Characters.of(train, at_least)
    assert characters.signs == [UNKNOWN, END, *sorted(known)]
    assert characters.decode(characters.encode(other)) == "".join(
        c if c in known else UNKNOWN for c in other
    )
    assert Characters(characters.signs).ids == characters.ids


def test_nothing_is_encoded_as_nothing():
    characters = Characters.of("ab")
    assert characters.encode("").shape == (0,) and characters.decode([]) == ""
    with pytest.raises(ValueError, match=r"ids\[1\] is 4; expected 0 to 3"):
        characters.decode([0, 4])
    with pytest.raises(ValueError, match=r"ids\[0\] is -1; expected 0 to 3"):
        characters.decode([-1])


@pytest.mark.parametrize(
    "signs", [["a", "b"], [], [UNKNOWN, END, "a", "a"], [END, UNKNOWN, "a"]]
)
def test_signs_that_are_no_vocabulary_are_refused(signs):
    with pytest.raises(ValueError, match=r"signs begins with .*; expected \['<unk>'"):
        Characters(signs)


@given(st.integers(2, 200), st.sampled_from([0.1, 0.25, 0.5]))
def test_a_split_loses_nothing_and_keeps_the_order(length, share):
    whole = list(range(length))
    if round(share * length) in (0, length):
        with pytest.raises(ValueError, match=f"sequence has length {length}; exp"):
            split(whole, share)
        return
    train, held_out = split(whole, share)
    assert train + held_out == whole and len(held_out) == round(share * length)


@pytest.mark.parametrize("share", [0, 1, -0.1, 1.5, float("nan")])
def test_a_share_is_between_0_and_1(share):
    with pytest.raises(ValueError, match="held_out is .*; expected between 0 and 1"):
        split("abcdef", share)


@given(st.integers(2, 60), st.integers(1, 7))
def test_streams_go_on_where_the_one_before_stops(length, B):
    ids = np.arange(100, 100 + length)
    if length <= B:
        with pytest.raises(ValueError, match=rf"M at least {B + 1} for {B} streams"):
            side_by_side(ids, B)
        return
    x, y = side_by_side(ids, B)
    assert x.shape == y.shape == ((length - 1) // B, B)
    assert np.array_equal(y, x + 1)  # no target is lost at a cut
    assert np.array_equal(x.T.ravel(), ids[: x.size])  # column by column: the text


def test_streams_want_one_row_of_integers():
    with pytest.raises(ValueError, match="ids has dtype <U1; expected integers"):
        side_by_side(list("abcde"), 2)
    with pytest.raises(ValueError, match=r"ids has shape \(4, 2\); expected \(M,\)"):
        side_by_side(np.zeros((4, 2), int), 2)


def test_lines_begin_after_an_end_and_end_with_one():
    characters = Characters.of("Bobal")
    ids, targets, mask = lines(["Bob", "a"], characters)
    assert ids.shape == targets.shape == mask.shape == (4, 2)
    for b, name in enumerate(["Bob", "a"]):
        n = mask[:, b].sum()
        assert n == len(name) + 1 and mask[:n, b].all()
        assert characters.decode(ids[:n, b]) == END + name
        assert characters.decode(targets[:n, b]) == name + END
    with pytest.raises(ValueError, match="expected at least one"):
        lines([], characters)
