"""The lists that cities and the union send: each as a real office would write it."""

from collections.abc import Sequence
from dataclasses import dataclass

from mosty.demo.people import Nominee
from mosty.kernel.sheets.write import xlsx_bytes


@dataclass(frozen=True, slots=True)
class File:
    """A file's name, its content, and what is particular about it."""

    name: str
    content: bytes
    kind: str


UNITS_PL = {
    "education": "Wydział Edukacji",
    "culture": "kultura",
    "social_policy": "polityka społeczna",
    "ngo": "współpraca z organizacjami pozarządowymi",
    "information": "polityka informacyjna",
    "equality": "równe traktowanie",
    "police": "straż miejska",
    "assistant": "asystent międzykulturowy",
    "social_work": "pracownik socjalny",
    "other": "inna jednostka",
}
UNITS_EN = {
    "education": "education",
    "culture": "culture",
    "social_policy": "social policy",
    "ngo": "co-operation with non-governmental organisations",
    "information": "information policy",
    "equality": "equal treatment",
    "police": "municipal police",
    "assistant": "intercultural assistance",
    "social_work": "social work",
    "other": "another unit",
}


def union_workbook(people: Sequence[Nominee], name: str) -> File:
    """Return the union's XLSX: all columns in Polish, dates as Excel keeps them."""
    header = (
        "Miasto", "Nazwisko", "Imię", "E-mail", "Płeć", "Jednostka", "Szczebel",
        "Stanowisko", "Na stanowisku od",
    )  # fmt: skip
    rows = [
        (
            person.city.name,
            person.family_name,
            person.given_name,
            person.email,
            "K" if person.gender == "woman" else "M",
            UNITS_PL[person.department],
            "średni",
            person.position,
            person.since,
        )
        for person in people
    ]
    return File(
        name, xlsx_bytes(header, rows, title="Zgłoszenia"), "XLSX, Polish headers"
    )


def polish_csv(people: Sequence[Nominee], name: str) -> File:
    """Return a city's list as Polish Excel saves it: semicolons, Windows-1250, a title."""
    lines = [
        "Zgłoszenia na szkolenie;;;;;;;;",
        "",
        (
            "Nazwisko;Imię;Miasto;Adres e-mail;Wydział;Szczebel stanowiska;Stanowisko;"
            "Płeć;Data objęcia stanowiska"
        ),
        *(
            ";".join(
                (
                    person.family_name,
                    person.given_name,
                    person.city.name,
                    person.email,
                    UNITS_PL[person.department],
                    "średni",
                    person.position,
                    "kobieta" if person.gender == "woman" else "mężczyzna",
                    f"{person.since:%d.%m.%Y}",
                )
            )
            for person in people
        ),
        ";;;;;;;;",
    ]
    return File(
        name,
        "\r\n".join(lines).encode("cp1250"),
        "CSV, semicolons, Windows-1250, a title row",
    )


def english_csv(people: Sequence[Nominee], name: str) -> File:
    """Return a list with English headers, commas and a byte-order mark."""
    lines = [
        "E-mail,Given name,Family name,City,Department,Level,Position,Gender,In post since",
        *(
            ",".join(
                (
                    person.email,
                    person.given_name,
                    person.family_name,
                    person.city.name,
                    UNITS_EN[person.department],
                    "middle",
                    f'"{person.position}"',
                    person.gender,
                    f"{person.since:%Y-%m-%d}",
                )
            )
            for person in people
        ),
    ]
    return File(
        name,
        "\n".join(lines).encode("utf-8-sig"),
        "CSV, commas, UTF-8 with BOM, English headers",
    )


def tabbed(people: Sequence[Nominee], name: str, unit: str = "") -> File:
    """Return a list with tabs and the full name in one column; ``unit`` overrides one."""
    lines = ["Imię i nazwisko\tE-mail\tMiasto\tJednostka\tSzczebel\tPłeć\tOd kiedy"]
    for number, person in enumerate(people):
        lines.append(
            "\t".join(
                (
                    f"{person.given_name} {person.family_name}",
                    person.email,
                    person.city.name,
                    unit if unit and number == 0 else UNITS_PL[person.department],
                    "średni",
                    "K" if person.gender == "woman" else "M",
                    f"{person.since:%d.%m.%Y}",
                )
            )
        )
    return File(
        name,
        "\n".join(lines).encode(),
        "text with tabs, UTF-8, full name in one column",
    )
