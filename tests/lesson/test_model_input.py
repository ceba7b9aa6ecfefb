"""What the network refuses: clearly, and with nothing changed by it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import NAMES, network, random_batch, seeds

from rnn_src import words
from rnn_src.model import VanillaRNN
from rnn_src.sampling import generate
from rnn_src.storage import save

nan, inf = np.nan, np.inf
rng = np.random.default_rng  # a new one in each call below

STAGES = ("new", "read", "fresh")

sizes = st.fixed_dictionaries(
    {
        "T": st.integers(1, 4),
        "B": st.integers(1, 3),
        "H": st.integers(2, 4),
        "V": st.integers(2, 5),
        "dense": st.booleans(),
    }
)


def reached(stage, seed, size):
    """A batch whose model has read it ("read"), or gone back too ("fresh")."""
    batch = random_batch(np.random.default_rng(seed), **size)
    if stage != "new":
        batch.model.forward(batch.x, batch.h0)
    if stage == "fresh":
        batch.model.bptt(batch.targets, batch.mask)
    return batch


def told(call):
    """What a call gives, or how it fails."""
    try:
        with np.errstate(invalid="ignore"):  # of gradients that are nan
            return call()
    except (ValueError, RuntimeError) as failure:
        return repr(failure)


def all_of(batch):
    """All that can be seen of a model: its numbers, and what it does next."""
    model, seen = batch.model, []
    for call in (
        lambda: None,
        lambda: model.step(0.1),
        lambda: model.bptt(batch.targets, batch.mask),
        lambda: model.step(0.1),
    ):
        seen += [
            told(call),
            model.vector.tobytes(),
            model.gradient.tobytes(),
            None if model.dh0 is None else model.dh0.tobytes(),
        ]
    return seen


def refuses(call, message, stage, seed, size, spoil=lambda model: None):
    """The call is refused, and the model is as if it had never come."""
    batch, twin = (reached(stage, seed, size) for _ in range(2))
    spoil(batch.model), spoil(twin.model)
    with pytest.raises(ValueError, match=message):
        call(batch)
    assert all_of(batch) == all_of(twin)


def put(array, value, seed=0):
    """A copy with one entry, anywhere, replaced."""
    array = array.copy()
    array.flat[rng(seed + array.size).integers(array.size)] = value
    return array


def ids(batch):
    return batch.targets


def dense(batch):
    return rng(0).normal(size=(*batch.targets.shape, batch.model.vocab_size))


#: Inputs and initial states that no network reads.
UNREADABLE = [
    (lambda b: (put(ids(b), 99),), r"x\[\d+, \d+\] is 99; expected 0 to \d"),
    (lambda b: (put(ids(b), b.model.vocab_size),), r"x\[\d+, \d+\] is \d; exp"),
    (lambda b: (put(ids(b), -1),), r"x\[\d+, \d+\] is -1; expected 0 to"),
    (lambda b: (ids(b) * 1.0,), "x has dtype float64; expected integers"),
    (lambda b: (ids(b) > 0,), "x has dtype bool; expected integers"),
    (lambda b: (ids(b).astype(object),), "x has dtype object; expected int"),
    (lambda b: (ids(b).astype(str),), "x has dtype <U.*; expected integers"),
    (lambda b: (ids(b)[0],), r"x has shape \(\d,\); expected \(T, B\)"),
    (lambda b: (2,), r"x has shape \(\); expected \(T, B\)"),
    (lambda b: (None,), r"x has shape \(\); expected \(T, B\)"),
    (lambda b: (ids(b)[:0],), r"x has shape \(0, \d\); expected \(T, B\)"),
    (lambda b: (ids(b)[:, :0],), r"x has shape \(\d, 0\); expected \(T, B\)"),
    (lambda b: ([],), r"x has shape \(0,\); expected \(T, B\)"),
    (lambda b: ([[0], [0, 1]],), "x makes no array; .* of equal lengths"),
    (
        lambda b: (np.eye(b.model.vocab_size, dtype=int)[ids(b)],),
        r"x has shape \(.*\) and dtype int64; expected \(T, B, \d\) and float64",
    ),
    (lambda b: (dense(b)[:, :, 1:],), r"x has shape .* expected \(T, B, \d\)"),
    (lambda b: (dense(b)[:0],), r"x has shape \(0, .* T and B at least 1"),
    (lambda b: (dense(b).astype(np.float32),), "x has .* dtype float32; exp"),
    (lambda b: (dense(b)[np.newaxis],), r"x has shape .*; expected \(T, B\)"),
    (lambda b: (put(dense(b), nan),), r"x\[\d, \d, \d\] is nan; .* finite"),
    (lambda b: (put(dense(b), -inf),), r"x\[\d, \d, \d\] is -inf; .* finite"),
    (lambda b: (ids(b), b.h0[:, 1:]), r"h0 has shape .*; expected \(\d, \d\)"),
    (lambda b: (ids(b), b.h0[0]), r"h0 has shape \(\d,\) and dtype float64"),
    (lambda b: (ids(b), np.concatenate([b.h0, b.h0])), r"h0 has shape .*; exp"),
    (lambda b: (ids(b), b.h0.astype(np.float32)), "h0 has .* dtype float32"),
    (lambda b: (ids(b), np.zeros(b.h0.shape, int)), "h0 has .* dtype int64"),
    (lambda b: (ids(b), [[0.0], [0.0, 1.0]]), "h0 makes no array"),
    (lambda b: (ids(b), put(b.h0, nan)), r"h0\[\d, \d\] is nan; .* finite"),
    (lambda b: (ids(b), put(b.h0, inf)), r"h0\[\d, \d\] is inf; .* finite"),
]

READERS = {
    "forward": lambda b, x, h0=None: b.model.forward(x, h0),
    "loss": lambda b, x, h0=None: b.model.loss(x, b.targets, h0),
    "predict_next": lambda b, x, h0=None: b.model.predict_next(x, h0),
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
@pytest.mark.parametrize(("made", "message"), UNREADABLE)
@settings(max_examples=6)
@given(st.sampled_from(STAGES), seeds, sizes)
def test_what_cannot_be_read_is_refused(read, made, message, stage, seed, size):
    refuses(lambda b: read(b, *made(b)), message, stage, seed, size)


#: Targets and masks that do not belong to what was read.
UNFIT = [
    (lambda b: (put(b.targets, 99), b.mask), r"targets\[\d+, \d+\] is 99; exp"),
    (lambda b: (put(b.targets, -1), b.mask), r"targets\[\d+, \d+\] is -1; exp"),
    (lambda b: (b.targets * 1.0,), "targets has dtype float64; expected int"),
    (lambda b: (b.targets > 0,), "targets has dtype bool; expected integers"),
    (lambda b: (b.targets.astype(object),), "targets has dtype object"),
    (lambda b: (b.targets[0],), r"targets has shape \(\d,\); expected \(\d, \d\)"),
    (lambda b: (b.targets[:0],), r"targets has shape \(0, \d\)"),
    (
        lambda b: (np.concatenate([b.targets, b.targets]),),
        r"targets has shape \(\d, \d\); expected \(\d, \d\), one id for each vector",
    ),
    (lambda b: (b.targets.repeat(2, axis=1),), r"targets has shape .* one id"),
    (lambda b: ([[0], [0, 1]],), "targets makes no array"),
    (lambda b: (b.targets, b.mask * 1), "mask has dtype int64 .* expected bool"),
    (lambda b: (b.targets, b.mask * 1.0), "mask has dtype float64 .* exp"),
    (lambda b: (b.targets, b.mask.repeat(2, axis=0)), r"mask .* shape \(\d, \d"),
    (lambda b: (b.targets, b.mask.repeat(2, axis=1)), r"mask .* shape \(\d, \d"),
    (lambda b: (b.targets, b.mask[0]), r"mask .* shape \(\d,\); expected bool"),
    (lambda b: (b.targets, True), r"mask .* shape \(\); expected bool"),
    (lambda b: (b.targets, b.mask & False), "mask is False everywhere; exp"),
    (lambda b: (b.targets, [[True], [True, False]]), "mask makes no array"),
]


@pytest.mark.parametrize(("made", "message"), UNFIT)
@settings(max_examples=6)
@given(st.sampled_from(STAGES), seeds, sizes)
def test_targets_and_masks_that_do_not_fit_are_refused(
    made, message, stage, seed, size
):
    def loss(b):
        targets, *mask = made(b)
        b.model.loss(b.x, targets, b.h0, *mask)

    refuses(loss, message, stage, seed, size)
    if stage != "new":
        refuses(lambda b: b.model.bptt(*made(b)), message, stage, seed, size)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        *(
            ({"lr": lr}, f"lr is {lr}; expected a positive, finite number")
            for lr in (0, -0.1, nan, inf, -inf, True, None, 10**400)
        ),
        ({"lr": "0.1"}, "lr is '0.1'; expected a positive, finite number"),
        ({"lr": np.array([0.1])}, r"lr is array\(\[0.1\]\); expected a positive"),
        *(
            ({"lr": 0.1, "clip": clip, "clip_by": by}, f"clip is {clip}; expected a")
            for clip in (0, -1.0, nan, inf, True)
            for by in ("value", "norm")
        ),
        ({"lr": 0.1, "clip": "5"}, "clip is '5'; expected a positive, finite number"),
        *(
            (
                {"lr": 0.1, "clip": 1.0, "clip_by": by},
                "clip_by is .*; expected one of value, norm",
            )
            for by in ("Norm", "", None, 2, ["norm"])
        ),
        ({"lr": 0.1, "clip_by": "length"}, "clip_by is 'length'; expected one of"),
    ],
)
@settings(max_examples=3)
@given(seeds, sizes)
def test_a_step_with_bad_settings_is_refused(options, message, seed, size):
    refuses(lambda b: b.model.step(**options), message, "fresh", seed, size)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("clip_by", ["value", "norm"])
def test_a_step_that_leaves_the_floats_is_refused(dtype, clip_by):
    model = network(rng(0), dtype=dtype)
    model.forward([[0]]), model.bptt([[1]])
    before = model.vector.tobytes()
    largest = float(np.finfo(dtype).max)
    model.gradient[:] = largest
    for bad in (
        lambda: model.step(10),
        lambda: model.step(1e300),
        lambda: model.step(largest, clip=1e10, clip_by=clip_by),
    ):
        with pytest.raises(
            ValueError,
            match="lr .* expected less, or a clip|the gradient has length inf",
        ):
            bad()
        assert model.vector.tobytes() == before
    for value in (nan, inf):
        model.gradient[3] = value
        with pytest.raises(ValueError, match="lr is 0.1; expected less, or a clip"):
            model.step(0.1)
        with pytest.raises(ValueError, match="the gradient has length (nan|inf)"):
            model.step(0.1, clip=1.0, clip_by="norm")
        assert model.vector.tobytes() == before
    model.gradient[:] = 1
    model.step(0.1)
    assert model.vector.tobytes() != before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([], 3), r"start has shape \(0,\); expected \(T,\), .* at least one"),
        (([[0]], 3), r"start has shape \(1, 1\); expected \(T,\)"),
        ((0, 3), r"start has shape \(\); expected \(T,\)"),
        (([0, 99], 3), r"start\[1\] is 99; expected 0 to \d"),
        (([-1], 3), r"start\[0\] is -1; expected 0 to"),
        (([0.0], 3), "start has dtype float64; expected integers"),
        (([True], 3), "start has dtype bool; expected integers"),
        (("AB", 3), r"start has shape \(\)"),
        (([[0], [0, 1]], 3), "start makes no array"),
        *(
            (([0], length), "length is .*; expected a whole number, 1 or more")
            for length in (0, -1, 2.0, True, None, nan)
        ),
        *(
            (
                ([0], 3, heat, rng(0)),
                "temperature is .*; expected a positive",
            )
            for heat in (0, 0.0, -1, nan, inf, "1", True)
        ),
        (([0], 3, 1.0), r"rng is None; expected a NumPy generator, such as"),
        (([0], 3, 1.0, 0), "rng is 0; expected a NumPy generator"),
        (([0], 3, 1.0, np.random.RandomState(0)), "rng is Ran.*; expected a NumPy"),
        (([0], 3, 1.0, np.random), "rng is <module 'numpy.random'.* expected a Nu"),
    ],
)
@settings(max_examples=3)
@given(st.sampled_from(STAGES), seeds, sizes)
def test_generate_refuses(arguments, message, stage, seed, size):
    refuses(lambda b: generate(b.model, *arguments), message, stage, seed, size)


USES = {
    "forward": lambda b: b.model.forward(b.x),
    "loss": lambda b: b.model.loss(b.x, b.targets),
    "predict_next": lambda b: b.model.predict_next(b.x),
    "generate": lambda b: generate(b.model, [0], 1),
    "save": lambda b: save("/nowhere/at/all", b.model),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
@settings(max_examples=10)
@given(
    st.sampled_from(NAMES),
    st.sampled_from([nan, inf, -inf]),
    st.sampled_from(STAGES),
    seeds,
    sizes,
)
def test_a_parameter_that_is_not_finite_is_named(use, name, value, stage, seed, size):
    def spoil(model):
        model.parameters[name][:] = put(model.parameters[name], value, seed)

    refuses(
        use,
        rf"{name}\[\d(, \d)?\] is {value}; expected a finite number",
        stage,
        seed,
        size,
        spoil,
    )


@pytest.mark.parametrize("kind", ["parameters", "gradients"])
@pytest.mark.parametrize("name", NAMES)
def test_an_array_that_would_replace_another_is_refused(kind, name):
    model = reached("fresh", 0, {}).model
    views = getattr(model, kind)
    for value in (views[name].copy(), views[name].tolist(), None):
        with pytest.raises(
            ValueError,
            match=rf"{kind}\['{name}'\] would be replaced .* {kind}\['{name}'\]\[:\] =",
        ):
            views[name] = value
    with pytest.raises(ValueError, match="would be replaced"):
        views["W"] = np.zeros(3)
    views[name] += 1  # in place
    assert views.vector is getattr(
        model, {"parameters": "vector"}.get(kind, "gradient")
    )
    assert np.shares_memory(views[name], views.vector)


@pytest.mark.parametrize("name", ["vector", "gradient"])
def test_the_row_of_all_numbers_cannot_be_replaced(name):
    model = reached("new", 0, {}).model
    with pytest.raises(AttributeError):
        setattr(model, name, getattr(model, name).copy())


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        ((0, 5, rng(0)), {}, "vocab_size is 0; expected a whole number, 1 or more"),
        ((-3, 5, rng(0)), {}, "vocab_size is -3"),
        ((4.0, 5, rng(0)), {}, "vocab_size is 4.0; expected a whole number"),
        ((True, 5, rng(0)), {}, "vocab_size is True; expected a whole number"),
        ((4, 0, rng(0)), {}, "hidden_size is 0; expected a whole number, 1 or more"),
        ((4, "5", rng(0)), {}, "hidden_size is '5'; expected a whole number"),
        ((4, 5, 0), {}, "rng is 0; expected a NumPy generator"),
        ((4, 5, None), {}, "rng is None; expected a NumPy generator"),
        (
            (4, 5, rng(0)),
            {"scale": 0},
            "scale is 0; expected a positive, finite",
        ),
        ((4, 5, rng(0)), {"scale": -0.1}, "scale is -0.1; expected a positive"),
        ((4, 5, rng(0)), {"scale": nan}, "scale is nan; expected a positive"),
        ((4, 5, rng(0)), {"scale": inf}, "scale is inf; expected a positive"),
        ((4, 5, rng(0)), {"dtype": int}, "dtype is .*int.*; expected float32 or"),
        ((4, 5, rng(0)), {"dtype": "float16"}, "dtype is float16; expected float32"),
        ((4, 5, rng(0)), {"dtype": ">f8"}, "dtype is >f8; expected float32"),
        ((4, 5, rng(0)), {"dtype": "words"}, "dtype is words; expected float32"),
    ],
)
def test_a_network_that_cannot_be_is_refused(arguments, options, message):
    before = arguments[2].bit_generator.state if arguments[2] else None
    with pytest.raises(ValueError, match=message):
        VanillaRNN(*arguments, **options)
    assert before is None or arguments[2].bit_generator.state == before


RIGHT = dict(network(rng(0)).parameters)
LISTS = words.Parameters(**{name: w.tolist() for name, w in RIGHT.items()})


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({}, r"parameters has \[\]; expected \['Wh', 'Wx', 'Wy', 'bh', 'by'\]"),
        ({n: w for n, w in RIGHT.items() if n != "bh"}, "parameters has .*; exp"),
        (RIGHT | {"bx": RIGHT["bh"]}, r"parameters has .*'bx'.*; expected"),
        (RIGHT | {1: RIGHT["bh"]}, r"parameters has \['1', 'Wh', .*; expected"),
        (LISTS, "parameters is of type Parameters; expected a dict .* vars"),
        (list(RIGHT), "parameters is of type list; expected a dict with Wx"),
        (None, "parameters is of type NoneType; expected a dict with Wx"),
        (RIGHT | {"Wx": RIGHT["Wx"].T}, r"Wx has shape \(4, 5\); expected \(5, 4\)"),
        (RIGHT | {"Wh": RIGHT["Wh"][1:]}, r"Wh has shape \(4, 5\); expected \(5, 5"),
        (RIGHT | {"Wy": RIGHT["Wx"]}, r"Wy has shape \(5, 4\); expected \(4, 5\)"),
        (RIGHT | {"bh": RIGHT["bh"][1:]}, r"Wx has shape .* for a bh of 4 units"),
        (RIGHT | {"bh": RIGHT["bh"][:, np.newaxis]}, r"bh has shape \(5, 1\); exp"),
        (RIGHT | {"by": 0.0}, r"Wx has shape .* for a bh of 5 units and a by of 1"),
        (
            {
                "Wx": np.zeros((0, 2)),
                "Wh": np.zeros((0, 0)),
                "Wy": np.zeros((2, 0)),
                "bh": np.zeros(0),
                "by": np.zeros(2),
            },
            r"Wx has shape \(0, 2\); .* a 0",
        ),
        (
            {
                "Wx": np.zeros((2, 0)),
                "Wh": np.zeros((2, 2)),
                "Wy": np.zeros((0, 2)),
                "bh": np.zeros(2),
                "by": np.zeros(0),
            },
            r"Wx has shape \(2, 0\); .* a 0",
        ),
        (
            RIGHT | {"Wh": RIGHT["Wh"].astype(np.float32)},
            "Wh has dtype float32; expected float64, as Wx",
        ),
        ({n: w.astype(int) for n, w in RIGHT.items()}, "dtype of Wx is int64; exp"),
        (RIGHT | {"by": [0, 0, 0, 0]}, "dtype of by is int64; expected float32 or"),
        ({n: w.astype(np.float16) for n, w in RIGHT.items()}, "of Wx is float16"),
        ({n: w.astype(">f8") for n, w in RIGHT.items()}, "dtype of Wx is >f8"),
        (RIGHT | {"Wx": [[1.0], [1.0, 2.0]]}, "Wx makes no array; .* equal lengths"),
        (RIGHT | {"by": [[1.0], [1.0, 2.0]]}, "by makes no array; .* equal lengths"),
        *(
            (RIGHT | {name: put(RIGHT[name], value)}, rf"{name}\[.*\] is {value}; exp")
            for name in NAMES
            for value in (nan, inf, -inf)
        ),
    ],
)
def test_parameters_that_make_no_network_are_refused(parameters, message):
    with pytest.raises(ValueError, match=message):
        VanillaRNN.from_parameters(parameters)
