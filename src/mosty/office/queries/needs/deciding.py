"""What waits for a decision: signatures, draws, announcements, messages, drafts."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mosty.accounts.models import User
from mosty.audit.models import Entry
from mosty.directory.models import FactProposal
from mosty.nominations.models import Call
from mosty.office import kinds, policies
from mosty.office.queries.needs.need import Need
from mosty.outbox.models import Message
from mosty.programmes import policies as programmes
from mosty.selection import policies as selection
from mosty.selection.models import SIGNATURES, Run
from mosty.selection.queries.desk import to_sign
from mosty.selection.queries.pool import obstacles


def signatures(user: User, now: datetime) -> Iterator[Need]:
    """Yield draws that an organisation of the user may sign and has not signed."""
    for run in to_sign(user):
        yield Need(
            1,
            _("selection waits for a signature: %(course)s") % {"course": run.course},
            reverse("selection:run", args=[run.run]),
            _("Review and sign"),
            _("Signatures: %(given)s of %(needed)s. You may sign for: %(organisation)s")
            % {
                "given": run.given,
                "needed": SIGNATURES,
                "organisation": run.organisation,
            },
        )


def announcements(user: User, now: datetime) -> Iterator[Need]:
    """Yield draws that two partners have signed."""
    for run in (
        selection.runs_visible_to(user)
        .filter(
            kind=Run.Kind.DRAW,
            state=Run.State.PROPOSED,
            call__course__programme__in=programmes.coordinated_by(user),
        )
        .annotate(signed=Count("signatures"))
        .filter(signed__gte=SIGNATURES)
        .defer("record")
        .select_related("call__course__programme")
    ):
        yield Need(
            1,
            _("A signed selection can be announced: %(course)s")
            % {"course": run.call.course},
            reverse("selection:announce", args=[run.pk]),
            _("Announce"),
        )


def draws(user: User, now: datetime) -> Iterator[Need]:
    """Yield closed calls without a draw: the seed is missing, or everything is ready."""
    drawn = Run.objects.filter(kind=Run.Kind.DRAW).exclude(state=Run.State.DISCARDED)
    for call in (
        Call.objects.filter(
            course__programme__in=programmes.coordinated_by(user),
            state=Call.State.PUBLISHED,
            closes_at__lte=now,
        )
        .exclude(pk__in=drawn.values("call"))
        .select_related("course__programme")
    ):
        about = {"course": call.course}
        if call.is_cast_in_public and (lacking := _lacking(call, now)):
            yield lacking
        elif not call.seed and not call.is_cast_in_public:
            yield Need(
                1,
                _("The seed of the draw is missing: %(course)s") % about,
                reverse("nominations:call_seed", args=[call.slug]),
                _("Enter the seed"),
                _("Source: %(source)s") % {"source": call.seed_source},
            )
        elif not obstacles(call, now):
            yield Need(
                1,
                _("draw can be made, everything is ready: %(course)s") % about,
                reverse("selection:call", args=[call.slug]),
                _("Go to the draw"),
            )


def _lacking(call: Call, now: datetime) -> Need | None:
    """Return what a draw in public lacks: its list, or the number."""
    lacks = [one.code for one in obstacles(call, now)]
    about = {"course": call.course}
    if lacks == ["no_list"]:
        return Need(
            1,
            _("The numbered list of groups can be made: %(course)s") % about,
            reverse("selection:call", args=[call.slug]),
            _("Go to the draw"),
        )
    if lacks == ["no_number"]:
        return Need(
            1,
            _("number drawn in public is missing: %(course)s") % about,
            reverse("selection:number", args=[call.slug]),
            _("Enter the number"),
            _("Source: %(source)s") % {"source": call.seed_source},
        )
    return None


def messages(user: User, now: datetime) -> Iterator[Need]:
    """Yield what waits in the outbox to be read, and what was not delivered."""
    mine = policies.messages_sent_by(user)
    kinds_waiting = [
        (kinds.in_words(kind), count)
        for kind, count in mine.filter(state=Message.State.DRAFT)
        .values_list("kind")
        .annotate(Count("id"))
        .order_by("kind")
    ]
    if waiting := sum(count for _kind, count in kinds_waiting):
        yield Need(
            waiting,
            ngettext(
                "message is ready to be read before it leaves",
                "messages are ready to be read before they leave",
                waiting,
            ),
            f"{reverse('office:outbox')}?state=draft",
            _("Open the outbox"),
            " · ".join(f"{kind}: {count}" for kind, count in kinds_waiting),
        )
    failed = mine.filter(state=Message.State.FAILED).count()
    if failed:
        yield Need(
            failed,
            ngettext(
                "message was not delivered", "messages were not delivered", failed
            ),
            f"{reverse('office:outbox')}?state=failed",
            _("Look at them"),
        )


def drafts(user: User, now: datetime) -> Iterator[Need]:
    """Yield calls that are not published yet."""
    for call in Call.objects.filter(
        course__programme__in=programmes.coordinated_by(user), state=Call.State.DRAFT
    ).select_related("course"):
        yield Need(
            1,
            _("A call is not published yet: %(course)s") % {"course": call.course},
            reverse("nominations:desk", args=[call.slug]),
            _("Go on"),
        )


def proposals(user: User, now: datetime) -> Iterator[Need]:
    """Yield corrections of facts that cities have proposed."""
    count = FactProposal.objects.filter(state=FactProposal.State.OPEN).count()
    if count:
        yield Need(
            count,
            ngettext(
                "correction of a fact is proposed by a city",
                "corrections of facts are proposed by cities",
                count,
            ),
            reverse("directory:corrections"),
            _("Decide"),
        )


def entries(user: User, now: datetime) -> Iterator[Need]:
    """Yield what was written into the ledger in the last day."""
    count = Entry.objects.filter(at__gt=now - timedelta(days=1)).count()
    if count:
        yield Need(
            count,
            ngettext(
                "entry in the ledger since yesterday",
                "entries in the ledger since yesterday",
                count,
            ),
            reverse("office:ledger"),
            _("Open the ledger"),
        )
