"""The help board: what cities ask and offer, and who of them fits by topic."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.kernel.translated import in_language
from mosty.plans import policies
from mosty.plans.models import HelpAnswer, HelpKind, HelpNote, Plan, Visibility
from mosty.ui import listing
from mosty.ui.listing import Listing

SORTS = {"made": ("made_at",), "city": ("plan__owner__sort_name",)}
# So many cities that fit are named beside a note.
_MOST_MATCHES = 5


class BoardFilter(forms.Form):
    """Which notes are listed."""

    kind = forms.ChoiceField(
        label=_("Asked or offered"),
        required=False,
        choices=[("", _("all")), *HelpKind.choices],
    )
    topic = forms.ChoiceField(label=pgettext_lazy("plan", "Topic"), required=False)

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        language = get_language() or "en"
        rows = (
            open_notes(user)
            .exclude(topic_key="")
            .order_by("topic_key")
            .annotate(topic_text=Cast("topic", TextField()))
            .values_list("topic_key", "topic_text")
            .distinct()
        )
        self.fields["topic"].choices = [  # type: ignore[attr-defined]  # of a ChoiceField
            ("", _("all")),
            *((key, in_language(text, language)) for key, text in dict(rows).items()),
        ]


@dataclass(frozen=True, slots=True)
class Match:
    """Another city's note of the other kind on the same topic."""

    pk: int
    city: str
    text: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One ask or offer."""

    pk: int
    kind: str
    city: str
    topic: str
    text: str
    # The line of the plan it is about, where that is shown to the programme's cities.
    action: str
    is_fictional: bool
    made_at: datetime
    is_own: bool
    can_answer: bool
    is_answered: bool
    matches: tuple[Match, ...]


def open_notes(user: User) -> QuerySet[HelpNote]:
    """Return what is on the boards that ``user`` reads."""
    return policies.notes_visible_to(user).filter(ended_at__isnull=True)


def board(user: User, params: QueryDict, form: forms.Form) -> Listing[NoteRow]:
    """Return one page of the board; four queries."""
    form.is_valid()
    asked = form.cleaned_data
    found = open_notes(user)
    if kind := asked.get("kind"):
        found = found.filter(kind=kind)
    if topic := asked.get("topic"):
        found = found.filter(topic_key=topic)
    page: Listing[HelpNote] = listing.build(
        params,
        found.select_related("plan__owner", "action"),
        sorts=SORTS,
        default="-made",
        form=form,
    )
    shown = list(page)
    others = list(
        open_notes(user)
        .filter(topic_key__in={note.topic_key for note in shown if note.topic_key})
        .select_related("plan__owner")
        .order_by("-made_at")
        if shown
        else []
    )
    cities = policies.cities_of(user)
    answered = set(
        HelpAnswer.objects.filter(
            note__in=[note.pk for note in shown], city__in=cities
        ).values_list("note", flat=True)
        if cities
        else []
    )
    return Listing(
        rows=[_row(note, others, cities, answered) for note in shown],
        total=page.total,
        page=page.page,
        size=page.size,
        sort=page.sort,
        sorts=page.sorts,
        params=page.params,
        pills=page.pills,
        sizes=page.sizes,
    )


def _row(
    note: HelpNote,
    others: list[HelpNote],
    cities: frozenset[int],
    answered: set[int],
) -> NoteRow:
    is_own = note.plan.owner_id in cities
    action = note.action
    shown = action is not None and (action.visibility >= Visibility.NETWORK or is_own)
    matches = [
        Match(one.pk, str(one.plan.owner), one.text)
        for one in others
        if note.topic_key
        and one.topic_key == note.topic_key
        and one.kind != note.kind
        and one.plan.owner_id != note.plan.owner_id
        and one.plan.programme_id == note.plan.programme_id
    ]
    return NoteRow(
        pk=note.pk,
        kind=note.kind,
        city=str(note.plan.owner),
        topic=str(note.topic) if note.topic_key else "",
        text=note.text,
        action=action.what if action is not None and shown else "",
        is_fictional=note.plan.is_fictional,
        made_at=note.made_at,
        is_own=is_own,
        can_answer=bool(cities - {note.plan.owner_id})
        and not is_own
        and note.pk not in answered,
        is_answered=note.pk in answered,
        matches=tuple(matches[:_MOST_MATCHES]),
    )


def own_plans(user: User) -> QuerySet[Plan]:
    """Return the plans for which ``user`` may put something on the board."""
    return Plan.objects.filter(owner__in=policies.cities_of(user)).select_related(
        "programme", "owner"
    )


def notes(user: User) -> QuerySet[HelpNote]:
    """Return the notes that ``user`` may read, with what a page about one names."""
    return policies.notes_visible_to(user).select_related(
        "plan__owner", "plan__programme"
    )
