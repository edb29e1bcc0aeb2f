"""What the measurement ran on."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.database import Server
from bench.places import ROOT


def facts(server: Server, peer: str) -> dict[str, str]:
    """Return the facts about machine and versions, in words."""
    cores = os.cpu_count() or 1
    return {
        "Date": datetime.now(UTC).date().isoformat(),
        "Commit": _commit(),
        "Machine": f"{cores} cores ({_processor()}), {_memory()}",
        "Load before": f"{os.getloadavg()[0]:.1f} (0 is idle, {cores} is busy)",
        "System": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "Django": version("django"),
        "Granian": version("granian"),
        "PostgreSQL": server.version(),
        "pretalx": peer,
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if "model name" in line]
    return names[0] if names else platform.machine()


def _memory() -> str:
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{pages / 1024**3:.0f} GiB"


def _commit() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "unknown"
