"""Groups on the screen: who sits where, what the numbers are, what a change would mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.directory.models import Department
from mosty.engines import grouping
from mosty.engines.grouping.model import Aim
from mosty.programmes.models import Course
from mosty.selection.models import Offer
from mosty.training import mixing, policies
from mosty.training.mixing import Seating
from mosty.training.mixing_words import aim_label, aim_sentences, fault_words
from mosty.training.models import GroupPlace, GroupPlan, GroupRound, Mark
from mosty.training.models.attendance import Attended


@dataclass(frozen=True, slots=True)
class Sitter:
    """One person in a group."""

    code: str
    name: str
    city: str
    unit: str
    fictional: bool
    sort_name: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of one round."""

    number: int
    people: tuple[Sitter, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """A round with its groups; ``is_next`` if it is the one to be held next."""

    number: int
    session: str
    starts_at: datetime | None
    held_at: datetime | None
    is_next: bool
    has_begun: bool
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: a person, and her group in each round (0: none)."""

    person: Sitter
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    Who the rounds to come do not fit any more.

    ``joined`` have a seat and no place, ``gone`` a place and no seat, ``absent`` were not
    at the last session that was marked.
    """

    joined: tuple[Sitter, ...] = ()
    gone: tuple[Sitter, ...] = ()
    absent: tuple[Sitter, ...] = ()

    @property
    def count(self) -> int:
        """Return how many people they are."""
        return len({*self.joined, *self.gone, *self.absent})


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a course's groups."""

    course: Course
    can_make: bool
    people: int
    plan: GroupPlan | None = None
    seen: str = ""
    rounds: tuple[Round, ...] = ()
    shown: Round | None = None
    lines: tuple[Line, ...] = ()
    sentences: tuple[str, ...] = ()
    proposal: Proposal = Proposal()

    @property
    def is_over(self) -> bool:
        """Test if every round was held."""
        return all(one.held_at for one in self.rounds)


def courses_for(user: User) -> QuerySet[Course]:
    """Return the courses whose groups ``user`` sees."""
    return policies.groups_visible_to(user).select_related("programme")


def page(course: Course, user: User, asked: str, now: datetime) -> Page:
    """Return what the page shows; ``asked`` is a round's number. A constant number of queries."""
    can_make = policies.can_make_groups(user, course)
    offers = mixing.seated(course)
    plan = mixing.live(course)
    if plan is None:
        return Page(course, can_make, len(offers))
    seating = mixing.read(plan)
    rounds = _rounds(seating, now)
    by_number = {str(one.number): one for one in rounds}
    coming = [one for one in rounds if one.is_next]
    return Page(
        course=course,
        can_make=can_make,
        people=len(offers),
        plan=plan,
        seen=mixing.seen_of(plan),
        rounds=rounds,
        shown=by_number.get(asked) or (coming or rounds[-1:])[0],
        lines=lines(seating),
        sentences=tuple(aim_sentences(plan.aims)),
        proposal=proposal(seating, offers) if can_make else Proposal(),
    )


def sitter(offer: Offer) -> Sitter:
    """Return how a participant is shown: name, city, unit; nothing else."""
    nomination = offer.nomination
    return Sitter(
        offer.code,
        f"{nomination.given_name} {nomination.family_name}",
        str(nomination.organisation),
        str(Department(nomination.department).label) if nomination.department else "",
        nomination.is_fictional,
        nomination.sort_name,
    )


def _rounds(seating: Seating, now: datetime) -> tuple[Round, ...]:
    held = seating.mixed.held
    return tuple(
        Round(
            number=one.number,
            session=str(one.session.title) if one.session else "",
            starts_at=one.session.starts_at if one.session else None,
            held_at=one.held_at,
            is_next=index == held,
            has_begun=mixing.has_begun(seating.plan, one, now),
            groups=_groups(seating.plan.groups, own),
        )
        for index, (one, own) in enumerate(
            zip(seating.rounds, seating.places, strict=True)
        )
    )


def _groups(count: int, places: Sequence[GroupPlace]) -> tuple[Group, ...]:
    return tuple(
        Group(
            number,
            tuple(sitter(place.offer) for place in places if place.group == number),
        )
        for number in range(1, count + 1)
    )


def rounds(course: Course, now: datetime) -> tuple[Round, ...]:
    """Return the rounds of the plan of ``course`` that is in use."""
    plan = mixing.live(course)
    return _rounds(mixing.read(plan), now) if plan else ()


def lines(seating: Seating) -> tuple[Line, ...]:
    """Return everybody with her group in each round, by name."""
    homes = [{p.offer.code: p.group for p in own} for own in seating.places]
    people = sorted(
        seating.people.values(), key=lambda one: (one.nomination.sort_name, one.pk)
    )
    return tuple(
        Line(sitter(one), tuple(home.get(one.code, 0) for home in homes))
        for one in people
    )


def tents(course: Course) -> tuple[Line, ...]:
    """Return everybody who takes part, by name, with her groups where there is a plan."""
    plan = mixing.live(course)
    homes = (
        [{p.offer.code: p.group for p in own} for own in mixing.read(plan).places]
        if plan
        else []
    )
    return tuple(
        Line(sitter(one), tuple(home.get(one.code, 0) for home in homes))
        for one in mixing.seated(course)
    )


def proposal(seating: Seating, offers: Sequence[Offer]) -> Proposal:
    """Return who joined, left or was missing since the groups were mixed; one query."""
    if seating.mixed.held == len(seating.rounds):
        return Proposal()
    here = {one.code for one in seating.mixed.task.people}
    known = seating.people
    missing = _missing(seating.plan.course)
    seated = {one.code: one for one in offers}
    return Proposal(
        joined=tuple(
            sitter(one)
            for code, one in seated.items()
            if code not in here and code not in missing
        ),
        gone=tuple(sitter(known[code]) for code in sorted(here - seated.keys())),
        absent=tuple(
            sitter(one)
            for code, one in seated.items()
            if code in here and code in missing
        ),
    )


def _missing(course: Course) -> frozenset[str]:
    """Return who was not at the last session of ``course`` that has marks."""
    last = (
        Mark.objects.filter(session__course=course)
        .order_by("-session__starts_at", "-session")
        .values("session")[:1]
    )
    return frozenset(
        Mark.objects.filter(
            session__in=last, kind__in=[Attended.ABSENT, Attended.EXCUSED]
        ).values_list("offer__code", flat=True)
    )


@dataclass(frozen=True, slots=True)
class Cost:
    """One number before and after a change."""

    label: str
    before: int
    after: int
    bound: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change by hand would mean."""

    sentence: str
    costs: tuple[Cost, ...]
    broken: tuple[str, ...]
    mended: tuple[str, ...]
    sizes: str = ""


def changeable(seating: Seating, number: int) -> GroupRound | None:
    """Return the round if it is still to come."""
    return next(
        (o for o in seating.rounds if o.number == number and o.held_at is None), None
    )


def preview(seating: Seating, number: int, first: str, target: str) -> Preview:
    """
    Return what it means if ``first`` changes places with a code, or moves to "group-3".

    :raises BadProblem: if that is no change.
    """
    names = {code: sitter(one).name for code, one in seating.people.items()}
    to = target_group(target)
    if to:
        found = grouping.move(seating.mixed, number - 1, first, to - 1)
        sentence = _("%(first)s moves to group %(group)s.") % {
            "first": names[first],
            "group": to,
        }
    else:
        found = grouping.swap(seating.mixed, number - 1, first, target)
        sentence = _("%(first)s and %(second)s change places.") % {
            "first": names[first],
            "second": names[target],
        }
    sizes = [len(group) for group in found.plan.rounds[number - 1]]
    return Preview(
        sentence=sentence,
        costs=costs(found.before, found.after),
        broken=tuple(fault_words(one, names) for one in found.broken),
        mended=tuple(fault_words(one, names) for one in found.mended),
        sizes=", ".join(map(str, sizes)) if max(sizes) - min(sizes) > 1 else "",
    )


def target_group(target: str) -> int:
    """Return the number in "group-3", or 0 for anything else."""
    name, _dash, number = target.partition("-")
    return int(number) if name == "group" and number.isdecimal() else 0


def costs(before: Sequence[Aim], after: Sequence[Aim]) -> tuple[Cost, ...]:
    """Return each aim before and after a change."""
    return tuple(
        Cost(aim_label(was.code, was.attribute), was.value, now.value, now.bound)
        for was, now in zip(before, after, strict=True)
    )


def choices_in(
    seating: Seating, number: int
) -> tuple[list[tuple[str, str]], Mapping[str, list[tuple[str, str]]]]:
    """Return who can be chosen first, and with what she can change, by its kind."""
    own = sorted(
        seating.places[number - 1],
        key=lambda place: (place.offer.nomination.sort_name, place.pk),
    )
    people = [(place.offer.code, _with_group(place)) for place in own]
    groups = [
        (f"group-{one}", _("Group %(number)s") % {"number": one})
        for one in range(1, seating.plan.groups + 1)
    ]
    return people, {
        _("Change places with"): people,
        _("Move alone to"): groups,
    }


def _with_group(place: GroupPlace) -> str:
    person = sitter(place.offer)
    return _("%(name)s, %(city)s (group %(group)s)") % {
        "name": person.name,
        "city": person.city,
        "group": place.group,
    }


@dataclass(frozen=True, slots=True)
class MyRound:
    """In which group one participant sits in one round."""

    number: int
    group: int
    session: str
    starts_at: datetime | None
    is_held: bool


def my_rounds(offer: Offer) -> tuple[MyRound, ...]:
    """
    Return where the holder of ``offer`` sits, for the page behind her link; one query.

    Her own places only: who else sits there she sees at the table.
    """
    places = (
        GroupPlace.objects.filter(offer=offer, round__plan__replaced_at__isnull=True)
        .select_related("round__session")
        .order_by("round__number")
    )
    return tuple(
        MyRound(
            place.round.number,
            place.group,
            str(place.round.session.title) if place.round.session else "",
            place.round.session.starts_at if place.round.session else None,
            place.round.held_at is not None,
        )
        for place in places
    )
