"""What a measurement ran on; nothing that names the machine or a place on it."""

import os
import platform
import subprocess
import time
from importlib.metadata import version
from pathlib import Path

from bench.places import ROOT


def facts() -> dict[str, str]:
    """Return the facts about machine and versions, in words."""
    return {
        "commit": _commit(),
        "cores": str(os.cpu_count()),
        "processor": _processor(),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "Django": version("django"),
    }


# How long is looked at what others do.
SECONDS = 5
_USED = Path("/proc/stat")


def wanted() -> float:
    """
    Return how many cores other programs use now: looks for some seconds.

    The load of the last minute would be that of the bench before this one.
    """
    if not _USED.exists():
        return load()
    before = _times()
    time.sleep(SECONDS)
    spent = [now - then for now, then in zip(_times(), before, strict=True)]
    # The fourth and fifth are time without work.
    return round((os.cpu_count() or 1) * (1 - sum(spent[3:5]) / sum(spent)), 1)


def load() -> float:
    """Return how many programs have wanted a core during the last minute."""
    return round(os.getloadavg()[0], 1)


def _times() -> list[int]:
    """Return what all cores together did since the start, in hundredths of a second."""
    words = _USED.read_text(encoding="ascii").splitlines()[0].split()
    return [int(word) for word in words[1:9]]


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
