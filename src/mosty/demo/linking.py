"""
Kraków's plans are linked: with practices, partners of the map, needs. All made up.

Played once plans, practices, maps and the lists of information points are there.
"""

from datetime import datetime, timedelta

from mosty.accounts.models import Role, User
from mosty.demo.cast import Say
from mosty.infopoint.queries.choosing import needs_to_choose
from mosty.library.queries.choosing import practices_to_choose
from mosty.partnerships.queries import actors_of
from mosty.plans.actions import drafting, signing
from mosty.plans.content import as_json, digest
from mosty.plans.models import Action, Plan
from mosty.plans.queries.contents import live

PARTNERS = ("Fundacja „Kładka”", "Biblioteka Dzielnicowa")


def play(now: datetime, say: Say) -> None:
    """Link the draft of the course, and the plan that everybody reads, signed anew."""
    contact = User.objects.get(
        grants__role=Role.CITY, grants__organisation__slug="krakow"
    )
    plans = Plan.objects.filter(owner__slug="krakow").select_related("owner")
    now -= timedelta(days=1)
    for plan in plans.filter(course__isnull=False, state=Plan.State.DRAFT):
        _link(plan, contact, now)
    public = plans.get(visibility=3)
    signing.revise(
        plan=public,
        reason="Nowi partnerzy (przykład)",
        actor=contact,
        now=now,
    )
    _link(public, contact, now)
    public.refresh_from_db()
    signing.sign(
        plan=public, seen=digest(as_json(live(public))), actor=contact, now=now
    )
    say("Plans of Kraków are linked with practices, partners and needs. All made up.")


def _link(plan: Plan, contact: User, now: datetime) -> None:
    action = Action.objects.filter(plan=plan).order_by("objective__order", "order")[0]
    practices = [one.slug for one in practices_to_choose()]
    actors = [one.key for one in actors_of(plan.owner) if one.name in PARTNERS]
    needs = [one.pk for one in needs_to_choose(plan.owner, now.date())]
    drafting.save_action(
        action=action,
        values={
            "what": action.what,
            "practices": practices[:2],
            "stakeholders": actors,
            "needs": needs[:2],
        },
        visibility=None,
        seen=action.version,
        actor=contact,
        now=now,
    )
