"""Run the cells of a chapter where there is no Jupyter: in the page itself.

A page of the built book starts Python in a worker of the browser, and gives it one
cell at a time. Nothing here knows the browser: what a cell shows goes to a function.
"""

from rnn_page.cells import Cells

__all__ = ["Cells"]
