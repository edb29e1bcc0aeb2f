"""The cities and organisations of the Academy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class City:
    """A city: its TERC code, and what it is to the union and the Academy."""

    name: str
    terc: str
    in_union: bool = True
    in_academy: bool = True
    english: str = ""
    # Intercultural Cities: since which year.
    icc_since: int | None = None
    # Illustrative. "little" until February 2022, or "much".
    experience: str = "much"


CITIES = (
    City("Białystok", "2061011"),
    City("Bydgoszcz", "0461011", in_academy=False),
    City("Częstochowa", "2464011", in_union=False, experience="little"),
    City("Gdańsk", "2261011"),
    City("Hrubieszów", "0604011", in_union=False, experience="little"),
    City("Katowice", "2469011", experience="little"),
    City("Kraków", "1261011", icc_since=2020),
    City("Leszno", "3063011", in_union=False, experience="little"),
    City("Lublin", "0663011", icc_since=2008),
    City("Łódź", "1061011"),
    City("Poznań", "3064011"),
    City("Rzeszów", "1863011", experience="little"),
    City("Szczecin", "3262011", in_academy=False),
    City("Warszawa", "1465011", english="Warsaw"),
    City("Wrocław", "0264011", icc_since=2021),
)


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation that is no city: its names in English and Polish."""

    slug: str
    kind: str
    short: tuple[str, str]
    name: tuple[str, str]
    # What it is to the programme, in the order in which partners are shown.
    roles: tuple[str, ...] = ()


BODIES = (
    Body(
        "odihr",
        "international",
        ("ODIHR", "ODIHR"),
        (
            "OSCE Office for Democratic Institutions and Human Rights",
            "Biuro Instytucji Demokratycznych i Praw Człowieka OBWE",
        ),
        ("coordinator", "organiser"),
    ),
    Body(
        "council-of-europe",
        "international",
        ("Council of Europe", "Rada Europy"),
        (
            "Council of Europe, Intercultural Cities programme",
            "Rada Europy, program Miasta Międzykulturowe",
        ),
        ("organiser",),
    ),
    Body(
        "unhcr",
        "international",
        ("UNHCR", "UNHCR"),
        (
            "UN Refugee Agency",
            "Urząd Wysokiego Komisarza Narodów Zjednoczonych do spraw Uchodźców",
        ),
        ("organiser",),
    ),
    Body(
        "oecd",
        "international",
        ("OECD", "OECD"),
        (
            "Organisation for Economic Co-operation and Development",
            "Organizacja Współpracy Gospodarczej i Rozwoju",
        ),
        ("organiser",),
    ),
    Body(
        "ump",
        "union",
        ("UMP", "UMP"),
        ("Union of Polish Metropolises", "Unia Metropolii Polskich"),
        ("organiser", "channel"),
    ),
    Body(
        "icc",
        "network",
        ("ICC", "ICC"),
        ("Intercultural Cities network", "Sieć Miast Międzykulturowych"),
    ),
    Body(
        "nansen",
        "training",
        ("Nansen Center", "Nansen Center"),
        (
            "Nansen Center for Peace and Dialogue, Norway",
            "Nansen Center for Peace and Dialogue, Norwegia",
        ),
    ),
)

# Made up for the demo: who runs Wrocław's information point, and who ran it before.
OPERATOR = Body(
    "kladka",
    "ngo",
    ("Kładka (fictional)", "Kładka (fikcyjna)"),
    ("Kładka Foundation (fictional)", "Fundacja Kładka (fikcyjna)"),
)
FORMER_OPERATOR = Body(
    "brod",
    "ngo",
    ("Bród (fictional)", "Bród (fikcyjne)"),
    ("Bród Association (fictional)", "Stowarzyszenie Bród (fikcyjne)"),
)
