"""The scripts that the Makefile calls, and the extensions for Sphinx and Jupyter."""
