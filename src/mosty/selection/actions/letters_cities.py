"""
What cities are told when a selection is announced: what became of all their nominees.

One message for each of a city's contacts. It gives names and results, no reasons: those
are on a page that asks to sign in, and in what each nominee is written herself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mosty.nominations.models import Nomination
from mosty.nominations.queries.calls_contacts import Address, addresses_by_city
from mosty.outbox import actions as outbox
from mosty.outbox.letters import Copy, Letter, Recipient
from mosty.selection.actions.letters import Example
from mosty.selection.models import Decision, Run

KIND = "selection.city_results"
TEMPLATE = "selection/mail/city_results.txt"


@dataclass(frozen=True, slots=True)
class Written:
    """What would be written to cities: the copies, and which cities nobody reads for."""

    copies: list[Copy]
    unread: list[str]


def results(*, run: Run, answer_by: datetime, now: datetime) -> None:
    """Write to the contacts of each city that nominated; twice is as once."""
    outbox.put_many(written(run=run, answer_by=answer_by, now=now).copies, now=now)


def written(*, run: Run, answer_by: datetime, now: datetime) -> Written:
    """Return what announcing ``run`` would write to cities. Nothing is stored."""
    by_city: dict[int, list[Decision]] = {}
    for decision in _decisions(run):
        by_city.setdefault(decision.nomination.organisation_id, []).append(decision)
    contacts = addresses_by_city(run.call, list(by_city), timezone.localdate(now))
    copies, unread = [], []
    for city, decisions in by_city.items():
        if not contacts.get(city):
            unread.append(str(decisions[0].nomination.organisation))
        copies += _copies(run, decisions, contacts.get(city, []), answer_by)
    return Written(copies, unread)


def examples(copies: list[Copy]) -> list[Example]:
    """Return one of ``copies`` in each language, and how many there are in it."""
    found: dict[str, list[Copy]] = {}
    for copy in copies:
        found.setdefault(copy.to.language, []).append(copy)
    return [
        _example(alike[0], len(alike)) for _language, alike in sorted(found.items())
    ]


def _example(copy: Copy, count: int) -> Example:
    subject, body = copy.letter.written_to(copy.to, with_link=False)
    return Example(
        kind=_("to a city: all its people"),
        language=str(dict(settings.LANGUAGES)[copy.to.language]),
        count=count,
        subject=subject,
        body=body.strip(),
    )


def _decisions(run: Run) -> QuerySet[Decision]:
    """Return what the nominees' own letters speak of: whoever has not withdrawn since."""
    return (
        Decision.objects.filter(run=run, nomination__state=Nomination.State.SUBMITTED)
        .select_related("nomination__organisation")
        .order_by(
            "nomination__organisation__sort_name",
            "reserve_place",
            "nomination__sort_name",
            "pk",
        )
    )


def _copies(
    run: Run, decisions: list[Decision], contacts: list[Address], answer_by: datetime
) -> list[Copy]:
    city = decisions[0].nomination.organisation
    letters: dict[tuple[str, bool], Letter] = {}
    copies = []
    for contact in contacts:
        language = contact.language
        if language not in dict(settings.LANGUAGES):
            language = "en"
        group = language, contact.is_user
        if group not in letters:
            with translation.override(language):
                letters[group] = Letter(
                    KIND,
                    TEMPLATE,
                    {
                        "call": run.call,
                        "course": run.call.course,
                        "city": city,
                        "answer_by": run.call.course.programme.local(answer_by),
                        "zone": run.call.course.programme.time_zone,
                        "page": _page(run) if contact.is_user else "",
                        **_names(decisions),
                    },
                    scope=run.call.slug,
                    reply_to=run.call.contact_email,
                )
        copies.append(
            Copy(
                letters[group],
                f"{KIND}:run{run.pk}:{city.slug}:{contact.key}",
                Recipient(contact.name, contact.email, language),
            )
        )
    return copies


def _page(run: Run) -> str:
    """Return where the city reads seats and reasons, in the language that is active."""
    return settings.BASE_URL + reverse("selection:offers", args=[run.call.slug])


def _names(decisions: list[Decision]) -> Mapping[str, list[str]]:
    """Return the city's people by result, in the language that is active."""
    found: dict[str, list[str]] = {str(outcome): [] for outcome in Decision.Outcome}
    for decision in decisions:
        name = str(decision.nomination)
        if decision.reserve_place:
            name = _("%(name)s, place %(place)s") % {
                "name": name,
                "place": decision.reserve_place,
            }
        found[decision.outcome].append(name)
    return found
