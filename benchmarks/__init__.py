"""How fast `rnn_src` is, beside other libraries that do the same work.

`make bench` runs it, in an environment of its own: the book needs none of it.
"""
