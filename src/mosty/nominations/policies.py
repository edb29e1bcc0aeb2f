"""Who may see or do what with calls and nominations. Nothing else decides this."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from mosty.accounts.models import Role, User
from mosty.audit.actors import SYSTEM, Actor
from mosty.nominations.models import Call, ImportedFile, Invitation, Nomination
from mosty.outbox.models import Link
from mosty.programmes import policies as programmes

# A draft is its city's until it is submitted, and stays so if it never is.
SENT = Q(submitted_at__isnull=False)


def calls_visible_to(user: User | AnonymousUser) -> QuerySet[Call]:
    """
    Return the calls ``user`` may know exist; a draft is its coordinator's alone.

    What was public stays so when it is cancelled: its page says that it is. A call is
    hidden with its course or programme, but not from the cities that it went to: they
    have people in it.
    """
    published = ~Q(state=Call.State.DRAFT) & Q(published_at__isnull=False)
    public = published & Q(
        course__is_published=True, course__programme__is_published=True
    )
    if not isinstance(user, User):
        return Call.objects.filter(public)
    if cities := user.acts_for(Role.CITY):
        went_to = Invitation.objects.filter(
            organisation__in=cities, sent_at__isnull=False
        )
        nominated = Nomination.objects.filter(organisation__in=cities)
        public |= published & (
            Q(pk__in=went_to.values("call")) | Q(pk__in=nominated.values("call"))
        )
    return Call.objects.filter(
        public
        | (
            ~Q(state=Call.State.DRAFT)
            & Q(course__programme__in=programmes.keys_partnered_by(user))
        )
        | Q(course__programme__in=programmes.keys_coordinated_by(user))
    )


def can_edit_call(actor: Actor, call: Call) -> bool:
    """Test if ``actor`` coordinates the call's programme."""
    return (
        isinstance(actor, User)
        and programmes.coordinated_by(actor)
        .filter(pk=call.course.programme_id)
        .exists()
    )


def can_gather(actor: Actor, call: Call) -> bool:
    """Test if ``actor`` gathers nominations: the call's channel, or its coordinator."""
    return isinstance(actor, User) and (
        call.channel_id in actor.acts_for(Role.SECRETARIAT)
        or can_edit_call(actor, call)
    )


def gathered_by(user: User) -> QuerySet[Call]:
    """Return the calls whose nominations ``user`` gathers."""
    return Call.objects.filter(
        Q(channel__in=user.acts_for(Role.SECRETARIAT))
        | Q(course__programme__in=programmes.keys_coordinated_by(user))
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """How much of one call's nominations a user knows of."""

    gathers: bool
    partner: bool
    cities: frozenset[int]

    @property
    def anything(self) -> bool:
        """Test if there is a list for her at all."""
        return self.gathers or self.partner or bool(self.cities)


def reach(user: User, call: Call) -> Reach:
    """Return how much of the nominations of ``call`` there is for ``user``."""
    gathers = can_gather(user, call)
    return Reach(
        gathers=gathers,
        partner=not gathers
        and programmes.partnered_by(user).filter(pk=call.course.programme_id).exists(),
        cities=user.acts_for(Role.CITY),
    )


def visible_in(call: Call, known: Reach) -> QuerySet[Nomination]:
    """Return those of :func:`visible_to` that are of ``call``, without its joins."""
    rows = Nomination.objects.filter(call=call)
    if known.gathers:
        return rows
    own = Q(organisation__in=known.cities)
    return rows.filter(own | SENT if known.partner else own)


def visible_to(user: User) -> QuerySet[Nomination]:
    """
    Return the nominations ``user`` may know exist; the rest are a 404.

    Who gathers a call sees all of it, a partner what was submitted, a city its own.
    """
    return Nomination.objects.filter(
        Q(call__in=gathered_by(user))
        | (SENT & Q(call__course__programme__in=programmes.keys_partnered_by(user)))
        | Q(organisation__in=user.acts_for(Role.CITY))
    )


def visible_to_link(link: Link) -> QuerySet[Nomination]:
    """
    Return the nominations that a link is for: a city's in a call, or a nominee's own.
    """
    if link.purpose == Link.Purpose.CONFIRM:
        return Nomination.objects.filter(code=link.subject)
    if link.purpose != Link.Purpose.NOMINATE:
        return Nomination.objects.none()
    invitation = Invitation.objects.filter(code=link.subject)
    return Nomination.objects.filter(
        call__in=invitation.values("call"),
        organisation__in=invitation.values("organisation"),
    )


def can_nominate(actor: Actor, call: Call, organisation: int) -> bool:
    """Test if ``actor`` speaks for the city ``organisation`` in this call, or gathers it."""
    if isinstance(actor, Link):
        return (
            actor.purpose == Link.Purpose.NOMINATE
            and Invitation.objects.filter(
                code=actor.subject, call=call, organisation=organisation
            ).exists()
        )
    if not isinstance(actor, User):
        return False
    return organisation in actor.acts_for(Role.CITY) or can_gather(actor, call)


def can_answer(actor: Actor, nomination: Nomination) -> bool:
    """Test if ``actor`` is the nominee, by her own link."""
    return (
        isinstance(actor, Link)
        and actor.purpose == Link.Purpose.CONFIRM
        and actor.subject == nomination.code
    )


def can_comment(actor: Actor, nomination: Nomination) -> bool:
    """Test if ``actor`` may write a note on the nomination."""
    return can_nominate(actor, nomination.call, nomination.organisation_id)


def can_see_needs(user: User, nomination: Nomination) -> bool:
    """Test if ``user`` must know the nominee's needs: the programme's coordinator."""
    return can_edit_call(user, nomination.call)


def can_sweep(actor: Actor) -> bool:
    """Test if ``actor`` is the installation itself, doing what time demands."""
    return actor is SYSTEM


def can_import(actor: Actor, call: Call, organisation: int | None) -> bool:
    """Test if ``actor`` may bring in a city's list, or with ``None`` the whole call's."""
    if organisation is None:
        return can_gather(actor, call)
    return can_nominate(actor, call, organisation)


def imports_visible_to(user: User) -> QuerySet[ImportedFile]:
    """Return the imported files ``user`` may see: of her calls, or of her city."""
    return ImportedFile.objects.filter(
        Q(call__in=gathered_by(user)) | Q(organisation__in=user.acts_for(Role.CITY))
    )
