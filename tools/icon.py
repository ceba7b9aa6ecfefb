"""The favicon as a picture of points, where a browser takes no other."""

import io
import re

from PIL import Image, ImageDraw

from rnn_src.palette import LINK, PAPER
from tools.layout import BOOK

DRAWING = BOOK / "_assets" / "favicon.svg"
SIDE = 32  # of the drawing, in its own units
FINER = 4  # times as many points are drawn as written, for smooth edges
CENTRE, RADIUS, WIDTH = (
    (21.74, 16.0),
    7,
    2.6,
)  # of the arc, which the drawing has by its ends


def png(size: int) -> bytes:
    """The drawing with `size` points on each side.

    Pillow reads no SVG. The disc and the tip of the arrow are read from the drawing;
    tests/pages/test_offline.py compares the whole with what a browser draws.
    """
    text = DRAWING.read_text("utf8")
    scale = FINER * size / SIDE
    picture = Image.new("RGBA", (FINER * size,) * 2)
    draw = ImageDraw.Draw(picture)

    def box(x: float, y: float, radius: float) -> list[float]:
        return [scale * one for one in (x - radius, y - radius, x + radius, y + radius)]

    corner = float(re.search(r'rx="([\d.]+)"', text)[1])
    draw.rounded_rectangle((0, 0, *picture.size), scale * corner, LINK)
    disc = re.search(r'cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', text)
    draw.ellipse(box(*map(float, disc.groups())), PAPER)
    around = box(*CENTRE, RADIUS + WIDTH / 2)
    draw.arc(around, 215, 448, PAPER, round(scale * WIDTH))
    for end in ((16, 12), (22, 23)):
        draw.ellipse(box(*end, WIDTH / 2), PAPER)
    tip = [(18.2, 20.2), (21.5, 23.1), (19.3, 26.7)]
    draw.polygon([(scale * x, scale * y) for x, y in tip], PAPER)
    made = io.BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(
        made, "PNG", optimize=True
    )
    return made.getvalue()
