"""Numbers that were published, each with the unit it was published with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cited:
    """One number of the press release, with its unit as far as that is published."""

    label: tuple[str, str]
    value: int
    unit: tuple[str, str]


CITED = (
    Cited(("training courses", "szkolenia"), 10, ("courses", "szkolenia")),
    Cited(
        ("participants", "uczestnicy"),
        146,
        (
            "not published whether persons or attendances",
            "nie podano, czy są to osoby, czy udziały",
        ),
    ),
    Cited(("cities and towns", "miasta"), 13, ("cities", "miasta")),
)


@dataclass(frozen=True, slots=True)
class CitedOfYear(Cited):
    """One number that an information point has published for a year."""

    year: int = 0


_PERSONS = ("persons", "osoby")
_CONSULTATIONS = ("consultations", "konsultacje")
_MORE = ("published as “over”", "podano jako „ponad”")
# As published; of some only that it was more.
WROMIGRANT_CITED = (
    CitedOfYear(
        ("people helped in 2020", "osoby, którym pomożono w 2020 r."),
        607,
        (f"persons, {_MORE[0]}", f"osoby, {_MORE[1]}"),
        2020,
    ),
    CitedOfYear(("cases in 2020", "sprawy w 2020 r."), 893, ("cases", "sprawy"), 2020),
    CitedOfYear(
        ("consultations in 2023", "konsultacje w 2023 r."),
        3_500,
        (f"consultations, {_MORE[0]}", f"konsultacje, {_MORE[1]}"),
        2023,
    ),
    CitedOfYear(
        ("events in 2023", "wydarzenia w 2023 r."), 70, ("events", "wydarzenia"), 2023
    ),
    CitedOfYear(
        ("persons in 2023", "osoby w 2023 r."),
        7_500,
        (f"persons, {_MORE[0]}", f"osoby, {_MORE[1]}"),
        2023,
    ),
    CitedOfYear(
        ("individual consultations in 2024", "indywidualne konsultacje w 2024 r."),
        3_880,
        _CONSULTATIONS,
        2024,
    ),
    CitedOfYear(
        (
            "persons at consultations and workshops in 2024",
            "osoby na konsultacjach i warsztatach w 2024 r.",
        ),
        7_437,
        _PERSONS,
        2024,
    ),
    CitedOfYear(
        ("nationalities in 2024", "narodowości w 2024 r."),
        81,
        ("nationalities", "narodowości"),
        2024,
    ),
    CitedOfYear(
        ("languages in 2024", "języki w 2024 r."), 5, ("languages", "języki"), 2024
    ),
)
