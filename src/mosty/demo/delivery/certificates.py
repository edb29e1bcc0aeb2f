"""After the course: what certificates say, who gets one, one misspelt name, one shown."""

from datetime import datetime, timedelta

from django.utils import translation

from mosty.audit.actors import SYSTEM
from mosty.demo.cast import Cast, Say
from mosty.demo.load import text
from mosty.demo.mail import deliver
from mosty.outbox import actions as outbox
from mosty.outbox.models import Link, Message
from mosty.programmes.models import Course
from mosty.training import printing
from mosty.training.actions import certificates, designs, issuing
from mosty.training.models import Certificate
from mosty.training.queries.due import due
from mosty.training.queries.specimen import specimen

OUTCOMES = (
    (
        "Plans joint action with civil society and with residents\n"
        "Recognises what newcomers and long-time residents need\n"
        "Finds discrimination in procedures, and removes it\n"
        "Measures what came of the city's action"
    ),
    (
        "Planuje wspólne działania z organizacjami i mieszkańcami\n"
        "Rozpoznaje potrzeby nowych i dotychczasowych mieszkańców\n"
        "Dostrzega dyskryminację w procedurach i ją usuwa\n"
        "Mierzy skutki działań miasta"
    ),
)
SIGNATORIES = (
    ("Maria Most (demo)", ("Programme coordinator", "Koordynatorka programu"), "ODIHR"),
    ("Jan Kanał (demo)", ("Secretary", "Sekretarz"), "UMP"),
)


def play(course: Course, cast: Cast, now: datetime, say: Say) -> None:
    """Issue the certificates of ``course``, whose marks are there, two days after it."""
    at = _after(course, now)
    designs.set_design(
        course=course,
        languages=["pl", "en"],
        outcomes=text(OUTCOMES),
        signatories=[
            designs.Signs(name, text(function), text((body, body)))
            for name, function, body in SIGNATORIES
        ],
        actor=cast.coordinator,
        now=at - timedelta(hours=1),
    )
    _logo(course, cast, at - timedelta(minutes=30))
    if not due(course, at):
        return
    asked = issuing.ask(course=course, actor=cast.coordinator, now=at)
    issuing.carry_out(issuing=asked.pk, actor=SYSTEM, now=at)
    issued = list(Certificate.objects.order_by("serial"))
    certificates.reissue(
        certificate=issued[-1],
        name=f"{issued[-1].content['name']}-Nowak",
        reason="Nazwisko po zmianie (przykład).",
        actor=cast.coordinator,
        now=at + timedelta(hours=2),
    )
    letters = Message.objects.filter(
        kind__startswith="training.certificate", state=Message.State.DRAFT
    )
    outbox.release(
        messages=[one.pk for one in letters],
        actor=cast.coordinator,
        now=at + timedelta(hours=3),
    )
    deliver()
    shown = next(row for row in issued[:-1] if not _is_city(row, "krakow"))
    certificates.show_name(
        certificate=shown,
        shows=True,
        actor=Link.objects.get(
            purpose=Link.Purpose.TAKE_PART, subject=shown.offer.code
        ),
        now=at + timedelta(hours=4),
    )
    say(f"Certificates: {len(issued)} issued, 1 replaced, 1 name shown by its holder.")


def _after(course: Course, now: datetime) -> datetime:
    """Return ten o'clock of the second day after the course, but not later than now."""
    if course.ends_on is None:
        return now
    days = (now.date() - course.ends_on).days - 2
    return now - timedelta(days=max(0, days)) + timedelta(hours=1)


def _logo(course: Course, cast: Cast, at: datetime) -> None:
    """Put a made-up logo on them: those of real partners are theirs to give."""
    with translation.override("en"):
        found = specimen(course, at)
    if found is not None:
        designs.add_logo(
            course=course,
            name="Logo (demo)",
            content=printing.badge(found[0]),
            actor=cast.coordinator,
            now=at,
        )


def _is_city(certificate: Certificate, slug: str) -> bool:
    return bool(certificate.offer.nomination.organisation.slug == slug)
