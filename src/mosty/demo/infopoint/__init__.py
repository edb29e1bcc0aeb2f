"""
An information point in Wrocław with a closed year and a running one; all illustrative.

A tenth of the 3,880 consultations that the city published for 2024 make the closed year.
How they split by topic, nationality or sex is not published: these splits are made up,
by a fixed seed, and the point's name says so.
"""

from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from mosty.accounts.models import Role, User
from mosty.demo import facts, load
from mosty.demo.cast import Say, morning
from mosty.demo.infopoint import opinions, releases
from mosty.directory.models import Organisation
from mosty.infopoint.actions import corrections, periods, points, recording
from mosty.infopoint.actions.saying import Said
from mosty.infopoint.models import Code, Consultation, Operation, Point

SLUG = "wroclaw"
NAME = (
    "Information point, Wrocław (illustrative)",
    "Punkt informacyjny, Wrocław (przykład)",
)
A_YEAR = 388
OF_TODAY = 4
DISTRICTS = ("Stare Miasto", "Śródmieście", "Krzyki", "Fabryczna", "Psie Pole")
# Kind -> codes with their weights; "" stands for what was not said. Illustrative.
WEIGHTS: dict[str, dict[str, int]] = {
    "channel": {
        "in-person": 42, "phone": 26, "email": 11, "viber": 8, "messenger": 7, "outpost": 6,
    },
    "language": {"uk": 46, "pl": 18, "ru": 17, "en": 11, "be": 8},
    "topic": {
        "stay": 38, "documents": 15, "work": 12, "social": 10, "health": 7, "housing": 6,
        "education": 5, "courses": 4, "violence": 1, "disability": 1, "culture": 1,
    },
    "nationality": {
        "ukr": 62, "blr": 14, "rus": 5, "geo": 3, "ind": 3, "tur": 2, "vnm": 1, "col": 1,
        "uzb": 1, "kaz": 1, "nga": 1, "syr": 1, "": 5,
    },
    "sex": {"female": 58, "male": 38, "": 4},
    "age_band": {"18-29": 27, "30-44": 41, "45-59": 18, "60-plus": 9, "0-17": 2, "": 3},
    "legal_status": {
        "temporary-protection": 40, "temporary-residence": 30, "permanent-residence": 8,
        "visa": 7, "asylum-applicant": 3, "": 12,
    },
    "duration": {"up-to-5": 20, "up-to-15": 45, "up-to-30": 27, "up-to-60": 8},
    "outcome": {"informed": 70, "referred": 22, "follow-up": 8},
    "funder": {"city": 100},
    "district": {"1": 20, "2": 25, "3": 22, "4": 20, "5": 13, "": 30},
    "referral": {
        "foreigners-office": 40, "city-office": 20, "labour-office": 15, "legal-aid": 15,
        "ngo": 10,
    },
}  # fmt: skip


def play(now: datetime, say: Say) -> Point:
    """Open the point, hand it over, fill both years, close what is over."""
    city = Organisation.objects.get(slug="wroclaw")
    lead = User.objects.get(grants__role=Role.LEAD)
    worker = User.objects.get(grants__role=Role.WORKER)
    before = Organisation.objects.get(slug=facts.FORMER_OPERATOR.slug)
    running = Organisation.objects.get(slug=facts.OPERATOR.slug)
    # The day before, so that nothing is told before it happens.
    last = morning(now) - timedelta(days=1)
    this_year = now.astimezone(load.ZONE).year
    first_day = date(this_year - 1, 1, 1)
    point = points.open_point(
        city=city,
        slug=SLUG,
        details=points.Details(
            load.text(NAME), ("pl", "uk", "en", "be", "ru"), first_day
        ),
        operator=before,
        actor=lead,
        now=_at(first_day - timedelta(days=20)),
    )
    handed = date(this_year, 1, 1)
    former = points.end_operation(
        operation=point.operations.get(),
        last_day=handed - timedelta(days=1),
        reason="Przetarg na prowadzenie punktu (przykład)",
        actor=lead,
        now=_at(handed - timedelta(days=30)),
    )
    current = points.start_operation(
        point=point,
        operator=running,
        since=handed,
        actor=lead,
        now=_at(handed - timedelta(days=29)),
    )
    _districts(city)
    today = point.today(now)
    _fill(point, former, first_day, handed - timedelta(days=1), A_YEAR, "user:0")
    passed = (today - handed).days
    rows = A_YEAR * passed // 365
    if passed:
        yesterday = today - timedelta(days=1)
        _fill(point, current, handed, yesterday, rows, worker.ledger_key)
    _fill(point, current, today, today, OF_TODAY, worker.ledger_key, now)
    opinions.fill(point, lead, first_day, now)
    if last.year == this_year:
        _close(point, lead, last)
    if last.year == this_year and last.month > 2:
        # Before anything of the year is late: the first release was made in January.
        asked = _at(date(this_year, 1, 15))
        releases.play(point, lead, this_year - 1, asked, last)
        _late(point, worker, last)
    _correct(point, worker, last)
    say(
        f"Information point: {Consultation.objects.filter(point=point).count()} "
        "consultations (illustrative), one year closed."
    )
    return point


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=load.ZONE)


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


def _fill(
    point: Point,
    operation: Operation,
    first: date,
    last: date,
    count: int,
    recorder: str,
    at: datetime | None = None,
) -> None:
    """Make records of working days, or of one day; written at once, as nobody typed them."""
    draw = Random(f"{first.year}-{count}")  # noqa: S311 - invents records, decides nothing
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    days = [day for day in days if day.weekday() < 5] or days
    codes = {
        (code.kind, code.code): code.pk
        for code in Code.objects.all()
        if code.owner_id in {None, point.city_id}
    }

    def choose(kind: str) -> int | None:
        code = draw.choices(list(WEIGHTS[kind]), list(WEIGHTS[kind].values()))[0]
        return codes[kind, code] if code else None

    def topics() -> list[int]:
        # One contact often has several topics.
        several = [key for _n in range(draw.choice((1, 1, 1, 2, 3))) if (key := choose("topic"))]  # fmt: skip
        return list(dict.fromkeys(several))

    kinds = [kind for kind in WEIGHTS if kind not in {"topic", "referral"}]
    rows = []
    for day in sorted(draw.choices(days, k=count)):
        said = {f"{kind}_id": choose(kind) for kind in kinds}
        if said["outcome_id"] == codes["outcome", "referred"]:
            said["referral_id"] = choose("referral")
        rows.append(
            Consultation(
                key=UUID(int=draw.getrandbits(128), version=4),
                point=point,
                operation=operation,
                day=day,
                topics=topics(),
                interpreter=draw.random() < 0.04,
                returning=draw.choice(("new", "new", "returning", "unknown")),
                recorded_at=at or _at(day),
                recorder_key=recorder,
                **said,
            )
        )
    Consultation.objects.bulk_create(rows)


def _close(point: Point, lead: User, last: datetime) -> None:
    """Close the year that is over, and this year's months but the last one."""
    year = last.year
    closed_at = min(last, _at(date(year, 1, 8)))
    periods.close(point=point, year=year - 1, month=None, actor=lead, now=closed_at)
    for month in range(1, last.month - 1):
        at = min(last, _at(date(year, month + 1, 5)))
        periods.close(point=point, year=year, month=month, actor=lead, now=at)


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
