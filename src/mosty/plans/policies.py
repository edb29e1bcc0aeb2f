"""Who may see, write, sign off and answer for a plan. Nothing else decides this."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, When

from mosty.accounts.models import Role, User
from mosty.audit.actors import SYSTEM, Actor
from mosty.directory.models import Organisation
from mosty.nominations.models import Invitation
from mosty.outbox.models import Link
from mosty.plans.models import Action, CheckIn, Evidence, HelpNote, Plan, Visibility
from mosty.programmes import policies as programmes
from mosty.programmes.models import Course, Programme
from mosty.selection.models import Offer
from mosty.training import policies as training

ON_BOARDS = (
    Role.COORDINATOR,
    Role.PARTNER,
    Role.SECRETARIAT,
    Role.CITY,
)


@dataclass(frozen=True, slots=True)
class Sight:
    """
    How much of a plan somebody sees.

    Lines from ``level`` on; the rows as they are, or (without ``draft``) what was last
    signed off; obstacles, evidence and who answered only with ``everything``.
    """

    level: int
    draft: bool
    everything: bool


def cities_of(user: programmes.Viewer) -> frozenset[int]:
    """Return the keys of the cities for which ``user`` speaks."""
    return user.acts_for(Role.CITY) if isinstance(user, User) else frozenset()


def _courses_of(cities: frozenset[int]) -> QuerySet[Offer, Any]:
    """Return the keys of the courses at which people of ``cities`` have seats."""
    return (
        training.accepted()
        .filter(nomination__organisation__in=cities)
        .values("seat__call__course")
    )


def _invited(cities: frozenset[int]) -> Q:
    """Return which programmes are those of ``cities``: they were called, or plan there."""
    return Q(
        programme__in=Invitation.objects.filter(organisation__in=cities).values(
            "call__course__programme"
        )
    ) | Q(programme__in=Plan.objects.filter(owner__in=cities).values("programme"))


def _led(user: programmes.Viewer) -> Q:
    return Q(
        visibility__gte=Visibility.COURSE,
        course__in=programmes.sessions_led_by(user).values("course"),
    )


def visible_to(user: programmes.Viewer) -> QuerySet[Plan]:
    """
    Return the plans that ``user``, signed in or not, may know exist; the rest are a 404.

    A city her own, the coordinator all of hers, a trainer those of her courses that are
    not private; whoever else those that were signed off and are shown to her.
    """
    cities = cities_of(user)
    shown = Q(visibility=Visibility.PUBLIC, programme__is_published=True)
    if isinstance(user, User):
        shown |= Q(
            visibility__gte=Visibility.COURSE,
            programme__in=programmes.keys_partnered_by(user),
        )
    if cities:
        shown |= Q(visibility__gte=Visibility.COURSE, course__in=_courses_of(cities))
        shown |= Q(visibility__gte=Visibility.NETWORK) & _invited(cities)
    return Plan.objects.filter(
        Q(owner__in=cities)
        | Q(programme__in=programmes.keys_coordinated_by(user))
        | _led(user)
        | Q(shown, signed_version__gte=1)
    )


def followed_by(user: programmes.Viewer) -> QuerySet[Plan]:
    """Return the plans that ``user`` coordinates: whose every line and answer she reads."""
    return Plan.objects.filter(programme__in=programmes.keys_coordinated_by(user))


def actions_followed_by(user: programmes.Viewer) -> QuerySet[Action]:
    """Return the actions of the signed plans that ``user`` coordinates."""
    return Action.objects.filter(
        plan__programme__in=programmes.keys_coordinated_by(user),
        plan__signed_version__gte=1,
    )


# What each of the numbers below stands for, from who sees most to who sees least.
_SIGHTS = (
    Sight(Visibility.PRIVATE, draft=True, everything=True),
    Sight(Visibility.COURSE, draft=True, everything=False),
    Sight(Visibility.COURSE, draft=False, everything=False),
    Sight(Visibility.NETWORK, draft=False, everything=False),
    Sight(Visibility.PUBLIC, draft=False, everything=False),
)


def with_sight(user: programmes.Viewer, plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Return ``plans``, which she may see, each with a number for :func:`sight_behind`."""
    cities = cities_of(user)
    near = Q(programme__in=programmes.partnered_by(user).values("pk"))
    cases = [
        When(
            Q(owner__in=cities) | Q(programme__in=programmes.keys_coordinated_by(user)),
            then=0,
        ),
        When(_led(user), then=1),
    ]
    if cities:
        near |= Q(course__in=_courses_of(cities))
        cases += [When(near, then=2), When(_invited(cities), then=3)]
    else:
        cases += [When(near, then=2)]
    return plans.annotate(sight=Case(*cases, default=4, output_field=IntegerField()))


def sight_behind(number: int) -> Sight:
    """Return how much somebody sees of a plan that has this number."""
    return _SIGHTS[number]


def sight(user: programmes.Viewer, plan: Plan) -> Sight:
    """Return how much of ``plan``, which she may see, ``user`` sees; one query."""
    found = with_sight(user, Plan.objects.filter(pk=plan.pk)).get()
    return sight_behind(found.sight)  # type: ignore[attr-defined]  # annotated


def seat_of(link: Link) -> QuerySet[Offer]:
    """Return the taken seat of the participant who holds ``link``."""
    return training.seats_visible_to_link(link)


def speaks_for(user: programmes.Viewer, plan: Plan) -> bool:
    """Test if ``user`` is a contact of the plan's city: signs, shares, closes, answers."""
    return plan.owner_id in cities_of(user)


def can_write(actor: Actor, plan: Plan) -> bool:
    """Test if ``actor`` drafts: the city's contact, or its participants at the course."""
    if isinstance(actor, User):
        return speaks_for(actor, plan)
    return (
        isinstance(actor, Link)
        and plan.course_id is not None
        and seat_of(actor)
        .filter(
            nomination__organisation=plan.owner_id, seat__call__course=plan.course_id
        )
        .exists()
    )


def can_begin(actor: Actor, owner: Organisation, course: Course | None) -> bool:
    """Test if ``actor`` may begin a plan of ``owner``, at ``course`` or from home."""
    if isinstance(actor, User):
        return owner.pk in cities_of(actor)
    return (
        isinstance(actor, Link)
        and course is not None
        and seat_of(actor)
        .filter(nomination__organisation=owner, seat__call__course=course)
        .exists()
    )


def programmes_of_city(user: User) -> QuerySet[Programme]:
    """Return the programmes in which a city of ``user`` may plan: it was called there."""
    return Programme.objects.filter(
        pk__in=Invitation.objects.filter(organisation__in=cities_of(user)).values(
            "call__course__programme"
        )
    )


def own_cities(user: User) -> QuerySet[Organisation]:
    """Return the cities for which ``user`` may begin a plan."""
    return Organisation.objects.filter(pk__in=cities_of(user))


def check_ins_behind(link: Link) -> QuerySet[CheckIn]:
    """Return the one check-in that ``link`` is for."""
    if link.purpose != Link.Purpose.PLAN:
        return CheckIn.objects.none()
    return CheckIn.objects.filter(code=link.subject)


def can_answer(actor: Actor, check_in: CheckIn) -> bool:
    """Test if ``actor`` answers ``check_in``: by its link, or as the city's contact."""
    if isinstance(actor, User):
        return speaks_for(actor, check_in.plan)
    return (
        isinstance(actor, Link)
        and check_ins_behind(actor).filter(pk=check_in.pk).exists()
    )


def can_tend(actor: Actor) -> bool:
    """Test if ``actor`` is the installation itself, which asks when the day comes."""
    return actor is SYSTEM


def can_import(user: User, plan: Plan) -> bool:
    """Test if ``user`` may bring a table back into ``plan``."""
    return speaks_for(user, plan)


def courses_desked_by(user: User) -> QuerySet[Course]:
    """Return the courses whose plans ``user`` follows on the day: partners and trainers."""
    return training.groups_visible_to(user)


def evidence_visible_to(user: programmes.Viewer) -> QuerySet[Evidence]:
    """Return the files that show what was reported: for the city and the coordinator."""
    plans = Plan.objects.filter(
        Q(owner__in=cities_of(user))
        | Q(programme__in=programmes.keys_coordinated_by(user))
    )
    return Evidence.objects.filter(report__action__plan__in=plans)


def can_open_board(user: programmes.Viewer) -> bool:
    """Test if the help board is there for somebody with the roles of ``user``."""
    return isinstance(user, User) and user.has_role(*ON_BOARDS)


def can_follow(user: programmes.Viewer) -> bool:
    """Test if the overview of all actions is there for ``user``."""
    return isinstance(user, User) and user.has_role(Role.COORDINATOR)


def boards_of(user: programmes.Viewer) -> QuerySet[Programme]:
    """Return the programmes whose asks and offers ``user`` reads: cities and partners."""
    if not isinstance(user, User):
        return Programme.objects.none()
    cities = cities_of(user)
    mine = Q(pk__in=programmes.keys_partnered_by(user))
    if cities:
        mine |= Q(
            pk__in=Invitation.objects.filter(organisation__in=cities).values(
                "call__course__programme"
            )
        ) | Q(pk__in=Plan.objects.filter(owner__in=cities).values("programme"))
    return Programme.objects.filter(mine)


def notes_visible_to(user: programmes.Viewer) -> QuerySet[HelpNote]:
    """Return the asks and offers that ``user`` may read."""
    return HelpNote.objects.filter(plan__programme__in=boards_of(user))


def can_end_note(user: User, note: HelpNote) -> bool:
    """Test if ``user`` takes ``note`` off the board: the city's contact."""
    return speaks_for(user, note.plan)


def answering_cities(user: User, note: HelpNote) -> QuerySet[Organisation]:
    """Return for which cities ``user`` may answer ``note``: hers, not the note's own."""
    if not notes_visible_to(user).filter(pk=note.pk).exists():
        return Organisation.objects.none()
    return own_cities(user).exclude(pk=note.plan.owner_id)
