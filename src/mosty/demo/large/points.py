"""Information points of fictional cities: years of records, workshops and opinions."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import connection
from i18nfield.strings import LazyI18nString

from mosty.accounts.models import Grant, Role, User
from mosty.demo import facts
from mosty.demo.cast import Say
from mosty.demo.infopoint import opinions, workshops
from mosty.demo.infopoint.records import at_ten
from mosty.demo.large import consultations
from mosty.demo.large.size import Size
from mosty.directory.models import Organisation
from mosty.infopoint.actions.codes import load_common
from mosty.infopoint.models import (
    Code,
    Consultation,
    Kind,
    Operation,
    Period,
    Point,
)

DISTRICTS = 8
WORKSHOPS_A_YEAR = 60
PERSONS = 900
# What recording writes into the ledger, for all at once.
LEDGER = """
insert into audit_entry (at, actor_key, actor_label, verb, target_kind, target_key,
    scope, reason, before, after)
select one.recorded_at, one.recorder_key, 'Pracownik punktu (demo)',
    'consultation.recorded', 'infopoint.consultation', one.key::text, point.slug, '',
    '{}', '{}'
from infopoint_consultation one join infopoint_point point on point.id = one.point_id
where point.id = any(%s) order by one.recorded_at
"""


def fill(cities: Sequence[Organisation], size: Size, now: datetime, say: Say) -> int:
    """Open points, fill this year and those before, close what is over; count records."""
    load_common()
    operator = Organisation.objects.get(slug=facts.OPERATOR.slug)
    this_year = now.year
    opened = date(this_year - size.years + 1, 1, 1)
    points = [
        _open(city, operator, opened)
        # Of the fictional cities: the demo's own points stay as they are.
        for city in cities[-size.points :]
    ]
    # One of the two people who can sign in as leads has a large point to look at.
    first = User.objects.filter(grants__role=Role.LEAD).order_by("pk")[0]
    Grant.objects.create(user=first, role=Role.LEAD, organisation=points[0].city)
    yesterday = points[0].today(now) - timedelta(days=1)
    worker = User.objects.filter(grants__role=Role.WORKER).order_by("pk")[0]
    keys = [point.pk for point in points]
    consultations.load(
        size.consultations,
        points=keys,
        first=opened,
        last=yesterday,
        recorders=[worker.ledger_key, *(f"user:0{n}" for n in range(40))],
    )
    with connection.cursor() as cursor:
        cursor.execute(LEDGER, [keys])
    for point in points:
        _hold(point, opened, yesterday)
        lead = User.objects.filter(
            grants__role=Role.LEAD, grants__organisation=point.city
        ).order_by("-pk")[0]
        opinions.fill(point, lead, opened, now)
    Period.objects.bulk_create(
        Period(
            point=point,
            year=year,
            closed_at=at_ten(date(year + 1, 1, 8)),
            closed_by="Kierownictwo punktu (demo)",
        )
        for point in points
        for year in range(opened.year, this_year)
        if at_ten(date(year + 1, 1, 8)) < now
    )
    count = Consultation.objects.count()
    say(f"Large: {count} consultations at {len(points)} points, each in the ledger.")
    return count


def _open(city: Organisation, operator: Organisation, opened: date) -> Point:
    name = {"pl": "Punkt informacyjny, {} (fikcyjny)", "en": "Information point, {} (fictional)",
            "uk": "Інформаційний пункт, {} (вигаданий)", "be": "Інфармацыйны пункт, {} (выдуманы)",
            "ru": "Информационный пункт, {} (вымышленный)"}  # fmt: skip
    point = Point.objects.create(
        city=city,
        slug=city.slug,
        name=LazyI18nString({code: words.format(city) for code, words in name.items()}),
        languages=["pl", "uk", "en", "ru"],
        opened_on=opened,
    )
    Operation.objects.create(point=point, operator=operator, since=opened)
    contact = User.objects.get(grants__role=Role.CITY, grants__organisation=city)
    Grant.objects.create(user=contact, role=Role.LEAD, organisation=city)
    Code.objects.bulk_create(
        Code(
            owner=city,
            kind=Kind.DISTRICT,
            code=str(number),
            label=LazyI18nString(
                {"pl": f"Dzielnica {number}", "en": f"District {number}"}
            ),
            order=number,
        )
        for number in range(1, DISTRICTS + 1)
    )
    return point


def _hold(point: Point, opened: date, yesterday: date) -> None:
    """Hold workshops every year, as many as the days that have passed make."""
    operation = point.operations.get()
    for year in range(opened.year, yesterday.year + 1):
        last = min(yesterday, date(year, 12, 31))
        days = (last - date(year, 1, 1)).days + 1
        workshops.hold(
            point,
            operation,
            date(year, 1, 1),
            last,
            max(1, WORKSHOPS_A_YEAR * days // 365),
            max(9, PERSONS * days // 365),
            "user:0",
        )
