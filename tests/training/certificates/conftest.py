"""A course that is over, with marks, a design and people who did and did not complete."""

from datetime import timedelta

import pytest
from i18nfield.strings import LazyI18nString

from mosty.audit.actors import SYSTEM
from mosty.programmes.models import Course, Session, SessionTrainer
from mosty.selection.models import Offer
from mosty.training.actions import certificates, designs, issuing
from mosty.training.models import Certificate, CertificateDesign, Mark


def text(english, polish=""):
    return LazyI18nString({"en": english, **({"pl": polish} if polish else {})})


SIGNS = designs.Signs("Jan Kowalski", text("Director", "Dyrektor"), text("ODIHR"))


def be_there(offer, now, *, of=2, kind="present"):
    """Mark somebody at the first ``of`` sessions of her course."""
    course = offer.seat.call.course
    for session in list(course.sessions.all())[:of]:
        Mark.objects.create(
            session=session,
            offer=offer,
            kind=kind,
            way="roster",
            noted_at=session.starts_at,
            marked_at=now,
            marked_by="Tamara Tyl",
            marker_key="user:1",
        )


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path_factory):
    """Keep the keys of badges out of the installation's folder; make one a session."""
    settings.BADGE_KEYS = tmp_path_factory.getbasetemp() / "badge-keys"


@pytest.fixture
def held(seated: Course, trainer, now) -> Course:
    """Return the course, over since yesterday: Anna was at all, Łucja at half, Zenon at all."""
    for number in range(2):
        starts = now - timedelta(days=2, hours=-3 * number)
        session = Session.objects.create(
            course=seated,
            title=f"Session {number}",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
        )
    SessionTrainer.objects.create(session=session, person=trainer.person)
    seated.starts_on = seated.ends_on = (now - timedelta(days=2)).date()
    seated.save(update_fields=["starts_on", "ends_on"])
    for given, count in (("Anna", 2), ("Łucja", 1), ("Zenon", 2)):
        be_there(offer_of(given), now, of=count)
    return seated


def offer_of(given_name: str) -> Offer:
    return Offer.objects.select_related(
        "nomination__call__course__programme", "seat__call__course__programme"
    ).get(nomination__given_name=given_name)


@pytest.fixture
def designed(held, coordinator, now) -> CertificateDesign:
    """Return what its certificates say."""
    return designs.set_design(
        course=held,
        languages=["pl", "en"],
        outcomes=text("Plans\nMeasures", "Planuje\nMierzy"),
        signatories=[SIGNS],
        actor=coordinator,
        now=now,
    )


@pytest.fixture
def issued(designed, held, coordinator, now) -> list[Certificate]:
    """Return the certificates of Anna and Zenon."""
    asked = issuing.ask(course=held, actor=coordinator, now=now)
    issuing.carry_out(issuing=asked.pk, actor=SYSTEM, now=now)
    return list(Certificate.objects.order_by("pk"))


@pytest.fixture
def certificate(issued) -> Certificate:
    """Return Anna's."""
    return of("Anna")


def of(given_name: str, state: str = "issued") -> Certificate:
    return Certificate.objects.select_related(
        "offer__nomination__call__course__programme",
        "offer__seat__call__course__programme",
    ).get(offer__nomination__given_name=given_name, state=state)


def revoke(certificate, coordinator, now, reason="Issued by mistake"):
    return certificates.revoke(
        certificate=certificate, reason=reason, actor=coordinator, now=now
    )
