"""Algebra on one thread: to be imported before NumPy is.

Matrices here have some hundred rows. A second thread of BLAS waits more than it works at them, on a
busy machine a hundred times as long; and how a sum is parted among threads shows in its last bits,
which a paper does not depend on. Whoever sets ``OPENBLAS_NUM_THREADS`` has what was set.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
