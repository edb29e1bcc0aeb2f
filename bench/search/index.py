"""Index the pile in a process of its own, and say what it took: ``python -m bench.search.index``."""

import json
import os
import sys
import time

import django

django.setup()

from bench.processes import peak_mb_of  # noqa: E402 - Django comes first
from bench.search.documents import Pile  # noqa: E402
from mosty.library import sources  # noqa: E402
from mosty.library.actions import search, thesaurus  # noqa: E402
from mosty.library.models import Sort  # noqa: E402


def main() -> None:
    """Index as ``mosty reindex --commit`` does, with one source for everything."""
    thesaurus.load_common()
    pile = Pile(int(sys.argv[1]))
    started, busy = time.perf_counter(), time.process_time()
    for kind in Sort:
        sources.register(kind, lambda: ())
    sources.register(Sort.PRACTICE, lambda: pile)
    written = search.reindex()
    seconds, cpu = time.perf_counter() - started, time.process_time() - busy
    peak = peak_mb_of(os.getpid())
    print(
        json.dumps({"documents": written, "seconds": seconds, "cpu": cpu, "mb": peak})
    )


if __name__ == "__main__":
    main()
