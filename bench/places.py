"""Where everything is that a run makes; deleting ``VAR`` starts anew."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT / "bench"
VAR = ROOT / "var" / "bench"
# What was found, kept with the code.
RESULTS = BENCH / "results"
DOCUMENT = ROOT / "docs" / "explanation" / "benchmarks.md"
