"""The library's desk: what waits for whoever asks, her city's practices, and one of them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from mosty.accounts.models import User
from mosty.library import policies
from mosty.library.common.ready import NEEDED, lacks
from mosty.library.models import (
    CRITERIA,
    Area,
    Confirmation,
    Group,
    Practice,
    PracticeVersion,
    Review,
    label_of,
)
from mosty.library.queries.adoptions import TAGS, Outcome, told_of
from mosty.library.queries.practices import parts_of, words

State = PracticeVersion.State
STATE_TAGS = {
    State.DRAFT: "plain",
    State.SUBMITTED: "wait",
    State.RETURNED: "need",
    State.WITHDRAWN: "plain",
    State.PUBLISHED: "in",
}


@dataclass(frozen=True, slots=True)
class PracticeLine:
    """A practice on the desk, by its newest version."""

    slug: str
    title: str
    city: str
    state: str
    tag: str
    retired: bool
    reviews: str = ""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review that waits for whoever asks."""

    slug: str
    title: str
    city: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class AdoptionLine:
    """An adoption of her city."""

    pk: int
    title: str
    slug: str
    city: str
    since: date
    outcome: str
    tag: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk shows; each part empty where it is not her business."""

    reviews: tuple[ReviewLine, ...]
    waiting: tuple[PracticeLine, ...]
    practices: tuple[PracticeLine, ...]
    adoptions: tuple[AdoptionLine, ...]
    writes: bool
    decides: bool
    keeps_tools: bool


@dataclass(frozen=True, slots=True)
class GivenReview:
    """A review as it is shown; the name only to who decides."""

    pk: int
    reviewer: str
    given_at: datetime | None
    scores: tuple[tuple[str, int], ...]
    advice: str
    tag: str
    comment: str


@dataclass(frozen=True, slots=True)
class PracticeDesk:
    """One practice on the desk: its newest version that she may read, and what to do."""

    practice: Practice
    version: PracticeVersion
    tag: str
    parts: tuple[tuple[str, str], ...]
    areas: str
    groups: str
    lacks: tuple[tuple[str, str], ...]
    reviews: tuple[GivenReview, ...]
    versions: tuple[PracticeVersion, ...]
    confirmations: tuple[Confirmation, ...]
    can_write: bool
    can_decide: bool
    can_publish: bool
    can_begin_again: bool
    can_retire: bool
    my_review: int | None


ADVICE_TAGS = {"publish": "in", "change": "need", "refuse": "no"}


def desk(user: User) -> Desk:
    """Return the desk; eight queries at most, however many practices."""
    decides = policies.edits_library(user)
    writes = policies.cities_of(user).exists()
    submitted = (
        PracticeVersion.objects.filter(state=State.SUBMITTED)
        .select_related("practice__city")
        .annotate(
            asked=Count("reviews"),
            given=Count("reviews", filter=Q(reviews__given_at__isnull=False)),
        )
        .order_by("submitted_at", "pk")
        if decides
        else ()
    )
    return Desk(
        reviews=tuple(
            ReviewLine(
                one.version.practice.slug,
                one.version.title,
                str(one.version.practice.city),
                one.asked_at,
            )
            for one in open_reviews(user)
        ),
        waiting=tuple(
            _line(version, version.practice, f"{version.given}/{version.asked}")
            for version in submitted
        ),
        practices=_own(user) if writes else (),
        adoptions=_adopted(user) if writes else (),
        writes=writes,
        decides=decides,
        keeps_tools=policies.can_keep_tools(user),
    )


def open_reviews(user: User) -> QuerySet[Review]:
    """Return the reviews that ``user`` is asked for and has not given."""
    return (
        Review.objects.filter(
            reviewer=user, given_at__isnull=True, version__state=State.SUBMITTED
        )
        .select_related("version__practice__city")
        .order_by("asked_at", "pk")
    )


def to_decide() -> QuerySet[PracticeVersion]:
    """Return what is in review and waits for nobody's review that was asked for."""
    waited_for = Review.objects.filter(version=OuterRef("pk"), given_at__isnull=True)
    return PracticeVersion.objects.filter(~Exists(waited_for), state=State.SUBMITTED)


def _own(user: User) -> tuple[PracticeLine, ...]:
    rows = (
        policies.practices_kept_by(user)
        .select_related("city")
        .prefetch_related(
            Prefetch("versions", PracticeVersion.objects.order_by("-number"))
        )
        .order_by("-created_at", "pk")
    )
    return tuple(_line(row.versions.all()[0], row) for row in rows)


def _line(
    version: PracticeVersion, practice: Practice, reviews: str = ""
) -> PracticeLine:
    return PracticeLine(
        slug=practice.slug,
        title=version.title,
        city=str(practice.city),
        state=version.get_state_display(),
        tag=STATE_TAGS[State(version.state)],
        retired=practice.retired_at is not None,
        reviews=reviews,
    )


def _adopted(user: User) -> tuple[AdoptionLine, ...]:
    rows = list(told_of(policies.adoptions_kept_by(user)))
    titles = dict(
        policies.published()
        .filter(practice__in=[row.practice_id for row in rows])
        .values_list("practice", "title")
    )
    lines = []
    for row in rows:
        last = row.reports.all()[0]
        lines.append(
            AdoptionLine(
                pk=row.pk,
                title=titles[row.practice_id],
                slug=row.practice.slug,
                city=str(row.practice.city),
                since=row.since,
                outcome=last.get_outcome_display(),
                tag=TAGS[Outcome(last.outcome)],
            )
        )
    return tuple(lines)


def practice_desk(practice: Practice, user: User, today: date) -> PracticeDesk:
    """Return one practice as ``user`` may see it there; nine queries at most."""
    versions = tuple(
        policies.versions_visible_to(user).filter(practice=practice).order_by("-number")
    )
    version = versions[0]
    can_write = policies.can_write(user, practice)
    can_decide = policies.can_decide(user, practice, today)
    rows = list(version.reviews.select_related("reviewer").order_by("asked_at", "pk"))
    # The city reads what was said once it is decided; never who said it.
    shown = can_decide or (
        can_write and version.state in {State.RETURNED, State.PUBLISHED}
    )
    own = [one for one in rows if one.reviewer_id == user.pk]
    advice = [one.advice for one in rows if one.given_at]
    return PracticeDesk(
        practice=practice,
        version=version,
        tag=STATE_TAGS[State(version.state)],
        parts=parts_of(version),
        areas=words(Area, version.areas),
        groups=words(Group, version.groups),
        lacks=tuple(
            (label_of(PracticeVersion, name), sentence)
            for name, sentence in lacks(version, today).items()
        )
        if version.state == State.DRAFT
        else (),
        reviews=tuple(
            _given(one, named=can_decide)
            for one in (rows if shown else own)
            if can_decide or one.given_at
        ),
        versions=versions,
        confirmations=tuple(practice.confirmations.order_by("-due_on")),
        can_write=can_write,
        can_decide=can_decide and version.state == State.SUBMITTED,
        can_publish=advice.count("publish") >= NEEDED,
        can_begin_again=can_write
        and practice.retired_at is None
        and version.state not in {State.DRAFT, State.SUBMITTED},
        can_retire=practice.retired_at is None
        and policies.can_retire(user, practice)
        and any(one.state == State.PUBLISHED for one in versions),
        my_review=next(
            (
                one.pk
                for one in own
                if one.given_at is None and version.state == State.SUBMITTED
            ),
            None,
        ),
    )


def _given(review: Review, *, named: bool) -> GivenReview:
    return GivenReview(
        pk=review.pk,
        reviewer=review.reviewer.name if named else "",
        given_at=review.given_at,
        scores=tuple(
            (
                label_of(Review, name),
                getattr(review, name) or 0,
            )
            for name in CRITERIA
        ),
        advice=review.get_advice_display(),
        tag=ADVICE_TAGS.get(review.advice, "wait"),
        comment=review.comment,
    )
