"""Training: held against loops written by hand, and silent unless told."""

import weakref

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import NAMES, network, random_batch, seeds

from rnn_src.descent import Adam, Momentum
from rnn_src.training import History, train, train_stream, update

rng = np.random.default_rng
nan, inf = np.nan, np.inf

frozen_sets = st.sets(st.sampled_from(NAMES), max_size=4)


def pairs(seed, T=3, N=5, V=4):
    """Inputs, targets and a mask for network(rng(seed))."""
    batch = random_batch(rng(seed), T, N, V=V)
    return batch.x, batch.targets, batch.mask


def one_step(model, x, targets, h0, mask, lr, clip, clip_by, frozen):
    """An update by hand; gives the loss, the norm and the final states."""
    hidden, _ = model.forward(x, h0)
    loss = model.bptt(targets, mask)
    for name in frozen:
        model.gradients[name][:] = 0
    norm = np.sqrt((model.gradient**2).sum())
    model.step(lr, clip, clip_by)
    return loss, norm, hidden[-1]


# One update.


@given(
    seeds,
    frozen_sets,
    st.sampled_from(["value", "norm"]),
    st.sampled_from([None, 0.05, 10]),
)
def test_an_update_is_forward_bptt_and_step(seed, frozen, clip_by, clip):
    batch, twin = (random_batch(rng(seed)) for _ in range(2))
    loss, norm, h = update(
        batch.model,
        batch.x,
        batch.targets,
        batch.h0,
        batch.mask,
        lr=0.3,
        clip=clip,
        clip_by=clip_by,
        frozen=frozen,
    )
    expected = one_step(
        twin.model, twin.x, twin.targets, twin.h0, twin.mask, 0.3, clip, clip_by, frozen
    )
    assert loss == expected[0] == random_batch(rng(seed)).loss()
    assert np.isclose(norm, expected[1], rtol=1e-12)
    assert np.array_equal(h, expected[2])
    assert type(loss) is float and type(norm) is float
    assert batch.model.vector.tobytes() == twin.model.vector.tobytes()


@given(seeds, frozen_sets)
def test_what_is_frozen_stays_to_the_bit_and_the_rest_moves(seed, frozen):
    ids, targets, _ = pairs(seed)
    for run in (
        lambda m, **o: train(m, ids, targets, epochs=2, rng=rng(0), **o),
        lambda m, **o: train_stream(m, ids, targets, epochs=2, k=2, **o),
    ):
        model = network(rng(seed))
        model.parameters["bh"][0] = -0.0
        before = {n: w.tobytes() for n, w in model.parameters.items()}
        run(model, lr=0.1, clip=1.0, clip_by="norm", frozen=frozen)
        same = {n for n, w in model.parameters.items() if w.tobytes() == before[n]}
        assert same == frozen


# Many short sequences.


@settings(max_examples=40)
@given(
    seeds,
    st.integers(1, 3),
    st.integers(1, 6),
    st.booleans(),
    st.sampled_from(["value", "norm"]),
    frozen_sets,
)
def test_train_is_the_loop_that_one_would_write(
    seed, epochs, batch_size, masked, clip_by, frozen
):
    ids, targets, mask = pairs(seed)
    model, twin, draws = network(rng(seed)), network(rng(seed)), rng(seed)
    options = {"lr": 0.2, "clip": 0.5, "clip_by": clip_by, "frozen": frozen}
    found = train(
        model,
        ids,
        targets,
        epochs=epochs,
        rng=rng(seed),
        batch_size=batch_size,
        mask=mask if masked else None,
        **options,
    )
    for epoch in range(epochs):
        order, losses, norms = draws.permutation(5).tolist(), [], []
        while order:
            some, order = order[:batch_size], order[batch_size:]
            loss, norm, _ = one_step(
                twin,
                ids[:, some],
                targets[:, some],
                None,
                mask[:, some] if masked else None,
                **options,
            )
            losses += [loss] * len(some)  # each sequence of the batch
            norms.append(norm)
        assert np.isclose(found.losses_per_sequence[epoch], np.mean(losses), rtol=1e-12)
        assert np.isclose(found.norms[epoch], max(norms), rtol=1e-12)
    assert len(found.losses_per_sequence) == len(found.norms) == epochs
    assert model.vector.tobytes() == twin.vector.tobytes()


def test_the_first_loss_is_that_before_any_update():
    ids, targets, mask = pairs(0)
    model = network(rng(0))
    before = model.loss(ids, targets, mask=mask)
    history = train(
        model, ids, targets, epochs=3, lr=0.1, rng=rng(0), mask=mask, batch_size=5
    )
    assert np.isclose(history.losses_per_sequence[0], before, rtol=1e-12)
    assert model.loss(ids, targets, mask=mask) < history.losses_per_sequence[2] < before


def test_the_order_is_drawn_from_the_generator_alone():
    ids, targets, _ = pairs(1)
    state = np.random.get_state()
    vectors = []
    for seed, noise in ((3, 0), (3, 1), (4, 0)):
        np.random.seed(noise)
        model = network(rng(1))
        train(model, ids, targets, epochs=3, lr=0.1, rng=rng(seed))
        vectors.append(model.vector.tobytes())
        touched = np.random.get_state()[1].tolist()
        np.random.seed(noise)
        assert touched == np.random.get_state()[1].tolist()
    np.random.set_state(state)
    assert vectors[0] == vectors[1] != vectors[2]


def test_each_epoch_has_an_order_of_its_own():
    ids, targets, _ = pairs(0, T=1, N=50)
    seen = []

    class Watched(type(network(rng(0)))):
        def forward(self, x, h0=None):
            seen.append(x.shape[1])
            return super().forward(x, h0)

    model = Watched.from_parameters(network(rng(0)).parameters)
    draws = rng(7)
    train(model, ids, targets, epochs=2, lr=0.1, rng=draws, batch_size=20)
    assert seen == [20, 20, 10] * 2
    twin = rng(7)
    first, second = twin.permutation(50), twin.permutation(50)
    assert first.tolist() != second.tolist()
    assert draws.bit_generator.state == twin.bit_generator.state


@pytest.mark.parametrize("as_lists", [False, True])
def test_training_changes_no_data(as_lists):
    ids, targets, mask = pairs(0)
    before = ids.tobytes(), targets.tobytes(), mask.tobytes()
    for array in (ids, targets, mask):
        array.flags.writeable = False
    passed = [a.tolist() if as_lists else a for a in (ids, targets, mask)]
    history = train(
        network(rng(0)), *passed[:2], mask=passed[2], epochs=2, lr=0.1, rng=rng(0)
    )
    train_stream(network(rng(0)), *passed[:2], epochs=2, k=2, lr=0.1)
    assert before == (ids.tobytes(), targets.tobytes(), mask.tobytes())
    assert all(
        type(number) is float for number in history.losses_per_sequence + history.norms
    )


# A few long ones.


@settings(max_examples=40)
@given(seeds, st.integers(1, 3), st.integers(1, 9), st.booleans(), frozen_sets)
def test_train_stream_is_the_loop_that_one_would_write(
    seed, epochs, k, carried, frozen
):
    ids, targets, _ = pairs(seed, T=7, N=2)
    model, twin = network(rng(seed)), network(rng(seed))
    options = {"lr": 0.2, "clip": 0.5, "clip_by": "norm", "frozen": frozen}
    found = train_stream(
        model, ids, targets, epochs=epochs, k=k, carried=carried, **options
    )
    for epoch in range(epochs):
        h, total, norms, start = np.zeros((2, 5)), 0.0, [], 0
        while start < 7:
            end = min(start + k, 7)
            loss, norm, last = one_step(
                twin, ids[start:end], targets[start:end], h, None, **options
            )
            h = last if carried else np.zeros((2, 5))
            total, start = total + loss, end
            norms.append(norm)
        assert np.isclose(found.losses_per_prediction[epoch], total / 7, rtol=1e-12)
        assert np.isclose(found.norms[epoch], max(norms), rtol=1e-12)
    assert len(found.losses_per_prediction) == len(found.norms) == epochs
    assert model.vector.tobytes() == twin.vector.tobytes()


@given(seeds, st.integers(6, 20))
def test_a_stream_read_in_one_piece_is_training_on_the_whole(seed, k):
    ids, targets, _ = pairs(seed, T=6, N=3)
    whole, stream = network(rng(seed)), network(rng(seed))
    one = train(whole, ids, targets, epochs=1, lr=0.1, rng=rng(0), batch_size=3)
    other = train_stream(stream, ids, targets, epochs=1, k=k, lr=0.1)
    assert np.allclose(whole.vector, stream.vector, rtol=1e-12, atol=1e-14)
    assert np.isclose(
        one.losses_per_sequence[0], other.losses_per_prediction[0] * 6, rtol=1e-12
    )
    assert np.isclose(one.norms[0], other.norms[0], rtol=1e-12)


def test_pieces_of_one_step_send_no_gradient_to_the_step_before():
    ids, targets, _ = pairs(2, T=6, N=1)
    model, h = network(rng(2)), np.zeros((1, 5))
    twin = network(rng(2))
    for t in range(6):
        nxt, _ = twin.forward(ids[t : t + 1], h)
        twin.bptt(targets[t : t + 1])
        da = twin.gradients["bh"]  # of this one step
        assert np.allclose(twin.gradients["Wh"], np.outer(da, h[0]), rtol=1e-12)
        twin.step(0.1)
        h = nxt[0]
    train_stream(model, ids, targets, epochs=1, k=1, lr=0.1)
    assert model.vector.tobytes() == twin.vector.tobytes()


def test_a_carried_state_differs_from_one_that_is_reset():
    ids, targets, _ = pairs(0, T=6, N=2)
    runs = {}
    for carried in (True, False):
        model = network(rng(0))
        losses = train_stream(
            model, ids, targets, epochs=1, k=2, lr=1e-9, carried=carried
        ).losses_per_prediction
        runs[carried] = losses[0]
    model = network(rng(0))
    assert np.isclose(runs[True] * 6, model.loss(ids, targets), rtol=1e-6)
    apart = sum(model.loss(ids[s : s + 2], targets[s : s + 2]) for s in (0, 2, 4))
    assert np.isclose(runs[False] * 6, apart, rtol=1e-6)
    assert not np.isclose(runs[True], runs[False], rtol=1e-3)


@given(seeds, st.integers(1, 7), st.integers(1, 7))
def test_a_reset_begins_a_stream_anew(seed, k, start):
    """Two streams, the second of which holds two texts."""
    draws = rng(seed)
    ids, targets, _ = pairs(seed, T=8, N=2)
    h0, reset = np.tanh(draws.normal(size=(2, 5))), np.zeros((8, 2), bool)
    reset[start, 1] = True
    model, twin = network(rng(seed)), network(rng(seed))
    found = train_stream(model, ids, targets, epochs=2, k=k, lr=0.1, h0=h0, reset=reset)
    cuts = sorted({*range(0, 8, k), start, 8})
    for _ in range(2):
        h = h0
        for left, right in zip(cuts[:-1], cuts[1:], strict=True):
            h = np.where(reset[left, :, np.newaxis], 0, h)
            hidden, _ = twin.forward(ids[left:right], h)
            twin.bptt(targets[left:right])
            twin.step(0.1)
            h = hidden[-1]
    assert np.allclose(model.vector, twin.vector, rtol=1e-12)
    assert np.allclose(found.h, h, rtol=1e-12) and found.h.base is None


def test_a_mask_leaves_out_predictions_and_whole_pieces():
    ids, targets, _ = pairs(3, T=8, N=2)
    mask = np.ones((8, 2), bool)
    mask[:4], mask[5, 0] = False, False
    model = network(rng(3))
    found = train_stream(model, ids, targets, epochs=1, k=2, lr=1e-12, mask=mask)
    expected = network(rng(3)).loss(ids, targets, mask=mask) * 2 / mask.sum()
    assert np.isclose(found.losses_per_prediction[0], expected, rtol=1e-9)
    targets[~mask] = 0
    other = network(rng(3))
    train_stream(other, ids, targets, epochs=1, k=2, lr=1e-12, mask=mask)
    assert other.vector.tobytes() == model.vector.tobytes()


def test_the_final_states_of_an_update_keep_no_other_states_alive():
    ids, targets, _ = pairs(0, T=6, N=2)
    _, _, h = update(network(rng(0)), ids, targets, lr=0.1)
    assert h.base is None and h.shape == (2, 5)


def test_no_piece_stays_in_memory_while_the_next_is_read():
    kept = []

    class Watched(type(network(rng(0)))):
        def forward(self, x, h0=None):
            assert all(piece() is None for piece in kept)
            hidden, logits = super().forward(x, h0)
            kept.append(weakref.ref(hidden.base))
            return hidden, logits

    ids, targets, _ = pairs(0, T=6, N=2)
    model = Watched.from_parameters(network(rng(0)).parameters)
    train_stream(model, ids, targets, epochs=1, k=2, lr=0.1)
    assert len(kept) == 3


@pytest.mark.filterwarnings("error")
def test_a_rate_of_float32_is_a_rate():
    ids, targets, _ = pairs(0)
    runs = []
    for kind in (np.float32, float):
        model = network(rng(0), dtype=np.float32)
        rate, limit = kind(np.float32(0.1)), kind(np.float32(0.5))
        train(model, ids, targets, epochs=1, lr=rate, clip=limit, rng=rng(0))
        runs.append(model.vector.tobytes())
    assert runs[0] == runs[1]


# What is said meanwhile.


def run_train(model=None, ids=None, targets=None, **options):
    """Train on good data, but for what is passed."""
    good = pairs(0)
    return train(
        model or network(rng(0)),
        good[0] if ids is None else ids,
        good[1] if targets is None else targets,
        **{"epochs": 2, "lr": 0.1, "rng": rng(0)} | options,
    )


def run_stream(model=None, ids=None, targets=None, **options):
    good = pairs(0)
    return train_stream(
        model or network(rng(0)),
        good[0] if ids is None else ids,
        good[1] if targets is None else targets,
        **{"epochs": 2, "k": 2, "lr": 0.1} | options,
    )


@pytest.mark.parametrize("run", [run_train, run_stream])
def test_progress_is_shown_the_epochs_and_silence_is_the_rule(run, capsys):
    shown, model = [], network(rng(0))

    def progress(epochs):
        for epoch in epochs:
            shown.append((epoch, model.vector.tobytes()))
            yield epoch

    quiet, loud = run(), run(model, progress=progress)
    assert [epoch for epoch, _ in shown] == [0, 1]
    assert shown[0][1] == network(rng(0)).vector.tobytes() != shown[1][1]
    assert quiet == loud
    run(progress=lambda epochs: shown.append(len(epochs)) or epochs)
    assert shown[-1] == 2
    assert capsys.readouterr() == ("", "")


def test_a_history_begins_empty_and_is_not_shared():
    one, other = History(), History()
    one.losses_per_sequence.append(1.0)
    assert (other.losses_per_sequence, other.norms) == ([], [])


# What is refused.

COMMON = [
    *(
        ({"epochs": n}, "epochs is .*; expected a whole number, 1 or more")
        for n in (0, -1, 2.0, True, None)
    ),
    *(
        ({"lr": lr}, "lr is .*; expected a positive, finite")
        for lr in (0, -0.1, nan, inf, None)
    ),
    *(
        ({"clip": clip}, "clip is .*; expected a positive, finite")
        for clip in (0, -1, nan, inf)
    ),
    ({"clip": 1.0, "clip_by": "length"}, "clip_by is 'length'; expected one of"),
    (
        {"frozen": ("Wh", "Wz")},
        r"frozen holds \['Wz'\]; expected names out of "
        "Wx, Wh, Wy, bh, by",
    ),
    ({"frozen": "Wh"}, r"frozen holds \['W', 'h'\]; expected names"),
    (
        {"ids": np.zeros((3, 4), int)},
        r"ids has shape \(3, 4\) and targets has "
        r"shape \(3, 5\); expected equal shapes",
    ),
    ({"targets": np.zeros((2, 5), int)}, r"targets has shape \(2, 5\); expec"),
    ({"ids": np.zeros(3, int)}, r"ids has shape \(3,\); expected \(T, B\)"),
    ({"ids": np.zeros((0, 5), int)}, r"ids has shape \(0, 5\); expected"),
    ({"ids": np.full((3, 5), 4)}, r"ids\[0, 0\] is 4; expected 0 to 3"),
    ({"targets": np.full((3, 5), -1)}, r"targets\[0, 0\] is -1; expected 0 to"),
    ({"targets": np.zeros((3, 5))}, "targets has dtype float64; expected int"),
    ({"ids": [[0], [0, 1]]}, "ids makes no array; expected an array, or lists"),
]

ALONE = [
    *(
        ({"batch_size": n}, "batch_size is .*; expected a whole number, 1 or more")
        for n in (0, -1, 2.0, True)
    ),
    *(
        ({"rng": r}, "rng is .*; expected a NumPy generator")
        for r in (None, 0, np.random, np.random.RandomState(0))
    ),
    ({"mask": np.ones((3, 4), bool)}, r"mask has .* shape \(3, 4\); expected b"),
    ({"mask": np.ones((3, 5), int)}, "mask has dtype int64 .* expected bool"),
    ({"mask": np.zeros((3, 5), bool)}, "mask is False everywhere; expected"),
    (
        {"mask": np.arange(5) != [[3]] * 3},
        "mask is False everywhere in sequence "
        "3; expected at least one prediction that counts in each",
    ),
]

STREAM = [
    *(
        ({"k": k}, "k is .*; expected a whole number, 1 or more")
        for k in (0, -1, 2.0, True, None)
    ),
    ({"h0": np.zeros(5)}, r"h0 has shape \(5,\) .*; expected \(5, 5\)"),
    ({"h0": np.full((5, 5), nan)}, r"h0\[0, 0\] is nan"),
    ({"reset": np.zeros(3, bool)}, r"reset has .* shape \(3,\); expected bool"),
    ({"reset": np.zeros((3, 5))}, "reset has dtype float64 .*; expected bool"),
    ({"mask": np.zeros((3, 5), bool)}, "mask is False everywhere; expected"),
]


@pytest.mark.parametrize(
    ("run", "options", "message"),
    [(run_train, *row) for row in COMMON + ALONE]
    + [(run_stream, *row) for row in COMMON + STREAM],
)
def test_bad_settings_are_refused_and_change_no_parameter(run, options, message):
    model = network(rng(0))
    with pytest.raises(ValueError, match=message):
        run(model, **options)
    assert model.vector.tobytes() == network(rng(0)).vector.tobytes()


def test_a_name_that_cannot_be_frozen_is_refused_before_anything_is_read():
    batch = random_batch(rng(0))
    with pytest.raises(ValueError, match="frozen holds"):
        update(batch.model, batch.x, batch.targets, lr=0.1, frozen=["W"])
    with pytest.raises(RuntimeError, match="before forward"):
        batch.model.bptt(batch.targets)


def test_the_learning_rate_has_to_be_given():
    with pytest.raises(TypeError, match="'lr'"):
        train(network(rng(0)), *pairs(0)[:2], epochs=1, rng=rng(0))


@pytest.mark.parametrize("rule", [Momentum, Adam])
def test_what_is_frozen_stays_whatever_a_rule_remembers(rule):
    model, rule = network(rng(0)), rule()
    x, targets, _ = pairs(0)
    for _ in range(3):
        update(model, x, targets, lr=0.1, rule=rule)
    before = {name: array.copy() for name, array in model.parameters.items()}
    update(model, x, targets, lr=0.1, rule=rule, frozen=("Wh", "by"))
    for name, array in before.items():
        assert np.array_equal(model.parameters[name], array) == (name in ("Wh", "by"))
