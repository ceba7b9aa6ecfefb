"""Names beside their lines, for figures whose lines all end in one place."""

from itertools import product

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from rnn_src.plots.labels import HALO, SMALL, darker, name_of

STEPS = 60  # places that are tried along a line
FAR = 14.0  # points: nothing nearer to a name is taken for its neighbour
GAP = 4.0  # points between a name and its line
SIDES = tuple((x, y) for x in (-1, 0, 1) for y in (-1, 1)) + ((-1, 0), (1, 0))


def path_of(line: Line2D, ax: Axes, count: int) -> np.ndarray:
    """So many points along a line, in pixels; its marks alone if it has no stroke."""
    points = line.get_transform().transform(line.get_xydata())
    points = points[np.isfinite(points).all(axis=1)]
    if line.get_linestyle() != "None" and len(points) > 1:
        steps = np.r_[0, np.hypot(*np.diff(points, axis=0).T).cumsum()]
        along = np.linspace(0, steps[-1], count)
        points = np.stack([np.interp(along, steps, one) for one in points.T], axis=1)
    inside = (points >= ax.bbox.min - 1) & (points <= ax.bbox.max + 1)
    return points[inside.all(axis=1)]


def distance(box: Bbox, points: np.ndarray) -> float:
    """From a box to the nearest of some points, in pixels."""
    low, high = box.min - points, points - box.max
    gaps = np.maximum(np.maximum(low, high), 0)
    return float(np.hypot(*gaps.T).min(initial=np.inf))


def all_over(box: Bbox) -> np.ndarray:
    """Points all over a box, near enough for no line to pass between them."""
    x, y = (np.linspace(*side, 9) for side in (box.intervalx, box.intervaly))
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def name_beside(ax: Axes, width: int = 15) -> None:
    """Write the name of each line beside it, where all else is farthest: no legend.

    Call it last, when the limits of the axes are what they shall be. A name of
    more than `width` letters takes several lines of text.
    """
    ax.figure.draw_without_rendering()  # the layout, to know where lines are
    pixels = ax.figure.dpi / 72
    taken = {line: path_of(line, ax, 20 * STEPS) for line in ax.lines}
    written = [np.empty((0, 2))]
    for line in ax.lines:
        name = name_of(line, width)
        if not (name and len(taken[line])):
            continue
        text = ax.text(
            0,
            0,
            name,
            fontsize=SMALL,
            color=darker(line.get_color()),
            ha="center",
            va="center",
            path_effects=HALO,
            transform=None,
        )
        others = np.concatenate(
            [*(path for one, path in taken.items() if one is not line), *written]
        )
        boxes = places(text, taken[line], ax, pixels)
        own = np.array([distance(box, taken[line]) for box in boxes]) / pixels
        other = np.array([distance(box, others) for box in boxes]) / pixels
        clear = np.minimum(np.minimum(own, other), 0.9 * GAP)
        best = boxes[np.argmax(16 * clear + 2 * np.minimum(other, FAR) - own)]
        text.set_transform(ax.transAxes)
        middle = (best.min + best.max) / 2
        text.set_position(ax.transAxes.inverted().transform(middle))
        written.append(all_over(best))


def places(text: Text, path: np.ndarray, ax: Axes, pixels: float) -> list[Bbox]:
    """Boxes for a text beside a path, from its right end; in the axes, if any is."""
    size = text.get_window_extent()
    half, found = np.array([size.width, size.height]) / 2, []
    for point in path[:: -max(1, len(path) // STEPS)]:
        for side, gap in product(SIDES, (GAP, GAP / 2)):
            middle = point + np.array(side) * (half + gap * pixels)
            found.append(Bbox([middle - half, middle + half]))
    low, high = ax.bbox.padded(-GAP * pixels).get_points()
    return [
        box for box in found if (box.min >= low).all() and (box.max <= high).all()
    ] or found
