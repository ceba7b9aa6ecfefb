"""A script for each command of the Makefile; its last words are those of `trouble`."""

import sys

from tools import trouble

sys.excepthook = trouble.end
