"""What every act on a map shares: its lock, its refusal, its line in the ledger."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from mosty.audit import actions as audit
from mosty.kernel.merging import Merge, merge
from mosty.kernel.names import clean
from mosty.kernel.refusal import Refusal
from mosty.partnerships.models import StakeholderMap
from mosty.partnerships.policies import Writer

MOST_ACTORS = 500
MOST_TIES = 2_500


class CannotWrite(Refusal):
    """It cannot be written so; the sentence says why."""


class AtOdds(CannotWrite):
    """
    Two wrote different things in one place; the map keeps what was written first.

    ``theirs`` is what stands there now, at ``revision``.
    """

    def __init__(
        self, found: Merge, theirs: Mapping[str, object], revision: int
    ) -> None:
        super().__init__(
            _(
                "Somebody else has changed this meanwhile. Beside each field at odds you "
                "see what they wrote. Decide, and save again."
            )
        )
        self.at_odds = found.at_odds
        self.values = found.values
        self.theirs = dict(theirs)
        self.revision = revision


def locked(found: StakeholderMap) -> StakeholderMap:
    """Return the map, on which nobody else writes until this act is done."""
    return (
        StakeholderMap.objects.select_for_update(of=("self",))
        .select_related("city")
        .get(pk=found.pk)
    )


def settled(
    *,
    seen: int,
    revision: int,
    base: Mapping[str, object],
    theirs: Mapping[str, object],
    mine: Mapping[str, object],
) -> Merge:
    """
    Return what comes of ``mine``, which was typed on top of ``base`` at revision ``seen``.

    :raises AtOdds: if somebody else wrote something different in the same place.
    """
    if seen == revision:
        return Merge(dict(mine), (), ())
    found = merge(base, theirs, mine)
    if found.at_odds:
        raise AtOdds(found, theirs, revision)
    return found


def texts(said: Mapping[str, object]) -> dict[str, object]:
    """Return ``said`` with its texts as files can hold them, so that they come back."""
    return {
        name: clean(value) if isinstance(value, str) else value
        for name, value in said.items()
    }


def note(
    verb: str,
    *,
    of: StakeholderMap,
    target: models.Model,
    actor: Writer,
    now: datetime,
    after: Mapping[str, object] | None = None,
) -> None:
    """
    Write into the ledger that something changed, never what: others read the ledger.

    ``after`` holds numbers and names of fields only, no name of an actor, no assessment.
    """
    audit.record(
        actor=actor, verb=verb, target=target, at=now, scope=of.city.slug, after=after
    )
