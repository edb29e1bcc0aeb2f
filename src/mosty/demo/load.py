"""Loads what is documented, and the demo's users, into an empty database."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import connection, transaction
from i18nfield.strings import LazyI18nString

from mosty.accounts.models import Grant, Role, User
from mosty.demo import facts
from mosty.directory.models import (
    DatedFact,
    Department,
    Level,
    Membership,
    Organisation,
    Person,
    Position,
    Territory,
    TerritoryCode,
)
from mosty.figures.models import CitedFigure
from mosty.kernel.names import fold
from mosty.library.models import EditionVersion
from mosty.plans.models import Evidence
from mosty.programmes.models import (
    Course,
    Partnership,
    Programme,
    Provision,
    Session,
    SessionTrainer,
    Topic,
)
from mosty.reports.queries.numbers import subject_of
from mosty.training.models import MaterialVersion

ZONE = ZoneInfo("Europe/Warsaw")
VINTAGE = 2024
# Half-days of an illustrative course: begin and end.
HALF_DAYS = ((time(9, 30), time(13)), (time(14), time(17, 30)))


@dataclass(frozen=True, slots=True)
class DemoUser:
    """One account with a one-click sign-in. All names are fictional."""

    name: str
    role: Role
    organisation: str = ""
    language: str = "pl"


USERS = (
    DemoUser("Maria Most (demo)", Role.COORDINATOR, "odihr", "en"),
    DemoUser("Piotr Łącznik (demo)", Role.PARTNER, "unhcr", "en"),
    DemoUser("Ewa Przystań (demo)", Role.PARTNER, "council-of-europe", "en"),
    DemoUser("Jan Kanał (demo)", Role.SECRETARIAT, "ump"),
    DemoUser("Anna Brama (demo)", Role.CITY, "krakow"),
    DemoUser("Tomasz Rynek (demo)", Role.CITY, "lodz"),
    DemoUser("Zofia Kładka (demo)", Role.CITY, "hrubieszow"),
    DemoUser("Barbara Tablica (demo)", Role.TRAINER, "nansen"),
    DemoUser("Oksana Latarnia (demo)", Role.WORKER, facts.OPERATOR.slug),
    DemoUser("Hanna Wyspa (demo)", Role.LEAD, "wroclaw"),
    DemoUser("Marek Smok (demo)", Role.LEAD, "krakow"),
    DemoUser("Karol Księga (demo)", Role.AUDITOR),
    DemoUser("Iga Serwer (demo)", Role.ADMINISTRATOR),
)


def text(pair: tuple[str, str]) -> LazyI18nString:
    """Return a text in English and Polish."""
    return LazyI18nString({"en": pair[0], "pl": pair[1]})


class NotADemo(Exception):
    """The database holds somebody who is not of the demo: it is left alone."""


@transaction.atomic(durable=True)
def empty() -> None:
    """
    Empty the database of an earlier demo.

    :raises NotADemo: if there is any user who is not of the demo.
    """
    if User.objects.filter(is_demo=False).exists():
        raise NotADemo
    ours = {
        app.label for app in apps.get_app_configs() if app.name.startswith("mosty.")
    }
    ours |= {"account", "mfa", "usersessions"}
    tables = [
        table
        for table in connection.introspection.table_names()
        if table.split("_")[0] in ours
        or table in {"django_session", "procrastinate_jobs"}
    ]
    _drop_files()
    quoted = ", ".join(connection.ops.quote_name(table) for table in tables)
    with connection.cursor() as cursor:
        # Truncated, not deleted: the ledger refuses to lose single entries.
        cursor.execute(f"truncate {quoted} restart identity cascade")


def _drop_files() -> None:
    """Delete the demo's files one by one: an installation's may lie in the same folder."""
    for kept in (MaterialVersion, EditionVersion):
        for version in kept.objects.exclude(file="").iterator():
            version.file.storage.delete(str(version.file.name))
    for evidence in Evidence.objects.iterator():
        evidence.file.storage.delete(str(evidence.file.name))


@transaction.atomic(durable=True)
def load(now: datetime) -> Programme:
    """Load places, organisations, users, the programme and its documented courses."""
    _places(now)
    _bodies()
    _users()
    programme = _programme()
    for documented in facts.COURSES:
        add_course(programme, documented)
    for order, cited in enumerate(facts.CITED, 1):
        CitedFigure.objects.create(
            subject=subject_of(programme),
            label=text(cited.label),
            value=cited.value,
            unit=text(cited.unit),
            source=facts.PRESS,
            order=order,
        )
    return programme


def _places(now: datetime) -> None:
    for city in facts.CITIES:
        name = text((city.english or city.name, city.name))
        slug = slug_of(city)
        territory = Territory.objects.create(
            slug=slug, name=name, kind=Territory.Kind.CITY, country="PL"
        )
        TerritoryCode.objects.create(
            territory=territory,
            system=TerritoryCode.System.TERC,
            code=city.terc,
            vintage=VINTAGE,
        )
        DatedFact.objects.create(
            territory=territory,
            topic=DatedFact.Topic.EXPERIENCE,
            value=city.experience,
            as_of=date(2022, 2, 23),
            method=text(
                (
                    "Illustrative. The announcement names no cities; the demo chose some.",
                    "Przykład. Ogłoszenie nie wymienia miast; wybrano je na potrzeby demonstracji.",
                )
            ),
            source=facts.ILLUSTRATIVE,
            illustrative=True,
        )
        Organisation.objects.create(
            slug=slug,
            name=text((f"City of {city.english or city.name}", f"Miasto {city.name}")),
            short_name=name,
            kind=Organisation.Kind.CITY,
            territory=territory,
        )


def _bodies() -> None:
    for body in (*facts.BODIES, facts.OPERATOR, facts.FORMER_OPERATOR):
        Organisation.objects.create(
            slug=body.slug,
            name=text(body.name),
            short_name=text(body.short),
            kind=body.kind,
        )
    organisations = {row.slug: row for row in Organisation.objects.all()}
    for city in facts.CITIES:
        member = organisations[slug_of(city)]
        if city.in_union:
            Membership.objects.create(
                member=member, body=organisations["ump"], source=facts.PRESS
            )
        if city.icc_since:
            Membership.objects.create(
                member=member,
                body=organisations["icc"],
                since=date(city.icc_since, 1, 1),
                source=facts.ICC_NEWS,
            )


def _users() -> None:
    organisations = {row.slug: row for row in Organisation.objects.all()}
    for demo in USERS:
        given, family = demo.name.removesuffix(" (demo)").split()
        person = Person.objects.create(
            given_name=given,
            family_name=family,
            email=f"{fold(given)}.{fold(family)}@demo.example.org",
            language=demo.language,
            fictional=True,
        )
        user = User.objects.create(
            email=person.email,
            name=demo.name,
            language=demo.language,
            person=person,
            is_demo=True,
        )
        user.set_unusable_password()
        user.save()
        if demo.role == Role.TRAINER:
            # So that the public page of her course says which organisation leads.
            Position.objects.create(
                person=person,
                organisation=organisations[demo.organisation],
                title="trenerka",
                department=Department.OTHER,
                level=Level.MIDDLE,
            )
        Grant.objects.create(
            user=user, role=demo.role, organisation=organisations.get(demo.organisation)
        )


def _programme() -> Programme:
    organisations = {row.slug: row for row in Organisation.objects.all()}
    documented = facts.PROGRAMME
    programme = Programme.objects.create(
        slug=documented.slug,
        name=text(documented.name),
        short_name=text(documented.short_name),
        summary=text(documented.summary),
        starts_on=documented.starts_on,
        ends_on=documented.ends_on,
        languages=["pl", "en"],
        time_zone=ZONE.key,
        source=documented.source,
        is_published=True,
    )
    order = 0
    for body in facts.BODIES:
        for role in body.roles:
            order += 1
            Partnership.objects.create(
                programme=programme,
                organisation=organisations[body.slug],
                role=role,
                order=order,
            )
    return programme


def add_course(
    programme: Programme,
    documented: facts.DocumentedCourse,
    starts_on: date | None = None,
) -> Course:
    """
    Add a course; with ``starts_on`` it gets two illustrative days of sessions.
    """
    course = Course.objects.create(
        programme=programme,
        slug=documented.slug,
        part=documented.part,
        title=text(documented.title),
        summary=text(documented.summary),
        languages=["pl"],
        capacity=documented.capacity,
        starts_on=documented.starts_on,
        ends_on=documented.ends_on,
        place=text(documented.place),
        is_published=True,
        source=documented.source,
    )
    for order, topic in enumerate(documented.topics, 1):
        Topic.objects.create(course=course, order=order, text=text(topic))
    for what, slug in documented.provisions:
        Provision.objects.create(
            course=course, what=what, organisation=Organisation.objects.get(slug=slug)
        )
    if starts_on is not None:
        plan(course, starts_on)
    return course


def plan(course: Course, starts_on: date) -> None:
    """Give a course two illustrative days, one half-day for each of its topics."""
    course.starts_on = starts_on
    course.ends_on = starts_on + timedelta(days=1)
    course.place = text(("Warsaw", "Warszawa"))
    course.is_illustrative = True
    course.save()
    trainer = Person.objects.get(family_name="Tablica")
    slots = [
        (starts_on + timedelta(days=day), *half)
        for day in range(2)
        for half in HALF_DAYS
    ]
    for (day, begin, end), topic in zip(slots, course.topics.all(), strict=False):
        session = Session.objects.create(
            course=course,
            title=topic.text,
            starts_at=datetime.combine(day, begin, tzinfo=ZONE),
            ends_at=datetime.combine(day, end, tzinfo=ZONE),
            # With a space that does not break: in a narrow column it stays a name.
            room="sala\N{NO-BREAK SPACE}A",
        )
        SessionTrainer.objects.create(session=session, person=trainer)


def slug_of(city: facts.City) -> str:
    """Return the address of a city's organisation and territory."""
    return fold(city.name).replace(" ", "-")
