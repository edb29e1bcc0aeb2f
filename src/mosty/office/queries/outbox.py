"""The outbox: how many messages wait, which, and what one of them says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, pgettext_lazy

from mosty.accounts.models import User
from mosty.nominations.models import Call
from mosty.office import kinds, policies
from mosty.office.batches import Batch
from mosty.outbox.models import Message
from mosty.outbox.text import LINK
from mosty.programmes import policies as programmes
from mosty.ui import listing
from mosty.ui.listing import Listing

SORTS = {"to": ("to_name",), "kind": ("kind",), "at": ("created_at",)}
TAGS = {"draft": "need", "released": "wait", "sent": "in", "failed": "no"}


@dataclass(frozen=True, slots=True)
class MessageRow:
    """What one line of the outbox shows."""

    pk: int
    to: str
    subject: str
    kind: str
    language: str
    state: str
    tag: str
    created_at: datetime
    can_release: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many messages of one kind of one call wait to be read."""

    kind: str
    in_words: str
    scope: str
    call: str
    count: int
    can_release: bool

    @property
    def url(self) -> str:
        """Return the address where these are looked at and released."""
        asked = urlencode({"kind": self.kind, "scope": self.scope})
        return f"{reverse('office:release')}?{asked}"


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One message as its reader will see it, with what may be done about it."""

    pk: int
    to: str
    address: str
    subject: str
    # What stands between the places of the personal link.
    parts: tuple[str, ...]
    kind: str
    language: str
    call: str
    state: str
    tag: str
    reply_to: str
    created_at: datetime
    released_at: datetime | None
    released_by: str
    sent_at: datetime | None
    attempts: int
    fault: str
    can_release: bool
    can_withdraw: bool
    can_retry: bool
    next_pk: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many messages of a call are in each state, for those who may only count."""

    call: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would leave: how many, in which languages, and the first few."""

    count: int
    up_to: int
    languages: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    first: tuple[MessageRow, ...]


def call_names(user: User) -> dict[str, str]:
    """Return the calls whose messages ``user`` reads, scope -> name; two queries."""
    calls = Call.objects.filter(
        pk__in=policies.calls_coordinated_by(user).values("pk")
    ) | Call.objects.filter(pk__in=policies.calls_gathered_by(user).values("pk"))
    names = {c.slug: str(c.course) for c in calls.select_related("course")}
    if policies.has_library(user):
        names[policies.LIBRARY] = gettext("Library")
    return {**names, **_plan_names(user)}


def _plan_names(user: User) -> dict[str, str]:
    """Return what the scopes of plans are called; one query."""
    return {
        f"plans:{one.slug}": gettext("Action plans: %(programme)s") % {"programme": one}
        for one in programmes.coordinated_by(user)
    }


def kinds_there(user: User) -> list[str]:
    """Return the kinds of the messages that ``user`` reads; one query."""
    found = policies.messages_visible_to(user).order_by("kind")
    return list(found.values_list("kind", flat=True).distinct())


def filtered(user: User, form: forms.Form) -> QuerySet[Message]:
    """Return the messages ``user`` reads that the valid part of ``form`` lets through."""
    form.is_valid()
    rows = policies.messages_visible_to(user)
    for name in ("state", "kind", "scope", "language"):
        if value := form.cleaned_data.get(name):
            rows = rows.filter(**{name: value})
    return rows.defer("body")


def messages(
    user: User, params: QueryDict, form: forms.Form, may_send: frozenset[str]
) -> Listing[MessageRow]:
    """Return one page of the outbox, the newest first; two queries."""
    return listing.build(
        params,
        filtered(user, form),
        sorts=SORTS,
        default="-at",
        form=form,
        shape=lambda message: _row(message, may_send),
    )


def export(user: User, form: forms.Form) -> Iterator[MessageRow]:
    """Yield every message that the filtered list has, the newest first."""
    rows = filtered(user, form).order_by("-created_at", "-pk")
    return (_row(message, frozenset()) for message in rows)


def coordinated(user: User) -> frozenset[str]:
    """Return the scopes all whose messages ``user`` may send; one query."""
    calls = policies.calls_coordinated_by(user).order_by().values_list("slug")
    plans: Any = policies.plan_scopes_of(user).order_by()
    scopes = calls.union(plans.values_list("plan_scope"))
    # The library's are read only by those who send them.
    return frozenset([*(scope for (scope,) in scopes), policies.LIBRARY])


def _may_send(kind: str, scope: str, coordinated: frozenset[str]) -> bool:
    """Test what :func:`policies.can_send` does, for a message that ``user`` reads."""
    return scope in coordinated or kind.startswith(policies.GATHERING)


def _row(message: Message, coordinated: frozenset[str]) -> MessageRow:
    return MessageRow(
        pk=message.pk,
        to=message.to_name,
        subject=message.subject,
        kind=kinds.in_words(message.kind),
        language=message.language,
        state=message.get_state_display(),
        tag=TAGS.get(message.state, "plain"),
        created_at=message.created_at,
        can_release=message.state == Message.State.DRAFT
        and _may_send(message.kind, message.scope, coordinated),
    )


# Of many messages, where a tag speaks of one.
COUNTED = {
    Message.State.DRAFT: pgettext_lazy("messages", "to be read"),
    Message.State.RELEASED: pgettext_lazy("messages", "leaving"),
    Message.State.SENT: pgettext_lazy("messages", "sent"),
    Message.State.FAILED: pgettext_lazy("messages", "not delivered"),
    Message.State.WITHDRAWN: pgettext_lazy("messages", "withdrawn"),
}


def states(user: User) -> list[tuple[str, int]]:
    """Return how many of the messages ``user`` reads are in each state; one query."""
    found = policies.messages_visible_to(user).values_list("state")
    counts = dict(found.annotate(Count("pk")).order_by())
    return [(str(label), counts.get(state, 0)) for state, label in COUNTED.items()]


def waiting(
    user: User, names: dict[str, str], coordinated: frozenset[str]
) -> list[Waiting]:
    """Return what waits to be read, by call and kind; one query."""
    found = (
        policies.messages_visible_to(user)
        .filter(state=Message.State.DRAFT)
        .values_list("scope", "kind")
        .annotate(Count("pk"))
        .order_by("scope", "kind")
    )
    return [
        Waiting(
            kind=kind,
            in_words=kinds.in_words(kind),
            scope=scope,
            call=names.get(scope, scope),
            count=count,
            can_release=_may_send(kind, scope, coordinated),
        )
        for scope, kind, count in found
    ]


def message_page(user: User, message: Message) -> MessagePage:
    """Return one message for reading; three queries."""
    can_send = policies.can_send(user, message)
    draft = message.state == Message.State.DRAFT
    after = policies.messages_visible_to(user).filter(
        state=Message.State.DRAFT,
        kind=message.kind,
        scope=message.scope,
        pk__gt=message.pk,
    )
    call = Call.objects.select_related("course").filter(slug=message.scope).first()
    return MessagePage(
        pk=message.pk,
        to=message.to_name,
        address=message.to_email,
        subject=message.subject,
        parts=tuple(message.body.split(LINK)),
        kind=kinds.in_words(message.kind),
        language=message.language,
        call=str(call.course) if call else _scope(user, message.scope),
        state=message.get_state_display(),
        tag=TAGS.get(message.state, "plain"),
        reply_to=message.reply_to,
        created_at=message.created_at,
        released_at=message.released_at,
        released_by=message.released_by,
        sent_at=message.sent_at,
        attempts=message.attempts,
        fault=message.fault,
        can_release=can_send and draft,
        can_withdraw=can_send and draft,
        can_retry=can_send and message.state == Message.State.FAILED,
        next_pk=after.order_by("pk").values_list("pk", flat=True).first(),
    )


def _scope(user: User, scope: str) -> str:
    if scope == policies.LIBRARY:
        return gettext("Library")
    return _plan_names(user).get(scope, scope)


def counted(user: User) -> list[Counted]:
    """Return how many messages each call of ``user``'s programmes has; two queries."""
    found = policies.messages_counted_for(user).values_list("scope", "state")
    by_call: dict[str, dict[str, int]] = {}
    for scope, state, count in found.annotate(Count("pk")).order_by("scope"):
        by_call.setdefault(scope, {})[state] = count
    calls = Call.objects.filter(slug__in=by_call).select_related("course")
    names = {call.slug: str(call.course) for call in calls}
    return [
        Counted(names[scope], tuple(counts.get(s, 0) for s in Message.State.values))
        for scope, counts in by_call.items()
    ]


def preview(user: User, batch: Batch) -> Preview:
    """Return what would leave, of the messages that ``user`` reads; one query."""
    found = list(batch.of(policies.messages_visible_to(user)).order_by("pk"))
    return Preview(
        count=len(found),
        up_to=max((message.pk for message in found), default=0),
        languages=_tally([message.language for message in found]),
        kinds=_tally([kinds.in_words(message.kind) for message in found]),
        first=tuple(_row(message, frozenset()) for message in found[:5]),
    )


def _tally(values: Sequence[str]) -> tuple[tuple[str, int], ...]:
    return tuple((value, values.count(value)) for value in sorted(set(values)))
