"""Who may see or do what with runs, signatures and offers. Nothing else decides this."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from mosty.accounts.models import Role, User
from mosty.audit.actors import SYSTEM, Actor
from mosty.directory.models import Organisation
from mosty.nominations import policies as nominations
from mosty.nominations.models import Call, Nomination
from mosty.outbox.models import Link
from mosty.programmes import policies as programmes
from mosty.selection.models import Calculation, Decision, NumberedList, Offer, Run

SIGNERS = (Role.COORDINATOR, Role.PARTNER, Role.SECRETARIAT)


def runs_visible_to(user: User) -> QuerySet[Run]:
    """
    Return the runs ``user`` may know exist; the rest are a 404.

    Partners see draws, which they sign; what-if runs are the coordinator's own.
    """
    return Run.objects.filter(
        Q(call__course__programme__in=programmes.coordinated_by(user))
        | Q(
            kind=Run.Kind.DRAW,
            call__course__programme__in=programmes.partnered_by(user),
        )
    )


def proofs_visible_to(user: User) -> QuerySet[Run]:
    """
    Return the draws whose public copy ``user`` may read: announced ones.

    Partners those they see; auditors all of them, since a copy singles out nobody.
    """
    announced = Run.objects.filter(kind=Run.Kind.DRAW, state=Run.State.ANNOUNCED)
    if user.has_role(Role.AUDITOR):
        return announced
    return announced.filter(pk__in=runs_visible_to(user).values("pk"))


def can_prove(user: User) -> bool:
    """Test if proofs of draws are any of ``user``'s business."""
    return user.has_role(*SIGNERS, Role.AUDITOR)


def results_visible_to(user: User | AnonymousUser) -> QuerySet[Call]:
    """Return the calls of whose results ``user`` may read the numbers: those she may know."""
    return nominations.calls_visible_to(user).exclude(state=Call.State.DRAFT)


def can_run(actor: Actor, call: Call) -> bool:
    """Test if ``actor`` coordinates the call's programme."""
    return nominations.can_edit_call(actor, call)


def calculations_visible_to(user: User) -> QuerySet[Calculation]:
    """
    Return the calculations ``user`` may watch.

    What may become a draw is hers who draws; to solve a run again, hers who asked.
    """
    return Calculation.objects.filter(
        Q(call__course__programme__in=programmes.coordinated_by(user))
        | Q(
            kind=Calculation.Kind.AGAIN,
            asker_key=user.ledger_key,
            about__in=runs_visible_to(user),
        )
    )


def can_solve_again(actor: Actor, run: Run) -> bool:
    """Test if ``actor`` may let a run be solved again: everybody who sees it."""
    return isinstance(actor, User) and runs_visible_to(actor).filter(pk=run.pk).exists()


def can_cancel(actor: Actor, calculation: Calculation) -> bool:
    """Test if ``actor`` may end a calculation: as coordinator, or her own repetition."""
    return can_run(actor, calculation.call) or (
        calculation.kind == Calculation.Kind.AGAIN
        and calculation.asker_key == actor.ledger_key
    )


def signing_for(user: User, run: Run) -> QuerySet[Organisation]:
    """Return the partner organisations for which ``user`` may sign ``run``."""
    return programmes.signatories(run.call.course.programme).filter(
        pk__in=user.acts_for(*SIGNERS)
    )


def can_sign(actor: Actor, run: Run, organisation: Organisation) -> bool:
    """Test if ``actor`` may sign ``run`` for ``organisation``."""
    return (
        isinstance(actor, User)
        and signing_for(actor, run).filter(pk=organisation.pk).exists()
    )


def decisions_visible_to(user: User) -> QuerySet[Decision]:
    """
    Return the decisions ``user`` may see.

    Partners see them in every draw, a city only its own people's, and only once the
    run is announced.
    """
    return Decision.objects.filter(
        Q(run__in=runs_visible_to(user))
        | Q(
            run__state=Run.State.ANNOUNCED,
            nomination__organisation__in=user.acts_for(Role.CITY),
        )
    )


def offers_visible_to(user: User) -> QuerySet[Offer]:
    """Return the offers ``user`` may see: of her calls, or of her city's people."""
    return Offer.objects.filter(
        Q(nomination__call__in=nominations.gathered_by(user))
        | Q(nomination__call__course__programme__in=programmes.partnered_by(user))
        | Q(nomination__organisation__in=user.acts_for(Role.CITY))
    )


def offers_visible_to_link(link: Link) -> QuerySet[Offer]:
    """Return the offer that a link is for."""
    if link.purpose != Link.Purpose.OFFER:
        return Offer.objects.none()
    return Offer.objects.filter(code=link.subject)


def can_see_selection(user: User) -> bool:
    """Test if selections are any of ``user``'s business."""
    return user.has_role(*SIGNERS)


def calls_visible_to(user: User) -> QuerySet[Call]:
    """Return the calls whose selection ``user`` may follow: of programmes she is a partner in."""
    return Call.objects.filter(
        course__programme__in=programmes.partnered_by(user)
    ).exclude(state=Call.State.DRAFT)


def lists_visible_to_all() -> QuerySet[NumberedList]:
    """Return the lists that everybody may read: of calls that stand."""
    return NumberedList.objects.filter(call__state=Call.State.PUBLISHED)


def can_see_list_codes(user: User | AnonymousUser, listed: NumberedList) -> bool:
    """Test if ``user`` may see whom a pseudonym of the list stands for: as a partner."""
    return (
        isinstance(user, User)
        and calls_visible_to(user).filter(pk=listed.call_id).exists()
    )


def boards_visible_to(user: User) -> QuerySet[Call]:
    """Return the calls whose seats ``user`` may see, all of them or her city's."""
    return Call.objects.filter(
        Q(pk__in=calls_visible_to(user))
        | Q(pk__in=nominations.gathered_by(user))
        | Q(
            pk__in=Nomination.objects.filter(
                organisation__in=user.acts_for(Role.CITY),
                submitted_at__isnull=False,
            ).values("call")
        )
    ).exclude(state=Call.State.DRAFT)


def can_gather(actor: Actor, offer: Offer) -> bool:
    """Test if ``actor`` gathers the call of the offer."""
    return nominations.can_gather(actor, offer.nomination.call)


def sees_all_seats(user: User, call: Call) -> bool:
    """Test if ``user`` sees every seat of ``call``, not only those of her city."""
    return (
        nominations.can_gather(user, call)
        or calls_visible_to(user).filter(pk=call.pk).exists()
    )


def can_answer(actor: Actor, offer: Offer) -> bool:
    """Test if ``actor`` is the nominee by her link, or gathers the call for her."""
    if isinstance(actor, Link):
        return actor.purpose == Link.Purpose.OFFER and actor.subject == offer.code
    return nominations.can_gather(actor, offer.nomination.call)


def can_give_back(actor: Actor, offer: Offer) -> bool:
    """
    Test if ``actor`` may give up a seat: its holder, her city, or who gathers.

    Its holder comes by the offer's link, or by the one of her course's page.
    """
    if isinstance(actor, Link) and actor.purpose == Link.Purpose.TAKE_PART:
        return actor.subject == offer.code
    return can_answer(actor, offer) or nominations.can_nominate(
        actor, offer.nomination.call, offer.nomination.organisation_id
    )


def can_see_codes_only(user: User, nomination: Nomination) -> bool:
    """Test if ``user`` sees this nominee by code, because the name is not hers to know."""
    return not nominations.visible_to(user).filter(pk=nomination.pk).exists()


def can_sweep(actor: Actor) -> bool:
    """Test if ``actor`` is the installation itself, doing what time demands."""
    return actor is SYSTEM
