"""A file holds the very same network, or is refused; a bad one does no harm."""

import ast
import io
import json
import os
import pickle
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from networks import NAMES, network

from rnn_src import storage
from rnn_src.descent import Adam, Momentum
from rnn_src.lstm import LSTM
from rnn_src.model import VanillaRNN
from rnn_src.storage import load, save
from rnn_src.text import Characters, streams

V, H = 3, 2
SIZE = H * V + H * H + V * H + H + V
WORDS = ["a", "β\0", "<end>"]  # NumPy's own text would lose the 0

vectors = st.sampled_from([np.float32, np.float64]).flatmap(
    lambda dtype: arrays.arrays(
        dtype,
        SIZE,
        elements=arrays.from_dtype(
            np.dtype(dtype), allow_nan=False, allow_infinity=False
        ),
    )
)


def model(seed=0, dtype=np.float64):
    return network(np.random.default_rng(seed), V, H, dtype=dtype)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One folder for all examples of a test."""
    return tmp_path_factory.mktemp("storage")


@pytest.fixture(scope="module")
def saved(folder):
    """The bytes of a file with model(0), as save writes it."""
    save(folder / "saved", model(0), WORDS)
    return (folder / "saved").read_bytes()


def loads_or_is_refused(content, path):
    """True if the content loads as model(0); else it must be a ValueError."""
    path.write_bytes(content)
    try:
        found, words, _ = load(path)
    except ValueError as error:
        assert str(path) in str(error) and "expected" in str(error)
        return False
    assert found.vector.tobytes() == model(0).vector.tobytes()
    assert words in (WORDS, None)
    return True


def npy(array):
    file = io.BytesIO()
    np.save(file, array, allow_pickle=True)
    return file.getvalue()


def npz(changes=None):
    """A file like save's, with the bytes of some members changed or left out."""
    members = {"format": npy(np.array(1))} | {
        name: npy(array) for name, array in model(0).parameters.items()
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in (members | (changes or {})).items():
            if content is not None:
                archive.writestr(f"{name}.npy", content)
    return file.getvalue()


@given(vectors, st.sampled_from([WORDS, None]))
def test_a_file_alone_makes_the_network_again(folder, vector, words):
    one = model(0, vector.dtype)
    one.vector[:] = vector
    save(folder / "a", one, words)
    other, found, _ = load(str(folder / "a"))
    assert other.vector.tobytes() == vector.tobytes() and found == words
    assert (other.vocab_size, other.hidden_size, other.dtype) == (V, H, vector.dtype)


def test_both_networks_go_on_alike(tmp_path):
    one = model(0)
    one.forward([[0]])
    one.bptt([[1]])
    save(tmp_path / "a.npz", one)
    one.step(0.1)  # what was waiting goes on
    save(tmp_path / "a.npz", one)
    other, *_ = load(tmp_path / "a.npz")
    for each in (one, other):
        each.forward([[0], [1]])
        each.bptt([[1], [2]])
        each.step(0.1)
    assert one.vector.tobytes() == other.vector.tobytes()


def test_numpy_alone_can_read_it(saved):
    with np.load(io.BytesIO(saved), allow_pickle=False) as file:
        assert sorted(file.files) == sorted([*NAMES, "format", "vocabulary"])
        assert np.array_equal(file["Wx"], model(0).parameters["Wx"])
        assert json.loads(file["vocabulary"].tobytes()) == WORDS


def test_the_path_is_taken_as_it_is_and_a_link_leads_on(tmp_path):
    target, link = tmp_path / "a", tmp_path / "link"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    save(link, model(0))
    assert link.is_symlink() and sorted(os.listdir(tmp_path)) == ["a", "link"]
    assert loads_or_is_refused(target.read_bytes(), tmp_path / "b")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["a", "b"], "vocabulary has 2 entries, 2 of them different; expected 3"),
        (["a", "b", "a"], "vocabulary has 3 entries, 2 of them different; exp"),
        (["a", "b", 3], "vocabulary holds something else than text"),
    ],
)
def test_a_vocabulary_that_does_not_fit_is_refused(tmp_path, words, message):
    with pytest.raises(ValueError, match=message):
        save(tmp_path / "a", model(0), words)
    assert os.listdir(tmp_path) == []
    content = npz({"vocabulary": npy(np.frombuffer(json.dumps(words).encode(), "u1"))})
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(
        ValueError, match=f"a does not hold a network; expected .*: {message}"
    ):
        load(tmp_path / "a")


def test_what_was_pickled_is_not_run(tmp_path):
    class Trap:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "trapped"),)

    trap = np.empty((), object)
    trap[()] = Trap()
    for content in (pickle.dumps(Trap()), npy(trap), npz({"Wx": npy(trap)})):
        assert not loads_or_is_refused(content, tmp_path / "b")
    assert os.listdir(tmp_path) == ["b"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is damaged, or not a file that save wrote; expected an npz file"),
        (b"a text\n", "is damaged"),
        (npy(np.zeros(3)), "is damaged"),
        (b"PK\x05\x06" + bytes(18), "has format None; expected 1"),
        (npz({"format": npy(np.array(2))}), r"has format array\(2\); expected 1"),
        (npz({"format": npy(np.array(1.0))}), r"has format array\(1.\); expected 1"),
        (npz({"format": b"1"}), r"has format array\(b'1'.*; expected 1"),
        (npz({"Wh": None}), r"parameters has .*; expected \['Wh', 'Wx',"),
        (npz({"more": npy(np.zeros(2))}), "parameters has .*'more'.*; expected"),
        (npz({"Wx": npy(np.zeros((V, H)))}), r"Wx has shape \(3, 2\); expected \(2,"),
        (npz({"by": npy(np.zeros(0))}), "has shape .*; expected"),
        (npz({"Wy": npy(np.zeros((V, H), np.float32))}), "Wy has dtype float32; exp"),
        (npz({"Wy": npy(np.zeros((V, H), int))}), "dtype of Wy is int64; expected fl"),
        (npz({"Wx": b"no array at all"}), "Wx has shape .*; expected"),
        (npz({"Wx": npy(np.zeros((H, V)))[:-1]}), "is damaged"),
        (npz({"Wx": npy(np.full((H, V), np.nan))}), r"Wx\[0, 0\] is nan; expected"),
        (npz({"vocabulary": npy(np.zeros(3, np.uint8))}), "does not hold a network"),
    ],
)
def test_a_file_of_another_kind_is_refused(folder, content, message):
    (folder / "c").write_bytes(content)
    with pytest.raises(ValueError, match=message):
        load(folder / "c")
    assert not loads_or_is_refused(content, folder / "c")
    assert loads_or_is_refused(npz(), folder / "c")


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(st.integers(0, 10**6), st.integers(1, 255)), min_size=1, max_size=3
    ),
    st.binary(max_size=200),
    st.integers(0, 2000),
)
def test_damage_is_refused_or_does_not_matter(folder, saved, hits, more, place):
    changed = bytearray(saved)
    for where, bits in hits:
        changed[where % len(saved)] ^= bits
    for content in (changed, saved[:place] + more + saved[place:], saved[:-place]):
        loads_or_is_refused(content, folder / "d")


def test_what_cannot_be_opened_is_an_oserror(tmp_path):
    for path in (tmp_path / "nothing", tmp_path):
        with pytest.raises(OSError, match=str(path)):
            load(path)
    with pytest.raises(OSError):
        save(tmp_path / "no" / "folder", model(0))
    assert os.listdir(tmp_path) == []


def half_written(file, **_):
    file.write(b"PK half of a file")
    raise KeyboardInterrupt


def not_moved(*_):
    raise PermissionError("not moved")


@pytest.mark.parametrize(
    ("module", "name", "failure"),
    [(np, "savez", half_written), (storage.os, "replace", not_moved)],
)
@pytest.mark.parametrize("old", [True, False])
def test_a_failed_save_leaves_the_old_file_and_no_other(
    tmp_path, monkeypatch, module, name, failure, old
):
    if old:
        save(tmp_path / "a", model(0))
    monkeypatch.setattr(module, name, failure)
    with pytest.raises((KeyboardInterrupt, PermissionError)):
        save(tmp_path / "a", model(1))
    assert os.listdir(tmp_path) == (["a"] if old else [])
    if old:
        assert load(tmp_path / "a")[0].vector.tobytes() == model(0).vector.tobytes()


def test_a_network_that_is_not_finite_is_not_saved(tmp_path):
    one = model(1)
    one.parameters["Wy"][1, 0] = np.nan
    with pytest.raises(ValueError, match=r"Wy\[1, 0\] is nan; expected a fin"):
        save(tmp_path / "a", one)
    assert os.listdir(tmp_path) == []


# -- what a rule of descent remembers, and going on

TEXT = "the cat sat on the mat, and the rat sat on the cat. " * 8

GO_ON = """
import sys
from rnn_src.storage import load
from rnn_src.text import Characters, streams
sys.path[:0] = [{tests!r}]
from lesson.test_storage import TEXT, trained
model, signs, rule = load({path!r})
ids, targets = streams(Characters(signs).encode(TEXT), 4)
print(trained(model, rule, ids, targets))
"""


def trained(model, rule, ids, targets, updates=12):
    """Train in pieces of 20 steps; the losses as their exact hexadecimal digits."""
    losses = []
    for n in range(updates):
        piece = slice(20 * (n % 4), 20 * (n % 4) + 20)
        model.forward(ids[piece])
        losses.append(model.bptt(targets[piece]).hex())
        model.vector[:] -= 0.01 * rule(model.gradient)
    return losses


@pytest.mark.parametrize("make", [Momentum, Adam])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_new_process_goes_on_to_the_bit(tmp_path, make, dtype):
    characters = Characters.of(TEXT)
    ids, targets = streams(characters.encode(TEXT), 4)
    one = network(np.random.default_rng(0), len(characters), 8, dtype=dtype)
    rule = make()
    trained(one, rule, ids, targets)
    save(tmp_path / "a.npz", one, characters.signs, rule)
    tests = str(Path(__file__).parents[1])
    code = GO_ON.format(path=str(tmp_path / "a.npz"), tests=tests)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert ast.literal_eval(done.stdout) == trained(one, rule, ids, targets)


@pytest.mark.parametrize("rule", [Momentum(0.5), Adam(0.8, 0.99, 1e-6), Adam()])
def test_a_rule_comes_back_with_its_settings(tmp_path, rule):
    for steps in range(2):
        save(tmp_path / "a", model(0), rule=rule)
        found = load(tmp_path / "a")[2]
        assert type(found) is type(rule)
        settings = {k: v for k, v in vars(found).items() if k != "state"}
        assert settings == {k: v for k, v in vars(rule).items() if k != "state"}
        assert list(found.state) == list(rule.state) and len(found.state) != steps - 1
        for name, array in rule.state.items():
            assert found.state[name].tobytes() == array.tobytes()
        rule(np.arange(SIZE, dtype=float))


def test_a_rule_that_no_file_can_hold_is_refused(tmp_path):
    with pytest.raises(ValueError, match="rule is of type function; expected Momentum"):
        save(tmp_path / "a", model(0), rule=lambda g: g)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (["Newton", {}], "rule is damaged: KeyError"),
        (["Adam", {"gamma": 1}], "rule is damaged: TypeError"),
        (["Adam", {"beta1": 2}], "beta1 is 2; expected less than 1"),
        ("Adam", "expected one that save wrote"),
    ],
)
def test_a_damaged_rule_is_refused(folder, rule, message):
    content = npz({"rule": npy(storage.as_bytes(rule))})
    (folder / "r").write_bytes(content)
    with pytest.raises(ValueError, match=message):
        load(folder / "r")


def test_other_data_than_the_networks_are_refused(saved, folder):
    (folder / "v").write_bytes(saved)
    assert load(folder / "v", WORDS)[1] == WORDS
    with pytest.raises(
        ValueError,
        match=r"v has a vocabulary of 3, your data one of 3: id 1 is 'β\\x00' there "
        "and 'b' in yours; expected the same",
    ):
        load(folder / "v", ["a", "b", "<end>"])
    with pytest.raises(ValueError, match="your data one of 2: id 2 is '<end>' there"):
        load(folder / "v", WORDS[:2])
    save(folder / "w", model(0))
    with pytest.raises(ValueError, match="w has a vocabulary of 0, your data one of 3"):
        load(folder / "w", WORDS)


@pytest.mark.parametrize("kind", [VanillaRNN, LSTM])
def test_the_kind_of_a_network_is_known_by_its_parameters(tmp_path, kind):
    one = kind(V, H, np.random.default_rng(0))
    save(tmp_path / "a", one)
    other = load(tmp_path / "a")[0]
    assert type(other) is kind and other.vector.tobytes() == one.vector.tobytes()


@pytest.mark.parametrize("words", [5, None, "[" * 5000 + "]" * 5000])
def test_a_vocabulary_that_is_no_list_is_refused(tmp_path, words):
    save(tmp_path / "a", model(0), WORDS)
    with np.load(tmp_path / "a") as file:
        arrays = dict(file)
    text = words if isinstance(words, str) else json.dumps(words)
    arrays["vocabulary"] = np.frombuffer(text.encode(), np.uint8)
    with open(tmp_path / "b", "wb") as file:
        np.savez(file, **arrays)
    with pytest.raises(ValueError, match="b does not hold a network"):
        load(tmp_path / "b")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rule.m": None}, "rule remembers s, n; expected m, s, n, or nothing"),
        ({"rule.n": None}, "rule remembers m, s; expected"),
        (
            {"rule.m": np.full(SIZE, np.nan)},
            "rule.m has entries that no training",
        ),
        ({"rule.s": np.full(SIZE, -1.0)}, "rule.s .* numbers, at least 0"),
        ({"rule.n": np.array(-5)}, "rule.n .* numbers, at least 1"),
        ({"rule.n": np.array([1, 2])}, r"rule.n has shape \(2,\)"),
        ({"rule.m": np.zeros(3)}, r"rule.m has shape \(3,\) .* one network"),
        ({"rule.s": np.zeros(SIZE, np.float32)}, "rule.s .* float32; expected"),
    ],
)
def test_a_rule_whose_memory_is_damaged_is_refused(tmp_path, changes, message):
    rule = Adam()
    rule(np.ones(SIZE))
    save(tmp_path / "a", model(0), rule=rule)
    with np.load(tmp_path / "a") as file:
        arrays = dict(file) | changes
    with open(tmp_path / "b", "wb") as file:
        np.savez(file, **{k: v for k, v in arrays.items() if v is not None})
    with pytest.raises(ValueError, match=message):
        load(tmp_path / "b")


def test_the_rule_of_another_network_is_not_saved(tmp_path):
    rule = Momentum()
    rule(np.ones(SIZE + 1))
    with pytest.raises(ValueError, match="rule.v has shape .* one network"):
        save(tmp_path / "a", model(0), rule=rule)
    assert os.listdir(tmp_path) == []
