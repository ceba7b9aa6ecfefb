"""A third proof, where `make torch` has run: PyTorch's layers, with our weights.

What is proved here, differences and autograd prove too. It shows that the weights
move over as they are.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import batches, gated_batches
from test_descent import betas, gradients

from rnn_src.descent import Adam, Momentum


def tensor(torch, array):
    return torch.tensor(array, requires_grad=array.dtype.kind == "f")


def moved_over(torch, model):
    """torch.nn.RNN and torch.nn.Linear with the parameters of the model."""
    V, H = model.vocab_size, model.hidden_size
    rnn = torch.nn.RNN(V, H, nonlinearity="tanh", dtype=torch.float64)
    linear = torch.nn.Linear(H, V, dtype=torch.float64)
    theirs = {
        "Wx": rnn.weight_ih_l0,
        "Wh": rnn.weight_hh_l0,
        "bh": rnn.bias_ih_l0,
        "Wy": linear.weight,
        "by": linear.bias,
    }
    with torch.no_grad():
        for name, parameter in theirs.items():
            assert parameter.shape == model.parameters[name].shape
            parameter.copy_(torch.tensor(model.parameters[name]))
        rnn.bias_hh_l0.zero_()  # a second bias, which always gets the same
    return rnn, linear, theirs


@settings(max_examples=40)
@given(batch=batches)
def test_pytorch_finds_the_same_states_loss_and_gradients(torch, batch):
    model = batch.model
    rnn, linear, theirs = moved_over(torch, model)
    one_hot = np.eye(model.vocab_size)
    x = tensor(torch, one_hot[batch.x] if batch.x.ndim == 2 else batch.x)
    h0 = tensor(torch, batch.h0[np.newaxis])
    states, last = rnn(x, h0)
    logits = linear(states)
    losses = torch.nn.functional.cross_entropy(
        logits.flatten(0, 1), torch.tensor(batch.targets).flatten(), reduction="none"
    )
    total = (losses * torch.tensor(batch.mask).flatten()).sum() / len(batch.h0)
    total.backward()

    hidden, ours = model.forward(batch.x, batch.h0)
    for found, expected in ((hidden, states), (hidden[-1:], last), (ours, logits)):
        assert np.allclose(found, expected.detach().numpy(), rtol=1e-10, atol=1e-12)
    assert np.isclose(batch.bptt(), total.item(), rtol=1e-10)
    pairs = [
        (model.gradients[name], parameter.grad) for name, parameter in theirs.items()
    ]
    pairs += [(model.gradients["bh"], rnn.bias_hh_l0.grad), (model.dh0, h0.grad[0])]
    for found, expected in pairs:
        largest = max(float(expected.abs().max()), 1e-4)
        assert np.abs(found - expected.numpy()).max() < 1e-10 * largest


def lstm_moved_over(torch, model):
    """torch.nn.LSTM and torch.nn.Linear with the parameters of the model."""
    V, H = model.vocab_size, model.hidden_size
    lstm = torch.nn.LSTM(V, H, dtype=torch.float64)
    linear = torch.nn.Linear(H, V, dtype=torch.float64)
    theirs = {
        "Wx": lstm.weight_ih_l0,
        "Wh": lstm.weight_hh_l0,
        "Wy": linear.weight,
        "b": lstm.bias_ih_l0,
        "by": linear.bias,
    }
    with torch.no_grad():
        for name, parameter in theirs.items():
            assert parameter.shape == model.parameters[name].shape
            parameter.copy_(torch.tensor(model.parameters[name]))
        lstm.bias_hh_l0.zero_()
    return lstm, linear, theirs


@settings(max_examples=40)
@given(batch=gated_batches)
def test_pytorch_finds_the_same_of_an_lstm(torch, batch):
    model = batch.model
    lstm, linear, theirs = lstm_moved_over(torch, model)
    x = tensor(
        torch, np.eye(model.vocab_size)[batch.x] if batch.x.ndim == 2 else batch.x
    )
    h0, c0 = (tensor(torch, array[np.newaxis]) for array in batch.h0)
    states, last = lstm(x, (h0, c0))
    logits = linear(states)
    losses = torch.nn.functional.cross_entropy(
        logits.flatten(0, 1), torch.tensor(batch.targets).flatten(), reduction="none"
    )
    total = (losses * torch.tensor(batch.mask).flatten()).sum() / batch.mask.shape[1]
    total.backward()

    hidden, ours = model.forward(batch.x, batch.h0)
    pairs = ((hidden, states), (ours, logits), (model.final, torch.cat(last)))
    for found, expected in pairs:
        assert np.allclose(found, expected.detach().numpy(), rtol=1e-10, atol=1e-12)
    assert np.isclose(batch.bptt(), total.item(), rtol=1e-10)
    pairs = [(model.gradients[name], theirs[name].grad) for name in theirs]
    pairs += [(model.gradients["b"], lstm.bias_hh_l0.grad)]
    pairs += [(model.dh0, torch.cat([h0.grad, c0.grad]))]
    for found, expected in pairs:
        largest = max(float(expected.abs().max()), 1e-4)
        assert np.abs(found - expected.numpy()).max() < 1e-10 * largest


def by_pytorch(torch, make, found, lr):
    """The weights after each step of PyTorch's rule, from zeros."""
    weights = torch.zeros(found.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = make([weights], lr)
    for gradient in found:
        weights.grad = torch.tensor(gradient)
        optimizer.step()
        yield weights.detach().numpy().copy()


@settings(max_examples=60)
@given(found=gradients, beta=betas, lr=st.sampled_from([1e-3, 0.1]))
def test_pytorch_takes_the_same_steps(torch, found, beta, lr):
    pairs = [
        (Momentum(beta), lambda p, lr: torch.optim.SGD(p, lr, momentum=beta)),
        (Adam(beta), lambda p, lr: torch.optim.Adam(p, lr, betas=(beta, 0.999))),
    ]
    for rule, make in pairs:
        weights = np.zeros(found.shape[1])
        steps = by_pytorch(torch, make, found, lr)
        for gradient, expected in zip(found, steps, strict=True):
            weights -= lr * rule(gradient)
            assert np.allclose(weights, expected, rtol=1e-12, atol=1e-12)
