"""The explorer where no script runs: a figure and a table."""

from collections.abc import Sequence
from html import escape

import numpy as np

from rnn_src.explorer.trace import Trace

ROOM, HEIGHT = 690, 190  # nine states fit beside each other
BETWEEN = ROOM / 9, 120  # the least and the most from one state to the next
#: On a phone, for fingers and for keys.
SCROLLS = '<div style="overflow-x:auto" tabindex="0" role="group" aria-label="Steps">'


def figure(trace: Trace, words: Sequence[str]) -> str:
    """The unrolled network, with what it reads and the loss at each step."""
    T = len(trace.ids)
    step = min(max(ROOM / (T + 1), BETWEEN[0]), BETWEEN[1])
    read = ", ".join(words[i] for i in trace.ids)
    parts = [
        f'{SCROLLS}<svg viewBox="0 0 {step * (T + 1):g} {HEIGHT}" role="img" '
        f'width="100%" style="max-width:{step * (T + 1):g}px;'
        f'min-width:{0.75 * step * (T + 1):g}px" '
        f'aria-label="The network unrolled over {T} steps. It reads '
        f"{escape(read, quote=True)}. The loss above each step is in "
        'the table below." fill="none" stroke="currentColor" '
        'font-size="14" text-anchor="middle">',
        node(step / 2, 95, 0),
    ]
    for t, (word, loss) in enumerate(zip(trace.ids, trace.losses, strict=True), 1):
        x = step * (t + 0.5)
        parts += [
            f'<path d="M{x - step + 22:g} 95H{x - 24:g}M{x:g} 150V119M{x:g} 71V40"/>',
            node(x, 95, t),
            text(x, 170, words[word]),
            text(x, 30, f"{loss:.2f}"),
        ]
    return "".join([*parts, "</svg></div>"])


def node(x: float, y: float, t: int) -> str:
    """The state of step t, as a box with its name."""
    box = f'<rect x="{x - 20:g}" y="{y - 20:g}" width="40" height="40" rx="8"/>'
    low = f'<tspan dy="0.3em" font-size="72%">{t}</tspan>'
    return box + text(x, y + 5, "h", low)


def text(x: float, y: float, content: str, low: str = "") -> str:
    """A text centred at x, and what is written lower behind it."""
    return (
        f'<text x="{x:g}" y="{y:g}" fill="currentColor" stroke="none">'
        f"{escape(content)}{low}</text>"
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
    return (
        f'{SCROLLS}<table style="border-collapse:separate;border-spacing:0.7rem 0">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
