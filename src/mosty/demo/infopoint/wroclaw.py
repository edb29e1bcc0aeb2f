"""
An information point in Wrocław with closed years and a running one.

The totals of 2024 are those that the city published: 3,880 consultations, 81
nationalities, five languages, and 7,437 persons at consultations and workshops. How they
split is not published; these splits, all other years, and what the records say are made
up, and the point's name says so.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from i18nfield.strings import LazyI18nString

from mosty.accounts.models import Role, User
from mosty.demo import facts, load
from mosty.demo.cast import morning
from mosty.demo.infopoint import files, opinions, releases, workshops
from mosty.demo.infopoint.records import at_ten, fill
from mosty.directory.models import Organisation
from mosty.figures.models import CitedFigure
from mosty.infopoint.actions import corrections, periods, points, recording
from mosty.infopoint.actions.saying import Said
from mosty.infopoint.models import Code, Consultation, Point

SLUG = "wroclaw"
NAME = LazyI18nString(
    {
        "pl": "Punkt informacyjny, Wrocław (przykład)",
        "en": "Information point, Wrocław (illustrative)",
        "uk": "Інформаційний пункт, Вроцлав (приклад)",
        "be": "Інфармацыйны пункт, Вроцлаў (прыклад)",
        "ru": "Информационный пункт, Вроцлав (пример)",
    }
)
# Not published in the sources: an example, and it says so.
REACH = LazyI18nString(
    {
        "pl": "ul. Przykładowa 1, parter (przykład)\nponiedziałek–piątek, 9:00–17:00",
        "en": "ul. Przykładowa 1, ground floor (illustrative)\nMonday to Friday, 9:00–17:00",
        "uk": "вул. Przykładowa 1, перший поверх (приклад)\nпонеділок–п’ятниця, 9:00–17:00",
        "be": "вул. Przykładowa 1, першы паверх (прыклад)\nпанядзелак–пятніца, 9:00–17:00",
        "ru": "ул. Przykładowa 1, первый этаж (пример)\nпонедельник–пятница, 9:00–17:00",
    }
)
PUBLISHED_YEAR = 2024
CONSULTATIONS = 3_880
NATIONALITIES = 81
PERSONS = 7_437
# Not published for 2024; as many as in 2023.
WORKSHOPS = 70
# Of other years nothing is published.
A_YEAR = 3_720
WORKSHOPS_A_YEAR = 66
PERSONS_AT_WORKSHOPS = 3_300
OF_TODAY = 4
DISTRICTS = ("Stare Miasto", "Śródmieście", "Krzyki", "Fabryczna", "Psie Pole")


def play(now: datetime) -> Point:
    """Open the point, hand it over, fill its years, close what is over."""
    city = Organisation.objects.get(slug="wroclaw")
    lead = User.objects.get(grants__role=Role.LEAD, grants__organisation=city)
    worker = User.objects.get(grants__role=Role.WORKER)
    before = Organisation.objects.get(slug=facts.FORMER_OPERATOR.slug)
    running = Organisation.objects.get(slug=facts.OPERATOR.slug)
    # The day before, so that nothing is told before it happens.
    last = morning(now) - timedelta(days=1)
    this_year = now.astimezone(load.ZONE).year
    first_day = date(PUBLISHED_YEAR, 1, 1)
    point = points.open_point(
        city=city,
        slug=SLUG,
        details=points.Details(
            NAME, ("pl", "uk", "en", "be", "ru"), first_day, reach=REACH
        ),
        operator=before,
        actor=lead,
        now=at_ten(first_day - timedelta(days=20)),
    )
    handed = date(this_year, 1, 1)
    former = points.end_operation(
        operation=point.operations.get(),
        last_day=handed - timedelta(days=1),
        reason="Przetarg na prowadzenie punktu (przykład)",
        actor=lead,
        now=at_ten(handed - timedelta(days=30)),
    )
    current = points.start_operation(
        point=point,
        operator=running,
        since=handed,
        actor=lead,
        now=at_ten(handed - timedelta(days=29)),
    )
    _districts(city)
    today = point.today(now)
    end = date(PUBLISHED_YEAR, 12, 31)
    fill(
        point,
        former,
        first_day,
        end,
        CONSULTATIONS,
        "user:0",
        nationalities=NATIONALITIES,
    )
    came = PERSONS - CONSULTATIONS
    workshops.hold(point, former, first_day, end, WORKSHOPS, came, "user:0")
    for year in range(PUBLISHED_YEAR + 1, this_year):
        span = (date(year, 1, 1), date(year, 12, 31))
        fill(point, former, *span, A_YEAR, "user:0")
        workshops.hold(
            point, former, *span, WORKSHOPS_A_YEAR, PERSONS_AT_WORKSHOPS, "user:0"
        )
    if passed := (today - handed).days:
        yesterday = today - timedelta(days=1)
        fill(
            point,
            current,
            handed,
            yesterday,
            A_YEAR * passed // 365,
            worker.ledger_key,
        )
        workshops.hold(
            point,
            current,
            handed,
            yesterday,
            WORKSHOPS_A_YEAR * passed // 365,
            PERSONS_AT_WORKSHOPS * passed // 365,
            worker.ledger_key,
        )
    fill(point, current, today, today, OF_TODAY, worker.ledger_key, at=now)
    days = [date(year, 6, 3) for year in range(PUBLISHED_YEAR, this_year)]
    workshops.publish(point, lead, [date(PUBLISHED_YEAR, 3, 4), *days][:3])
    opinions.fill(point, lead, first_day, now)
    _cite(point)
    if last.year == this_year:
        _close(point, lead, last)
        workshops.tell(point, worker, last.date(), last, key=11)
    if last.year == this_year and last.month > 2:
        # Before anything is late: the first release was made soon after the year.
        asked = at_ten(date(PUBLISHED_YEAR + 1, 1, 15))
        releases.play(point, lead, PUBLISHED_YEAR, asked, last)
        _late(point, worker, last)
    _correct(point, worker, last)
    files.play(point, lead, last, end)
    return point


def _districts(city: Organisation) -> None:
    """Give the city a list of its own: the former districts."""
    Code.objects.bulk_create(
        Code(
            owner=city,
            kind="district",
            code=str(number),
            label=load.text((name, name)),
            order=number,
        )
        for number, name in enumerate(DISTRICTS, 1)
    )


def _cite(point: Point) -> None:
    """Keep what the city's own point has published, with its source."""
    CitedFigure.objects.bulk_create(
        CitedFigure(
            subject=point.subject,
            label=load.text(cited.label),
            value=cited.value,
            unit=load.text(cited.unit),
            as_of=date(cited.year, 12, 31),
            source=facts.WROMIGRANT,
            # After those of the programme, where all are listed.
            order=100 + order,
        )
        for order, cited in enumerate(facts.WROMIGRANT_CITED)
    )


def _close(point: Point, lead: User, last: datetime) -> None:
    """Close the years that are over, and this year's months but the last one."""
    this_year = last.year
    for year in range(PUBLISHED_YEAR, this_year):
        closed_at = min(last, at_ten(date(year + 1, 1, 8)))
        periods.close(point=point, year=year, month=None, actor=lead, now=closed_at)
    for month in range(1, last.month - 1):
        at = min(last, at_ten(date(this_year, month + 1, 5)))
        periods.close(point=point, year=this_year, month=month, actor=lead, now=at)


def _late(point: Point, worker: User, last: datetime) -> None:
    """Let two records arrive of a month that is closed."""
    day = periods.bounds(last.year, last.month - 2)[1]
    codes = {"channel": "outpost", "language": "uk", "outcome": "informed"}
    for number, topic in enumerate(("work", "housing"), 1):
        recording.record(
            point=point,
            said=Said(day, {**codes, "nationality": "ukr"}, (topic,)),
            key=UUID(int=number),
            actor=worker,
            now=last,
        )


def _correct(point: Point, worker: User, last: datetime) -> None:
    """Let one record of the open days be withdrawn: it was typed twice."""
    open_ = Consultation.objects.select_related("point").filter(
        point=point, recorder_key=worker.ledger_key, state="counted"
    )
    record = open_.filter(day__lt=point.today(last)).order_by("-day", "key").first()
    if record is not None and record.day.month == last.month:
        corrections.withdraw(
            record=record,
            seen=1,
            reason="Wpisano dwa razy (przykład)",
            actor=worker,
            now=last,
        )
