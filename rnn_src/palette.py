"""Every colour of the book: figures, explorer, panels of the checks, pages.

The first ones are Okabe and Ito's, which people with any kind of colour vision
can tell apart. This module imports nothing, so that the panels and the style
sheet can use it without matplotlib.
"""

BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#009E73"
PINK = "#CC79A7"
GREY = "#5A5A5A"
INK = "#000000"
PAPER = "#FFFFFF"

#: Links. On the ground of an exercise the theme's own blue has a contrast of
#: 4.29, and the blue of the figures would be hardly better; 4.5 is the least.
LINK = "#0f5bc4"

# The code of a cell that is open, on a light page and on a dark one.
KEYWORD = ("#8b2fb5", "#d7a6f0")
STRING = ("#0a6b2d", "#8fd19e")
NUMBER = ("#9a3b00", "#f2b37a")
NAME = ("#0b55b0", "#8cc4ff")

# Lines at the side of a panel: each can be seen on white and on black.
HINT = "#3b6fb5"
RIGHT = "#1a8a5a"
WRONG = "#c06000"
UNANSWERED = "#767676"


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of a colour "#RRGGBB", each from 0 to 255."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def tint(colour: str, share: float) -> str:
    """The colour mixed with white: `share` of it, from 0 to 1, is left."""
    mixed = (round(255 - share * (255 - channel)) for channel in channels(colour))
    return "#" + "".join(f"{channel:02X}" for channel in mixed)
