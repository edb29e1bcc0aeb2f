"""Organisations and who belongs to them."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from mosty.audit import actions as audit
from mosty.directory import policies
from mosty.directory.members import Member
from mosty.directory.models import Membership, Organisation, Territory
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal


class CannotChangeOrganisation(Refusal):
    """What is said of the organisation contradicts what is known."""


@transaction.atomic(durable=True)
def add_organisation(
    *,
    slug: str,
    name: LazyI18nString,
    short_name: LazyI18nString,
    kind: str,
    territory: Territory | None,
    actor: Member,
    now: datetime,
) -> Organisation:
    """
    Add an organisation.

    :raises PermissionDenied: if ``actor`` does not keep the directory.
    :raises CannotChangeOrganisation: if the address is taken, or a city has no place.
    """
    require(policies.can_edit(actor))
    _refuse_city_without_place(kind, territory)
    organisation = Organisation(
        slug=slug, name=name, short_name=short_name, kind=kind, territory=territory
    )
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError:
        sentence = _("This address is taken.")
        raise CannotChangeOrganisation(sentence, fields={"slug": sentence}) from None
    audit.record(
        actor=actor,
        verb="organisation.added",
        target=organisation,
        at=now,
        scope=slug,
        after=_as_kept(organisation),
    )
    return organisation


@transaction.atomic(durable=True)
def change_organisation(
    *,
    organisation: Organisation,
    name: LazyI18nString,
    short_name: LazyI18nString,
    kind: str,
    territory: Territory | None,
    actor: Member,
    now: datetime,
) -> None:
    """
    Change what is said of an organisation.

    :raises PermissionDenied: if ``actor`` does not keep the directory.
    :raises CannotChangeOrganisation: if a city would have no place.
    """
    require(policies.can_edit(actor))
    _refuse_city_without_place(kind, territory)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = _as_kept(organisation)
    organisation.name, organisation.short_name = name, short_name
    organisation.kind, organisation.territory = kind, territory
    organisation.save()
    audit.record(
        actor=actor,
        verb="organisation.changed",
        target=organisation,
        at=now,
        scope=organisation.slug,
        before=before,
        after=_as_kept(organisation),
    )


def _refuse_city_without_place(kind: str, territory: Territory | None) -> None:
    if kind == Organisation.Kind.CITY and territory is None:
        sentence = _("Choose the place that this city authority governs.")
        raise CannotChangeOrganisation(sentence, fields={"territory": sentence})


def _as_kept(organisation: Organisation) -> dict[str, object]:
    return {
        "name": str(organisation.short_name),
        "kind": organisation.kind,
        "territory": organisation.territory.slug if organisation.territory else "",
    }


@transaction.atomic(durable=True)
def start_membership(
    *,
    body: Organisation,
    member: Organisation,
    since: date | None,
    source: str,
    actor: Member,
    now: datetime,
) -> Membership:
    """
    Say that ``member`` belongs to ``body`` from a day on.

    :raises PermissionDenied: if ``actor`` may not say who belongs to ``body``.
    :raises CannotChangeOrganisation: if it does already, or is the body itself.
    """
    require(policies.can_edit_members(actor, body))
    membership = Membership(member=member, body=body, since=since, source=source)
    try:
        with transaction.atomic():
            membership.save()
    except IntegrityError as fault:
        itself = "membership_not_of_itself" in str(fault)
        sentence = (
            _("An organisation is not its own member.")
            if itself
            else _("It is a member on those days already.")
        )
        raise CannotChangeOrganisation(sentence, fields={"member": sentence}) from None
    _record("membership.started", membership, actor=actor, now=now)
    return membership


@transaction.atomic(durable=True)
def end_membership(
    *, membership: Membership, until: date, actor: Member, now: datetime
) -> None:
    """
    Say on which day a membership ended or will end.

    :raises PermissionDenied: if ``actor`` may not say who belongs to the body.
    :raises CannotChangeOrganisation: if the day is before its beginning.
    """
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("member", "body")
        .get(pk=membership.pk)
    )
    require(policies.can_edit_members(actor, membership.body))
    if membership.since is not None and until < membership.since:
        sentence = _("The last day must not be before the first.")
        raise CannotChangeOrganisation(sentence, fields={"until": sentence})
    membership.until = until
    try:
        with transaction.atomic():
            membership.save(update_fields=["until"])
    except IntegrityError:
        sentence = _("It is a member again before that day.")
        raise CannotChangeOrganisation(sentence, fields={"until": sentence}) from None
    _record("membership.ended", membership, actor=actor, now=now)


def _record(verb: str, membership: Membership, *, actor: Member, now: datetime) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        target=membership.body,
        at=now,
        scope=membership.body.slug,
        after={
            "member": membership.member.slug,
            "since": membership.since.isoformat() if membership.since else "",
            "until": membership.until.isoformat() if membership.until else "",
        },
    )
