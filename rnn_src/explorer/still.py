"""The explorer where no script runs: a figure and a table."""

from collections.abc import Sequence
from html import escape

import numpy as np

from rnn_src.explorer.trace import Trace

STEP_WIDTH, HEIGHT = 120, 190


def figure(trace: Trace, words: Sequence[str]) -> str:
    """The unrolled network, with what it reads and the loss at each step."""
    T = len(trace.ids)
    read = ", ".join(words[i] for i in trace.ids)
    parts = [
        f'<svg viewBox="0 0 {STEP_WIDTH * (T + 1)} {HEIGHT}" role="img" '
        f'width="100%" style="max-width:{STEP_WIDTH * (T + 1)}px" '
        f'aria-label="The network unrolled over {T} steps. It reads '
        f"{escape(read, quote=True)}. The loss above each step is in "
        'the table below." fill="none" stroke="currentColor" '
        'font-size="14" text-anchor="middle">',
        node(60, 95, "h0"),
    ]
    for t, (word, loss) in enumerate(zip(trace.ids, trace.losses, strict=True), 1):
        x = 60 + STEP_WIDTH * t
        parts += [
            f'<path d="M{x - 95} 95H{x - 25}M{x} 150V120M{x} 70V40"/>',
            node(x, 95, f"h{t}"),
            text(x, 170, words[word]),
            text(x, 30, f"{loss:.2f}"),
        ]
    return "".join([*parts, "</svg>"])


def node(x: int, y: int, name: str) -> str:
    """A box with a name in it."""
    box = f'<rect x="{x - 22}" y="{y - 22}" width="44" height="44" rx="8"/>'
    return box + text(x, y + 5, name)


def text(x: int, y: int, content: str) -> str:
    """A text centred at x."""
    return (
        f'<text x="{x}" y="{y}" fill="currentColor" stroke="none">'
        f"{escape(content)}</text>"
    )


def table(trace: Trace, words: Sequence[str], backward: bool) -> str:
    """What happens at each step, in a few numbers."""
    columns = {
        "step": range(1, len(trace.ids) + 1),
        "reads": [words[i] for i in trace.ids],
        "should say": [words[i] for i in trace.targets],
        "says": [words[i] for i in trace.p.argmax(axis=1)],
        "p of the target": [
            f"{p[i]:.3f}" for p, i in zip(trace.p, trace.targets, strict=True)
        ],
        "loss in nats": [f"{loss:.3f}" for loss in trace.losses],
    }
    if backward:
        columns["length of dL/dh"] = [
            f"{np.linalg.norm(dh):.3f}" for dh in trace.runs[-1].dh
        ]
    heads = "".join(f'<th scope="col">{head}</th>' for head in columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in zip(*columns.values(), strict=True)
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
