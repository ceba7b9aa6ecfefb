"""The scripts that the Makefile calls, and the extensions for Sphinx and Jupyter."""

import os
import sys

# The matrices of the book are small, and chapters run side by side: threads of
# NumPy's would spend their time waiting for each other. Kernels inherit this.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# matplotlib's list of fonts goes with the environment, and nobody's settings
# reach a figure. A list that was made while fonts were missing would stay.
os.environ["MPLCONFIGDIR"] = os.path.join(sys.prefix, "matplotlib")
