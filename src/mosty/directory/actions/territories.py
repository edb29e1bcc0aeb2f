"""Places and their official codes."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from mosty.audit import actions as audit
from mosty.directory import policies
from mosty.directory.members import Member
from mosty.directory.models import Territory, TerritoryCode
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal


class CannotChangeTerritory(Refusal):
    """What is said of the place contradicts what is known."""


@transaction.atomic(durable=True)
def add_territory(
    *,
    slug: str,
    name: LazyI18nString,
    kind: str,
    country: str,
    within: Territory | None,
    actor: Member,
    now: datetime,
) -> Territory:
    """
    Add a place.

    :raises PermissionDenied: if ``actor`` does not keep the directory.
    :raises CannotChangeTerritory: if the address is taken.
    """
    require(policies.can_edit(actor))
    territory = Territory(
        slug=slug, name=name, kind=kind, country=country, within=within
    )
    try:
        with transaction.atomic():
            territory.save()
    except IntegrityError:
        sentence = _("This address is taken.")
        raise CannotChangeTerritory(sentence, fields={"slug": sentence}) from None
    audit.record(
        actor=actor,
        verb="territory.added",
        target=territory,
        at=now,
        scope=slug,
        after=_as_kept(territory),
    )
    return territory


@transaction.atomic(durable=True)
def change_territory(
    *,
    territory: Territory,
    name: LazyI18nString,
    kind: str,
    country: str,
    within: Territory | None,
    actor: Member,
    now: datetime,
) -> None:
    """
    Change what is said of a place.

    :raises PermissionDenied: if ``actor`` does not keep the directory.
    :raises CannotChangeTerritory: if it would lie within itself.
    """
    require(policies.can_edit(actor))
    territory = Territory.objects.select_for_update().get(pk=territory.pk)
    above = within
    while above is not None:
        if above.pk == territory.pk:
            sentence = _("A place cannot lie within itself.")
            raise CannotChangeTerritory(sentence, fields={"within": sentence})
        above = above.within
    before = _as_kept(territory)
    territory.name, territory.kind = name, kind
    territory.country, territory.within = country, within
    territory.save()
    audit.record(
        actor=actor,
        verb="territory.changed",
        target=territory,
        at=now,
        scope=territory.slug,
        before=before,
        after=_as_kept(territory),
    )


def _as_kept(territory: Territory) -> dict[str, object]:
    return {
        "name": str(territory.name),
        "kind": territory.kind,
        "country": territory.country,
        "within": territory.within.slug if territory.within else "",
    }


@transaction.atomic(durable=True)
def add_code(
    *,
    territory: Territory,
    system: str,
    code: str,
    vintage: int,
    actor: Member,
    now: datetime,
) -> TerritoryCode:
    """
    Add the code that a register of the year ``vintage`` gives the place.

    :raises PermissionDenied: if ``actor`` does not keep the directory.
    :raises CannotChangeTerritory: if the code has not the register's form, belongs to
        another place, or the place has one of that year already.
    """
    require(policies.can_edit(actor))
    Territory.objects.select_for_update().get(pk=territory.pk)
    added = TerritoryCode(
        territory=territory, system=system, code=code, vintage=vintage
    )
    try:
        with transaction.atomic():
            added.save()
    except IntegrityError as fault:
        raise _in_words(fault) from None
    audit.record(
        actor=actor,
        verb="territory.code_added",
        target=territory,
        at=now,
        scope=territory.slug,
        after={"system": system, "code": code, "vintage": vintage},
    )
    return added


WORDS = {
    "territory_code_once_a_vintage": _("Another place has this code in that year."),
    "territory_one_code_a_vintage": _("This place has a code of that year already."),
    "territory_code_terc_has_seven_digits": _("A TERC code has seven digits."),
    "territory_code_nuts_form": _(
        "A NUTS code has two capital letters and up to three more characters."
    ),
}


def _in_words(fault: IntegrityError) -> CannotChangeTerritory:
    """Return what the database refused, as a sentence beside the code."""
    text = str(fault)
    sentence = next(
        (words for name, words in WORDS.items() if name in text),
        _("This code is not possible."),
    )
    return CannotChangeTerritory(sentence, fields={"code": sentence})
