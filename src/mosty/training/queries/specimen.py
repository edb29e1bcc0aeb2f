"""A certificate of nobody, to look at before any is issued."""

from datetime import datetime

from django.utils.translation import gettext as _

from mosty.nominations.models import Nomination
from mosty.programmes.models import Course
from mosty.training.models import Picture
from mosty.training.printing import Sheet
from mosty.training.queries.contents import frame
from mosty.training.queries.designs import design_of, pictures

# Well formed, but the last letter is wrong: no certificate can have it.
SERIAL = "0000-XXXX-XXXXX"


def specimen(course: Course, now: datetime) -> tuple[Sheet, dict[str, Picture]] | None:
    """Return a specimen with its logos, or None while nothing says what it says."""
    design = design_of(course)
    if design is None:
        return None
    hours = sum(
        (ends - starts).total_seconds()
        for starts, ends in course.sessions.values_list("starts_at", "ends_at")
    )
    minutes = int(hours // 60)
    content = frame(design).content(
        Nomination(language=design.languages[0]),
        minutes=minutes,
        of=minutes,
        name=_("Given name and family name"),
    )
    sheet = Sheet(SERIAL, content, course.programme.local(now).date(), is_specimen=True)
    return sheet, pictures([logo["digest"] for logo in content["logos"]])
