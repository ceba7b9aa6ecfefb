"""Answers that are shapes: what a wrong one is of the right one, in words."""

from collections.abc import Sequence
from math import prod

import numpy as np

from rnn_exercises.knowing import Named

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
LONGEST = 6  # axes: what has more entries than that is no shape


class Shape(tuple):
    """The right shape of an array, and what each of its axes counts.

    Parameters
    ----------
    sizes : tuple of int
    axes : tuple of str
        A letter or a short formula for each: ("T + 1", "B", "H").
    """

    axes: tuple[str, ...]
    wanted = "a shape, such as (2, 3)"

    def __new__(cls, sizes: Sequence[int], axes: Sequence[str]) -> "Shape":
        shape = super().__new__(cls, sizes)
        shape.axes = tuple(axes)
        return shape

    def mistake(self, part: str, found: np.ndarray) -> Named:
        """The mistake that explains a wrong shape of the array `part`."""
        return shape_mistake(part, found, self)

    def difference(self, part: str, found: np.ndarray) -> str:
        """What is wrong with a shape that nothing explains."""
        if len(found) != len(self):
            axes = "1 axis" if len(found) == 1 else f"{len(found)} axes"
            return f"{part} has {axes} in your answer, and that is not right."
        place = next(i for i, size in enumerate(self) if found[i] != size)
        return (
            f"The {ORDINALS[place]} number in the shape of {part} is "
            f"{found[place]:g}, and that is not right."
        )


def shape_mistake(part: str, found: np.ndarray, right: Shape) -> Named:
    """The mistake that explains a wrong shape of an array, `part`."""
    if found.ndim == 1 and len(found) <= LONGEST:
        sizes = tuple(found.tolist())
        if sorted(sizes) == sorted(right):
            return another_order(part, sizes, right)
        return another_number_of_axes(part, sizes, right)
    if found.shape == tuple(right):
        return "array-for-shape", (
            f"For {part} you hand in an array. What is asked for is its shape, a tuple "
            "of whole numbers."
        )
    if found.ndim:
        what = "something with many entries. A shape is one tuple, with a whole number"
        return "no-tuple", f"For {part} you hand in {what} for each axis."
    if len(right) == 1:
        return "no-tuple", (
            f"{a_list(part, right)} The comma makes the tuple: Python reads "
            f"({found:g}) as the number {found:g}."
        )
    return "no-tuple", (
        f"For {part} you write the single number {found:g}. A shape is a tuple, with a "
        "number for each axis."
    )


def a_list(part: str, right: Shape) -> str:
    """What an array with one axis is."""
    axis = right.axes[0]
    return f"{part} is a list of {axis} numbers: one axis, ({axis},)."


def another_order(part: str, sizes: tuple[float, ...], right: Shape) -> Named:
    """The right sizes, not in their places."""
    moved = [
        axis
        for axis, size, wanted in zip(right.axes, sizes, right, strict=True)
        if size != wanted
    ]
    if len(moved) == 2:
        return "swapped-axes", (
            f"In {part} you swap {moved[0]} and {moved[1]}: the sizes are right, and "
            "their order is not."
        )
    return "axes-in-disorder", (
        f"{part} has the right sizes in a wrong order. Which axis comes first, and "
        "which last?"
    )


def another_number_of_axes(part: str, sizes: tuple[float, ...], right: Shape) -> Named:
    """An axis too few or too many, or two axes instead of one."""

    def without(these: tuple[float, ...], place: int) -> tuple[float, ...]:
        return (*these[:place], *these[place + 1 :])

    for i, axis in enumerate(right.axes):
        if sizes == without(right, i):
            message = f"{part} lacks an axis in your answer: that of {axis}."
            return "missing-axis", message
    for i, size in enumerate(sizes):
        if without(sizes, i) == right:
            message = f"{part} has an axis too many in your answer, of size {size:g}."
            if len(right) == 1 and size == 1:
                column = "A column or a row of a matrix has two."
                message = f"{a_list(part, right)} {column}"
            return "extra-axis", message
    if len(sizes) > len(right) and prod(sizes) == prod(right):
        return "axes-apart", (
            f"{part} has as many numbers as you say, on fewer axes. Which of your axes "
            "become one?"
        )
    return None
