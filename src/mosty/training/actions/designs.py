"""What the certificates of a course say, and the logos on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.programmes.languages import Text
from mosty.programmes.models import Course
from mosty.training import policies
from mosty.training.models import CertificateDesign, Logo, Picture, Signatory
from mosty.training.pictures import MOST_BYTES as MOST_FILE
from mosty.training.pictures import Drawn, NoPicture, drawn_again
from mosty.training.queries.contents import lines

MOST_SIGNATORIES = 3
MOST_LOGOS = 6
# So many lines of so many letters stay on one page beside all the rest.
MOST_OUTCOMES = 8
LONGEST_OUTCOME = 140


class CannotDesign(Refusal):
    """The certificates cannot say this, or show this."""


@dataclass(frozen=True, slots=True)
class Signs:
    """Who signs, as what, for whom."""

    name: str
    function: Text
    organisation: Text


@transaction.atomic(durable=True)
def set_design(
    *,
    course: Course,
    languages: Sequence[str],
    outcomes: Text,
    signatories: Sequence[Signs],
    actor: User,
    now: datetime,
) -> CertificateDesign:
    """
    Say what certificates say that are issued from now on.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotDesign: if a language cannot be had, nobody signs, or it is too much.
    """
    require(policies.can_issue(actor, course))
    _check(course, languages, outcomes, signatories)
    design, is_new = CertificateDesign.objects.select_for_update().get_or_create(
        course=course,
        defaults={"languages": list(languages), "outcomes": outcomes},
    )
    before = {} if is_new else _kept(design)
    design.languages, design.outcomes = list(languages), outcomes
    design.save(update_fields=["languages", "outcomes"])
    design.signatories.all().delete()
    Signatory.objects.bulk_create(
        Signatory(
            design=design,
            order=order,
            name=one.name,
            function=one.function,
            organisation=one.organisation,
        )
        for order, one in enumerate(signatories, 1)
    )
    after = _kept(design)
    if before != after:
        _record("certificates.designed", course, actor, now, before, after)
    return design


def languages_of(course: Course) -> list[str]:
    """Return the languages a certificate can be in: the programme's, as far as we write them."""
    ours = dict(settings.LANGUAGES)
    return [code for code in course.programme.languages if code in ours]


def _check(
    course: Course,
    languages: Sequence[str],
    outcomes: Text,
    signatories: Sequence[Signs],
) -> None:
    def refuse(field: str, sentence: object) -> None:
        raise CannotDesign(sentence, fields={field: sentence})

    allowed = languages_of(course)
    if not 1 <= len(set(languages)) == len(languages) <= 2:
        refuse("languages", _("Choose one language or two."))
    if set(languages) - set(allowed):
        refuse("languages", _("This is no language of the programme."))
    for said in _texts(outcomes):
        rows = lines(said)
        if len(rows) > MOST_OUTCOMES:
            refuse(
                "outcomes",
                _("At most %(most)s lines fit on the page.") % {"most": MOST_OUTCOMES},
            )
        if any(len(row) > LONGEST_OUTCOME for row in rows):
            refuse(
                "outcomes",
                _("A line may have %(most)s characters at most.")
                % {"most": LONGEST_OUTCOME},
            )
    if not 1 <= len(signatories) <= MOST_SIGNATORIES:
        refuse("name_1", _("Name who signs: one person to three."))


def _texts(text: Text) -> list[str]:
    data = getattr(text, "data", None)
    return (
        [str(one) for one in data.values()] if isinstance(data, dict) else [str(text)]
    )


def _kept(design: CertificateDesign) -> dict[str, object]:
    """Return what the ledger keeps: names of people are not in it."""
    return {
        "languages": list(design.languages),
        "outcomes": sum(len(lines(said)) for said in _texts(design.outcomes)),
        "signatories": design.signatories.count(),
    }


@transaction.atomic(durable=True)
def add_logo(
    *, course: Course, name: str, content: bytes, actor: User, now: datetime
) -> Logo:
    """
    Put a logo behind the others. What is kept is the picture as we draw it again.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotDesign: if it is no picture we take, is there already, or one too many.
    """
    require(policies.can_issue(actor, course))
    try:
        drawn = drawn_again(content)
    except NoPicture as refusal:
        raise CannotDesign(
            refusal.sentence, fields={"file": refusal.sentence}
        ) from refusal
    design = CertificateDesign.objects.select_for_update().get_or_create(
        course=course, defaults={"languages": languages_of(course)[:2]}
    )[0]
    if design.logos.count() >= MOST_LOGOS:
        raise CannotDesign(_("No more logos fit on the page."))
    picture = _picture(drawn)
    if design.logos.filter(picture=picture).exists():
        sentence = _("This logo is there already.")
        raise CannotDesign(sentence, fields={"file": sentence})
    last = design.logos.aggregate(last=Max("order"))["last"] or 0
    logo = Logo.objects.create(
        design=design, order=last + 1, name=name.strip(), picture=picture
    )
    _record("certificates.logo_added", course, actor, now, {}, {"logo": logo.name})
    return logo


def _picture(drawn: Drawn) -> Picture:
    return Picture.objects.get_or_create(
        digest=drawn.digest,
        defaults={
            "content": drawn.content,
            "width": drawn.width,
            "height": drawn.height,
        },
    )[0]


@transaction.atomic(durable=True)
def move_logo(*, course: Course, logo: int, actor: User, now: datetime) -> None:
    """
    Let a logo change places with the one before it; the first stays first.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    """
    require(policies.can_issue(actor, course))
    rows = list(Logo.objects.select_for_update().filter(design=course.pk))
    place = next((at for at, row in enumerate(rows) if row.pk == logo), 0)
    if place == 0:
        return
    one, other = rows[place - 1], rows[place]
    one.order, other.order = other.order, one.order
    Logo.objects.bulk_update([one, other], ["order"])
    _record("certificates.logo_moved", course, actor, now, {}, {"logo": other.name})


@transaction.atomic(durable=True)
def remove_logo(*, course: Course, logo: int, actor: User, now: datetime) -> None:
    """
    Take a logo off; certificates that were issued keep it.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    """
    require(policies.can_issue(actor, course))
    row = Logo.objects.select_for_update().filter(design=course.pk, pk=logo).first()
    if row is None:
        return
    row.delete()
    _record("certificates.logo_removed", course, actor, now, {"logo": row.name}, {})


def _record(
    verb: str,
    course: Course,
    actor: User,
    now: datetime,
    before: dict[str, object],
    after: dict[str, object],
) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        target=course,
        at=now,
        scope=course.programme.slug,
        before=before,
        after=after,
    )


__all__ = [
    "MOST_FILE",
    "MOST_SIGNATORIES",
    "CannotDesign",
    "Signs",
    "add_logo",
    "languages_of",
    "move_logo",
    "remove_logo",
    "set_design",
]
