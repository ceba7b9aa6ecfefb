"""JAX: one compiled call for an update, its old parameters given away."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.work import CLIP, LR, Work


def loss_of(p: dict, x: jax.Array, y: jax.Array) -> jax.Array:
    def step(h, u):
        h = jnp.tanh(u + h @ p["Wh"].T + p["bh"])
        return h, h

    def gated_step(state, u):
        h, c = state
        i, f, g, o = jnp.split(u + h @ p["Wh"].T + p["b"], 4, axis=-1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        h = jax.nn.sigmoid(o) * jnp.tanh(c)
        return (h, c), h

    h0 = jnp.zeros((x.shape[1], p["Wh"].shape[1]), jnp.float32)
    start = (gated_step, (h0, h0)) if "b" in p else (step, h0)
    _, hidden = jax.lax.scan(*start, p["Wx"].T[x])
    log_p = jax.nn.log_softmax(hidden @ p["Wy"].T + p["by"])
    chosen = jnp.take_along_axis(log_p, y[..., np.newaxis], axis=-1)
    return -chosen.sum() / x.shape[1]


with_gradients = jax.value_and_grad(loss_of)


def updated(p: dict, x: jax.Array, y: jax.Array) -> tuple[dict, jax.Array]:
    loss, gradients = with_gradients(p, x, y)
    return {
        name: p[name] - LR * jnp.clip(gradients[name], -CLIP, CLIP) for name in p
    }, loss


compiled_gradients = jax.jit(with_gradients)
compiled_update = partial(jax.jit, donate_argnums=0)(updated)


class Network:
    def __init__(self, work: Work, parameters: dict, x: np.ndarray, y: np.ndarray):
        self.p = {name: jnp.array(array) for name, array in parameters.items()}
        self.x, self.y = x, y  # each update gets its ids from NumPy

    def compute(self, n: int) -> None:
        for _ in range(n):
            self.found = jax.block_until_ready(
                compiled_gradients(self.p, self.x, self.y)
            )

    def update(self, n: int) -> None:
        for _ in range(n):
            self.p, loss = compiled_update(self.p, self.x, self.y)
            self.loss = float(loss)

    def gradients(self) -> dict[str, np.ndarray]:
        self.compute(1)
        loss, gradients = self.found
        return {
            "loss": np.array(loss),
            **{name: np.array(array) for name, array in gradients.items()},
        }

    def parameters(self) -> dict[str, np.ndarray]:
        return {name: np.array(array) for name, array in self.p.items()}
