"""How practices are written, submitted, taken back and retired."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.directory.models import Organisation
from mosty.kernel.access import require
from mosty.kernel.locks import hold
from mosty.kernel.refusal import Refusal
from mosty.library import policies
from mosty.library.actions import indexing
from mosty.library.common import template, texts
from mosty.library.common.ready import lacks
from mosty.library.models import Practice, PracticeVersion

State = PracticeVersion.State
# No slug has a colon: no call or programme can be of this name.
SCOPE = ":library"
# What a version says, apart from the texts of the template.
FACTS = (
    "language",
    "areas",
    "groups",
    "place",
    "started_on",
    "ended_on",
    "in_trial",
    "evidence",
    "link",
)


class CannotKeepPractice(Refusal):
    """The practice cannot be kept or submitted so; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a version of a practice says."""

    texts: Mapping[str, str]
    language: str
    areas: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    place: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    in_trial: bool = False
    evidence: str = "described"
    link: str = ""


@transaction.atomic(durable=True)
def begin(
    *, city: Organisation, content: Content, actor: User, now: datetime
) -> PracticeVersion:
    """
    Begin to describe a practice of ``city``; its address is made from the title.

    :raises PermissionDenied: if ``actor`` does not write for the city.
    :raises CannotKeepPractice: if there is no title, or something is not possible.
    """
    require(policies.can_write_for(actor, city))
    version = PracticeVersion(number=1, author=actor, created_at=now)
    _write(version, content)
    practice = Practice.objects.create(
        slug=_free(version.title), city=city, created_at=now
    )
    version.practice = practice
    version.save()
    _record(version, "practice.begun", actor, now)
    return version


@transaction.atomic(durable=True)
def save(
    *,
    version: PracticeVersion,
    content: Content,
    revision: int,
    actor: User,
    now: datetime,
) -> PracticeVersion:
    """
    Change a draft. Texts that are too long are kept: submitting asks for the limits.

    :raises PermissionDenied: if ``actor`` does not write for the city.
    :raises CannotKeepPractice: if it is no draft, or somebody changed it meanwhile.
    """
    require(policies.can_write(actor, version.practice))
    version = locked(version)
    if version.state != State.DRAFT:
        raise CannotKeepPractice(
            _("This has been submitted meanwhile and cannot be changed any more.")
        )
    if version.revision != revision:
        raise CannotKeepPractice(
            _(
                "Somebody else has changed this practice meanwhile. Your text is still "
                "here: compare it with the page, and save again."
            ),
            fields={"revision": ""},
        )
    _write(version, content)
    version.revision += 1
    version.save()
    _record(version, "practice.saved", actor, now)
    return version


@transaction.atomic(durable=True)
def submit(*, version: PracticeVersion, actor: User, now: datetime) -> PracticeVersion:
    """
    Submit a draft for review; from now on its words do not change.

    :raises PermissionDenied: if ``actor`` does not write for the city.
    :raises CannotKeepPractice: if a text is too long or too short, or something lacks.
    """
    require(policies.can_write(actor, version.practice))
    version = locked(version)
    if version.state != State.DRAFT:
        raise CannotKeepPractice(_("This has already been submitted."))
    if fields := lacks(version, timezone.localdate(now)):
        raise CannotKeepPractice(
            _("It cannot be submitted yet. What is missing is said at each field."),
            fields=fields,
        )
    version.state = State.SUBMITTED
    version.submitted_at = now
    version.save()
    _record(version, "practice.submitted", actor, now)
    return version


@transaction.atomic(durable=True)
def withdraw(
    *, version: PracticeVersion, actor: User, now: datetime
) -> PracticeVersion:
    """
    Take back a draft, or what waits for review. Twice is as once.

    :raises PermissionDenied: if ``actor`` does not write for the city.
    :raises CannotKeepPractice: if it was decided already.
    """
    require(policies.can_write(actor, version.practice))
    version = locked(version)
    if version.state == State.WITHDRAWN:
        return version
    if version.state not in {State.DRAFT, State.SUBMITTED}:
        raise CannotKeepPractice(_("This has been decided meanwhile."))
    version.state = State.WITHDRAWN
    version.decided_at = now
    version.decided_by = actor.ledger_label
    version.save()
    _record(version, "practice.withdrawn", actor, now)
    return version


@transaction.atomic(durable=True)
def begin_again(*, practice: Practice, actor: User, now: datetime) -> PracticeVersion:
    """
    Begin a new version with the words of the newest; an open one is returned as it is.

    :raises PermissionDenied: if ``actor`` does not write for the city.
    :raises CannotKeepPractice: if the practice is retired.
    """
    require(policies.can_write(actor, practice))
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    if practice.retired_at is not None:
        raise CannotKeepPractice(_("The practice is retired."))
    last = PracticeVersion.objects.filter(practice=practice).order_by("-number")[0]
    if last.state in {State.DRAFT, State.SUBMITTED}:
        return last
    version = PracticeVersion(
        practice=practice, number=last.number + 1, author=actor, created_at=now
    )
    for name in (*template.PARTS, *FACTS):
        setattr(version, name, getattr(last, name))
    version.save()
    _record(version, "practice.begun_again", actor, now)
    return version


@transaction.atomic(durable=True)
def retire(*, practice: Practice, reason: str, actor: User, now: datetime) -> Practice:
    """
    Say that a practice no longer stands; its page stays, with the reason. Twice is once.

    :raises PermissionDenied: if ``actor`` is neither of its city nor a coordinator.
    :raises CannotKeepPractice: if no reason is given, or it was never published.
    """
    require(policies.can_retire(actor, practice))
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    if practice.retired_at is not None:
        return practice
    end(practice, reason=reason, by=actor.ledger_label, now=now)
    audit.record(
        actor=actor,
        verb="practice.retired",
        target=practice,
        at=now,
        scope=SCOPE,
        reason=practice.retired_reason,
    )
    return practice


def end(practice: Practice, *, reason: str, by: str, now: datetime) -> None:
    """
    Retire a locked practice, inside another action.

    :raises CannotKeepPractice: if no reason is given, or it was never published.
    """
    reason = texts.line(reason)
    if not reason:
        sentence = _("Say why the practice is retired.")
        raise CannotKeepPractice(sentence, fields={"reason": sentence})
    if not practice.versions.filter(state=State.PUBLISHED).exists():
        raise CannotKeepPractice(
            _("This was never published. Withdraw it instead of retiring it.")
        )
    practice.retired_at = now
    practice.retired_by = by
    practice.retired_reason = reason[:500]
    practice.confirm_on = None
    practice.save()
    # What waits for review waits for nothing now.
    for version in practice.versions.filter(state__in=[State.DRAFT, State.SUBMITTED]):
        version.state = State.WITHDRAWN
        version.decided_at, version.decided_by = now, by
        version.save()
    indexing.practice_changed(practice)


def locked(version: PracticeVersion) -> PracticeVersion:
    """Return the version as it is now, locked until the transaction ends."""
    return (
        PracticeVersion.objects.select_for_update(of=("self",))
        .select_related("practice__city")
        .get(pk=version.pk)
    )


def _write(version: PracticeVersion, content: Content) -> None:
    """Put ``content`` into ``version``, or refuse it."""
    for name in template.PARTS:
        tidy = texts.line if name == "title" else texts.prose
        setattr(version, name, tidy(content.texts.get(name, "")))
    for name in FACTS:
        value = getattr(content, name)
        setattr(version, name, list(value) if isinstance(value, tuple) else value)
    version.place = texts.line(version.place)
    if not version.title:
        sentence = _("Write a title.")
        raise CannotKeepPractice(sentence, fields={"title": sentence})
    if version.link and not version.link.startswith("https://"):
        sentence = _("Write the whole address, beginning with https://.")
        raise CannotKeepPractice(sentence, fields={"link": sentence})
    if version.ended_on and (
        version.started_on is None or version.ended_on < version.started_on
    ):
        sentence = _("The last day lies before the first.")
        raise CannotKeepPractice(sentence, fields={"ended_on": sentence})
    try:
        version.clean_fields(exclude=["practice", "author", "decided_by"])
    except ValidationError as mistake:
        fields = {name: found[0] for name, found in mistake.message_dict.items()}
        raise CannotKeepPractice(
            _("Some of this cannot be kept as it is."), fields=fields
        ) from mistake


def _free(title: str) -> str:
    """Return an address that no practice has, nor another gets until this is done."""
    hold("library.practice", texts.address(title))
    rows = Practice.objects.filter(slug__startswith=texts.address(title))
    return texts.free_address(title, rows.values_list("slug", flat=True))


def _record(
    version: PracticeVersion, verb: str, actor: User, now: datetime, reason: str = ""
) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        target=version.practice,
        at=now,
        scope=SCOPE,
        reason=reason,
        after={"version": version.number, "title": version.title},
    )
