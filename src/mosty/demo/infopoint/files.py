"""Lists that a library kept of its own: one taken over, one withdrawn, one that waits."""

from datetime import date, datetime

from mosty.accounts.models import User
from mosty.infopoint.actions import imports
from mosty.infopoint.models import ImportedFile, Point
from mosty.infopoint.queries.imports import pages

HEADER = "Data;Temat;Kanał;Język;Obywatelstwo;Płeć;Wynik"
ROWS = (
    "rynek pracy;dyżur w bibliotece;ukraiński;Ukraina;kobieta;udzielono informacji",
    "mieszkanie;dyżur w bibliotece;ukraiński;Ukraina;mężczyzna;udzielono informacji",
    "edukacja;dyżur w bibliotece;polski;Białoruś;kobieta;skierowano dalej",
    "kursy;dyżur w bibliotece;rosyjski;Białoruś;mężczyzna;udzielono informacji",
)


def play(point: Point, lead: User, last: datetime, closed: date) -> None:
    """Bring the lists in; a row of the one that waits is of a closed month."""
    day = last.date().isoformat()
    taken = [f"{day};{row}" for row in ROWS]
    _take(point, lead, last, "biblioteka-glowna.csv", taken)
    twice = _take(point, lead, last, "biblioteka-kopia.csv", taken[:2] * 2)
    imports.withdraw(
        imported=twice,
        reason="Lista z tej samej biblioteki (przykład)",
        actor=lead,
        now=last,
    )
    wrong = [
        f"{closed.isoformat()};{ROWS[0]};",
        f"{day};{ROWS[1].replace('mieszkanie', 'mieszkania')};600 000 000",
        f"{day};{ROWS[3]};",
    ]
    _upload(point, lead, last, "biblioteka-filia.csv", wrong, f"{HEADER};Telefon")


def _upload(
    point: Point,
    lead: User,
    now: datetime,
    name: str,
    rows: list[str],
    header: str = HEADER,
) -> ImportedFile:
    return imports.upload(
        point=point,
        content="\r\n".join([header, *rows]).encode(),
        file_name=name,
        actor=lead,
        now=now,
    )


def _take(
    point: Point, lead: User, now: datetime, name: str, rows: list[str]
) -> ImportedFile:
    imported = _upload(point, lead, now, name, rows)
    seen = pages.trial(imported, now).digest
    return imports.take_over(imported=imported, seen=seen, actor=lead, now=now)
