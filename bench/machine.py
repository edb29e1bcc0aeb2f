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
    return {
        **alone(),
        "Django": version("django"),
        "Granian": version("granian"),
        "PostgreSQL": server.version(),
        "pretalx": peer,
    }


def alone() -> dict[str, str]:
    """Return the facts about the machine, where no server takes part."""
    return {
        "Date": datetime.now(UTC).date().isoformat(),
        "Commit": _commit(),
        "Machine": f"{os.cpu_count()} cores ({_processor()}), {_memory()}",
        "Load before": f"{load():.1f} (programs that wanted a core)",
        "System": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "HiGHS": version("highspy"),
    }


def load() -> float:
    """Return how many programs have wanted a core during the last minute."""
    return os.getloadavg()[0]


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
