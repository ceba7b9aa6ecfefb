"""The network: its gradients, its loss, its states, its steps and its words."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from networks import (
    NAMES,
    batches,
    copies,
    error,
    network,
    random_batch,
    seeds,
    sharp_gradient,
)

from rnn_src import words
from rnn_src.functions import log_softmax
from rnn_src.gradcheck import check_gradients, relative_error
from rnn_src.mistakes import MISTAKES, loss, random_case, right_gradients
from rnn_src.model import VanillaRNN
from rnn_src.sampling import generate


def of_case(case):
    """The model of a case, after a forward pass over its one sequence."""
    model = VanillaRNN.from_parameters(case.parameters)
    model.forward(case.ids[:, np.newaxis], case.h0[np.newaxis])
    return model


def waiting(stage, seed=0):
    """A batch whose model has read it ("read"), or gone back too ("fresh")."""
    batch = random_batch(np.random.default_rng(seed))
    batch.model.forward(batch.x, batch.h0)
    if stage == "fresh":
        batch.model.bptt(batch.targets, batch.mask)
    return batch


# The gradients.


@pytest.mark.equation("eq-batch-loss")
@settings(max_examples=60)
@given(batches)
def test_the_gradients_agree_with_differences(batch):
    expected = sharp_gradient(batch.loss, batch.model.parameters | {"h0": batch.h0})
    assert error(batch.gradients(), expected) < 1e-8


def test_the_gradients_pass_the_check():
    for seed, masked in ((0, False), (1, True)):
        batch = random_batch(np.random.default_rng(seed), T=5, masked=masked, scale=1.0)
        report = check_gradients(
            batch.loss, batch.model.parameters | {"h0": batch.h0}, batch.gradients()
        )
        assert report.ok, report


def test_the_gradients_are_those_of_the_two_walks_before_on_100_cases():
    rng = np.random.default_rng(0)
    for _ in range(100):
        T, H, V = rng.integers(1, 7), rng.integers(1, 6), rng.integers(2, 7)
        case = random_case(rng, T, H, V, rng.uniform(0.5, 1))
        model, right = of_case(case), right_gradients(case)
        total = model.bptt(case.targets[:, np.newaxis])
        in_lists, dh0 = words.bptt(
            case.ids.tolist(),
            case.targets.tolist(),
            words.Parameters(
                **{name: w.tolist() for name, w in case.parameters.items()}
            ),
            case.h0.tolist(),
        )
        assert np.isclose(total, loss(case), rtol=1e-12, atol=0)
        for name in NAMES:
            found = model.gradients[name]
            assert relative_error(found, right[name]) < 1e-12
            assert relative_error(found, np.array(vars(in_lists)[name])) < 1e-12
        assert relative_error(model.dh0[0], np.array(dh0)) < 1e-12


@pytest.mark.parametrize("wrong", MISTAKES.values(), ids=list(MISTAKES))
def test_every_mistake_differs_from_the_gradients(wrong):
    for seed in (0, 4, 5):
        case = random_case(np.random.default_rng(seed), 5, 5, 4, 1.0)
        model, found = of_case(case), wrong.gradients(case)
        model.bptt(case.targets[:, np.newaxis])
        assert (
            max(relative_error(found[name], model.gradients[name]) for name in NAMES)
            > 1e-3
        )


def test_the_gradients_are_set_and_not_added_to():
    batch = waiting("read")
    batch.model.gradient[:] = 9.0
    first = batch.gradients()
    assert error(batch.gradients(), first) == 0


# The loss, and what a batch is.


@pytest.mark.equation("eq-batch-loss")
@given(batches)
def test_the_loss_is_the_sum_over_time_and_the_mean_over_sequences(batch):
    _, logits = batch.model.forward(batch.x, batch.h0)
    T, B = batch.targets.shape
    log_p, total = log_softmax(logits), 0.0
    for b in range(B):
        for t in range(T):
            if batch.mask[t, b]:
                total -= log_p[t, b, batch.targets[t, b]]
    assert np.isclose(batch.loss(), total / B, rtol=1e-12)
    assert batch.model.bptt(batch.targets, batch.mask) == batch.loss()
    assert type(batch.loss()) is float


@pytest.mark.equation("eq-batch-loss")
@given(batches)
def test_a_batch_is_the_mean_of_its_sequences(batch):
    total, found = batch.bptt(), batch.gradients()
    B = batch.targets.shape[1]
    alone = [batch.sequence(b) for b in range(B)]
    assert np.isclose(np.mean([one.loss() for one in alone]), total, rtol=1e-12)
    parts = [one.gradients() for one in alone]
    mean = {name: np.mean([part[name] for part in parts], axis=0) for name in NAMES}
    mean["h0"] = np.concatenate([part["h0"] for part in parts]) / B
    assert error(found, mean) < 1e-12


@given(batches)
def test_no_mask_counts_all_and_no_h0_is_zeros(batch):
    model, none = batch.model, np.zeros_like(batch.h0)
    model.forward(batch.x)
    found = model.bptt(batch.targets), model.gradient.tobytes()
    model.forward(batch.x, none)
    assert found == (
        model.bptt(batch.targets, np.ones_like(batch.mask)),
        model.gradient.tobytes(),
    )
    assert (
        found[0]
        == model.loss(batch.x, batch.targets)
        == model.loss(batch.x, batch.targets, none)
    )


@given(batches, seeds)
def test_what_a_mask_hides_at_the_end_changes_nothing(batch, seed):
    rng = np.random.default_rng(seed)
    model, (T, B) = batch.model, batch.targets.shape
    lengths = rng.integers(1, T + 1, size=B)
    batch.mask = np.arange(T)[:, np.newaxis] < lengths
    hidden, _ = model.forward(batch.x, batch.h0)
    before = batch.loss(), batch.gradients()

    other = random_batch(rng, T, B, V=model.vocab_size, dense=batch.x.ndim == 3)
    batch.x[~batch.mask] = other.x[~batch.mask]
    batch.targets[~batch.mask] = other.targets[~batch.mask]
    again, _ = model.forward(batch.x, batch.h0)
    assert batch.loss() == before[0] and error(batch.gradients(), before[1]) == 0
    for b, length in enumerate(lengths):
        short = batch.sequence(b)
        alone, _ = model.forward(short.x[:length], short.h0)
        for whole in (hidden, again):
            assert np.allclose(
                whole[length - 1, b], alone[-1, 0], rtol=1e-12, atol=1e-14
            )


@given(batches, st.integers(1, 4))
def test_reading_in_two_halves_is_reading_the_whole(batch, cut):
    assume(cut < len(batch.x))
    first, early = batch.model.forward(batch.x[:cut], batch.h0)
    second, late = batch.model.forward(batch.x[cut:], first[-1])
    for halves, whole in zip(
        ((first, second), (early, late)),
        batch.model.forward(batch.x, batch.h0),
        strict=True,
    ):
        assert np.allclose(np.concatenate(halves), whole, rtol=1e-12, atol=1e-14)


@given(batches)
def test_a_one_hot_input_is_its_id(batch):
    model = batch.model
    if batch.x.ndim == 3:
        batch.x = batch.x.argmax(axis=-1)
    by_ids = batch.loss(), batch.gradients()
    batch.x = np.eye(model.vocab_size)[batch.x]
    assert np.isclose(batch.loss(), by_ids[0], rtol=1e-12)
    assert error(batch.gradients(), by_ids[1]) < 1e-12


@given(batches)
def test_the_shapes(batch):
    (T, B), model = batch.targets.shape, batch.model
    V, H = model.vocab_size, model.hidden_size
    hidden, logits = model.forward(batch.x, batch.h0)
    model.bptt(batch.targets)
    assert hidden.shape == (T, B, H) and logits.shape == (T, B, V)
    assert model.dh0.shape == (B, H)
    shapes = {"Wx": (H, V), "Wh": (H, H), "Wy": (V, H), "bh": (H,), "by": (V,)}
    for arrays in (model.parameters, model.gradients):
        assert {name: a.shape for name, a in arrays.items()} == shapes


def test_float32_stays_float32_and_is_near():
    batch = random_batch(np.random.default_rng(0), dense=True)
    exact = batch.gradients()
    batch.model = VanillaRNN.from_parameters(
        {n: w.astype(np.float32) for n, w in batch.model.parameters.items()}
    )
    batch.x, batch.h0 = batch.x.astype(np.float32), batch.h0.astype(np.float32)
    found = batch.gradients()
    assert error(found, exact) < 1e-5
    batch.model.step(0.1, clip=0.1, clip_by="norm")
    arrays = [
        *found.values(),
        *batch.model.forward(batch.x),
        *batch.model.parameters.values(),
        batch.model.vector,
    ]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


def test_ids_of_any_integer_type_and_lists_are_read():
    batch = random_batch(np.random.default_rng(0))
    expected = batch.gradients()
    for kind in (np.uint8, np.int16, np.uint64, list):
        if kind is list:
            batch.x, batch.targets = batch.x.tolist(), batch.targets.tolist()
        else:
            batch.x, batch.targets = batch.x.astype(kind), batch.targets.astype(kind)
        assert error(batch.gradients(), expected) == 0


# Who may change what.


@given(batches)
def test_nothing_that_is_passed_in_is_changed(batch):
    arrays = batch.x, batch.targets, batch.h0, batch.mask
    before = [array.tobytes() for array in arrays]
    for array in arrays:
        array.flags.writeable = False
    batch.bptt(), batch.loss(), batch.model.predict_next(batch.x, batch.h0)
    batch.model.step(0.1, clip=0.1)
    assert [array.tobytes() for array in arrays] == before


@given(batches)
def test_what_the_caller_changes_after_forward_does_not_reach_bptt(batch):
    expected, model = batch.gradients(), batch.model
    for array in model.forward(batch.x, batch.h0):
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 0
    batch.x[:] = 0
    batch.h0[:] = 0
    model.bptt(batch.targets, batch.mask)
    found = copies(model.gradients) | {"h0": model.dh0}
    assert error(found, expected) == 0


def test_parameters_and_gradients_are_views_of_one_vector_each():
    model = network(np.random.default_rng(0))
    for views, whole in (
        (model.parameters, model.vector),
        (model.gradients, model.gradient),
    ):
        assert tuple(views) == NAMES
        assert sum(view.size for view in views.values()) == whole.size
        whole[:] = np.arange(whole.size)
        assert np.array_equal(
            whole, np.concatenate([view.ravel() for view in views.values()])
        )
    assert not np.shares_memory(model.vector, model.gradient)


def test_a_change_of_a_parameter_in_place_is_seen():
    batch = random_batch(np.random.default_rng(0))
    for name in NAMES:
        before = batch.loss()
        batch.model.parameters[name].flat[0] += 0.5
        assert batch.loss() != before
    batch.model.vector[:] = 0
    assert np.isclose(batch.loss(), batch.mask.sum() / 3 * np.log(4))


@pytest.mark.parametrize(
    "duplicate",
    [
        copy.copy,
        copy.deepcopy,
        lambda m: pickle.loads(pickle.dumps(m)),
        lambda m: VanillaRNN.from_parameters(m.parameters),
    ],
)
def test_a_copy_of_a_model_is_a_model_of_its_own(duplicate):
    batch, twin = waiting("fresh"), waiting("fresh")
    other = batch.model
    batch.model = duplicate(other)
    assert batch.model.vector.tobytes() == other.vector.tobytes()
    with pytest.raises(RuntimeError):
        batch.model.step(0.1)
    batch.bptt()
    batch.model.step(0.1)
    assert other.vector.tobytes() == twin.model.vector.tobytes()
    other.step(0.1)
    assert other.vector.tobytes() == batch.model.vector.tobytes()


def test_from_parameters_takes_the_lists_of_part_one():
    case = random_case(np.random.default_rng(0), 3, 5, 4, 1.0)
    in_lists = words.Parameters(
        **{name: values.tolist() for name, values in case.parameters.items()}
    )
    model = VanillaRNN.from_parameters(vars(in_lists))
    assert model.vector.tobytes() == of_case(case).vector.tobytes()
    case.parameters["Wx"][:] = 0
    assert model.parameters["Wx"].all()


def test_a_new_network_is_normal_with_biases_of_zero_and_repeats():
    one, same = (
        VanillaRNN(60, 50, np.random.default_rng(3), scale=0.2) for _ in range(2)
    )
    assert one.vector.tobytes() == same.vector.tobytes()
    assert not one.parameters["bh"].any() and not one.parameters["by"].any()
    for name in ("Wx", "Wh", "Wy"):
        weights = one.parameters[name]
        assert abs(weights.std() - 0.2) < 0.01 and abs(weights.mean()) < 0.02
        # Of normal numbers 4.6 % lie beyond two standard deviations.
        assert 0.03 < (np.abs(weights) > 0.4).mean() < 0.06
    assert one.dtype == np.float64
    ordinary = VanillaRNN(60, 50, np.random.default_rng(3))
    assert np.allclose(2 * ordinary.vector, one.vector)


def test_one_generator_gives_a_new_network_each_time():
    rng = np.random.default_rng(0)
    assert not np.allclose(VanillaRNN(4, 5, rng).vector, VanillaRNN(4, 5, rng).vector)


# Forward, bptt, step: in this order.


@pytest.mark.parametrize(
    ("calls", "message"),
    [
        ("bptt", "bptt was called before forward; call forward first"),
        ("step", "step was called before bptt; call forward and bptt"),
        ("forward step", "step was called before bptt"),
        ("forward bptt step step", "step was called before bptt"),
        ("forward bptt step bptt", "bptt was called before forward"),
        ("forward bptt forward step", "step was called before bptt"),
    ],
)
def test_the_order_is_kept(calls, message):
    batch = random_batch(np.random.default_rng(0))
    model = batch.model
    call = {
        "forward": lambda: model.forward(batch.x),
        "bptt": lambda: model.bptt(batch.targets),
        "step": lambda: model.step(0.1),
    }
    *before, last = calls.split()
    for name in before:
        call[name]()
    kept = model.vector.tobytes(), model.gradient.tobytes()
    with pytest.raises(RuntimeError, match=message):
        call[last]()
    assert (model.vector.tobytes(), model.gradient.tobytes()) == kept


def test_bptt_may_be_called_again_with_other_targets():
    batch = waiting("fresh")
    first = batch.model.gradient.copy()
    batch.model.bptt(np.roll(batch.targets, 1, axis=0))
    assert not np.allclose(batch.model.gradient, first)
    batch.model.bptt(batch.targets, batch.mask)
    assert batch.model.gradient.tobytes() == first.tobytes()


@pytest.mark.parametrize("stage", ["read", "fresh"])
@pytest.mark.parametrize(
    "call",
    [
        lambda m, x: m.loss(x, x),
        lambda m, x: m.predict_next(x),
        lambda m, x: generate(m, [0, 1], 3),
        lambda m, x: generate(m, [0], 3, 1.0, np.random.default_rng(0)),
    ],
)
def test_looking_does_not_disturb_what_waits(stage, call):
    batch, twin = waiting(stage), waiting(stage)
    call(batch.model, np.array([[3], [2]]))
    for each in (batch, twin):
        if stage == "read":
            each.model.bptt(each.targets, each.mask)
        each.model.step(0.1)
    assert batch.model.dh0.tobytes() == twin.model.dh0.tobytes()
    assert batch.model.vector.tobytes() == twin.model.vector.tobytes()


# A step.


@given(batches, st.sampled_from([0.01, 0.1, 1]), st.floats(0.01, 3))
def test_a_step_goes_against_the_gradient(batch, lr, clip):
    batch.bptt()
    before, gradient = batch.model.vector.copy(), batch.model.gradient.copy()
    length = np.sqrt((gradient**2).sum())
    for options, moved in (
        ({}, gradient),
        ({"clip": clip}, np.minimum(np.maximum(gradient, -clip), clip)),
        (
            {"clip": clip, "clip_by": "value"},
            np.minimum(np.maximum(gradient, -clip), clip),
        ),
        ({"clip": clip, "clip_by": "norm"}, gradient * min(1, clip / length)),
    ):
        batch.model.vector[:] = before
        batch.bptt()
        batch.model.step(lr, **options)
        assert np.allclose(
            batch.model.vector, before - lr * moved, rtol=1e-12, atol=1e-14
        )
        assert batch.model.gradient.tobytes() == gradient.tobytes()


@given(batches)
def test_a_small_step_lowers_the_loss(batch):
    before = batch.bptt()
    slope = (batch.model.gradient**2).sum()
    batch.model.step(1e-6)
    assert np.isclose(before - batch.loss(), 1e-6 * slope, rtol=0.01, atol=1e-12)


# The next word.


@given(batches)
def test_predict_next_is_the_highest_of_the_last_logits(batch):
    _, logits = batch.model.forward(batch.x, batch.h0)
    found = batch.model.predict_next(batch.x, batch.h0)
    assert found.tolist() == [z.tolist().index(max(z)) for z in logits[-1]]
    assert found.shape == batch.targets.shape[1:] and found.dtype.kind == "i"


@given(batches)
def test_parameters_that_changed_after_forward_are_noticed(batch):
    expected, model = batch.gradients(), batch.model
    model.forward(batch.x, batch.h0)
    kept = model.parameters["Wy"][0, 0]
    model.parameters["Wy"][0, 0] += 1
    with pytest.raises(RuntimeError, match="changed after forward; call it again"):
        model.bptt(batch.targets, batch.mask)
    model.parameters["Wy"][0, 0] = kept
    model.bptt(batch.targets, batch.mask)
    assert error(copies(model.gradients) | {"h0": model.dh0}, expected) == 0


@given(batches)
def test_what_forward_gave_out_is_never_written_to_again(batch):
    model = batch.model
    given_out = model.forward(batch.x, batch.h0)
    kept = [array.copy() for array in given_out]
    model.bptt(batch.targets, batch.mask)
    model.loss(batch.x, batch.targets)
    model.forward(batch.x)
    model.bptt(batch.targets)
    for array, before in zip(given_out, kept, strict=True):
        assert np.array_equal(array, before)


def test_an_initial_state_may_lie_in_memory_in_any_order():
    model = network(np.random.default_rng(0))
    h0 = np.random.default_rng(1).normal(size=(model.hidden_size, 3)).T
    ids = np.zeros((2, 3), int)
    assert np.array_equal(model.forward(ids, h0)[0], model.forward(ids, h0.copy())[0])
