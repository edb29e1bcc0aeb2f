"""How a programme begins, changes, and is shown to the public."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.directory.models import Organisation
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.programmes import languages, policies, told
from mosty.programmes.actions.rows import differences, kept, refuse_unless_valid
from mosty.programmes.languages import Text
from mosty.programmes.models import Partnership, Programme


class CannotChangeProgramme(Refusal):
    """The programme cannot be kept as described."""


class CannotPublishProgramme(Refusal):
    """The programme is not ready for the public, or no reason is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeDetails:
    """What is said of a programme, field by field."""

    slug: str
    name: Text
    short_name: Text
    summary: Text
    starts_on: date
    ends_on: date
    languages: tuple[str, ...]
    time_zone: str = "Europe/Warsaw"
    source: str = ""


DETAILS = tuple(field.name for field in fields(ProgrammeDetails))


@transaction.atomic(durable=True)
def create_programme(
    *, details: ProgrammeDetails, coordinator: Organisation, actor: User, now: datetime
) -> Programme:
    """
    Begin a programme that ``coordinator`` coordinates; it is not public yet.

    :raises PermissionDenied: if ``actor`` does not coordinate for that organisation.
    :raises CannotChangeProgramme: if it cannot be kept so, with the fields at fault.
    """
    require(policies.can_create(actor, coordinator))
    programme = Programme()
    _write(programme, details)
    programme.partnerships.create(
        organisation=coordinator, role=Partnership.Role.COORDINATOR
    )
    audit.record(
        actor=actor,
        verb="programme.created",
        target=programme,
        at=now,
        scope=programme.slug,
        after={**kept(programme, DETAILS), "coordinator": coordinator.slug},
    )
    return programme


@transaction.atomic(durable=True)
def edit_programme(
    *, programme: Programme, details: ProgrammeDetails, actor: User, now: datetime
) -> Programme:
    """
    Change what is said of a programme. Saying the same again changes nothing.

    :raises PermissionDenied: if ``actor`` does not coordinate it.
    :raises CannotChangeProgramme: if it cannot be kept so, with the fields at fault.
    """
    require(policies.can_edit(actor, programme))
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if programme.is_published and details.slug != programme.slug:
        sentence = _(
            "The address stays while the programme is public: people keep links."
        )
        raise CannotChangeProgramme(sentence, fields={"slug": sentence})
    was = kept(programme, DETAILS)
    _write(programme, details)
    before, after = differences(was, kept(programme, DETAILS))
    if after:
        audit.record(
            actor=actor,
            verb="programme.edited",
            target=programme,
            at=now,
            scope=programme.slug,
            before=before,
            after=after,
        )
        told.tell(programme)
    return programme


def _write(programme: Programme, details: ProgrammeDetails) -> None:
    """Save ``details`` in ``programme``, or refuse them."""
    for name in DETAILS:
        value = getattr(details, name)
        setattr(programme, name, list(value) if isinstance(value, tuple) else value)
    refuse_unless_valid(programme, CannotChangeProgramme)
    try:
        with transaction.atomic():
            programme.save()
    except IntegrityError as fault:
        # The check above saw the address free: somebody else took it since.
        sentence = _("Another programme has this address.")
        raise CannotChangeProgramme(sentence, fields={"slug": sentence}) from fault


@transaction.atomic(durable=True)
def publish_programme(*, programme: Programme, actor: User, now: datetime) -> Programme:
    """
    Show a programme to the public. A public one stays as it is.

    :raises PermissionDenied: if ``actor`` does not coordinate it.
    :raises CannotPublishProgramme: if a text is missing in one of its languages.
    """
    require(policies.can_edit(actor, programme))
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if programme.is_published:
        return programme
    for text, label in (
        (programme.name, _("name")),
        (programme.short_name, _("short name")),
        (programme.summary, _("in short")),
    ):
        missing = languages.missing(text, programme.languages)
        if missing:
            raise CannotPublishProgramme(
                _("Not written yet: %(field)s. Languages: %(languages)s.")
                % {"field": label, "languages": languages.names(missing)}
            )
    return _show(programme, shown=True, actor=actor, now=now)


@transaction.atomic(durable=True)
def unpublish_programme(
    *, programme: Programme, actor: User, now: datetime, reason: str
) -> Programme:
    """
    Take a programme, with all its courses, out of the public's sight.

    :raises PermissionDenied: if ``actor`` does not coordinate it.
    :raises CannotPublishProgramme: if no reason is given.
    """
    require(policies.can_edit(actor, programme))
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if not reason.strip():
        raise CannotPublishProgramme(_("Say why it is hidden from the public."))
    if not programme.is_published:
        return programme
    return _show(programme, shown=False, actor=actor, now=now, reason=reason)


def _show(
    programme: Programme, *, shown: bool, actor: User, now: datetime, reason: str = ""
) -> Programme:
    programme.is_published = shown
    programme.save(update_fields=["is_published"])
    audit.record(
        actor=actor,
        verb="programme.published" if shown else "programme.unpublished",
        target=programme,
        at=now,
        scope=programme.slug,
        reason=reason.strip(),
        before={"is_published": not shown},
        after={"is_published": shown},
    )
    told.tell(programme)
    return programme
