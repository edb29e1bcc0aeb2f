"""A second point, in Kraków, run by the city itself; everything about it is made up."""

from datetime import date, datetime, timedelta

from i18nfield.strings import LazyI18nString

from mosty.accounts.models import Role, User
from mosty.demo import load
from mosty.demo.infopoint import opinions, records, workshops
from mosty.directory.models import Organisation
from mosty.infopoint.actions import periods, points
from mosty.infopoint.models import Point

SLUG = "krakow"
NAME = LazyI18nString(
    {
        "pl": "Punkt informacyjny, Kraków (przykład)",
        "en": "Information point, Kraków (illustrative)",
        "uk": "Інформаційний пункт, Краків (приклад)",
        "be": "Інфармацыйны пункт, Кракаў (прыклад)",
        "ru": "Информационный пункт, Краков (пример)",
    }
)
A_YEAR = 240
WORKSHOPS_A_YEAR = 12
PERSONS_AT_WORKSHOPS = 216


def play(now: datetime) -> Point:
    """Open the point, fill a closed year and the running one."""
    city = Organisation.objects.get(slug="krakow")
    lead = User.objects.get(grants__role=Role.LEAD, grants__organisation=city)
    this_year = now.astimezone(load.ZONE).year
    first_day, new_year = date(this_year - 1, 1, 1), date(this_year, 1, 1)
    point = points.open_point(
        city=city,
        slug=SLUG,
        details=points.Details(NAME, ("pl", "uk", "en", "ru"), first_day),
        operator=city,
        actor=lead,
        now=records.at_ten(first_day - timedelta(days=20)),
    )
    operation = point.operations.get()
    last_day = new_year - timedelta(days=1)
    records.fill(point, operation, first_day, last_day, A_YEAR, "user:0")
    workshops.hold(
        point,
        operation,
        first_day,
        last_day,
        WORKSHOPS_A_YEAR,
        PERSONS_AT_WORKSHOPS,
        "user:0",
    )
    yesterday = point.today(now) - timedelta(days=1)
    if yesterday >= new_year:
        days = (yesterday - new_year).days + 1
        records.fill(
            point, operation, new_year, yesterday, A_YEAR * days // 365, "user:0"
        )
        workshops.hold(
            point,
            operation,
            new_year,
            yesterday,
            WORKSHOPS_A_YEAR * days // 365,
            PERSONS_AT_WORKSHOPS * days // 365,
            "user:0",
        )
    workshops.publish(point, lead, (date(this_year - 1, 9, 2),))
    opinions.fill(point, lead, first_day, now)
    closed_at = records.at_ten(date(this_year, 1, 8))
    if now > closed_at:
        periods.close(
            point=point, year=this_year - 1, month=None, actor=lead, now=closed_at
        )
    return point
