"""Whether an announced draw is right, from its public copy alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from mosty.accounts.models import User
from mosty.engines.selection.public_copy import verify_copy
from mosty.selection import policies
from mosty.selection.models import Run
from mosty.selection.queries import records
from mosty.selection.queries.seeds import source_of

# What a copy leaves out, and so what cannot be proven from it.
NOT_SHOWN: Mapping[str, str | Promise] = {
    "codes": _("That the drawn order follows from the seed: that takes the codes."),
    "people": _(
        "That the group keeps the rules, that no lottery is fairer, and that the reserve "
        "list follows: that takes what is known of the people."
    ),
    "reasons": _("Why somebody has this result."),
}


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One announced draw."""

    pk: int
    course: LazyI18nString
    programme: LazyI18nString
    number: int
    announced_at: datetime | None
    zone: str


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed a draw, and when."""

    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """What was checked of one draw, and what came of it."""

    run: Run
    seed_source: str
    signatures: list[Signed]
    people: int
    is_right: bool
    not_shown: list[str | Promise]
    file_name: str


def announced_for(user: User) -> QuerySet[Run]:
    """Return the draws that ``user`` may check, the last announced first."""
    return (
        policies.proofs_visible_to(user)
        .select_related("call__course__programme")
        .order_by("-announced_at", "-pk")
    )


def rows_for(user: User) -> list[ProofRow]:
    """Return the draws that ``user`` may check; one query."""
    found = announced_for(user).defer("record", "costs", "rules")
    return [
        ProofRow(
            pk=run.pk,
            course=run.call.course.title,
            programme=run.call.course.programme.short_name,
            number=run.number,
            announced_at=run.announced_at,
            zone=run.call.course.programme.time_zone,
        )
        for run in found
    ]


def proof_of(run: Run) -> Proof:
    """Check the public copy of ``run``; one query. No solver is used."""
    copy = records.public_copy_of(run)
    faults, _not_shown = verify_copy(copy.text)
    return Proof(
        run=run,
        seed_source=source_of(run),
        signatures=[
            Signed(str(one.organisation), one.signed_at)
            for one in run.signatures.select_related("organisation")
        ],
        people=copy.people,
        is_right=not faults,
        not_shown=[NOT_SHOWN[one] for one in copy.left_out if one in NOT_SHOWN],
        file_name=records.public_name(run),
    )
