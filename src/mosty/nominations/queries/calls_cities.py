"""The cities of a call: who was written to, who answered how, and who did not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.forms import BaseForm
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from mosty.directory.models import Organisation
from mosty.nominations.models import Call, Invitation, Nomination
from mosty.nominations.models.nominations import LIVE
from mosty.nominations.queries import participants
from mosty.ui import listing
from mosty.ui.listing import Listing

# How a city stands -> the word for it, and the kind of its tag.
STATES: Mapping[str, tuple[Promise, str]] = {
    "not_sent": (_("not written to"), "need"),
    "waiting": (_("no answer yet"), "wait"),
    "drafting": (_("drafts only"), "wait"),
    "below": (_("below the minimum"), "need"),
    "answered": (_("has nominated"), "in"),
    "declined": (_("nominates nobody"), "plain"),
}
# What the filter offers -> the states it stands for.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "not_sent": ("not_sent",),
    "unanswered": ("waiting", "drafting"),
    "answered": ("answered", "below"),
    "below": ("below",),
    "declined": ("declined",),
}
SORTS = {
    "city": ("sort_name",),
    "sent": ("sent_at",),
    "submitted": ("submitted",),
}


@dataclass(frozen=True, slots=True)
class CityRow:
    """One line of the list of a call's cities."""

    pk: int
    slug: str
    name: LazyI18nString
    takes_part: bool
    state: str
    contact_name: str
    contact_email: str
    language: str
    sent_at: datetime | None
    reminded_at: datetime | None
    submitted: int
    drafts: int
    checked: int
    declined_at: datetime | None
    waiver: str

    @property
    def word(self) -> Promise:
        """Return how the city stands, in a word."""
        return STATES[self.state][0]

    @property
    def tag(self) -> str:
        """Return the kind of tag for that word."""
        return STATES[self.state][1]


def with_standing(call: Call) -> QuerySet[Organisation, Any]:
    """Return the call's cities, each with its invitation, its numbers and its state."""
    taking_part = participants.for_call(call).values("pk")
    invitation = Invitation.objects.filter(call=call, organisation=OuterRef("pk"))
    nominations = Nomination.objects.filter(call=call, organisation=OuterRef("pk"))

    def of_invitation(name: str) -> Subquery:
        return Subquery(invitation.values(name)[:1])

    def number(**conditions: object) -> Coalesce:
        return Coalesce(
            Subquery(
                nominations.filter(**conditions)
                .order_by()
                .values("call")
                .annotate(number=Count("pk"))
                .values("number")
            ),
            Value(0),
        )

    submitted = Nomination.State.SUBMITTED
    return (
        Organisation.objects.filter(
            Q(pk__in=taking_part)
            | Q(pk__in=call.invitations.values("organisation"))
            | Q(
                pk__in=Nomination.objects.filter(call=call, state__in=LIVE).values(
                    "organisation"
                )
            )
        )
        .annotate(
            takes_part=Case(When(pk__in=taking_part, then=True), default=False),
            contact_name=Coalesce(of_invitation("contact_name"), Value("")),
            contact_email=Coalesce(of_invitation("contact_email"), Value("")),
            language=Coalesce(of_invitation("language"), Value("")),
            sent_at=of_invitation("sent_at"),
            reminded_at=of_invitation("reminded_at"),
            declined_at=of_invitation("declined_at"),
            waiver=Coalesce(
                of_invitation("waiver"), Value(""), output_field=TextField()
            ),
            submitted=number(state=submitted),
            drafts=number(state=Nomination.State.DRAFT),
            checked=number(state=submitted, checked_at__isnull=False),
        )
        .annotate(
            standing=Case(
                When(
                    submitted__gt=0,
                    submitted__lt=call.rules.least,
                    waiver="",
                    then=Value("below"),
                ),
                When(submitted__gt=0, then=Value("answered")),
                When(declined_at__isnull=False, then=Value("declined")),
                When(drafts__gt=0, then=Value("drafting")),
                When(sent_at__isnull=False, then=Value("waiting")),
                default=Value("not_sent"),
                output_field=CharField(),
            )
        )
        .order_by("sort_name")
    )


def row(city: Any) -> CityRow:
    """Return an annotated city as a line of the list."""
    return CityRow(
        pk=city.pk,
        slug=city.slug,
        name=city.short_name,
        takes_part=city.takes_part,
        state=city.standing,
        contact_name=city.contact_name,
        contact_email=city.contact_email,
        language=city.language,
        sent_at=city.sent_at,
        reminded_at=city.reminded_at,
        submitted=city.submitted,
        drafts=city.drafts,
        checked=city.checked,
        declined_at=city.declined_at,
        waiver=city.waiver,
    )


def filtered(call: Call, form: BaseForm) -> QuerySet[Organisation, Any]:
    """Return the call's cities that the filters of ``form`` let through."""
    rows: QuerySet[Any, Any] = with_standing(call)
    if form.is_valid() and form.cleaned_data["state"]:
        rows = rows.filter(standing__in=GROUPS[form.cleaned_data["state"]])
    return rows


def cities_for(call: Call, params: QueryDict, form: BaseForm) -> Listing[CityRow]:
    """Return a page of the call's cities; three queries."""
    return listing.build(
        params,
        filtered(call, form),
        sorts=SORTS,
        default="city",
        form=form,
        shape=row,
        sizes=(50, 100, 200),
    )


def in_file(call: Call, params: QueryDict, form: BaseForm) -> list[CityRow]:
    """Return every city that is filtered, in the order of the list; two queries."""
    sort = listing.chosen_sort(params, SORTS, "city")
    return [row(city) for city in listing.ordered(filtered(call, form), SORTS, sort)]


def counts(call: Call) -> Mapping[str, int]:
    """Return how many of the call's cities stand how; two queries."""
    found = (
        with_standing(call)
        .order_by()
        .values(state=F("standing"))
        .annotate(number=Count("pk"))
    )
    numbers = {key["state"]: key["number"] for key in found}
    return {state: numbers.get(state, 0) for state in STATES}
