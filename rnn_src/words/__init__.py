"""A word-level recurrent network in core Python: lists, loops and `math`.

A vector is a list of floats, a matrix a list of rows. Slow, and nothing hidden:
every number can be followed by hand. The shapes are those of the array version,
`Wx` (H, V), `Wh` (H, H), `Wy` (V, H), `bh` (H,), `by` (V,).
"""

from rnn_src.words.algebra import (
    Matrix,
    Vector,
    add,
    argmax,
    dot,
    finite,
    has_length,
    matvec,
    same_length,
    softmax,
    tanh,
)
from rnn_src.words.counting import BigramTable
from rnn_src.words.gradients import (
    hidden_backward,
    logits_backward,
    loss_backward,
    outer,
    output_backward,
    rnn_step_backward,
    softmax_jacobian,
    tanh_backward,
    transpose,
)
from rnn_src.words.loss import cross_entropy, perplexity, sentence_loss
from rnn_src.words.network import (
    Parameters,
    forward,
    init_parameters,
    predict,
    rnn_step,
)
from rnn_src.words.quick import quick_step
from rnn_src.words.through_time import add_parameters, bptt
from rnn_src.words.training import train_step, train_steps, update
from rnn_src.words.vocabulary import Vocabulary, check_id, next_word_pairs, one_hot

__all__ = [
    "BigramTable",
    "Matrix",
    "Parameters",
    "Vector",
    "Vocabulary",
    "add",
    "add_parameters",
    "argmax",
    "bptt",
    "check_id",
    "cross_entropy",
    "dot",
    "finite",
    "forward",
    "has_length",
    "hidden_backward",
    "init_parameters",
    "logits_backward",
    "loss_backward",
    "matvec",
    "next_word_pairs",
    "one_hot",
    "outer",
    "output_backward",
    "perplexity",
    "predict",
    "quick_step",
    "rnn_step",
    "rnn_step_backward",
    "same_length",
    "sentence_loss",
    "softmax",
    "softmax_jacobian",
    "tanh",
    "tanh_backward",
    "train_step",
    "train_steps",
    "transpose",
    "update",
]
