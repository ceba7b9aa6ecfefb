"""What refuses a bad number, for both halves of the package: core Python alone.

A message names the argument as it is called, what it was, and what it should
have been.
"""

import math
import operator
from numbers import Real


def count(name: str, value: int, least: int = 1) -> int:
    """The value as an `int`, if it is a whole number of at least `least`.

    Whole numbers of other libraries, such as `np.int64`, are whole numbers too.

    Raises
    ------
    ValueError
        If it is not: True, 2.5 and "3" are refused.
    """
    try:
        number = least - 1 if isinstance(value, bool) else operator.index(value)
    except TypeError:
        number = least - 1
    if number < least:
        raise ValueError(
            f"{name} is {value!r}; expected a whole number, {least} or more"
        )
    return number


def positive(name: str, value: float) -> float:
    """The value as a `float`, if it is a finite number above 0.

    Raises
    ------
    ValueError
        If it is not: True and "0.1" are refused.
    """
    try:
        number = float(value) if isinstance(value, Real) else math.nan
    except OverflowError:  # a whole number beyond all floats
        number = math.inf
    if isinstance(value, bool) or not 0 < number < math.inf:
        raise ValueError(f"{name} is {value!r}; expected a positive, finite number")
    return number
