"""Whether certificates of a course can be issued now."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mosty.programmes.models import Course
from mosty.training.queries.contents import Frame, frame
from mosty.training.queries.designs import design_of
from mosty.training.queries.ending import ended_at


def frame_or_refusal(course: Course, now: datetime) -> tuple[Frame | None, object]:
    """Return what certificates of ``course`` say, or why none can be issued now."""
    ended = ended_at(course)
    if ended is None or now < ended:
        return None, _("Certificates are issued once the course is over.")
    design = design_of(course)
    if design is None or not design.signatories.exists():
        return None, _("Say first what the certificates say, and who signs them.")
    return frame(design), ""
