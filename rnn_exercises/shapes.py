"""Answers that are shapes: what a wrong one is of the right one, in words."""

from collections.abc import Sequence
from math import prod

import numpy as np

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

    def __new__(cls, sizes: Sequence[int], axes: Sequence[str]) -> "Shape":
        shape = super().__new__(cls, sizes)
        shape.axes = tuple(axes)
        return shape


def told(part: str, found: np.ndarray, right: Shape) -> tuple[str, str] | None:
    """The name and the text of the mistake that explains a wrong shape.

    Parameters
    ----------
    part : str
        What the array is called whose shape was asked for.
    found : array of numbers
        What the reader wrote.
    right : Shape

    Returns
    -------
    name, text
        Or None, if there is no explanation.
    """
    if found.ndim == 0:
        return "no-tuple", one_number(part, found, right)
    if found.ndim > 1 or len(found) > LONGEST:
        if found.shape == tuple(right):
            return "array-for-shape", (
                f"For {part} you hand in an array. What "
                "is asked for is its shape, a tuple of "
                "whole numbers."
            )
        return "no-tuple", (
            f"For {part} you hand in something with many "
            "entries. A shape is one tuple, with a whole "
            "number for each axis."
        )
    sizes = tuple(found.tolist())
    return another_order(part, sizes, right) or another_number_of_axes(
        part, sizes, right
    )


def one_number(part: str, found: np.ndarray, right: Shape) -> str:
    """What to say of a number in the place of a tuple."""
    number = f"{found:g}"
    if len(right) == 1:
        return (
            f"{a_list(part, right)} The comma makes the tuple: Python "
            f"reads ({number}) as the number {number}."
        )
    return (
        f"For {part} you write the single number {number}. A shape is a "
        "tuple, with a number for each axis."
    )


def a_list(part: str, right: Shape) -> str:
    """What an array with one axis is."""
    axis = right.axes[0]
    return f"{part} is a list of {axis} numbers: one axis, ({axis},)."


def another_order(
    part: str, sizes: tuple[float, ...], right: Shape
) -> tuple[str, str] | None:
    """The right sizes, not in their places."""
    if sorted(sizes) != sorted(right):
        return None
    moved = [
        axis
        for axis, size, wanted in zip(right.axes, sizes, right, strict=True)
        if size != wanted
    ]
    if len(moved) == 2:
        return "swapped-axes", (
            f"In {part} you swap {moved[0]} and {moved[1]}: "
            "the sizes are right, and their order is not."
        )
    return "axes-in-disorder", (
        f"{part} has the right sizes in a wrong order. "
        "Which axis comes first, and which last?"
    )


def another_number_of_axes(
    part: str, sizes: tuple[float, ...], right: Shape
) -> tuple[str, str] | None:
    """An axis too few or too many, or two axes in the place of one."""
    for i, axis in enumerate(right.axes):
        if sizes == without(right, i):
            return "missing-axis", (
                f"{part} lacks an axis in your answer: that of {axis}."
            )
    for i, size in enumerate(sizes):
        if without(sizes, i) == right:
            what = (
                f"{a_list(part, right)} A column or a row of a matrix has two."
                if len(right) == 1 and size == 1
                else f"{part} has an axis too many in your answer, of size {size:g}."
            )
            return "extra-axis", what
    if len(sizes) > len(right) and prod(sizes) == prod(right):
        return "axes-apart", (
            f"{part} has as many numbers as you say, on fewer "
            "axes. Which of your axes become one?"
        )
    return None


def without(sizes: Sequence[float], place: int) -> tuple[float, ...]:
    """The sizes without one of them."""
    return (*sizes[:place], *sizes[place + 1 :])


def difference(part: str, found: np.ndarray, right: Shape) -> str:
    """What is wrong with a shape that nothing explains."""
    if len(found) != len(right):
        axes = "1 axis" if len(found) == 1 else f"{len(found)} axes"
        return f"{part} has {axes} in your answer, and that is not right."
    place = next(i for i, size in enumerate(right) if found[i] != size)
    return (
        f"The {ORDINALS[place]} number in the shape of {part} is "
        f"{found[place]:g}, and that is not right."
    )
