"""The gradients of one step, by hand: a function for each layer, in reverse.

`dX` is the derivative of the loss with respect to X, of the same shape as X.
Each function takes the gradient of what a layer gave out, and returns the
gradients of what it took in.
"""

from rnn_src.words.algebra import (
    Matrix,
    Vector,
    add,
    finite,
    has_length,
    matvec,
    same_length,
    softmax,
)
from rnn_src.words.network import Parameters
from rnn_src.words.vocabulary import check_id


def outer(u: Vector, v: Vector) -> Matrix:
    """Every entry of u times every entry of v; shape (len(u), len(v)).

    Implements :eq:`eq-outer`.
    """
    return [[a * b for b in v] for a in u]


def transpose(matrix: Matrix) -> Matrix:
    """Rows become columns: shape (m, n) becomes (n, m).

    Implements :eq:`eq-transpose`.

    Raises
    ------
    ValueError
        If the rows are not of one length.
    """
    for row in matrix:
        has_length("a row of matrix", row, len(matrix[0]))
    return [list(column) for column in zip(*matrix)]


def softmax_jacobian(p: Vector) -> Matrix:
    """How each probability changes with each logit; shape (V, V).

    Implements :eq:`eq-softmax-jacobian`. Entry [i][j] is dp[i]/dz[j].

    Parameters
    ----------
    p : shape (V,)
        A softmax.

    Raises
    ------
    ValueError
        If `p` is empty or has an entry that is not finite.
    """
    finite("p", p)
    V = len(p)
    return [
        [p[i] * ((1.0 if i == j else 0.0) - p[j]) for j in range(V)] for i in range(V)
    ]


def loss_backward(p: Vector, target: int) -> Vector:
    """The gradient of the loss with respect to the probabilities; shape (V,).

    Implements :eq:`eq-dp`, in nats per unit of probability. This is *not* the
    gradient with respect to the logits, which is what training needs:
    `logits_backward`.

    Parameters
    ----------
    p : shape (V,)
        A softmax.
    target : int
        The id of the word that did come.

    Raises
    ------
    ValueError
        If `target` is out of range, or its probability is 0: there the loss
        has no derivative.
    """
    check_id("target", target, len(p))
    if not p[target] > 0:
        raise ValueError(
            f"p[{target}] is {p[target]}; expected a positive "
            "probability: the loss has no derivative at 0"
        )
    dp = [0.0] * len(p)
    dp[target] = -1 / p[target]
    return dp


def logits_backward(logits: Vector, target: int) -> Vector:
    """The gradient of the loss with respect to the logits; shape (V,).

    Implements :eq:`eq-dlogits`: the softmax, minus one at the target, in nats
    per unit of a logit.

    Parameters
    ----------
    logits : shape (V,)
    target : int
        The id of the word that did come.

    Raises
    ------
    ValueError
        If `target` is out of range, or a logit is not finite.
    """
    check_id("target", target, len(logits))
    dlogits = softmax(logits)
    dlogits[target] -= 1
    return dlogits


def output_backward(
    dlogits: Vector, h: Vector, Wy: Matrix
) -> tuple[Matrix, Vector, Vector]:
    """From the logits back to the output layer's weights and the hidden state.

    Implements :eq:`eq-dWy`, :eq:`eq-dby` and :eq:`eq-dh`.

    Parameters
    ----------
    dlogits : shape (V,)
    h : shape (H,)
        The hidden state that the logits were made from.
    Wy : shape (V, H)
        As it was when the logits were made: not yet updated.

    Returns
    -------
    dWy : shape (V, H)
    dby : shape (V,)
    dh : shape (H,)
        What reaches the hidden state through these logits.

    Raises
    ------
    ValueError
        If a shape does not fit.
    """
    same_length(dlogits=dlogits, Wy=Wy)
    for row in Wy:
        has_length("a row of Wy", row, len(h))
    dWy = outer(dlogits, h)
    dby = list(dlogits)
    dh = matvec(transpose(Wy), dlogits)
    return dWy, dby, dh


def tanh_backward(dh: Vector, h: Vector) -> Vector:
    """From the hidden state back through tanh; shape (H,).

    Implements :eq:`eq-da`. The derivative of tanh is taken from its result.

    Raises
    ------
    ValueError
        If `dh` and `h` are not of one length.
    """
    same_length(dh=dh, h=h)
    return [d * (1 - value * value) for d, value in zip(dh, h)]


def hidden_backward(
    da: Vector, x: Vector, h_prev: Vector, Wh: Matrix
) -> tuple[Matrix, Matrix, Vector, Vector]:
    """From the pre-activation back to the weights, and to the state before.

    Implements :eq:`eq-dWx`, :eq:`eq-dWh`, :eq:`eq-dbh` and :eq:`eq-dh-prev`.

    Parameters
    ----------
    da : shape (H,)
    x : shape (V,)
        The word, one-hot.
    h_prev : shape (H,)
        The hidden state before this step.
    Wh : shape (H, H)

    Returns
    -------
    dWx : shape (H, V)
        Zero but for the column of the word.
    dWh : shape (H, H)
    dbh : shape (H,)
    dh_prev : shape (H,)
        What reaches the hidden state before this one.

    Raises
    ------
    ValueError
        If a shape does not fit.
    """
    same_length(da=da, h_prev=h_prev, Wh=Wh)
    for row in Wh:
        has_length("a row of Wh", row, len(da))
    dWx = outer(da, x)
    dWh = outer(da, h_prev)
    dbh = list(da)
    dh_prev = matvec(transpose(Wh), da)
    return dWx, dWh, dbh, dh_prev


def rnn_step_backward(
    x: Vector,
    h_prev: Vector,
    h: Vector,
    logits: Vector,
    target: int,
    parameters: Parameters,
    dh_later: Vector | None = None,
) -> tuple[Parameters, Vector]:
    """All gradients of one step, from its loss back to what it took in.

    Runs through :eq:`eq-dlogits`, the output layer, :eq:`eq-da` and the hidden
    layer. The loss is that of this step alone, unless `dh_later` brings in
    what comes after it.

    Parameters
    ----------
    x, h_prev : shapes (V,) and (H,)
        What `rnn_step` took in.
    h, logits : shapes (H,) and (V,)
        What it gave out.
    target : int
        The id of the word that followed.
    parameters : Parameters
        As they were in the forward pass.
    dh_later : shape (H,), optional
        What reaches `h` from the steps after this one; zeros if left out.

    Returns
    -------
    gradients : Parameters
        In the place of each parameter, its gradient, in nats per unit.
    dh_prev : shape (H,)
        What reaches the hidden state before this one through this step.

    Raises
    ------
    ValueError
        If a shape does not fit, or `target` is out of range.
    """
    has_length("x", x, parameters.vocab_size)
    dlogits = logits_backward(logits, target)
    dWy, dby, dh = output_backward(dlogits, h, parameters.Wy)
    if dh_later is not None:
        has_length("dh_later", dh_later, len(h))
        dh = add(dh, dh_later)
    da = tanh_backward(dh, h)
    dWx, dWh, dbh, dh_prev = hidden_backward(da, x, h_prev, parameters.Wh)
    return Parameters(Wx=dWx, Wh=dWh, Wy=dWy, bh=dbh, by=dby), dh_prev
