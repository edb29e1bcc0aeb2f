"""The command: ``python -m bench.maps``."""

import sys

from bench import machine
from bench.maps.measure import measure, page
from bench.places import ROOT

DOCUMENT = ROOT / "docs" / "explanation" / "benchmarks-maps.md"


def main() -> int:
    """Measure, print the page, write it."""
    facts = machine.alone()
    rows = measure(lambda words: print(f"bench: {words}", file=sys.stderr, flush=True))
    text = page(rows, facts)
    print(text)
    DOCUMENT.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
