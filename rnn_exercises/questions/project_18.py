"""The last exercise of Part V: a GRU of the reader's own, and a text."""

from collections.abc import Callable, Mapping
from functools import cache, partial

import numpy as np

from rnn_exercises.exercise import Question, Wrong
from rnn_exercises.questions import draws
from rnn_exercises.questions.gru import by_complex_steps, by_pieces, gru_shapes
from rnn_exercises.questions.parts import judge_part
from rnn_exercises.registry import ask
from rnn_exercises.showing import Verdict
from rnn_src.descent import Adam
from rnn_src.heldout import mean_loss, ngram_loss
from rnn_src.lstm import LSTM
from rnn_src.mistakes.gates_case import sigmoid
from rnn_src.mistakes.pieces import Piece
from rnn_src.text import TEXTS, Characters, read_text, split, streams
from rnn_src.training import train_stream

Parameters = Mapping[str, np.ndarray]

#: Central differences are right too: their rounding is far below this.
NUDGED = 3e-5
LENGTH = 60_000  # characters of the novel that the reader gets
AFTER = 6_000  # those that follow them: the network is judged by these
JUDGED_FIRST = " The check judges it first, and then the text."


def gru_case(
    rng: np.random.Generator, sizes: tuple[int, int, int] | None = None, times=1.0
) -> tuple:
    V, H, T = sizes or draws.sizes(rng, "VHT")
    parameters = {
        name: times * np.array(draws.vector(rng, int(np.prod(shape)))).reshape(shape)
        for name, shape in gru_shapes(V, H).items()
    }
    ids, targets = rng.integers(V, size=(2, T))
    return parameters, ids, targets, np.array(draws.state(rng, H))


def large_logits(rng: np.random.Generator, *by: float) -> tuple:
    """Where exp would overflow, and the probability of a target round to 0."""
    parameters, ids, _, h0 = gru_case(rng, (3, 4, 5))
    return parameters | {"by": np.array(by, float)}, ids, np.array([0, 2, 1, 2, 0]), h0


def kept_state(rng: np.random.Generator) -> tuple:
    """A long sequence of which the last step still remembers the first."""
    parameters, *rest = gru_case(rng, (3, 2, 25))
    parameters["bx"][2:4] = 4.0
    return parameters, *rest


def large_gradients(rng: np.random.Generator) -> tuple:
    """Gradients that nothing may clip."""
    parameters, *rest = gru_case(rng, (4, 3, 5))
    return parameters | {"Wy": 100 * parameters["Wy"]}, *rest


def with_pieces(**pieces: Piece) -> Callable[..., tuple]:
    return partial(by_pieces, wrong=pieces)


def no_dr(H):
    return np.zeros(H)


def dr_from_n(da_n, n):
    return da_n * n


def dr_without_bias(da_n, Wh, h_prev, H):
    return da_n * (Wh[2 * H :] @ h_prev)


def dm_without_r(da):
    return da


def dWh_without_r(da, h_prev):
    return np.outer(da, h_prev)


def later_without_r(Wh, da, dh, z):
    return Wh.T @ da + dh * z


def no_direct_path(Wh, dm):
    return Wh.T @ dm


def direct_path_alone(dh, z):
    return dh * z


def direct_path_through_n(Wh, dm, dh, z):
    return Wh.T @ dm + dh * (1 - z)


def direct_path_whole(Wh, dm, dh):
    return Wh.T @ dm + dh


def nothing(H):
    return np.zeros(H)


def dn_through_z(dh, z):
    return dh * z


def dn_without_gate(dh):
    return dh


def dz_sign(dh, h_prev, n):
    return dh * (n - h_prev)


def dz_keeps_alone(dh, h_prev):
    return dh * h_prev


def dz_new_alone(dh, n):
    return -dh * n


def no_tanh_prime(dn):
    return dn


def sigmoid_prime_for_n(dn, n):
    return dn * n * (1 - n)


def no_sigmoid_prime(dr):
    return dr


def no_sigmoid_prime_z(dgate):
    return dgate


def stacked_z_r_n(da_r, da_z, da_n):
    return np.concatenate([da_z, da_r, da_n])


def stacked_z_r_n_by_state(da_r, da_z, da_n, r):
    return np.concatenate([da_z, da_r, da_n * r])


def dWh_from_h(dm, h):
    return np.outer(dm, h)


def later_overwrites(Wy, dz, later, t, T):
    return later if t < T - 1 else Wy.T @ dz


def dbh_overwritten(dbh):
    return dbh


def dWh_overwritten(dWh):
    return dWh


def dWx_set(total_dWx, da, ids, t):
    total = total_dWx.copy()
    total[:, ids[t]] = da
    return total


def times_gradients(by: Callable[[int], float], *, loss: bool = True) -> Callable:
    """The answer with the gradients, and the loss, multiplied by by(T)."""

    def answer(parameters, ids, targets, h0) -> tuple:
        right, gradients, h = by_pieces(parameters, ids, targets, h0)
        factor = by(len(ids))
        gradients = {name: factor * one for name, one in gradients.items()}
        return (factor * right if loss else right), gradients, h

    return answer


def h_other_way(z, n, h_prev):
    return z * n + (1 - z) * h_prev


def z_read_first(u, m, H):
    return sigmoid(u[:H] + m[:H])


def r_read_second(u, m, H):
    return sigmoid(u[H : 2 * H] + m[H : 2 * H])


def reset_before_product(u, Wh, bh, h_prev, r, H):
    return np.tanh(u[2 * H :] + Wh[2 * H :] @ (r * h_prev) + bh[2 * H :])


def bias_outside_reset(u, Wh, bh, h_prev, r, H):
    return np.tanh(u[2 * H :] + r * (Wh[2 * H :] @ h_prev) + bh[2 * H :])


def no_reset(u, m, H):
    return np.tanh(u[2 * H :] + m[2 * H :])


def overflowing(
    parameters: Parameters, ids: np.ndarray, targets: np.ndarray, h0: np.ndarray
) -> tuple:
    """Softmax as its formula is written: exp of a large logit is infinite."""

    def p(logits):
        with np.errstate(all="ignore"):
            return np.exp(logits) / np.exp(logits).sum()

    _, gradients, h = by_pieces(parameters, ids, targets, h0, {"p": p})
    return np.nan, gradients, h


GRU = Question(
    arguments=("parameters", "ids", "targets", "h0"),
    answers=("loss", "gradients", "h"),
    case=gru_case,
    right=by_complex_steps,
    within=NUDGED,
    seconds=10.0,
    axes={"h0": "H"},
    edges=lambda rng: {
        "a single step": gru_case(rng, (5, 4, 1)),
        "a single unit": gru_case(rng, (4, 1, 5)),
        "twelve steps": gru_case(rng, (4, 3, 12)),
        "more words than units": gru_case(rng, (9, 3, 4)),
        "a first state of zeros": (
            *(case := gru_case(rng, (4, 5, 4)))[:3],
            0 * case[3],
        ),
        "gates that are saturated": gru_case(rng, (4, 3, 5), 15.0),
        "one word again and again": (
            (case := gru_case(rng, (4, 3, 4)))[0],
            0 * case[1] + 1,
            *case[2:],
        ),
        "twenty-five steps, with z near 1": kept_state(rng),
        "large gradients": large_gradients(rng),
        "very large logits": large_logits(rng, 1000, 0, -1000),
        "very large logits in the other order": large_logits(rng, -1000, 0, 1000),
    },
    mistakes=(
        Wrong(
            "reset-after-all",
            "You multiply the state by r before the product with W_h, as the paper "
            "has it. Here, as in PyTorch, r multiplies the finished product: "
            "r * (W_hn h + b_hn).",
            with_pieces(n=reset_before_product),
        ),
        Wrong(
            "bias-outside-reset",
            "In n the second bias is inside the brackets that r multiplies: "
            "r * (W_hn h + b_hn).",
            with_pieces(n=bias_outside_reset),
        ),
        Wrong(
            "no-reset",
            "r has no effect in your n. It multiplies W_hn h + b_hn.",
            with_pieces(n=no_reset),
        ),
        Wrong(
            "z-other-way",
            "You let z choose the new candidate. Here it keeps the old state: "
            "h = (1 - z) * n + z * h_prev.",
            with_pieces(h=h_other_way, dn=dn_through_z, later=direct_path_through_n),
            also=(
                with_pieces(h=h_other_way),
                with_pieces(
                    h=h_other_way,
                    dn=dn_through_z,
                    dgate=dz_sign,
                    later=direct_path_through_n,
                ),
            ),
        ),
        Wrong(
            "rows-z-r-n",
            "You read the rows as z, r, n. The order here, and in PyTorch, is r, z, n.",
            with_pieces(
                r=r_read_second,
                z=z_read_first,
                da=stacked_z_r_n,
                dm=stacked_z_r_n_by_state,
            ),
        ),
        Wrong(
            "reset-path-missing",
            "r gets no gradient. It multiplies W_hn h + b_hn inside n: that is its "
            "factor.",
            with_pieces(dr=no_dr),
        ),
        Wrong(
            "reset-without-bias",
            "r multiplies the product and its bias. In dL/dr the bias is missing: "
            "W_hn h + b_hn.",
            with_pieces(dr=dr_without_bias),
        ),
        Wrong(
            "reset-from-n",
            "In dL/dr you multiply by n. r was multiplied by W_hn h + b_hn, before "
            "the tanh.",
            with_pieces(dr=dr_from_n),
        ),
        Wrong(
            "r-missing-on-the-way",
            "On the way from n back to W_h, b_h and h_prev there is the factor r. "
            "For W_x and b_x there is none: the two biases have different gradients.",
            with_pieces(dm=dm_without_r),
            also=(
                with_pieces(dWh=dWh_without_r),
                with_pieces(later=later_without_r),
                with_pieces(dbh=lambda da: da),
            ),
        ),
        Wrong(
            "direct-path-missing",
            "h_prev also reaches h directly, through z: add dh * z to what goes back.",
            with_pieces(later=no_direct_path),
        ),
        Wrong(
            "gates-path-missing",
            "h_prev also moves r, z and n: add Wh.T @ ... to dh * z.",
            with_pieces(later=direct_path_alone),
        ),
        Wrong(
            "direct-path-through-n",
            "The direct path from h_prev has the factor z. 1 - z belongs to n.",
            with_pieces(later=direct_path_through_n),
        ),
        Wrong(
            "direct-path-whole",
            "The direct path from h_prev has a factor, z.",
            with_pieces(later=direct_path_whole),
        ),
        Wrong(
            "nothing-handed-on",
            "No gradient goes back from step to step. h_prev moves r, z, n, and h "
            "itself.",
            with_pieces(later=nothing),
        ),
        Wrong(
            "later-overwrites",
            "What comes from later steps overwrites the prediction's own share in your "
            "dL/dh. Add the two.",
            with_pieces(dh=later_overwrites),
        ),
        Wrong(
            "n-through-z",
            "n has the factor 1 - z in h. You take z.",
            with_pieces(dn=dn_through_z),
        ),
        Wrong(
            "n-without-gate",
            "n has the factor 1 - z in h. Yours has none.",
            with_pieces(dn=dn_without_gate),
        ),
        Wrong(
            "z-sign",
            "dL/dz has the wrong sign. In h = (1 - z) * n + z * h_prev a larger z "
            "brings more of h_prev and less of n.",
            with_pieces(dgate=dz_sign),
        ),
        Wrong(
            "one-minus-z-missing",
            "z appears twice in h, and you follow it once: dL/dz is dh * (h_prev - n).",
            with_pieces(dgate=dz_keeps_alone),
            also=(with_pieces(dgate=dz_new_alone),),
        ),
        Wrong(
            "no-tanh-prime",
            "n is a tanh: multiply by 1 - n**2.",
            with_pieces(da_n=no_tanh_prime),
        ),
        Wrong(
            "sigmoid-prime-for-n",
            "n is a tanh, not a gate: 1 - n**2, not n * (1 - n).",
            with_pieces(da_n=sigmoid_prime_for_n),
        ),
        Wrong(
            "no-sigmoid-prime",
            "r and z are sigmoids: multiply by s * (1 - s).",
            with_pieces(da_r=no_sigmoid_prime, da_z=no_sigmoid_prime_z),
            also=(
                with_pieces(da_r=no_sigmoid_prime),
                with_pieces(da_z=no_sigmoid_prime_z),
            ),
        ),
        Wrong(
            "stacked-z-r-n",
            "Your forward pass has the rows r, z, n, and your backward pass z, r, n.",
            with_pieces(da=stacked_z_r_n, dm=stacked_z_r_n_by_state),
        ),
        Wrong(
            "dwh-from-h",
            "In dL/dWh you use the new state. W_h multiplied the one before.",
            with_pieces(dWh=dWh_from_h),
        ),
        Wrong(
            "overwritten",
            "A gradient is the share of the first step alone. Add up the shares of "
            "all steps.",
            with_pieces(total_dWh=dWh_overwritten),
            also=(with_pieces(total_dbh=dbh_overwritten),),
        ),
        Wrong(
            "one-share-of-a-word",
            "A word that occurs twice gets only one of its shares: add da to its "
            "column of dL/dWx, do not set it.",
            with_pieces(total_dWx=dWx_set),
        ),
        Wrong(
            "mean-over-steps",
            "You divide by T. The loss, and with it each gradient, is a sum over the "
            "steps.",
            times_gradients(lambda T: 1 / T),
            also=(times_gradients(lambda T: 1 / T, loss=False),),
        ),
        Wrong(
            "h0-ignored",
            "You begin with zeros. Begin with h0.",
            lambda parameters, ids, targets, h0: by_pieces(
                parameters, ids, targets, 0 * h0
            ),
        ),
        Wrong(
            "exp-overflows",
            "With very large logits exp gives inf, and inf / inf is not a number. "
            "Subtract the largest logit of a step first, also under the logarithm.",
            overflowing,
        ),
    ),
)


@cache
def text() -> tuple[np.ndarray, np.ndarray, np.ndarray, Characters]:
    """Ids of the training part, of what is held out, of what comes after them."""
    novel = read_text(TEXTS / "pride-and-prejudice.txt")
    train, held_out = split(novel[:LENGTH])
    characters = Characters.of(train)
    parts = train, held_out, novel[LENGTH : LENGTH + AFTER]
    return *map(characters.encode, parts), characters


@cache
def bigram() -> float:
    """What a table of pairs loses on the text that comes after, a character."""
    train, _, after, characters = text()
    return ngram_loss(train, after, 2, len(characters))


def judge_project(answer: object) -> Verdict | str:
    """What is wrong with the GRU, then what is wrong with the training."""
    if isinstance(answer, np.ndarray) and answer.ndim:
        answer = list(answer)
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        return (
            "The answer has two parts: my_gru, the function itself, and my_parameters, "
            "a dict of arrays."
        )
    function, parameters = answer
    if found := judge_part("my_gru", GRU, function, JUDGED_FIRST):
        return found
    if parameters is ...:
        return "Your GRU is right. Still to do: the training, and my_parameters."
    return judge_training(parameters)


def judge_training(parameters: object) -> str:
    """Whether an LSTM with these parameters beats the bigram on new text."""
    if not isinstance(parameters, Mapping):
        return "my_parameters is not a dict; expected Wx, Wh, Wy, b and by."
    try:
        model = LSTM.from_parameters(parameters)
    except (TypeError, ValueError) as error:
        return f"my_parameters cannot be used: {error}"
    _, held_out, after, characters = text()
    V = len(characters)
    if model.vocab_size != V:
        return f"my_parameters is for {model.vocab_size} characters; expected {V}."
    loss = mean_loss(model, *streams(after, 8))
    if loss > mean_loss(model, *streams(held_out, 8)) + 0.2:
        return "trained-on-held-out"
    if loss < bigram():
        return ""
    if loss > np.log(V) - 0.5:
        return "not-trained"
    return (
        f"Your GRU is right, and the network has begun to learn: on the text that "
        f"comes next it loses {loss:.2f} nats a character. The bigram loses "
        f"{bigram():.2f}. "
        "Does `my_held_out` lose as much with your `my_lstm`? If far less, the rows "
        "are not in the order i, f, g, o. If as much, take another rate or rule, or "
        "train for longer."
    )


@cache
def trained(part: int = 0, epochs: int = 2) -> Parameters:
    """Parameters that beat the bigram, unless trained on another part of the text."""
    characters = text()[-1]
    model = LSTM(len(characters), 32, np.random.default_rng(0))
    ids, targets = streams(text()[part], 16)
    settings = {"k": 25, "lr": 0.02, "clip": 100.0, "clip_by": "norm", "rule": Adam()}
    train_stream(model, ids, targets, epochs=epochs, **settings)
    return model.parameters


def wrong_function(wrong: Wrong) -> Wrong:
    """The mistake as a whole answer: its function, and parameters that are right."""

    def answer() -> tuple[Callable, Parameters]:
        def my_gru(parameters, ids, targets, h0):
            return wrong.answer(parameters, ids, targets, h0)

        return my_gru, trained()

    return Wrong(wrong.name, wrong.message, answer)


ask(
    "18-project",
    kind="project",
    answers=("my_gru", "my_parameters"),
    expects="a function and a dict of arrays",
    seconds=20.0,
    right=lambda: (by_complex_steps, trained()),
    judge=judge_project,
    mistakes=(
        *map(wrong_function, GRU.mistakes),
        Wrong(
            "not-trained",
            "Your GRU is right. On new text the network is hardly better than an even "
            "guess: has it been trained, on the characters of my_characters, "
            "and are my_parameters the arrays that were moved?",
            lambda: (
                by_complex_steps,
                LSTM(len(text()[-1]), 32, np.random.default_rng(0)).parameters,
            ),
        ),
        Wrong(
            "trained-on-held-out",
            "Your GRU is right. The network knows my_held_out far better than the text "
            "that comes next: it has been trained on it. Train on my_train alone.",
            lambda: (by_complex_steps, trained(1, 12)),
        ),
    ),
    hints=(
        "Derive it as the chapter does: who moves h? n, z, and h_prev directly. Who "
        "moves n? Its pre-activation, which has two halves; r multiplies one of them. "
        "What is still ... can wait: the check judges what comes before it.",
        "dn = dh * (1 - z), dz = dh * (h_prev - n), da_n = dn * (1 - n**2), and "
        "dr = da_n * m, where m is W_hn h_prev + b_hn. Then r and z have s * (1 - s).",
        "W_x and b_x get da, which is da_r, da_z, da_n in a row. W_h and b_h get dm: "
        "the same, with da_n * r. To h_prev go Wh.T @ dm and dh * z.",
        "The text: 32 units, weights of 0.1 times a normal number, a forget bias of 1, "
        "16 streams in pieces of 25, Adam at 0.02, the state handed on. Two rounds are "
        "enough.",
    ),
)
