"""A file holds the very same numbers, or is refused; a bad one does no harm."""

import io
import os
import pickle
import stat
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from networks import NAMES, network, seeds

from rnn_src import storage
from rnn_src.model import VanillaRNN

V, H = 3, 2
SIZE = H * V + H * H + V * H + H + V

dtypes = st.sampled_from([np.float32, np.float64])
vectors = dtypes.flatmap(
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
    model(0).save(folder / "saved")
    return (folder / "saved").read_bytes()


def loads_or_is_refused(content, path, right):
    """True if the content loads, as the numbers of `right`; else a ValueError."""
    path.write_bytes(content)
    other = model(1, right.dtype)
    before = other.vector.tobytes()
    try:
        other.load(path)
    except ValueError as refused:
        assert str(path) in str(refused) and "expected" in str(refused)
        assert other.vector.tobytes() == before != right.vector.tobytes()
        return False
    assert other.vector.tobytes() == right.vector.tobytes()
    return True


def refused(content, path, message):
    """Whether the content is refused with this message."""
    path.write_bytes(content)
    with pytest.raises(ValueError, match=message):
        model(1).load(path)
    return not loads_or_is_refused(content, path, model(0))


def npy(array):
    file = io.BytesIO()
    np.save(file, array, allow_pickle=True)
    return file.getvalue()


def npz(members):
    """A file like save's, from bytes for each name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.npy", content)
    return file.getvalue()


def right_members():
    return {"format": npy(np.array(1))} | {
        name: npy(array) for name, array in model(0).parameters.items()
    }


# There and back.


@given(vectors)
def test_there_and_back_every_bit_is_the_same(folder, vector):
    one, other = model(0, vector.dtype), model(1, vector.dtype)
    one.vector[:] = vector
    one.save(folder / "a")
    other.load(folder / "a")
    assert other.vector.tobytes() == vector.tobytes()
    assert {n: p.tobytes() for n, p in one.parameters.items()} == {
        n: p.tobytes() for n, p in other.parameters.items()
    }


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_ends_of_the_floats_come_back(folder, dtype):
    info, one, other = np.finfo(dtype), model(0, dtype), model(1, dtype)
    ends = [-0.0, info.smallest_subnormal, -info.tiny, info.max, info.min]
    one.vector[:] = np.resize(np.array(ends, dtype), SIZE)
    one.save(folder / "ends")
    other.load(folder / "ends")
    assert other.vector.tobytes() == one.vector.tobytes()
    assert np.signbit(other.vector[0])


def test_a_loaded_network_goes_on_as_the_saved_one_would(tmp_path):
    one, other = model(0), model(1)
    one.save(tmp_path / "a.npz")
    other.load(str(tmp_path / "a.npz"))
    for each in (one, other):
        each.forward([[0], [1]])
        each.bptt([[1], [2]])
        each.step(0.1)
    assert one.vector.tobytes() == other.vector.tobytes()


def test_a_saved_network_stays_as_it_is_and_goes_on(tmp_path):
    one = model(0)
    one.forward([[0]])
    one.bptt([[1]])
    before = one.vector.tobytes()
    one.save(tmp_path / "a")
    assert one.vector.tobytes() == before
    one.step(0.1)


def test_the_path_is_taken_as_it_is(tmp_path):
    for name in ("plain", "with.ending", "a.npz", "with spaces é"):
        model(0).save(tmp_path / name)
    assert sorted(os.listdir(tmp_path)) == sorted(
        ["plain", "with.ending", "a.npz", "with spaces é"]
    )


def test_a_file_is_as_any_other_file_of_its_writer(tmp_path):
    model(0).save(tmp_path / "a")
    (tmp_path / "b").write_bytes(b"")
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in "ab"]
    assert modes[0] == modes[1]


def test_numpy_alone_can_read_it(folder, saved):
    with np.load(io.BytesIO(saved), allow_pickle=False) as file:
        assert sorted(file.files) == sorted([*NAMES, "format"])
        assert int(file["format"]) == storage.FORMAT == 1
        assert np.array_equal(file["Wx"], model(0).parameters["Wx"])


# Files that are refused.


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"PK\x05\x06" + bytes(18),
        b"a text\n",
        "Text é".encode() * 99,
        bytes(1000),
        npy(np.zeros(3)),
        npy(np.zeros((), object)),
        pickle.dumps({"Wx": 1}),
        b"\x93NUMPY\x01\x00",
        b"\x93NUMPY\x09\x09" * 9,
    ],
)
def test_a_file_of_another_kind_is_refused(folder, content):
    if content[:4] == b"PK\x05\x06":  # an archive, with nothing in it
        assert refused(content, folder / "b", "has format None; expected 1")
    else:
        assert refused(
            content,
            folder / "b",
            "is damaged, or not a file that "
            "save wrote; expected an npz file without pickle",
        )


def test_what_was_pickled_is_not_run(tmp_path):
    class Trap:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "trapped"),)

    trap = np.empty((), object)
    trap[()] = Trap()
    for content in (
        pickle.dumps(Trap()),
        npy(trap),
        npz(right_members() | {"Wx": npy(trap)}),
    ):
        assert refused(content, tmp_path / "b", "without pickle")
    assert os.listdir(tmp_path) == ["b"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": npy(np.array(2))}, r"has format array\(2\); expected 1"),
        ({"format": npy(np.array(0))}, r"has format array\(0\); expected 1"),
        ({"format": npy(np.array([1]))}, r"has format array\(\[1\]\); expected 1"),
        ({"format": npy(np.array(1.0))}, r"has format array\(1.\); expected 1"),
        ({"format": npy(np.array("1"))}, r"has format array\('1'.*; expected 1"),
        ({"format": npy(np.zeros((), [("a", int)]))}, "has format array.*; expec"),
        ({"format": b"1"}, r"has format array\(b'1'.*; expected 1"),
        ({"format": None}, "has format None; expected 1"),
        ({"Wh": None}, r"has nothing for Wh; expected \(\(2, 2\), 'float64'\), as"),
        (
            {"more": npy(np.zeros(2))},
            r"has \(\(2,\), 'float64'\) for more; expected "
            "nothing, as in this network",
        ),
        ({"Wx": npy(np.zeros((V, H)))}, r"has \(\(3, 2\), 'float64'\) for Wx; exp"),
        ({"bh": npy(np.zeros((H, 1)))}, r"has \(\(2, 1\), 'float64'\) for bh; exp"),
        ({"by": npy(np.zeros(0))}, r"has \(\(0,\), 'float64'\) for by; expected"),
        ({"Wy": npy(np.zeros((V, H), np.float32))}, "has .*'float32'.* for Wy; exp"),
        ({"Wy": npy(np.zeros((V, H), ">f8"))}, "has .*'>f8'.* for Wy; expected"),
        ({"Wy": npy(np.zeros((V, H), int))}, "has .*'int64'.* for Wy; expected"),
        ({"Wx": b"no array at all"}, r"has \(\(\), .*S15'\) for Wx; expected"),
        ({"Wx": b""}, r"has \(\(\), .*S1'\) for Wx; expected"),
        ({"Wx": npy(np.zeros((H, V)))[:-1]}, "is damaged"),
        ({"Wx": npy(np.full((H, V), np.nan))}, r"Wx\[0, 0\] is nan; expected"),
        ({"by": npy(np.full(V, np.inf))}, r"by\[0\] is inf; expected a finite"),
    ],
)
def test_a_file_with_other_contents_is_refused(folder, change, message):
    members = {
        name: content
        for name, content in (right_members() | change).items()
        if content is not None
    }
    (folder / "c").write_bytes(npz(members))
    other = model(1)
    before = other.vector.tobytes()
    with pytest.raises(ValueError, match=message):
        other.load(folder / "c")
    assert other.vector.tobytes() == before


def test_the_file_made_by_hand_is_right_but_for_its_changes(folder):
    assert loads_or_is_refused(npz(right_members()), folder / "c", model(0))


@pytest.mark.parametrize(
    "other",
    [
        network(np.random.default_rng(1), V + 1, H),
        network(np.random.default_rng(1), V, H + 1),
        network(np.random.default_rng(1), V, H, dtype=np.float32),
    ],
)
def test_a_file_of_another_network_is_refused(folder, saved, other):
    before = other.vector.tobytes()
    with pytest.raises(ValueError, match="for Wh|for Wx; expected .* as in this"):
        other.load(folder / "saved")
    assert other.vector.tobytes() == before


def test_a_file_cut_short_anywhere_is_refused(folder, saved):
    for length in range(0, len(saved), 7):
        assert not loads_or_is_refused(saved[:length], folder / "d", model(0))


def test_a_byte_flipped_anywhere_is_refused_or_does_not_matter(folder, saved):
    harmless = 0
    for place in range(0, len(saved), 3):
        flipped = bytearray(saved)
        flipped[place] ^= 1 << place % 8
        harmless += loads_or_is_refused(flipped, folder / "e", model(0))
    assert harmless < len(saved) / 6  # dates, and what only other readers use


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(st.integers(0, 10**6), st.integers(1, 255)), min_size=1, max_size=3
    )
)
def test_bytes_changed_at_will_are_refused_or_do_not_matter(folder, saved, hits):
    changed = bytearray(saved)
    for place, bits in hits:
        changed[place % len(saved)] ^= bits
    loads_or_is_refused(changed, folder / "f", model(0))


@given(st.binary(max_size=200), st.integers(0, 2000))
def test_bytes_put_in_are_refused_or_do_not_matter(folder, saved, more, place):
    loads_or_is_refused(saved[:place] + more + saved[place:], folder / "g", model(0))


def test_a_file_that_claims_another_compression_is_refused(folder, saved):
    entry = saved.index(b"PK\x01\x02")  # of the archive's table
    for method in range(1, 100):
        changed = bytearray(saved)
        changed[entry + 10] = method
        assert refused(changed, folder / "h", "is damaged")


def test_a_compressed_file_is_read_all_the_same(folder):
    file = io.BytesIO()
    np.savez_compressed(file, format=1, **model(0).parameters)
    assert loads_or_is_refused(file.getvalue(), folder / "i", model(0))


@given(seeds)
def test_a_refused_file_leaves_what_waits(folder, seed):
    one, twin = model(seed % 100), model(seed % 100)
    (folder / "j").write_bytes(b"no network")
    for each in (one, twin):
        each.forward([[0], [2]])
        each.bptt([[2], [1]])
    with pytest.raises(ValueError, match="damaged"):
        one.load(folder / "j")
    one.step(0.1), twin.step(0.1)
    assert one.vector.tobytes() == twin.vector.tobytes()


def test_what_cannot_be_opened_is_an_oserror(tmp_path):
    for path in (tmp_path / "nothing", tmp_path):
        with pytest.raises(OSError, match=str(path)):
            model(0).load(path)
    for path in (tmp_path / "no" / "folder", tmp_path):
        with pytest.raises(OSError):
            model(0).save(path)
    assert os.listdir(tmp_path) == []


# A save that fails.


def half_written(file, **_):
    file.write(b"PK half of a file")
    raise OSError("no space left on device")


def interrupted(file, **_):
    file.write(b"PK half of a file")
    raise KeyboardInterrupt


def not_moved(*_):
    raise PermissionError("not moved")


@pytest.mark.parametrize(
    ("module", "name", "failure", "raised"),
    [
        (np, "savez", half_written, OSError),
        (np, "savez", interrupted, KeyboardInterrupt),
        (storage.os, "replace", not_moved, PermissionError),
    ],
)
@pytest.mark.parametrize("old", [True, False])
def test_a_failed_save_leaves_the_old_file_and_no_other(
    tmp_path, monkeypatch, module, name, failure, raised, old
):
    if old:
        model(0).save(tmp_path / "a")
    with monkeypatch.context() as patch:
        patch.setattr(module, name, failure)
        with pytest.raises(raised):
            model(1).save(tmp_path / "a")
    assert os.listdir(tmp_path) == (["a"] if old else [])
    if old:
        other = model(2)
        other.load(tmp_path / "a")
        assert other.vector.tobytes() == model(0).vector.tobytes()


def test_the_new_file_is_made_beside_the_old_one(tmp_path, monkeypatch):
    """A file can be moved at once only within a disk."""
    moves, move = [], os.replace

    def watched(source, target):
        moves.append((source, target))
        move(source, target)

    monkeypatch.setattr(storage.os, "replace", watched)
    model(0).save(tmp_path / "a")
    [(source, target)] = moves
    assert tmp_path in source.parents and target == tmp_path / "a"
    assert source != target


def test_a_network_that_is_not_finite_is_not_saved(tmp_path):
    model(0).save(tmp_path / "a")
    before = (tmp_path / "a").read_bytes()
    one = model(1)
    one.parameters["Wy"][1, 0] = np.nan
    with pytest.raises(ValueError, match=r"Wy\[1, 0\] is nan; expected a fin"):
        one.save(tmp_path / "a")
    assert os.listdir(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == before


def test_a_second_save_replaces_the_first(tmp_path):
    model(0).save(tmp_path / "a")
    model(1).save(tmp_path / "a")
    other = VanillaRNN(V, H, np.random.default_rng(5))
    other.load(tmp_path / "a")
    assert other.vector.tobytes() == model(1).vector.tobytes()
    assert os.listdir(tmp_path) == ["a"]
