"""Which organisations take part in a programme, and as what."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.directory.models import Organisation
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.programmes import policies
from mosty.programmes.actions.rows import kept
from mosty.programmes.languages import Text
from mosty.programmes.models import Partnership, Programme, Provision


class CannotSetPartners(Refusal):
    """These organisations and roles do not make a programme."""


@dataclass(frozen=True, slots=True)
class Partner:
    """One organisation in one role; the same may stand again in another."""

    organisation: Organisation
    role: str
    of_what: Text = field(default_factory=lambda: Text({}))


@transaction.atomic(durable=True)
def set_partners(
    *, programme: Programme, partners: Sequence[Partner], actor: User, now: datetime
) -> None:
    """
    Make ``partners``, in this order, the partners of the programme.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotSetPartners: if not exactly one coordinates, one stands twice in the
        same role, or one that goes still provides something for a course.
    """
    require(policies.can_edit(actor, programme))
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    _refuse_unless_sound(programme, partners)

    before = _kept(programme)
    rows = {
        (row.organisation_id, row.role): row for row in programme.partnerships.all()
    }
    wanted = {(partner.organisation.pk, partner.role) for partner in partners}
    # Those who go first: there is room for one coordinator only.
    programme.partnerships.filter(
        pk__in=[row.pk for key, row in rows.items() if key not in wanted]
    ).delete()
    for order, partner in enumerate(partners):
        row = rows.get((partner.organisation.pk, partner.role)) or Partnership(
            programme=programme, organisation=partner.organisation, role=partner.role
        )
        row.order = order
        row.of_what = partner.of_what
        row.save()
    after = _kept(programme)
    if before != after:
        audit.record(
            actor=actor,
            verb="programme.partners_set",
            target=programme,
            at=now,
            scope=programme.slug,
            before=before,
            after=after,
        )


def _refuse_unless_sound(programme: Programme, partners: Sequence[Partner]) -> None:
    keys = [(partner.organisation.pk, partner.role) for partner in partners]
    if len(set(keys)) < len(keys):
        raise CannotSetPartners(_("An organisation stands twice in the same role."))
    coordinators = [p for p in partners if p.role == Partnership.Role.COORDINATOR]
    if len(coordinators) != 1:
        raise CannotSetPartners(_("Exactly one organisation coordinates a programme."))
    providing = (
        Provision.objects.filter(course__programme=programme)
        .exclude(organisation__in=[partner.organisation for partner in partners])
        .select_related("organisation", "course")
        .first()
    )
    if providing is not None:
        raise CannotSetPartners(
            _("%(organisation)s still provides something for the course: %(course)s.")
            % {"organisation": providing.organisation, "course": providing.course}
        )


def _kept(programme: Programme) -> dict[str, Any]:
    """Return the partners as the ledger keeps them, in order."""
    return {
        "partners": [
            {
                "organisation": row.organisation.slug,
                **kept(row, ("role", "of_what")),
            }
            for row in programme.partnerships.select_related("organisation")
        ]
    }
