"""A thousand certificates, and a hundred of the same by WeasyPrint."""

import json
import os
import subprocess
from datetime import date
from importlib.metadata import version
from time import perf_counter, process_time
from typing import Any

from bench import venvs
from bench.certificates.goals import COUNT, PEER_COUNT
from bench.places import BENCH, VAR
from bench.rows import Asked
from bench.say import say

HOME = VAR / "certificates"
REQUIREMENTS = BENCH / "certificates" / "requirements-weasyprint.txt"


def run(asked: Asked) -> dict[str, Any]:
    """Return what both took."""
    HOME.mkdir(parents=True, exist_ok=True)
    asked.facts["Typst"] = version("typst")
    say(f"{COUNT} certificates")
    rows, ours = _ours()
    if not asked.peer:
        return {"ours": ours}
    name, number = REQUIREMENTS.read_text(encoding="utf-8").strip().split("==")
    asked.facts[name] = number
    say(f"{PEER_COUNT} by the peer")
    return {"ours": ours, "theirs": _theirs(rows)}


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
    python = venvs.python_of(HOME, REQUIREMENTS)
    data = HOME / "rows.json"
    data.write_text(json.dumps(rows), encoding="utf-8")
    said = subprocess.run(
        [python, BENCH / "certificates" / "theirs.py", str(PEER_COUNT), data],
        capture_output=True,
        check=True,
        text=True,
        # The interpreter's own packages, not ours.
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
    )
    found = json.loads(said.stdout.splitlines()[-1])
    return {name: value / PEER_COUNT for name, value in found.items()}
