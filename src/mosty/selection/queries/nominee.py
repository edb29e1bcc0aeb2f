"""One nominee's page in a run: her result and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.directory.models import Department, Level
from mosty.nominations.rules import parse
from mosty.nominations.rules.words import priority_words
from mosty.selection import policies, words
from mosty.selection.models import Decision, Offer, Run
from mosty.selection.queries.earlier_seats import Counted, remembered_of
from mosty.selection.queries.people import TAGS, result_words


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened with an offer of a seat."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class NomineePage:
    """What the page shows. ``name`` is empty where the reader may not know it."""

    decision: Decision
    name: str
    result: str
    tag: str
    why: list[str]
    # What other rules would have meant; None where it was not worked out.
    otherwise: list[str] | None
    priorities: list[str]
    # Where her city had seats before; None where no rule goes by that.
    city_seats: list[Counted] | None
    facts: list[tuple[str, str]]
    steps: list[Step]
    # Says how far the result can still change.
    is_proposed: bool
    can_change: bool
    # The city reads her own people's results and nothing else of the run.
    sees_run: bool


def nominee_page(decision: Decision, user: User) -> NomineePage:
    """Return the page of one decision; a constant number of queries."""
    run, nomination = decision.run, decision.nomination
    rules = parse(run.rules)
    proposed = run.kind == Run.Kind.DRAW and run.state == Run.State.PROPOSED
    eligible = decision.outcome != Decision.Outcome.NOT_ELIGIBLE
    facts = [
        (_("City"), str(nomination.organisation)),
        (_("Kind of unit"), str(Department(nomination.department).label)),
        (_("Level of the post"), str(Level(nomination.level).label)),
    ]
    position = decision.reasons[0].get("position") if decision.reasons else None
    if eligible and position:
        facts.append((_("Place in the draw"), str(position)))
    return NomineePage(
        decision=decision,
        name=""
        if policies.can_see_codes_only(user, nomination)
        else f"{nomination.given_name} {nomination.family_name}",
        result=result_words(decision.outcome, decision.reserve_place),
        tag=TAGS[decision.outcome],
        why=words.why(decision),
        otherwise=words.otherwise(decision),
        priorities=[
            priority_words(priority, rules).rstrip(".") for priority in rules.priorities
        ]
        if eligible
        else [],
        city_seats=remembered_of(run, nomination.organisation.slug)
        if eligible
        else None,
        facts=facts,
        steps=_steps(decision),
        is_proposed=proposed,
        can_change=proposed and eligible and policies.can_run(user, run.call),
        sees_run=policies.runs_visible_to(user).filter(pk=run.pk).exists(),
    )


def _steps(decision: Decision) -> list[Step]:
    run = decision.run
    if run.state != Run.State.ANNOUNCED or run.announced_at is None:
        return []
    found = [Step(run.announced_at, _("The result was announced."))]
    ended = {
        Offer.State.ACCEPTED: _("The seat was accepted."),
        Offer.State.DECLINED: _("The seat was declined."),
        Offer.State.EXPIRED: _("The offer ended without an answer."),
        Offer.State.WITHDRAWN: _("The seat was given back."),
    }
    for offer in Offer.objects.filter(
        seat__call=run.call_id, nomination=decision.nomination_id
    ).order_by("made_at"):
        found.append(
            Step(
                offer.made_at,
                _("A seat was offered from the reserve list.")
                if offer.replaces_id
                else _("A seat was offered."),
            )
        )
        if offer.answered_at is not None:
            found.append(Step(offer.answered_at, ended[Offer.State(offer.state)]))
    return found
