"""All actions of the plans that were signed off: by status, city and topic, and overdue."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Case, Count, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.kernel.sheets.write import Value as Cell
from mosty.kernel.translated import in_language
from mosty.plans import policies, times
from mosty.plans.models import Action, CheckIn, Plan, Status
from mosty.plans.queries.check_ins import is_awaited, is_missed
from mosty.ui import listing
from mosty.ui.listing import Listing

SORTS: Mapping[str, Sequence[str]] = {
    "until": ("ends_on", "plan", "order"),
    "city": ("plan__owner__sort_name", "plan", "objective__order", "order"),
    "status": ("status_order", "ends_on"),
}
# Over so many actions, breakdowns show the largest; the filter finds the others.
_MOST_TOPICS = 12
_ROW = (
    "pk", "what", "lead", "ends_on", "status", "percent", "reported_at",
    "plan__code", "plan__title", "plan__is_fictional", "city_name", "topic_text",
)  # fmt: skip


class ActionFilter(forms.Form):
    """Which actions are listed."""

    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("all")), *Status.choices]
    )
    city = forms.ChoiceField(label=_("City"), required=False)
    topic = forms.ChoiceField(label=pgettext_lazy("plan", "Topic"), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    overdue = forms.BooleanField(label=_("Overdue only"), required=False)

    def __init__(
        self, *args: Any, lists: Mapping[str, list[tuple[str, str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in lists.items():
            self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]
        if len(lists["programme"]) < 2:
            del self.fields["programme"]


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action in the list."""

    what: str
    lead: str
    code: str
    plan: str
    is_fictional: bool
    city: str
    topic: str
    ends_on: date | None
    is_overdue: bool
    status: str
    percent: int
    reported_at: datetime | None


@dataclass(frozen=True, slots=True)
class Group:
    """How the actions of one city or topic stand."""

    label: str
    total: int
    counts: tuple[int, ...]
    overdue: int

    @property
    def cells(self) -> SafeString:
        """Return its cells; put together here, since there are hundreds on a page."""
        numbers = (*self.counts, self.overdue, self.total)
        return format_html_join("", '<td class="num">{}</td>', ((n,) for n in numbers))


@dataclass(frozen=True, slots=True)
class Overview:
    """The list, and what it comes to."""

    rows: Listing[ActionRow]
    by_status: tuple[tuple[str, str, int], ...]
    overdue: int
    cities: tuple[Group, ...]
    topics: tuple[Group, ...]
    more_topics: int
    answered: int
    awaited: int
    missed: int
    drafts: int


def late(today: date) -> Q:
    """Return which actions are overdue: their day has passed, and they are not over."""
    return (
        Q(ends_on__lt=today)
        & ~Q(status__in=[Status.DONE, Status.STOPPED])
        & ~Q(plan__state=Plan.State.CLOSED)
    )


def lists(user: User) -> dict[str, list[tuple[str, str]]]:
    """Return what the filters offer; two queries."""
    language = get_language() or "en"
    plans = (
        policies.followed_by(user)
        .filter(signed_version__gte=1)
        .annotate(
            city_name=Cast("owner__short_name", TextField()),
            programme_name=Cast("programme__short_name", TextField()),
        )
        .order_by("owner__sort_name")
        .values_list("owner__slug", "city_name", "programme__slug", "programme_name")
        .distinct()
    )
    cities, programmes = {}, {}
    for slug, name, programme, programme_name in plans:
        cities[slug] = in_language(name, language)
        programmes[programme] = in_language(programme_name, language)
    topics = (
        policies.actions_followed_by(user)
        .exclude(topic_key="")
        .order_by("topic_key")
        .annotate(topic_text=Cast("topic", TextField()))
        .values_list("topic_key", "topic_text")
        .distinct()
    )
    return {
        "city": list(cities.items()),
        "programme": list(programmes.items()),
        "topic": [
            (key, in_language(text, language)) for key, text in dict(topics).items()
        ],
    }


def filtered(user: User, form: forms.Form, today: date) -> QuerySet[Action]:
    """Return the actions that the valid part of ``form`` lets through."""
    form.is_valid()
    asked = form.cleaned_data
    rows = policies.actions_followed_by(user)
    if status := asked.get("status"):
        rows = rows.filter(status=status)
    if city := asked.get("city"):
        rows = rows.filter(plan__owner__slug=city)
    if topic := asked.get("topic"):
        rows = rows.filter(topic_key=topic)
    if programme := asked.get("programme"):
        rows = rows.filter(plan__programme__slug=programme)
    if asked.get("overdue"):
        rows = rows.filter(late(today))
    return rows


def overview(user: User, params: QueryDict, form: forms.Form, today: date) -> Overview:
    """Return one page of actions with what they all come to; four queries."""
    found = filtered(user, form, today)
    language = get_language() or "en"
    cities, topics = _groups(found, today, language)
    topics = sorted(topics, key=lambda group: -group.total)
    counts = [sum(group.counts[at] for group in cities) for at in range(len(Status))]
    asked = CheckIn.objects.filter(
        plan__in=policies.followed_by(user).values("pk")
    ).aggregate(
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        awaited=Count("pk", filter=is_awaited(today)),
        missed=Count("pk", filter=is_missed(today)),
    )
    # Every action has a city, so that the cities' sum is how many there are.
    total = sum(group.total for group in cities)
    return Overview(
        rows=_page(found, params, form, today, language, total),
        by_status=tuple(
            (str(status), str(status.label), count)
            for status, count in zip(Status, counts, strict=True)
        ),
        overdue=sum(group.overdue for group in cities),
        cities=tuple(cities),
        topics=tuple(topics[:_MOST_TOPICS]),
        more_topics=max(0, len(topics) - _MOST_TOPICS),
        **asked,
        drafts=policies.followed_by(user).filter(signed_version=0).count(),
    )


def _groups(
    rows: QuerySet[Action], today: date, language: str
) -> tuple[list[Group], list[Group]]:
    """Return the counts of ``rows`` by city, and by topic, each in order; one query."""
    found: Any = (
        rows.order_by()
        .values("plan__owner__sort_name", "topic_key")
        .annotate(
            # As text, so that what stands in hundreds of rows is read once.
            city_name=Cast("plan__owner__short_name", TextField()),
            topic_text=Cast("topic", TextField()),
            total=Count("pk"),
            late=Count("pk", filter=late(today)),
            **{
                f"n{at}": Count("pk", filter=Q(status=status))
                for at, status in enumerate(Status)
            },
        )
        .order_by("plan__owner__sort_name", "topic_key", "topic_text")
    )
    cities: dict[str, Group] = {}
    topics: dict[str, Group] = {}
    for row in found:
        counts = tuple(row[f"n{at}"] for at in range(len(Status)))
        for groups, key, name in (
            (cities, row["plan__owner__sort_name"], row["city_name"]),
            # A topic whose words were put right since is one with what it was before.
            (topics, row["topic_key"], row["topic_text"]),
        ):
            was = groups.get(key)
            label = was.label if was else in_language(name, language) if name else ""
            group = Group(label, row["total"], counts, row["late"])
            groups[key] = _sum(was, group) if was else group
    return _in_order(cities), _in_order(topics)


def _in_order(groups: Mapping[str, Group]) -> list[Group]:
    return [groups[key] for key in sorted(groups)]


def _sum(one: Group, other: Group) -> Group:
    return Group(
        other.label,
        one.total + other.total,
        tuple(a + b for a, b in zip(one.counts, other.counts, strict=True)),
        one.overdue + other.overdue,
    )


def _page(
    rows: QuerySet[Action],
    params: QueryDict,
    form: forms.Form,
    today: date,
    language: str,
    total: int,
) -> Listing[ActionRow]:
    return listing.build(
        params,
        listed(rows),
        total=total,
        sorts=SORTS,
        default="until",
        form=form,
        shape=lambda row: _row(row, today, language),
    )


def listed(rows: QuerySet[Action]) -> QuerySet[Action, dict[str, Any]]:
    """Return ``rows`` as the list and the file read them."""
    order = Case(
        *(When(status=status, then=Value(at)) for at, status in enumerate(Status))
    )
    named: Any = rows.annotate(
        status_order=order,
        # As text, so that a page with hundreds of names reads each only once.
        city_name=Cast("plan__owner__short_name", TextField()),
        topic_text=Cast("topic", TextField()),
    )
    found: QuerySet[Action, dict[str, Any]] = named.values(*_ROW, "plan__state")
    return found


def _row(row: Mapping[str, Any], today: date, language: str) -> ActionRow:
    ends_on = row["ends_on"]
    return ActionRow(
        what=row["what"],
        lead=row["lead"],
        code=row["plan__code"],
        plan=row["plan__title"],
        is_fictional=row["plan__is_fictional"],
        city=in_language(row["city_name"], language),
        topic=in_language(row["topic_text"], language) if row["topic_text"] else "",
        ends_on=ends_on,
        is_overdue=ends_on is not None
        and ends_on < today
        and row["status"] not in (Status.DONE, Status.STOPPED)
        and row["plan__state"] != Plan.State.CLOSED,
        status=row["status"],
        percent=row["percent"],
        reported_at=row["reported_at"],
    )


def header() -> list[object]:
    """Return the columns of the file."""
    return [
        _("City"),
        pgettext_lazy("of a city", "Plan"),
        pgettext_lazy("plan", "Action"),
        _("Who leads"),
        pgettext_lazy("plan", "Topic"),
        _("Until"),
        _("Status"),
        pgettext_lazy("column of a plan", "Done, percent"),
        _("Reported"),
    ]


def lines(rows: Iterable[Mapping[str, Any]], today: date) -> Iterator[Sequence[Cell]]:
    """Yield a line of the file for each action."""
    language = get_language() or "en"
    for values in rows:
        row = _row(values, today, language)
        yield [
            row.city,
            row.plan,
            row.what,
            row.lead,
            row.topic,
            row.ends_on,
            str(Status(row.status).label),
            row.percent,
            row.reported_at.date() if row.reported_at else None,
        ]


def missed_after() -> int:
    """Return after how many days a check-in counts as not answered."""
    return times.MISSED_AFTER.days
