"""The programme and its courses, as far as they are published."""

from dataclasses import dataclass
from datetime import date

from mosty.demo.facts.sources import ICC_NEWS, ILLUSTRATIVE, PART_2, PART_3, PRESS


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
