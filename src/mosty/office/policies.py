"""Who may read and release messages, and who reads the ledger. Nothing else decides this."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Concat

from mosty.accounts.models import Role, User
from mosty.audit.models import Entry
from mosty.nominations.models import Call, Nomination
from mosty.outbox.models import Message
from mosty.programmes import policies as programmes
from mosty.programmes.models import Programme

# Whoever asks for a page: somebody who signed in, or the public.
Viewer = User | AnonymousUser
# Messages of these kinds are the secretariat's to send: it gathers nominations.
GATHERING = "nominations."
# The library is of no programme: whoever coordinates one has its messages and entries.
LIBRARY = ":library"


def calls_coordinated_by(user: Viewer) -> QuerySet[Call]:
    """Return the calls of the programmes that ``user`` coordinates."""
    return Call.objects.filter(course__programme__in=programmes.coordinated_by(user))


def calls_gathered_by(user: Viewer) -> QuerySet[Call]:
    """
    Return the calls that go to cities through ``user``'s union.

    Another union of the same programme gathers other calls, and writes to others.
    """
    unions = user.acts_for(Role.SECRETARIAT) if isinstance(user, User) else ()
    return Call.objects.filter(channel__in=unions)


def plan_scopes_of(user: Viewer) -> QuerySet[Programme, Any]:
    """
    Return where messages and entries about the plans of ``user``'s programmes are kept.

    With a colon, which no call's address has: see :mod:`mosty.plans.actions.drafting`.
    """
    return (
        programmes.coordinated_by(user)
        .annotate(plan_scope=Concat(Value("plans:"), "slug", output_field=CharField()))
        .values("plan_scope")
    )


def can_open_outbox(user: Viewer) -> bool:
    """Test if the outbox is there for ``user``: to work in, or to count in."""
    return isinstance(user, User) and user.has_role(
        Role.COORDINATOR, Role.SECRETARIAT, Role.PARTNER
    )


def messages_visible_to(user: Viewer) -> QuerySet[Message]:
    """Return the messages ``user`` may read, sent or not."""
    return Message.objects.filter(
        Q(scope__in=calls_coordinated_by(user).values("slug"))
        | Q(scope__in=calls_gathered_by(user).values("slug"))
        | _of_library(user)
        | Q(scope__in=plan_scopes_of(user))
    )


def has_library(user: Viewer) -> bool:
    """Test if ``user`` has the messages and entries of the library: any coordinator."""
    return isinstance(user, User) and user.has_role(Role.COORDINATOR)


def _of_library(user: Viewer) -> Q:
    return Q(scope=LIBRARY) if has_library(user) else Q(pk__in=())


def messages_sent_by(user: Viewer) -> QuerySet[Message]:
    """Return the messages that ``user`` may release, withdraw and try again."""
    return Message.objects.filter(
        Q(scope__in=calls_coordinated_by(user).values("slug"))
        | Q(
            scope__in=calls_gathered_by(user).values("slug"), kind__startswith=GATHERING
        )
        | _of_library(user)
        | Q(scope__in=plan_scopes_of(user))
    )


def can_send(user: Viewer, message: Message) -> bool:
    """Test if ``user`` may release, withdraw or try ``message`` again."""
    return messages_sent_by(user).filter(pk=message.pk).exists()


def messages_counted_for(user: Viewer) -> QuerySet[Message]:
    """Return the messages of which ``user`` may know how many there are."""
    calls = Call.objects.filter(course__programme__in=programmes.partnered_by(user))
    return Message.objects.filter(scope__in=calls.values("slug"))


def erasable_by(user: Viewer) -> QuerySet[Nomination]:
    """Return the nominations whose people ``user`` may erase: of whom she coordinates."""
    return Nomination.objects.filter(call__in=calls_coordinated_by(user))


def can_erase(user: Viewer, nomination: Nomination) -> bool:
    """Test if ``user`` may erase the nominee's data: as coordinator of the programme."""
    return erasable_by(user).filter(pk=nomination.pk).exists()


def can_open_ledger(user: Viewer) -> bool:
    """Test if the ledger is there for ``user``."""
    return isinstance(user, User) and user.has_role(Role.AUDITOR, Role.COORDINATOR)


def entries_visible_to(user: Viewer) -> QuerySet[Entry]:
    """Return the whole ledger for auditors; for a coordinator, that of her programmes."""
    if isinstance(user, User) and user.has_role(Role.AUDITOR):
        return Entry.objects.all()
    # Two words that may be alike: whoever begins a programme chooses its address, and
    # must not come to read what belongs to somebody else's call of that name.
    of_programme = Q(target_kind__startswith="programmes.")
    return Entry.objects.filter(
        of_programme & Q(scope__in=programmes.coordinated_by(user).values("slug"))
        | ~of_programme & Q(scope__in=calls_coordinated_by(user).values("slug"))
        | _of_library(user)
        | Q(scope__in=plan_scopes_of(user))
    )
