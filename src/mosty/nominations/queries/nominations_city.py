"""A city's page in a call: what it has nominated, and what it still may."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mosty.directory.models import Organisation
from mosty.nominations.models import Call, Invitation, Nomination
from mosty.nominations.models.nominations import LIVE
from mosty.nominations.queries import nominations_lacks, participants
from mosty.nominations.queries.nominations_list import ANSWER_TAGS, STATE_TAGS
from mosty.nominations.rules import Rules
from mosty.nominations.rules.words import Sentence, sentences
from mosty.outbox.models import Link

State = Nomination.State


@dataclass(frozen=True, slots=True)
class Nominee:
    """One person that the city has nominated, or means to."""

    code: str
    name: str
    fictional: bool
    position: str
    unit: str
    level: str
    state: str
    state_tag: str
    is_draft: bool
    answer: str
    answer_tag: str
    # What a draft still needs, in words.
    lacks: tuple[str, ...]
    place: int
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class CityPage:
    """What the page shows; ``until`` is the last minute that counts."""

    nominees: list[Nominee]
    withdrawn: list[Nominee]
    used: int
    left: int
    quota: str
    rules: list[Sentence]
    is_open: bool
    why_closed: str
    # It was open once: what came of it is elsewhere.
    is_over: bool
    until: datetime
    takes_part: bool
    declined_at: datetime | None
    # The least the rules ask for is not reached yet.
    short_of: str


def city_page(call: Call, city: Organisation, now: datetime) -> CityPage:
    """Return what the page of ``city`` in ``call`` shows; five queries."""
    rules = call.rules
    rows = list(
        Nomination.objects.filter(call=call, organisation=city).order_by(
            "preference", "pk"
        )
    )
    live = [row for row in rows if row.state in LIVE]
    submitted = sum(row.state == State.SUBMITTED for row in live)
    takes_part = participants.for_call(call).filter(pk=city.pk).exists()
    invitation = Invitation.objects.filter(call=call, organisation=city).first()
    return CityPage(
        nominees=[
            _nominee(row, rules, city, takes_part, place, len(live))
            for place, row in enumerate(live, 1)
        ],
        withdrawn=[
            _nominee(row, rules, city, takes_part, 0, 0)
            for row in rows
            if row.state == State.WITHDRAWN
        ],
        used=len(live),
        left=max(0, rules.most - len(live)),
        quota=_quota(rules.most, len(live)),
        rules=rules_in_short(call),
        is_open=call.is_open(now),
        why_closed=why_closed(call, now),
        is_over=call.is_closed(now),
        until=last_minute(call),
        takes_part=takes_part,
        declined_at=invitation.declined_at if invitation else None,
        short_of=_short_of(rules, submitted) if submitted < rules.least else "",
    )


def rules_in_short(call: Call) -> list[Sentence]:
    """Return what whoever nominates must know: how many, whom, and that she confirms."""
    shown = {"most", "departments", "must_confirm"}
    return [
        sentence
        for sentence in sentences(call.rules, participants.names(call.rules))
        if sentence.field in shown
    ]


def last_minute(call: Call) -> datetime:
    """Return the last minute that counts, on the programme's clocks."""
    return call.course.programme.local(call.closes_at - timedelta(minutes=1))


def codes_in_order(call: Call, city: Organisation) -> list[str]:
    """Return the codes of the city's live nominations, in its own order."""
    return list(
        Nomination.objects.filter(call=call, organisation=city, state__in=LIVE)
        .order_by("preference", "pk")
        .values_list("code", flat=True)
    )


def changed_at(nomination: Nomination) -> datetime:
    """Return when the nomination was last changed, as it is stored now."""
    return Nomination.objects.values_list("changed_at", flat=True).get(pk=nomination.pk)


def why_closed(call: Call, now: datetime) -> str:
    """Return why the call takes no nominations now; empty while it does."""
    if call.is_open(now):
        return ""
    if call.is_closed(now):
        return _("This call has closed. Nominations can no longer be added or changed.")
    if call.state == Call.State.PUBLISHED:
        return _("This call is not open yet.")
    return _("This call does not take nominations.")


def _quota(most: int, used: int) -> str:
    """Return how many more people the city can nominate."""
    if used >= most:
        return _("You have used all your places. To nominate another, withdraw one.")
    return ngettext(
        "You can nominate %(left)s more person.",
        "You can nominate %(left)s more people.",
        most - used,
    ) % {"left": most - used}


def _short_of(rules: Rules, submitted: int) -> str:
    return ngettext(
        "The rules ask for at least %(least)s person from each city. Submitted: %(count)s.",
        "The rules ask for at least %(least)s people from each city. Submitted: %(count)s.",
        rules.least,
    ) % {"least": rules.least, "count": submitted}


def _nominee(
    row: Nomination,
    rules: Rules,
    city: Organisation,
    takes_part: bool,
    place: int,
    places: int,
) -> Nominee:
    asked = row.submitted_at is not None and row.state == State.SUBMITTED
    return Nominee(
        code=row.code,
        name=str(row),
        fictional=row.is_fictional,
        position=row.position,
        unit=row.get_department_display(),
        level=row.get_level_display(),
        state=row.get_state_display(),
        state_tag=STATE_TAGS[row.state],
        is_draft=row.state == State.DRAFT,
        answer=row.get_answer_display() if asked else "",
        answer_tag=ANSWER_TAGS[row.answer],
        lacks=tuple(
            nominations_lacks.sentences(row, rules, city, takes_part=takes_part)
        )
        if row.state == State.DRAFT
        else (),
        place=place,
        is_first=place == 1,
        is_last=place == places,
    )


def invitation_of(link: Link) -> Invitation | None:
    """Return the invitation that a nominating link is for; one query."""
    return (
        Invitation.objects.filter(code=link.subject)
        .select_related("call__course__programme", "call__channel", "organisation")
        .first()
    )


def city_by_slug(slug: str) -> Organisation | None:
    """Return the city with this address."""
    return Organisation.objects.filter(slug=slug, kind=Organisation.Kind.CITY).first()
