"""Write the two lists that are imported: ``python -m bench.ours.sheets FOLDER``."""

import sys
from pathlib import Path

import django

django.setup()

from mosty.demo.crowd import city_name, people  # noqa: E402 - after django.setup
from mosty.demo.files import UNITS_PL  # noqa: E402
from mosty.kernel.sheets.write import Value, csv_bytes, xlsx_bytes  # noqa: E402

ROWS = 10_000
HEADER = (
    "Miasto", "Nazwisko", "Imię", "E-mail", "Płeć", "Jednostka", "Szczebel",
    "Stanowisko", "Na stanowisku od",
)  # fmt: skip


def main(folder: Path) -> None:
    """Write the same kind of list as CSV and XLSX, with different people."""
    (folder / "csv.csv").write_bytes(csv_bytes(HEADER, _rows(901)))
    (folder / "xlsx.xlsx").write_bytes(
        xlsx_bytes(HEADER, _rows(902), title="Zgłoszenia")
    )


def _rows(seed: int) -> list[tuple[Value, ...]]:
    return [
        (
            city_name(one.city),
            one.family_name,
            one.given_name,
            one.email,
            "K" if one.gender == "woman" else "M",
            UNITS_PL[one.department],
            "średni",
            one.position,
            one.since,
        )
        for one in people(ROWS, seed=seed)
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
