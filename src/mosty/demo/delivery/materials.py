"""What part II hands on: a handout in two versions, a case study, a tool that others keep."""

from datetime import datetime, time, timedelta
from pathlib import Path

from mosty.accounts.models import User
from mosty.demo import load
from mosty.demo.cast import Cast, Say
from mosty.programmes.models import Course
from mosty.training.actions import materials as actions
from mosty.training.models import Access, Licence
from mosty.ui import typeset

TEMPLATE = Path(__file__).parents[1] / "typst" / "handout.typ"
MARK = (
    "Treść zmyślona na potrzeby demonstracji Mostów; nie pochodzi z żadnej publikacji."
)
Sections = tuple[tuple[str, tuple[str, ...]], ...]
HANDOUT: Sections = (
    (
        "Zanim zaczniesz",
        (
            "Kto w mieście rozmawia dziś z nowymi mieszkańcami i w jakich językach?",
            "Które pytania wracają najczęściej?",
            "Kogo brakuje przy stole?",
        ),
    ),
    (
        "Trzy kroki",
        (
            "Spisz instytucje i organizacje, które już pomagają, z nazwiskiem osoby do kontaktu.",
            "Zaproś je na jedno spotkanie z jednym pytaniem.",
            "Ustal, kto, co i do kiedy robi; zapisz to na jednej stronie.",
        ),
    ),
)
MORE: Sections = (
    ("Po spotkaniu", ("Po miesiącu sprawdź, co się udało, i napisz o tym wszystkim.",)),
)
CASE: Sections = (
    (
        "Miasto Zmyślone, 60 tysięcy mieszkańców",
        (
            "Punkt informacyjny w bibliotece, dwa popołudnia w tygodniu.",
            "Dyżury pełnią na zmianę urząd, szkoła i organizacja społeczna.",
            "Pytania są liczone bez nazwisk; co kwartał urząd odpowiada na najczęstsze.",
        ),
    ),
    (
        "Co się nie udało",
        (
            "Pierwsza ulotka była tylko po polsku.",
            "Godziny dyżurów zmieniano bez zapowiedzi.",
        ),
    ),
)


def hand_on(course: Course, cast: Cast, now: datetime, say: Say) -> None:
    """Add the materials of ``course`` in the days around it, and renew one of them."""
    assert course.starts_on is not None  # noqa: S101 - the story has planned it
    trainer = User.objects.get(person__family_name="Tablica")
    before = datetime.combine(
        course.starts_on - timedelta(days=4), time(10), tzinfo=load.ZONE
    )
    handout = actions.add(
        course=course,
        details=_details(
            ("One-page partnership plan", "Plan współpracy na jednej stronie"),
            access=Access.PARTICIPANTS,
        ),
        thing=_pdf("Plan współpracy na jednej stronie", HANDOUT, "plan-wspolpracy"),
        actor=trainer,
        now=before,
    )
    actions.add(
        course=course,
        details=_details(
            (
                "Case study: a desk in the library",
                "Studium przypadku: punkt w bibliotece",
            ),
            access=Access.NETWORK,
            is_case_study=True,
        ),
        thing=_pdf("Studium przypadku: punkt w bibliotece", CASE, "studium-przypadku"),
        actor=trainer,
        now=before + timedelta(minutes=20),
    )
    actions.add(
        course=course,
        details=_details(
            (
                "Anti-rumours: page of the Council of Europe",
                "Przeciw plotkom: strona Rady Europy",
            ),
            access=Access.PUBLIC,
            language="en",
            licence=Licence.OTHER,
            licence_text="© Council of Europe",
        ),
        thing="https://www.coe.int/en/web/interculturalcities/anti-rumours",
        actor=cast.coordinator,
        now=before + timedelta(hours=3),
    )
    actions.renew(
        material=handout,
        thing=_pdf(
            "Plan współpracy na jednej stronie", HANDOUT + MORE, "plan-wspolpracy-2"
        ),
        revision=1,
        actor=trainer,
        now=before + timedelta(days=7, hours=1),
    )
    say("  materials: two PDFs, of which one in its second version, and a link")


def _details(
    title: tuple[str, str],
    *,
    access: Access,
    language: str = "pl",
    is_case_study: bool = False,
    licence: Licence = Licence.CC_BY,
    licence_text: str = "",
) -> actions.Details:
    return actions.Details(
        title=load.text(title),
        session=None,
        is_case_study=is_case_study,
        language=language,
        licence=licence,
        licence_text=licence_text,
        access=access,
    )


def _pdf(title: str, sections: Sections, name: str) -> actions.Sent:
    content = typeset.pdf(
        TEMPLATE,
        {
            "title": title,
            "language": "pl",
            "mark": MARK,
            "sections": [
                {"heading": heading, "lines": lines} for heading, lines in sections
            ],
        },
    )
    return actions.Sent(content, f"{name}.pdf")
