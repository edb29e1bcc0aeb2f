"""Pure algorithms: no Django, no database, and nothing else of this project."""

import os

# Before numpy is loaded, which reads it then. Our matrices have some hundred rows: to share
# one out among threads takes longer than to work it out, and roundings would differ with
# the number of cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
