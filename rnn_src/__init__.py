"""The package of the book: what a chapter teaches, later chapters import.

Arrows run one way: chapters import `rnn_src`; `rnn_src` knows no chapter.
"""
