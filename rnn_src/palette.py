"""The look of the book in one place: colours, letters, distances, lines.

Figures, explorer, verdicts, pages and PDF take theirs from here. A page says
`var(--book-quiet)`: the build writes each name below as a variable of that kind
(tools/sphinx_ext/look.py). CONTRIBUTING.md, "The look", says what each is for.

This module imports nothing, so that all can use it without matplotlib.
"""

# Drawn on white: figures and the explorer. Blue to pink are Okabe and Ito's, which
# people with any kind of colour vision can tell apart.
BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#009E73"
PINK = "#CC79A7"
GREY = "#5A5A5A"
INK = "#000000"
PAPER = "#FFFFFF"

#: The accent, and all that can be clicked.
LINK = "#0f5bc4"

# Lines at the side of a panel: each can be seen on white and on black.
HINT = "#3b6fb5"
RIGHT = "#1a8a5a"
WRONG = "#c06000"
UNANSWERED = "#767676"

#: Grounds, from the one that all lies on to the one that is marked.
GROUNDS = {
    "ground": ("#fdfcf8", "#16171b"),
    "surface": ("#f5f3ec", "#1f2126"),
    "raised": ("#ffffff", "#222429"),
    "marked": ("#fdebb0", "#4d4108"),
}
#: What is read; each can be read on the first three grounds.
INKS = {
    "text": ("#23211d", "#dcd9d2"),
    "quiet": ("#625e56", "#a29e95"),
    "link": (LINK, "#8ab8ff"),
    "plus": ("#b04a00", "#f29a57"),
    "minus": ("#00659e", "#6cb8ec"),
    "right": ("#11734a", "#6cc79b"),
    "wrong": ("#a04e00", "#f0a35c"),
    "hint": ("#33629f", "#93b9ea"),
    # Code, from what is seen first to what is seen last.
    "keyword": ("#8b2fb5", "#d7a6f0"),
    "name": ("#0b55b0", "#8cc4ff"),
    "string": ("#0a6b2d", "#8fd19e"),
    "number": ("#9a3b00", "#f2b37a"),
    "comment": ("#6a665d", "#95918a"),
}
#: What is only seen: hairlines, the edge of what can be clicked, shadows.
LINES = {
    "hair": ("#e0dcd1", "#35383f"),
    "edge": ("#8a857a", "#75716b"),
    "shadow": ("rgb(0 0 0 / 0.14)", "rgb(0 0 0 / 0.5)"),
}
#: Three voices. Titles have the letters of the formulas, which each page has anyway.
FACES = {
    "face-text": 'system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif',
    "face-title": 'KaTeX_Main, "Latin Modern Roman", "Times New Roman", serif',
    "face-code": (
        'ui-monospace, "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace'
    ),
}
#: Sizes of letters; two of them give way on a phone.
SIZES = {
    "size-title": "clamp(1.9rem, 1.45rem + 2vw, 2.75rem)",
    "size-h2": "clamp(1.5rem, 1.35rem + 0.7vw, 1.85rem)",
    "size-h3": "1.3rem",
    "size-h4": "1.1rem",
    "size-text": "1rem",
    "size-code": "0.875rem",
    "size-small": "0.8125rem",
    "size-tiny": "0.75rem",
}
#: Steps of distance, each about one and a half times the one before.
SPACES = {
    "space-1": "0.25rem",
    "space-2": "0.5rem",
    "space-3": "0.75rem",
    "space-4": "1.125rem",
    "space-5": "1.75rem",
    "space-6": "2.5rem",
    "space-7": "3.5rem",
}
#: Widths of lines, and the roundness of what has corners.
STROKES = {"thin": "1px", "thick": "2px", "bar": "3px", "round": "0.25rem"}

THEMED = GROUNDS | INKS | LINES
STEADY = FACES | SIZES | SPACES | STROKES


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of a colour "#RRGGBB", each from 0 to 255."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def tint(colour: str, share: float) -> str:
    """The colour mixed with white: `share` of it, from 0 to 1, is left."""
    mixed = (round(255 - share * (255 - channel)) for channel in channels(colour))
    return "#" + "".join(f"{channel:02X}" for channel in mixed)
