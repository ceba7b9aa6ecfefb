"""A script for each command of the Makefile; its last words are those of `trouble`."""

import sys

from tools import trouble

sys.excepthook = trouble.end
# To know an IRI, jsonschema would compile forty grammars in each process that reads a
# notebook, which takes a second; no notebook has one.
sys.modules.setdefault("rfc3987_syntax", None)
