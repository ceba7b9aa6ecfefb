"""The benchmark: the same work first, then the clock, then an honest table."""

from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks import floor, numpy_rnn
from benchmarks import measure as measuring
from benchmarks.gate import Different, same
from benchmarks.measure import FLOOR, IMPLEMENTATIONS, OURS, calls, measure, ratio
from benchmarks.report import described, duration, growth, machine, row, table, written
from benchmarks.run import TABLE
from benchmarks.scaling import network
from benchmarks.work import LR, WORK, Work, numbers
from benchmarks.worker import settle
from rnn_src.model import VanillaRNN
from rnn_src.parameters import NAMES
from rnn_src.plots import benchmark_results

SMALL = Work(5, 4, 3, 2, updates=True)
GATED = Work(5, 4, 3, 2, gated=True)


def plain(work):
    """Loss and gradients by loops of our own, one sequence at a time."""
    p, xs, ys = numbers(work)
    found = {name: np.zeros_like(array) for name, array in p.items()}
    found["loss"] = np.zeros(())
    for x, y in zip(xs.T, ys.T, strict=True):
        h, shares = [np.zeros(work.H, np.float32)], []
        for i in x:
            h.append(np.tanh(p["Wx"][:, i] + p["Wh"] @ h[-1] + p["bh"]))
            e = np.exp(p["Wy"] @ h[-1] + p["by"])
            shares.append(e / e.sum())
        carry = np.zeros(work.H)
        for t in reversed(range(work.T)):
            found["loss"] = found["loss"] - np.log(shares[t][y[t]]) / work.B
            dz = shares[t].copy()
            dz[y[t]] -= 1
            dz /= work.B
            da = (p["Wy"].T @ dz + carry) * (1 - h[t + 1] ** 2)
            found["Wy"] += np.outer(dz, h[t + 1])
            found["by"] += dz
            found["Wx"][:, x[t]] += da
            found["Wh"] += np.outer(da, h[t])
            found["bh"] += da
            carry = p["Wh"].T @ da
    return found


def ours(work):
    return numpy_rnn.Network(work, *numbers(work)).gradients()


def test_the_work_is_what_plain_loops_compute():
    same("rnn_src", "small", ours(SMALL), plain(SMALL))


@pytest.mark.parametrize("name", ["loss", *NAMES])
def test_the_gate_closes_if_one_entry_of_one_implementation_is_off(name):
    found = plain(SMALL)
    found[name] = np.array(found[name])
    found[name].flat[-1] += 1e-3 * np.abs(found[name]).max()
    with pytest.raises(Different, match=f"other .small.: {name} is off by"):
        same("other", "small", found, ours(SMALL))


def test_the_gate_closes_for_what_is_missing_or_not_a_number():
    found = plain(SMALL)
    with pytest.raises(Different, match="expected .*'by'"):
        same("other", "small", {k: found[k] for k in list(found)[1:]}, found)
    with pytest.raises(Different, match="Wh has shape"):
        same("other", "small", found | {"Wh": found["Wh"][:1]}, found)
    with pytest.raises(Different, match="Wh is off by nan"):
        same("other", "small", found | {"Wh": found["Wh"] * np.nan}, found)


def test_three_updates_are_those_of_the_model(monkeypatch):
    monkeypatch.setattr(numpy_rnn, "CLIP", 0.01)  # low enough to be felt
    parameters, x, y = numbers(SMALL)
    network_ = numpy_rnn.Network(SMALL, parameters, x, y)
    network_.update(3)
    model = VanillaRNN.from_parameters(parameters)
    for _ in range(3):
        model.forward(x)
        model.bptt(y)
        model.step(LR, 0.01)
    for name, array in network_.parameters().items():
        assert np.array_equal(array, model.parameters[name])
        assert not np.array_equal(array, parameters[name])


@pytest.mark.parametrize("changed", ["gradients", "parameters"])
def test_no_clock_starts_if_one_implementation_is_changed(monkeypatch, changed):
    class Here:
        """A worker in this process; the one called "other" is mistaken."""

        def __init__(self, name):
            self.wrong = name == "other"
            self.network = numpy_rnn.Network(SMALL, *numbers(SMALL))

        def ask(self, command, argument=None):
            if command == "prepare":
                return None
            found = getattr(self.network, command)(
                *([] if argument is None else [argument])
            )
            if self.wrong and command == changed:
                found = found | {"Wh": found["Wh"].T}
            return found

        def close(self):
            pass

    monkeypatch.setattr(measuring, "Worker", Here)
    monkeypatch.setattr(measuring, "interleaved", lambda *_: {"clock": []})
    names = {OURS: "rnn_src", "same": "Same"}
    monkeypatch.setattr(measuring, "IMPLEMENTATIONS", names)
    assert measure(SMALL, 2, lambda _: None) == {"clock": []}
    names["other"] = "Other"
    with pytest.raises(Different, match="Other .* Wh"):
        measure(SMALL, 2, lambda _: None)


def test_the_workers_get_one_thread_one_core_and_no_forced_kernels(monkeypatch):
    pinned = []
    system = SimpleNamespace(
        environ={"OPENBLAS_CORETYPE": "Haswell", "OMP_NUM_THREADS": "8"},
        sched_getaffinity=lambda _: {0, 3},
        sched_setaffinity=lambda _, cores: pinned.append(cores),
    )
    monkeypatch.setattr("benchmarks.worker.os", system)
    settle()
    assert pinned == [{3}]
    assert "OPENBLAS_CORETYPE" not in system.environ
    assert system.environ["OMP_NUM_THREADS"] == "1"


@pytest.mark.parametrize(("work", "blocks"), [(SMALL, 1), (GATED, 4)])
def test_the_floor_does_all_products_of_a_pass(monkeypatch, work, blocks):
    sizes = []
    bare = floor.Network(work, *numbers(work))
    dot = np.dot
    monkeypatch.setattr(
        np,
        "dot",
        lambda a, b, out: (sizes.append(a.size * b.shape[1]), dot(a, b, out=out))[1],
    )
    bare.compute(1)
    V, H, rows = work.V, work.H, work.T * work.B
    assert sum(sizes) == rows * (blocks * (3 * H * H + V * H) + 3 * V * H)


def test_all_take_their_turn_and_what_is_not_there_is_said(monkeypatch):
    monkeypatch.setattr(measuring, "LEAST", 1e-4)
    monkeypatch.setattr(
        measuring,
        "IMPLEMENTATIONS",
        {OURS: "rnn_src", "not_there": "Another", FLOOR: "floor"},
    )
    said = []
    found = measure(SMALL, 2, said.append)
    assert len(found[OURS]) == len(found[FLOOR]) == 2
    assert min(found[OURS] + found[FLOOR]) > 0
    assert found["not_there"].startswith("not installed (")
    assert any("Another: not installed" in line for line in said)


def test_the_number_of_calls_grows_until_a_timing_can_be_read():
    asked = []
    n = calls(lambda n: asked.append(n) or n * 1e-3)
    assert asked[0] == 1 and n == asked[-1] and n * 1e-3 >= 0.03


def test_a_ratio_is_taken_within_each_round():
    assert ratio([2.0, 8.0, 30.0], [1.0, 2.0, 10.0]) == 3


def test_the_table_has_a_line_for_each_and_no_empty_cell():
    entry = row(
        SMALL,
        {
            OURS: [1e-3, 1e-3],
            FLOOR: [5e-4, 5e-4],
            "jax_rnn": "not installed (no module)",
        },
    )
    lines = table([entry]).splitlines()
    assert len(lines) == len(IMPLEMENTATIONS) + 2
    assert "| rnn_src | 1.0 ms (1.00) |" in lines
    assert "| floor | 500 µs (0.50) |" in lines
    assert "| JAX, jit | not installed |" in lines
    assert all(cell.strip() for line in lines for cell in line[1:-1].split("|"))


def test_durations_are_read_easily():
    assert [duration(v) for v in (41.2, 1234.0, 123456.0)] == [
        "41 µs",
        "1.2 ms",
        "123 ms",
    ]


def test_the_machine_is_described():
    text = described(machine(rounds=7))
    assert "7 rounds" in text and f"numpy {np.__version__}" in text


def test_the_last_doubling_is_what_is_said():
    series = {"1": 9.0, "2": 2.0, "4": 5.0}
    text = growth(
        {
            "T": series,
            "H": series | {"4": 8.0},
            "V": series,
            "memory": series | {"4": 4.0},
        }
    )
    assert (
        "2.5 times as long for T from 2 to 4, 4.0 times as long for H from 2 "
        "to 4" in text
    )
    assert text.endswith("and 2.0 times the memory for T from 2 to 4.")


def test_the_table_of_the_book_is_made_of_its_numbers():
    results = benchmark_results()
    assert TABLE.read_text("utf8") == written(results)
    for entry in results["rows"]:
        assert set(entry["ratios"]) | set(entry["missing"]) <= set(
            IMPLEMENTATIONS.values()
        )


def test_only_the_named_size_is_changed():
    x = network("T", 7).x
    assert x.shape == (7, 32)


def test_the_pieces_of_work_are_those_of_the_book():
    assert [(w.V, w.H, w.T, w.B, w.updates, w.gated) for w in WORK] == [
        (26, 64, 6, 1, True, False),
        (26, 128, 32, 64, False, False),
        (64, 256, 64, 64, False, False),
        (64, 512, 64, 128, False, False),
        (64, 256, 64, 64, False, True),
    ]


def test_an_lstm_is_the_same_work_for_all(torch):
    from benchmarks import torch_rnn

    theirs = torch_rnn.Network(GATED, *numbers(GATED)).gradients()
    same("PyTorch", "small LSTM", theirs, ours(GATED))
    assert str(GATED) == "LSTM, gradients, V=5 H=4 T=3 B=2"
