"""The scripts that the Makefile calls, and the extensions for Sphinx and Jupyter."""
import os

# The matrices of the book are small, and chapters run side by side: threads of
# NumPy's would spend their time waiting for each other. Kernels inherit this.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
