"""What is published about the Academy, with its sources. Values only, no sentences of theirs."""

from dataclasses import dataclass
from datetime import date

PRESS = "Joint press release on the Academy's closing event, 2024"
ICC_NEWS = "Council of Europe, Intercultural Cities: news on the Academy, 2024"
PART_2 = "ODIHR: announcement of the training on good practices, part II"
PART_3 = "ODIHR: announcement of the training on partnerships, part III"
WROMIGRANT = "WroMigrant: strona roczna „w liczbach” / yearly page “in numbers”"
TERYT = "TERYT, National Official Register of the Territorial Division"
# A source is one text for every language.
ILLUSTRATIVE = "Przykład, nie z publikacji / Illustrative, not published"


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


@dataclass(frozen=True, slots=True)
class DocumentedProgramme:
    """The programme as far as it is published."""

    slug: str
    name: tuple[str, str]
    short_name: tuple[str, str]
    summary: tuple[str, str]
    starts_on: date
    ends_on: date
    source: str


PROGRAMME = DocumentedProgramme(
    slug="academy-poland",
    name=(
        "Academy on the Integration of Migrants and Refugees in Polish Cities",
        "Akademia integracji migrantów i uchodźców w polskich miastach",
    ),
    short_name=("Academy, Poland 2023–24", "Akademia, Polska 2023–24"),
    summary=(
        (
            "Five organisations train those who work with migrants and refugees in Polish "
            "cities. Cities nominate their people; the people take home plans of action."
        ),
        (
            "Pięć organizacji szkoli osoby, które w polskich miastach pracują z migrantami "
            "i uchodźcami. Miasta zgłaszają swoich pracowników, a oni przygotowują plany "
            "działania dla swoich miast."
        ),
    ),
    starts_on=date(2023, 3, 16),
    ends_on=date(2024, 11, 30),
    source=PRESS,
)


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
class DocumentedCourse:
    """A course as far as it is published; dates are given only where a source has them."""

    slug: str
    part: int | None
    title: tuple[str, str]
    summary: tuple[str, str]
    source: str
    capacity: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    place: tuple[str, str] = ("", "")
    topics: tuple[tuple[str, str], ...] = ()
    provisions: tuple[tuple[str, str], ...] = ()


COURSES = (
    DocumentedCourse(
        "intercultural-competence",
        None,
        ("Intercultural competence", "Kompetencje międzykulturowe"),
        (
            "A course of the Intercultural Cities programme.",
            "Szkolenie programu Miasta Międzykulturowe.",
        ),
        ICC_NEWS,
        place=("Lublin, 2023", "Lublin, 2023"),
    ),
    DocumentedCourse(
        "gender-based-violence",
        None,
        ("Gender-based violence", "Przemoc ze względu na płeć"),
        (
            "A course with a simulation game.",
            "Szkolenie z grą symulacyjną.",
        ),
        ICC_NEWS,
        starts_on=date(2023, 10, 11),
        ends_on=date(2023, 10, 11),
        place=("College of Europe, Natolin", "Kolegium Europejskie w Natolinie"),
    ),
    DocumentedCourse(
        "anti-rumours",
        None,
        (
            "Anti-rumours methodology and positive narratives",
            "Metodologia przeciwdziałania plotkom i pozytywne narracje",
        ),
        (
            "Day one: the strategy. Day two: its use in Polish cities.",
            "Dzień pierwszy: strategia. Dzień drugi: jej zastosowanie w polskich miastach.",
        ),
        ICC_NEWS,
        starts_on=date(2024, 5, 28),
        ends_on=date(2024, 5, 29),
        place=("Wrocław", "Wrocław"),
    ),
    DocumentedCourse(
        "good-practices",
        2,
        (
            "Good practices in migrant integration",
            "Dobre praktyki w integracji migrantów",
        ),
        (
            (
                "For people who work for city authorities. You get to know what other cities "
                "and countries do, and with your group you draft a plan of action for your city."
            ),
            (
                "Szkolenie dla pracowników urzędów miast. Poznasz rozwiązania z innych miast "
                "i państw, a z grupą przygotujesz plan działania dla swojego miasta."
            ),
        ),
        PART_2,
        capacity=25,
        topics=(
            ("Civic and political integration", "Integracja obywatelska i polityczna"),
            (
                "Freedom of speech, disinformation and hate speech",
                "Wolność słowa a dezinformacja i mowa nienawiści",
            ),
            (
                "The empathetic city: stereotypes and discrimination",
                "Miasto empatyczne: stereotypy i dyskryminacja",
            ),
            (
                "Informing the public; inclusive language; social media",
                "Informowanie mieszkańców, język włączający, media społecznościowe",
            ),
        ),
        provisions=(("materials", "odihr"), ("dinner", "odihr"), ("venue", "ump")),
    ),
    DocumentedCourse(
        "partnerships",
        3,
        (
            "Building effective partnerships for integration",
            "Budowanie skutecznych partnerstw na rzecz integracji",
        ),
        (
            (
                "What local co-operation is built of, who the partners are, and a plan for "
                "working with them in your city."
            ),
            (
                "Z czego składa się lokalna współpraca, kim są partnerzy i jak zaplanować "
                "z nimi pracę w swoim mieście."
            ),
        ),
        PART_3,
        capacity=24,
        topics=(
            ("Building blocks of local co-operation", "Elementy lokalnej współpracy"),
            ("Mapping of stakeholders", "Mapowanie interesariuszy"),
            (
                "Exchange between cities; a dialogue session",
                "Wymiana między miastami, sesja dialogu",
            ),
            ("Plans for co-operation", "Plany współpracy"),
        ),
        provisions=(
            ("materials", "odihr"),
            ("dinner", "odihr"),
            ("venue", "odihr"),
            ("trainers", "nansen"),
        ),
    ),
)

# For trying out: no source knows it, and it says so in its own name.
TRIAL_COURSE = DocumentedCourse(
    "trial-course",
    None,
    (
        "Course for trying things out (illustrative)",
        "Szkolenie do wypróbowania (przykładowe)",
    ),
    (
        "Made up for this demo, so that there is an open call to nominate in.",
        "Wymyślone na potrzeby tej demonstracji, aby można było zgłaszać w otwartym naborze.",
    ),
    ILLUSTRATIVE,
    capacity=12,
    topics=(
        ("Welcome and introductions", "Powitanie i przedstawienie się"),
        ("Work in groups", "Praca w grupach"),
    ),
    provisions=(("materials", "odihr"),),
)

DEPARTMENTS = (
    "education",
    "culture",
    "social_policy",
    "ngo",
    "information",
    "equality",
    "police",
    "assistant",
    "social_work",
    "other",
)

# Part II as announced; priorities in the order in which the announcement names them,
# balance over units and women and men after them (illustrative).
RULES_PART_2 = {
    "seats": 25,
    "reserve": 12,
    "least": 1,
    "most": 4,
    "members_of": "ump",
    "exceptions": ["czestochowa", "hrubieszow", "leszno"],
    "departments": list(DEPARTMENTS),
    "levels": ["middle"],
    "new_in_post_months": 12,
    "must_confirm": True,
    "quotas": [],
    "priorities": [
        {"kind": "coverage", "attribute": "organisation"},
        {"kind": "prefer", "who": {"experience": ["little"]}},
        {"kind": "prefer", "who": {"experience": ["much"], "new_in_post": ["yes"]}},
        {"kind": "balance", "attribute": "department"},
        {"kind": "balance", "attribute": "gender"},
    ],
}
# Part III is part II with two numbers changed.
CHANGES_PART_3 = {"seats": 24, "least": 2, "most": 3}
TRIAL_RULES = {"seats": 12, "least": 1, "most": 2, "reserve": 6}

NOTICE = (
    (
        "Illustrative notice of the demo.\n\nThe organisers use the data of a nomination to "
        "choose participants and to run the course: name, e-mail address, unit, post, gender. "
        "Your city gives them; you can see and correct them. Needs (diet, access) are seen "
        "only by those who prepare the course and are deleted 30 days after it.\n\nYou can "
        "decline the nomination at any time. In the demo nothing leaves this computer."
    ),
    (
        "Przykładowa informacja na potrzeby demonstracji.\n\nOrganizatorzy wykorzystują dane "
        "ze zgłoszenia, aby wybrać uczestników i przeprowadzić szkolenie: imię i nazwisko, "
        "adres e-mail, jednostkę, stanowisko, płeć. Dane podaje miasto; można je zobaczyć "
        "i poprawić. Potrzeby (dieta, dostępność) widzą tylko osoby przygotowujące szkolenie, "
        "a 30 dni po nim są usuwane.\n\nZe zgłoszenia można w każdej chwili zrezygnować. "
        "W demonstracji nic nie opuszcza tego komputera."
    ),
)
COSTS_PART_2 = (
    "ODIHR pays for the materials and the networking dinner; UMP provides the venue.",
    "ODIHR opłaca materiały i kolację; salę zapewnia UMP.",
)
COSTS_PART_3 = (
    "ODIHR pays for the materials and the networking dinner and provides the venue.",
    "ODIHR opłaca materiały i kolację oraz zapewnia salę.",
)
SEED_SOURCE = (
    "the winning numbers of the first Lotto draw after the day of closing (illustrative)",
    "liczby wylosowane w pierwszym losowaniu Lotto po dniu zamknięcia naboru (przykład)",
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
