"""
Action plans of the cities, in all states, with check-ins answered, late and missed.

Every text is made up and says so: what cities planned at the documented courses is not
published. Groups of the held course draft; three cities' older plans have gone their way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from mosty.accounts.models import Role, User
from mosty.audit.actors import SYSTEM
from mosty.demo.cast import Cast, Say
from mosty.demo.mail import deliver
from mosty.directory.models import Organisation
from mosty.outbox import actions as outbox
from mosty.outbox.models import Link, Message
from mosty.plans.actions import drafting, helping, replying, signing, tending
from mosty.plans.actions.replying import Said, Sent
from mosty.plans.content import as_json, digest
from mosty.plans.models import Action, Plan
from mosty.plans.queries.contents import live
from mosty.plans.queries.topics import Topic, topics
from mosty.programmes.models import Course
from mosty.selection.models import Offer
from mosty.training import policies as training

MARK = "(przykład)"


@dataclass(frozen=True, slots=True)
class Line:
    """One action of a made-up plan."""

    what: str
    lead: str
    partners: str
    months: int
    output: str
    target: int
    unit: str
    result: str
    risk: str
    # Begins a topic of the courses, in Polish.
    topic: str


LINES = (
    Line("Przewodnik po urzędach w trzech językach", "wydział spraw społecznych",
         "punkt informacyjny, biblioteka miejska", 6, "wydane przewodniki", 2000, "egzemplarze",
         "osoby, które wiedzą, gdzie załatwić sprawę", "brak środków na druk", "informowanie"),
    Line("Kurs języka polskiego dla rodziców przy szkołach", "wydział edukacji",
         "szkoły podstawowe, organizacje społeczne", 9, "grupy, które ukończyły kurs", 6, "grupy",
         "rodzice, którzy sami rozmawiają z wychowawcą", "trudno o nauczycieli", "integracja obywatelska"),
    Line("Spotkania sąsiedzkie w trzech dzielnicach", "centrum kultury",
         "rady dzielnic, organizacje migranckie", 5, "spotkania", 9, "spotkania",
         "uczestnicy, którzy poznali kogoś nowego", "mało osób na pierwszych spotkaniach",
         "empatyczne"),
    Line("Szkolenie pracowników obsługi z prostego języka", "biuro kadr",
         "organizacje społeczne", 4, "przeszkoleni pracownicy", 60, "osoby",
         "mniej pytań zadawanych dwa razy", "brak czasu w wydziałach", "informowanie"),
)  # fmt: skip
OBJECTIVES = (
    "Nowi mieszkańcy wiedzą, gdzie i jak załatwić swoje sprawy",
    "Mieszkańcy spotykają się i rozmawiają ze sobą",
)


def play(course: Course, cast: Cast, now: datetime, say: Say) -> None:
    """Let the groups of ``course`` draft, and three cities' older plans be followed."""
    offered = topics(course.programme)
    # The day before, so that nothing is told before it happens.
    now -= timedelta(days=1)
    drafted = _drafts(course, offered, now)
    older = _older(course, offered, cast, now)
    answered = sum(
        plan.check_ins.filter(answered_at__isnull=False).count() for plan in older
    )
    say(
        f"Action plans (illustrative): {len(drafted)} drafted at {course}, "
        f"{len(older)} older ones, {answered} check-ins answered."
    )


def _drafts(course: Course, offered: Sequence[Topic], now: datetime) -> list[Plan]:
    """Let the groups of six cities draft by their links; Łódź's is signed off."""
    seats: dict[int, Offer] = {}
    for seat in (
        training.accepted()
        .filter(seat__call__course=course)
        .select_related("nomination__organisation")
        .order_by("seat__number")
    ):
        seats.setdefault(seat.nomination.organisation_id, seat)
    cities = sorted(
        seats.values(), key=lambda seat: seat.nomination.organisation.sort_name
    )
    plans = []
    # One city has not begun: the page of the course shows it.
    for number, seat in enumerate(cities[:6]):
        # Reminders have made it.
        link = Link.objects.get(
            purpose=Link.Purpose.TAKE_PART, subject=seat.code, revoked_at=None
        )
        city = seat.nomination.organisation
        plan = _begun(
            city, course, f"Miasto, które informuje: {city} {MARK}", link, now
        )
        wanted = [LINES[(number + at) % len(LINES)] for at in range(2 + number % 2)]
        _written(plan, wanted, offered, link, now)
        plans.append(plan)
        if city.slug == "lodz":
            contact = _contact("lodz")
            seen = digest(as_json(live(Plan.objects.get(pk=plan.pk))))
            signing.sign(plan=plan, seen=seen, actor=contact, now=now)
    return plans


def _contact(slug: str) -> User:
    return User.objects.get(grants__role=Role.CITY, grants__organisation__slug=slug)


def _older(
    course: Course, offered: Sequence[Topic], cast: Cast, now: datetime
) -> list[Plan]:
    krakow, lodz, hrubieszow = map(_contact, ("krakow", "lodz", "hrubieszow"))
    guide = _signed(course, "krakow", "Wiem, gdzie pytać", krakow, 380, offered, now)
    _answer(guide, 3, krakow, (("going-on", 30), ("going-on", 10)), now)
    _answer(guide, 6, krakow, (("going-on", 70), ("going-on", 40)), now)
    _answer(guide, 12, krakow, (("done", 100), ("going-on", 90)), now, proof=True)
    _correct(guide, krakow, now)
    signing.share(plan=guide, visibility=3, with_lines=True, actor=krakow, now=now)
    awaited = _signed(
        course, "krakow", "Rozmowy w dzielnicach", krakow, 100, offered, now, 2
    )
    _ask(awaited, cast, now)
    language = _signed(
        course, "lodz", "Polski po godzinach", lodz, 230, offered, now, 1
    )
    _answer(language, 3, lodz, (("going-on", 20), ("stopped", 5)), now, obstacle=True)
    signing.share(plan=language, visibility=2, with_lines=True, actor=lodz, now=now)
    small = _signed(
        course, "hrubieszow", "Blisko granicy", hrubieszow, 400, offered, now, 3
    )
    _answer(small, 6, hrubieszow, (("going-on", 50), ("done", 100)), now, late=True)
    _answer(small, 12, hrubieszow, (("done", 100), ("done", 100)), now)
    signing.share(plan=small, visibility=2, with_lines=True, actor=hrubieszow, now=now)
    signing.close(
        plan=small,
        note="Oba działania wykonane; przewodnik trafił też do gmin sąsiednich. "
        + MARK,
        actor=hrubieszow,
        now=now,
    )
    _help(language, guide, lodz, krakow, offered, now)
    return [guide, awaited, language, small]


def _begun(
    city: Organisation,
    course: Course | None,
    title: str,
    actor: User | Link,
    now: datetime,
    programme_of: Course | None = None,
) -> Plan:
    home = course or programme_of
    assert home is not None  # noqa: S101 - one of them says the programme
    return drafting.begin(
        programme=home.programme,
        owner=city,
        course=course,
        title=title,
        language="pl",
        actor=actor,
        now=now,
        is_fictional=True,
    )


def _written(
    plan: Plan,
    wanted: Sequence[Line],
    offered: Sequence[Topic],
    actor: User | Link,
    now: datetime,
) -> None:
    drafting.save_head(
        plan=plan,
        values={
            "title": plan.title,
            "context": "Od dwóch lat mieszka tu coraz więcej osób z innych krajów. Pytają "
            f"o te same sprawy w wielu okienkach. {MARK}",
        },
        seen=1,
        actor=actor,
        now=now,
    )
    for place, text in enumerate(OBJECTIVES):
        lines = [line for at, line in enumerate(wanted) if at % 2 == place]
        if not lines:
            continue
        objective = drafting.add_objective(plan=plan, text=text, actor=actor, now=now)
        for line in lines:
            drafting.add_action(
                objective=objective,
                values=_values(line, offered, now.date()),
                visibility=3,
                actor=actor,
                now=now,
            )


def _values(line: Line, offered: Sequence[Topic], today: date) -> dict[str, object]:
    topic = next(
        (one for one in offered if line.topic in str(one.text.localize("pl")).lower()),
        "",
    )
    return {
        "what": f"{line.what} {MARK}",
        "lead": line.lead,
        "partners": line.partners,
        "starts_on": today + timedelta(days=14),
        "ends_on": today + timedelta(days=30 * line.months),
        "resources": "środki własne miasta, praca zespołu",
        "risk": line.risk,
        "output": line.output,
        "output_unit": line.unit,
        "output_baseline": Decimal(0),
        "output_target": Decimal(line.target),
        "result": line.result,
        "result_unit": "osoby",
        "result_target": Decimal(line.target * 3),
        "topic": topic,
    }


def _signed(
    course: Course,
    slug: str,
    title: str,
    contact: User,
    days: int,
    offered: Sequence[Topic],
    now: datetime,
    first: int = 0,
) -> Plan:
    """Return a plan from home, signed off so many days ago."""
    city = Organisation.objects.get(slug=slug)
    at = now - timedelta(days=days)
    plan = _begun(
        city,
        None,
        f"{title} {MARK}",
        contact,
        at - timedelta(days=9),
        programme_of=course,
    )
    lines = [LINES[first], LINES[(first + 1) % len(LINES)]]
    _written(plan, lines, offered, contact, at - timedelta(days=8))
    plan.refresh_from_db()
    signing.sign(plan=plan, seen=digest(as_json(live(plan))), actor=contact, now=at)
    plan.refresh_from_db()
    return plan


def _answer(
    plan: Plan,
    months: int,
    actor: User,
    standing: Sequence[tuple[str, int]],
    now: datetime,
    *,
    late: bool = False,
    obstacle: bool = False,
    proof: bool = False,
) -> None:
    check_in = plan.check_ins.get(months=months)
    wait = 50 if late else 6
    at = now - timedelta(days=(now.date() - check_in.due_on).days - wait)
    actions = Action.objects.filter(plan=plan).order_by("objective__order", "order")
    replying.send(
        check_in=check_in,
        said=[
            Said(
                action=action.pk,
                status=status,
                percent=percent,
                happened=f"Zrobiono {percent}% tego, co zaplanowano. {MARK}",
                obstacle=f"Zmiana w budżecie miasta. {MARK}" if obstacle else "",
                file=Sent(f"Notatka ze spotkania. {MARK}".encode(), "notatka.txt")
                if proof and status == "done"
                else None,
            )
            for action, (status, percent) in zip(actions, standing, strict=True)
        ],
        seen=0,
        reason="",
        actor=actor,
        now=min(at, now),
    )


def _correct(plan: Plan, actor: User, now: datetime) -> None:
    """Correct what was sent after a year: the second action is finished too."""
    check_in = plan.check_ins.get(months=12)
    replying.send(
        check_in=check_in,
        said=[
            Said(action=pk, status="done", happened=f"Wykonane w całości. {MARK}")
            for pk in Action.objects.filter(plan=plan).values_list("pk", flat=True)
        ],
        seen=1,
        reason=f"Ostatnia grupa skończyła kurs w tym tygodniu. {MARK}",
        actor=actor,
        now=now,
    )


def _ask(plan: Plan, cast: Cast, now: datetime) -> None:
    """Let the clock ask after three months, and somebody read and release it."""
    due = plan.check_ins.get(months=3).due_on
    at = now - (now.date() - due)
    tending.tend(actor=SYSTEM, now=at)
    outbox.release(
        messages=Message.objects.filter(kind__startswith="plans.").values_list(
            "pk", flat=True
        ),
        actor=cast.coordinator,
        now=at + timedelta(hours=2),
    )
    deliver()


def _help(
    asking: Plan,
    offering: Plan,
    lodz: User,
    krakow: User,
    offered: Sequence[Topic],
    now: datetime,
) -> None:
    topic = Action.objects.filter(plan=asking).order_by("pk")[0].topic_key
    found = next((one for one in offered if one.key == topic), None)
    helping.add(
        plan=asking,
        kind="ask",
        topic=found,
        text=f"Szukamy doświadczeń z kursami dla rodziców przy szkołach. {MARK}",
        actor=lodz,
        now=now - timedelta(days=3),
    )
    helping.add(
        plan=offering,
        kind="offer",
        topic=found,
        text=f"Chętnie pokażemy program kursu i materiały. {MARK}",
        actor=krakow,
        now=now - timedelta(days=2),
    )
