r"""The equations of the book, read from their TeX and proved by numbers.

`read` turns TeX into expressions, `value` evaluates them in a world of `worlds`
or `small_worlds`, `prove` compares the sides of equations, `pages` finds them.

The reader knows a small subset of TeX and refuses everything else. A library
would not do: those that read TeX as algebra know no h_{t-1}[j], no 1_y, no
[i = j] and no product that depends on shapes, and skip what they do not know.
"""
