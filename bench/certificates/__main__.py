"""The command: ``python -m bench.certificates``."""

import argparse
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from time import perf_counter, process_time
from typing import Any

from bench import machine
from bench.places import BENCH, ROOT, VAR
from bench.processes import NotStarted, call

HOME = VAR / "certificates"
PYTHON = HOME / "venv" / "bin" / "python"
REQUIREMENTS = BENCH / "certificates" / "requirements-weasyprint.txt"
DOCUMENT = ROOT / "docs" / "explanation" / "benchmarks-certificates.md"
COUNT = 1000
# The peer is slower: it makes fewer, and is counted by the piece.
PEER_COUNT = 100
GOAL = 15.0


def main() -> int:
    """Measure, print the page, write it; 1 if the peer cannot be had."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.certificates",
        description="Measure a thousand certificates as accessible PDF beside WeasyPrint, "
        "and write docs/explanation/benchmarks-certificates.md.",
    )
    parser.add_argument(
        "--without-peer", action="store_true", help="leave the peer out; write nothing"
    )
    options = parser.parse_args()
    HOME.mkdir(parents=True, exist_ok=True)
    before = machine.alone()
    rows, ours = _ours()
    print(f"ours: {ours}", file=sys.stderr)
    if options.without_peer:
        return 0
    try:
        theirs = _theirs(rows)
    except (NotStarted, OSError, subprocess.CalledProcessError) as trouble:
        print(f"bench: {trouble}", file=sys.stderr)
        return 1
    page = _page(before, ours, theirs)
    print(page)
    DOCUMENT.write_text(page, encoding="utf-8")
    return 0


def _ours() -> tuple[list[dict[str, Any]], dict[str, float]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mosty.config.settings")
    import django

    django.setup()
    from mosty.training import printing

    sheets = [
        printing.Sheet(f"2026-BBBB-{number:05d}", _content(number), date(2026, 5, 20))
        for number in range(COUNT)
    ]
    list(printing.pdfs(sheets[:2], {}))
    begun, worked = perf_counter(), process_time()
    sizes = [len(made) for made in printing.pdfs(sheets, {})]
    seconds = perf_counter() - begun
    worked = process_time() - worked
    rows = [printing.data(sheet, {}) for sheet in sheets[:PEER_COUNT]]
    return rows, {
        "seconds": seconds,
        "worked": worked,
        "bytes": sum(sizes) / COUNT,
    }


def _content(number: int) -> dict[str, Any]:
    def both(text: str) -> dict[str, str]:
        return {"pl": f"{text} (łódź)", "en": text}

    line = "Plans joint action with civil society and with residents"
    return {
        "languages": ["pl", "en"],
        "course": both("Partnerships for integration, part II"),
        "programme": both("Academy on the Integration of Migrants and Refugees"),
        "place": both("Kraków"),
        "starts_on": "2026-05-11",
        "ends_on": "2026-05-13",
        "is_illustrative": True,
        "outcomes": {"pl": [line] * 4, "en": [line] * 4},
        "signatories": [
            {
                "name": f"Jan Kowalski {place}",
                "function": both("Director"),
                "organisation": both("ODIHR"),
            }
            for place in range(3)
        ],
        "logos": [],
        "name": f"Łucja Żółć-Nowak {number}",
        "is_fictional": True,
        "minutes": 840,
        "of_minutes": 900,
    }


def _theirs(rows: list[dict[str, Any]]) -> dict[str, float]:
    installed = HOME / "installed"
    wanted = sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if not installed.exists() or installed.read_text() != wanted:
        shutil.rmtree(HOME / "venv", ignore_errors=True)
        call([sys.executable, "-m", "venv", HOME / "venv"])
        call([PYTHON, "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS])
        installed.write_text(wanted)
    data = HOME / "rows.json"
    data.write_text(json.dumps(rows), encoding="utf-8")
    said = subprocess.run(
        [PYTHON, BENCH / "certificates" / "theirs.py", str(PEER_COUNT), data],
        capture_output=True,
        check=True,
        text=True,
        # The interpreter's own packages, not ours.
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
    )
    found = json.loads(said.stdout.splitlines()[-1])
    return {name: value / PEER_COUNT for name, value in found.items()}


def _page(
    before: dict[str, str], ours: dict[str, float], theirs: dict[str, float]
) -> str:
    each = ours["seconds"] / COUNT
    peer = REQUIREMENTS.read_text().strip().replace("==", " ")
    facts = "\n".join(
        f"| {name} | {words} |" for name, words in before.items() if name != "HiGHS"
    )
    return f"""# Benchmarks of certificates

Made by `python -m bench.certificates`. {COUNT} certificates in two languages, each a PDF/UA-1 file of its own with a QR code
and three signatures; WeasyPrint makes {PEER_COUNT} with the same texts, a simpler layout and one processor.

| | a certificate | {COUNT} of them | size of each |
|---|---|---|---|
| Mosty (Typst {version("typst")}, {os.cpu_count()} processors) | {each * 1000:.1f} ms | **{ours["seconds"]:.1f} s** | {ours["bytes"] / 1024:.0f} KiB |
| {peer} | {theirs["seconds"] * 1000:.1f} ms | {theirs["seconds"] * COUNT:.0f} s (counted from {PEER_COUNT}) | {theirs["bytes"] / 1024:.0f} KiB |

Ours took {ours["worked"]:.1f} s of processor time; how long that lasts depends on who else wants the processors (the load
is in the table below).

The goal is {COUNT} in less than {GOAL:.0f} s: {"reached" if ours["seconds"] < GOAL else "**not reached** in this run"}.

| | |
|---|---|
{facts}
"""


if __name__ == "__main__":
    sys.exit(main())
