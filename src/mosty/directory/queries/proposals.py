"""Corrections that cities propose."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict

from mosty.directory import policies
from mosty.directory.members import Member
from mosty.directory.models import FactProposal
from mosty.directory.queries.territories import value_in_words
from mosty.ui import listing
from mosty.ui.listing import Listing


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One proposed correction, beside what it corrects."""

    pk: int
    territory: str
    slug: str
    topic: str
    now_value: str
    now_as_of: date
    now_source: str
    value: str
    as_of: date
    source: str
    reason: str
    by: str
    at: datetime
    state: str
    is_open: bool
    answer: str


# Turned round, those without a decision come first, the newest on top.
SORTS = {"decided": ("decided_at", "proposed_at")}


def proposals(user: Member, params: QueryDict) -> Listing[ProposalRow]:
    """Return one page of the proposals ``user`` may see; two queries."""
    return listing.build(
        params,
        policies.proposals_visible_to(user).select_related("fact__territory"),
        sorts=SORTS,
        default="-decided",
        shape=row,
    )


def row(proposal: FactProposal) -> ProposalRow:
    """Return what the pages show of a proposal."""
    fact = proposal.fact
    return ProposalRow(
        pk=proposal.pk,
        territory=str(fact.territory),
        slug=fact.territory.slug,
        topic=fact.get_topic_display(),
        now_value=value_in_words(fact.topic, fact.value),
        now_as_of=fact.as_of,
        now_source=fact.source,
        value=value_in_words(fact.topic, proposal.value),
        as_of=proposal.as_of,
        source=proposal.source,
        reason=proposal.reason,
        by=proposal.proposed_by,
        at=proposal.proposed_at,
        state=proposal.get_state_display(),
        is_open=proposal.state == FactProposal.State.OPEN,
        answer=proposal.answer,
    )
