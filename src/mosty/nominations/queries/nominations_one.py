"""One nomination's page: the person, what is lacking, the notes, the history."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit.models import Entry
from mosty.nominations import policies
from mosty.nominations.models import (
    Comment,
    Needs,
    Nomination,
    PossibleDuplicate,
)
from mosty.nominations.queries import nominations_lacks, participants
from mosty.nominations.queries.nominations_list import ANSWER_TAGS, STATE_TAGS
from mosty.ui.dates import day

State = Nomination.State
Answer = Nomination.Answer

# What happened to a nomination, in words; the rest is not part of its history.
VERBS: Mapping[str, str | Promise] = {
    "nomination.drafted": gettext_lazy("Saved as a draft"),
    "nomination.submitted": gettext_lazy("Submitted"),
    "nomination.changed": gettext_lazy("Changed"),
    "nomination.withdrawn": gettext_lazy("Withdrawn"),
    "nomination.erased": gettext_lazy("The person's data erased"),
    "nominee.confirmed": gettext_lazy("The nominated person confirmed"),
    "nominee.declined": gettext_lazy("The nominated person declined"),
    "nominee.reminded": gettext_lazy("The nominated person is asked again"),
    "nomination.checked": gettext_lazy("Checked"),
    "nomination.unchecked": gettext_lazy("Check taken back"),
    "nomination.commented": gettext_lazy("Comment written"),
    "duplicate.decided": gettext_lazy("Compared with another nomination"),
    "needs.deleted": gettext_lazy("Needs deleted after the course"),
}
# A city does not read how others weigh its nominations.
_INTERNAL = {"nomination.commented", "duplicate.decided"}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history."""

    at: datetime
    what: str
    who: str
    detail: str
    reason: str


@dataclass(frozen=True, slots=True)
class Twin:
    """Another nomination that may be of the same person."""

    pair: int
    other: Nomination
    why: str
    decision: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """What the page shows, and what its reader may do."""

    nomination: Nomination
    state_tag: str
    answer_tag: str
    facts: list[tuple[object, object]]
    lacks: list[str]
    comments: list[Comment]
    history: list[Event]
    twins: list[Twin]
    needs: Needs | None
    sees_needs: bool
    gathers: bool
    can_edit: bool
    can_withdraw: bool
    can_check: bool
    can_remind: bool
    can_comment: bool


def detail(nomination: Nomination, user: User, now: datetime) -> Detail:
    """Return what the page of ``nomination`` shows to ``user``; about ten queries."""
    call = nomination.call
    gathers = policies.can_gather(user, call)
    nominates = gathers or policies.can_nominate(user, call, nomination.organisation_id)
    partner = not nominates
    sees_needs = policies.can_see_needs(user, nomination)
    submitted = nomination.state == State.SUBMITTED
    live = nomination.state != State.WITHDRAWN
    twins = _twins(nomination) if gathers else []
    return Detail(
        nomination=nomination,
        state_tag=STATE_TAGS[nomination.state],
        answer_tag=ANSWER_TAGS[nomination.answer],
        facts=_facts(nomination),
        lacks=lacks(nomination, twins),
        comments=_comments(nomination, everything=gathers or partner),
        history=_history(nomination, everything=gathers or partner),
        twins=twins,
        needs=Needs.objects.filter(nomination=nomination).first()
        if sees_needs
        else None,
        sees_needs=sees_needs,
        gathers=gathers,
        can_edit=nominates and live and call.is_open(now),
        can_withdraw=live and (gathers or (nominates and not call.is_closed(now))),
        can_check=gathers and submitted,
        can_remind=gathers and submitted and nomination.answer == Answer.PENDING,
        can_comment=nominates,
    )


def _facts(row: Nomination) -> list[tuple[object, object]]:
    none = _("not given")
    return [
        (_("City"), row.organisation),
        (_("Position"), row.position or none),
        (_("Kind of unit"), row.get_department_display() or none),
        (_("Level of the post"), row.get_level_display() or none),
        (_("In this post since"), day(row.in_post_since) or none),
        (_("E-mail"), row.email or none),
        (_("Language of messages"), get_language_info(row.language)["name_translated"]),
    ]


def lacks(nomination: Nomination, twins: list[Twin]) -> list[str]:
    """Return in words what stands between a nomination and the selection."""
    call = nomination.call
    rules = call.rules
    if nomination.state == State.WITHDRAWN:
        return [_("The city has withdrawn the nomination.")]
    found = nominations_lacks.sentences(
        nomination,
        rules,
        nomination.organisation,
        takes_part=participants.for_call(call)
        .filter(pk=nomination.organisation_id)
        .exists(),
    )
    if nomination.state == State.DRAFT:
        found.insert(0, _("The city has saved a draft and not submitted it."))
    if nomination.state == State.SUBMITTED:
        if nomination.answer == Answer.DECLINED:
            found.append(_("The nominated person has declined."))
        elif nomination.answer == Answer.PENDING and rules.must_confirm:
            found.append(_("The nominated person has not answered yet."))
        if any(twin.is_open for twin in twins):
            found.append(
                _("It is to be decided whether this person is nominated twice.")
            )
        if nomination.checked_at is None:
            found.append(_("The union has not checked it yet."))
    return found


def _comments(nomination: Nomination, *, everything: bool) -> list[Comment]:
    rows = nomination.comments.all()
    return list(rows if everything else rows.filter(for_city=True))


def _twins(nomination: Nomination) -> list[Twin]:
    pairs = PossibleDuplicate.objects.filter(
        Q(first=nomination) | Q(second=nomination)
    ).select_related("first__organisation", "second__organisation")
    return [
        Twin(
            pair=pair.pk,
            other=pair.second if pair.first_id == nomination.pk else pair.first,
            why=pair.get_why_display(),
            decision=pair.get_decision_display(),
            is_open=pair.decision == PossibleDuplicate.Decision.OPEN
            and State.WITHDRAWN not in {pair.first.state, pair.second.state},
        )
        for pair in pairs.order_by("pk")
    ]


def _history(nomination: Nomination, *, everything: bool) -> list[Event]:
    shown = set(VERBS) if everything else set(VERBS) - _INTERNAL
    entries = Entry.objects.filter(
        target_kind=nomination._meta.label_lower,
        target_key=nomination.code,
        verb__in=shown,
    ).order_by("-at", "-id")
    return [
        Event(
            at=entry.at,
            what=str(VERBS[entry.verb]),
            who=_who(entry),
            detail=_DETAILS.get(entry.verb, _nothing)(entry.after),
            reason=entry.reason,
        )
        for entry in entries
    ]


def _who(entry: Entry) -> str:
    """Return who acted; the holder of a link by what the link is for."""
    if entry.actor_key.startswith("link:nominate:"):
        return _("the city, by its link")
    if entry.actor_key.startswith("link:confirm:"):
        return _("the nominated person, by a personal link")
    return entry.actor_label


def _nothing(after: Mapping[str, Any]) -> str:
    return ""


def _changed(after: Mapping[str, Any]) -> str:
    fields = {field.name: field for field in Nomination._meta.fields}
    return ", ".join(
        str(fields[name].verbose_name)
        for name in after.get("changed", ())
        if name in fields and name != "is_fictional"
    )


def _decided(after: Mapping[str, Any]) -> str:
    words = dict(PossibleDuplicate.Decision.choices)
    decision = str(after.get("decision", ""))
    return f"{after.get('other', '')}: {words.get(decision, decision)}"


def _notice(after: Mapping[str, Any]) -> str:
    return _("privacy notice, version %(number)s") % {"number": after.get("notice", "")}


_DETAILS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "nomination.changed": _changed,
    "duplicate.decided": _decided,
    "nominee.confirmed": _notice,
    "nominee.declined": _notice,
}


def needs_of(nomination: Nomination) -> Needs | None:
    """Return what the nominee said she needs: for herself, behind her own link."""
    return Needs.objects.filter(nomination=nomination).first()
