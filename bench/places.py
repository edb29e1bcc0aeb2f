"""Where everything is that a run makes; deleting the folder starts anew."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT / "bench"
VAR = ROOT / "var" / "bench"
DOCUMENT = ROOT / "docs" / "explanation" / "benchmarks.md"
