"""How a bench tells how far it is."""

import sys
from datetime import UTC, datetime


def say(words: str) -> None:
    """Tell how far it is, with the time."""
    print(f"bench {datetime.now(UTC):%H:%M:%S}  {words}", file=sys.stderr, flush=True)
