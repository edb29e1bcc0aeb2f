"""The list of a call's nominations: what is filtered, shown and exported."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    TextField,
)
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from mosty.directory.models import Department, Level, Organisation
from mosty.kernel.names import fold
from mosty.kernel.translated import in_language
from mosty.nominations import policies
from mosty.nominations.models import Call, Nomination, PossibleDuplicate
from mosty.nominations.queries import nominations_lacks, participants
from mosty.nominations.rules import Rules
from mosty.ui import listing
from mosty.ui.listing import Listing

State = Nomination.State
Answer = Nomination.Answer
SIZES = (50, 100)
SORTS: listing.Sorts = {
    "name": ("sort_name",),
    "city": ("organisation__sort_name", "preference"),
    "department": ("department", "sort_name"),
    "submitted": ("submitted_at",),
}
# More words than any name has make the search no better.
MOST_WORDS = 8
STATE_TAGS: Mapping[str, str] = {
    State.DRAFT: "plain",
    State.SUBMITTED: "in",
    State.WITHDRAWN: "no",
}
ANSWER_TAGS: Mapping[str, str] = {
    Answer.PENDING: "need",
    Answer.CONFIRMED: "in",
    Answer.DECLINED: "no",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; an empty text narrows nothing."""

    q: str = ""
    city: str = ""
    state: str = ""
    answer: str = ""
    department: str = ""
    level: str = ""
    checked: str = ""
    lacks: str = ""
    duplicates: str = ""


@dataclass(frozen=True, slots=True)
class City:
    """A city of the call: its address, its name, and whether the call is for it."""

    slug: str
    name: str
    takes_part: bool


@dataclass(frozen=True, slots=True)
class Row:
    """What one line of the list shows, in words."""

    code: str
    name: str
    fictional: bool
    city: str
    unit: str
    level: str
    state: str
    state_tag: str
    # Empty where nobody has been asked, as of a draft.
    answer: str
    answer_tag: str
    checked: bool
    lacks: str
    twin: bool
    submitted_at: datetime | None


def cities(call: Call, known: policies.Reach) -> dict[int, City]:
    """
    Return the cities that take part or nominated, by key and in order; one query.

    A city's contact gets her own only.
    """
    takes_part = participants.taking_part(call.rules, participants.opening_day(call))
    nominated = Exists(
        Nomination.objects.filter(call=call, organisation=OuterRef("pk"))
    )
    rows = Organisation.objects.annotate(
        # As it is stored: there are hundreds, and most were read before.
        stored=Cast("short_name", TextField()),
        takes=ExpressionWrapper(takes_part, BooleanField()),
    ).filter(Q(takes=True) | Q(nominated))
    if not known.gathers and not known.partner:
        rows = rows.filter(pk__in=known.cities)
    language = get_language() or settings.LANGUAGE_CODE
    return {
        pk: City(slug, in_language(name, language), takes)
        for pk, slug, name, takes in rows.values_list("pk", "slug", "stored", "takes")
    }


def narrowed(
    rows: QuerySet[Nomination],
    filters: Filters,
    *,
    rules: Rules,
    places: Mapping[int, City],
) -> QuerySet[Nomination]:
    """Return those of ``rows`` that ``filters`` leave."""
    if filters.city:
        rows = rows.filter(
            organisation__in=[k for k, c in places.items() if c.slug == filters.city]
        )
    for name in ("state", "answer", "department", "level"):
        if value := getattr(filters, name):
            rows = rows.filter(**{name: value})
    if filters.answer:
        # Nobody has been asked before the nomination is sent.
        rows = rows.filter(policies.SENT)
    if filters.checked:
        rows = rows.filter(checked_at__isnull=filters.checked == "no")
    if filters.lacks:
        rows = rows.filter(_lacking(filters.lacks, rules, places))
    if filters.duplicates:
        # They are few: found first, then looked up among the rows.
        pairs = open_pairs()
        rows = rows.filter(
            Q(pk__in=pairs.values("first")) | Q(pk__in=pairs.values("second"))
        )
    for word in fold(filters.q).split()[:MOST_WORDS]:
        rows = rows.filter(search__contains=word)
    return rows


def open_pairs() -> QuerySet[PossibleDuplicate]:
    """Return the pairs that nobody has decided, of which both still count."""
    return PossibleDuplicate.objects.filter(
        decision=PossibleDuplicate.Decision.OPEN,
        first__state=State.SUBMITTED,
        second__state=State.SUBMITTED,
    )


def _lacking(what: str, rules: Rules, places: Mapping[int, City]) -> Q:
    inside = [key for key, city in places.items() if city.takes_part]
    broken = ~Q(organisation__in=inside)
    if rules.departments:
        broken |= ~Q(department__in=rules.departments)
    if rules.levels:
        broken |= ~Q(level__in=rules.levels)
    position = Q(position="")
    anything = broken | position
    if rules.must_confirm:
        anything |= ~Q(answer=Answer.CONFIRMED)
    return {
        "rule": broken,
        "position": position,
        "anything": anything,
        "nothing": ~anything,
    }.get(what, Q())


_FIELDS = (
    "pk",
    "code",
    "given_name",
    "family_name",
    "organisation_id",
    "department",
    "level",
    "state",
    "answer",
    "checked_at",
    "position",
    "submitted_at",
    "is_fictional",
)


def page(
    params: QueryDict,
    rows: QuerySet[Nomination],
    *,
    rules: Rules,
    places: Mapping[int, City],
    form: Any,
    gathers: bool,
) -> Listing[Row]:
    """
    Return the page of ``rows`` that ``params`` ask for; three queries.

    Only who gathers the call learns who may be nominated twice: the other nomination
    may be another city's.
    """
    words = Words()
    found: Listing[Any] = listing.build(
        params,
        rows.values_list(*_FIELDS),
        sorts=SORTS,
        default="name",
        form=form,
        sizes=SIZES,
    )
    twins = _twins([row[0] for row in found.rows]) if gathers else set()
    return replace(
        found, rows=[_row(row, rules, places, twins, words) for row in found.rows]
    )


class Words:
    """What values are called, each said once for a whole list."""

    def __init__(self) -> None:
        self.units = _said(Department.choices)
        self.levels = _said(Level.choices)
        self.states = _said(State.choices)
        self.answers = _said(Answer.choices)


def _said(choices: Iterable[tuple[str, object]]) -> dict[str, str]:
    return {key: str(label) for key, label in choices}


def _twins(keys: Sequence[int]) -> set[int]:
    """Return which of these may be the same person as another."""
    if not keys:
        return set()
    # What open_pairs says, asked as it is: Django takes thrice the database's time for it.
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select pair.first_id, pair.second_id
            from nominations_possibleduplicate pair
            join nominations_nomination one on one.id = pair.first_id
            join nominations_nomination other on other.id = pair.second_id
            where (pair.first_id = any(%(keys)s) or pair.second_id = any(%(keys)s))
                and pair.decision = 'open'
                and one.state = 'submitted' and other.state = 'submitted'
            """,
            {"keys": list(keys)},
        )
        return {key for pair in cursor.fetchall() for key in pair}


def _row(
    row: tuple[Any, ...],
    rules: Rules,
    places: Mapping[int, City],
    twins: Collection[int],
    words: Words,
) -> Row:
    (
        pk,
        code,
        given_name,
        family_name,
        organisation,
        department,
        level,
        state,
        answer,
        checked_at,
        position,
        submitted_at,
        fictional,
    ) = row
    city = places[organisation]
    asked = submitted_at is not None
    return Row(
        code=code,
        name=f"{family_name} {given_name}",
        fictional=fictional,
        city=city.name,
        unit=words.units.get(department, ""),
        level=words.levels.get(level, ""),
        state=words.states[state],
        state_tag=STATE_TAGS[state],
        answer=words.answers[answer] if asked else "",
        answer_tag=ANSWER_TAGS[answer],
        checked=checked_at is not None,
        lacks=", ".join(
            nominations_lacks.words(
                rules,
                takes_part=city.takes_part,
                department=department,
                level=level,
                position=position,
            )
        ),
        twin=pk in twins,
        submitted_at=submitted_at,
    )


HEADER: Sequence[str | Promise] = (
    gettext_lazy("Code"),
    gettext_lazy("City"),
    gettext_lazy("City's order"),
    gettext_lazy("Family name"),
    gettext_lazy("Given name"),
    gettext_lazy("E-mail"),
    gettext_lazy("Position"),
    gettext_lazy("Kind of unit"),
    gettext_lazy("Level of the post"),
    gettext_lazy("In this post since"),
    gettext_lazy("State"),
    gettext_lazy("Submitted"),
    gettext_lazy("Nominee's answer"),
    gettext_lazy("Checked"),
    gettext_lazy("Lacks"),
    gettext_lazy("Why this person"),
    gettext_lazy("Fictional"),
)
Cell = str | int | date | None


def sheet(
    params: QueryDict,
    rows: QuerySet[Nomination],
    *,
    rules: Rules,
    places: Mapping[int, City],
) -> list[list[Cell]]:
    """Return every one of ``rows`` as a line under ``HEADER``, in the list's order."""
    words = Words()
    sort = listing.chosen_sort(params, SORTS, "name")
    return [
        [
            row.code,
            places[row.organisation_id].name,
            row.preference,
            row.family_name,
            row.given_name,
            row.email,
            row.position,
            words.units.get(row.department, ""),
            words.levels.get(row.level, ""),
            row.in_post_since,
            words.states[row.state],
            row.submitted_at,
            words.answers[row.answer] if row.submitted_at else "",
            row.checked_at,
            ", ".join(
                nominations_lacks.words(
                    rules,
                    takes_part=places[row.organisation_id].takes_part,
                    department=row.department,
                    level=row.level,
                    position=row.position,
                )
            ),
            row.motivation,
            _("yes") if row.is_fictional else "",
        ]
        for row in listing.ordered(rows, SORTS, sort)
    ]


@dataclass(frozen=True, slots=True)
class Bulk:
    """What a bulk act would do: to whom, and who is passed over."""

    meant: list[Row]
    passed_over: list[Row]


def bulk(
    rows: QuerySet[Nomination],
    act: str,
    *,
    rules: Rules,
    places: Mapping[int, City],
) -> Bulk:
    """Return what marking ``rows`` as checked, or reminding their nominees, would do."""
    words = Words()
    meant: list[Row] = []
    passed_over: list[Row] = []
    for raw in rows.order_by("sort_name", "pk").values_list(*_FIELDS):
        row = _row(raw, rules, places, (), words)
        wanted = row.state == words.states[State.SUBMITTED] and (
            not row.checked
            if act == "check"
            else row.answer == words.answers[Answer.PENDING]
        )
        (meant if wanted else passed_over).append(row)
    return Bulk(meant, passed_over)
