"""Imports as whole processes: 10,000 rows from CSV and from XLSX."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.places import VAR
from bench.processes import NotStarted, call, spend

KINDS = ("csv", "xlsx")


def measure(
    filled: Mapping[str, Any], env: Mapping[str, str]
) -> dict[str, dict[str, float]]:
    """
    Return, by kind of file, time, processor time and memory of ``mosty import-nominations``.

    :raises NotStarted: if a file is not taken over whole.
    """
    call([sys.executable, "-m", "bench.ours.sheets", VAR], env)
    found = {}
    for kind in KINDS:
        spent = spend(
            [
                *(Path(sys.executable).with_name("mosty"), "import-nominations"),
                *(filled[f"for_{kind}"], VAR / f"{kind}.{kind}", "--commit"),
                *("--as", filled["secretariat_email"]),
            ],
            env,
        )
        if spent.code or "total\tnew\t10000" not in spent.output:
            raise NotStarted(f"import from {kind}: {spent.output[-2000:]}")
        found[kind] = {"seconds": spent.seconds, "cpu": spent.cpu, "mb": spent.mb}
    return found
