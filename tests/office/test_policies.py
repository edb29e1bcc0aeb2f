"""Who reads and sends messages, and who reads the ledger, as tables."""

import pytest

from mosty.accounts.models import Role, User
from mosty.audit import actions as audit
from mosty.directory.models import Organisation
from mosty.nominations.models import Call
from mosty.office import policies
from mosty.outbox.models import Message
from mosty.programmes.models import Partnership
from tests.factories import (
    make_call,
    make_course,
    make_message,
    make_organisation,
    make_partnership,
    make_programme,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(call: Call) -> dict[str, Message]:
    """Return an invitation and an offer of our call, one of another, and a welcome."""
    other = make_call(make_course(make_programme("other")), slug="other")
    return {
        "invitation": make_message(scope=call.slug, kind="nominations.invitation"),
        "offer": make_message(scope=call.slug, kind="selection.offer"),
        "elsewhere": make_message(scope=other.slug, kind="nominations.invitation"),
        "welcome": make_message(kind="accounts.welcome"),
    }


@pytest.mark.parametrize(
    ("who", "opens", "reads", "sends", "counts"),
    (
        ("coordinator", True, {"invitation", "offer"}, {"invitation", "offer"}, 2),
        ("secretariat", True, {"invitation", "offer"}, {"invitation"}, 2),
        ("partner", True, set(), set(), 2),
        ("city", False, set(), set(), 0),
        ("trainer", False, set(), set(), 0),
        ("auditor", False, set(), set(), 0),
        ("administrator", False, set(), set(), 0),
        ("stranger", False, set(), set(), 0),
    ),
)
def test_who_reads_and_sends_messages(
    request: pytest.FixtureRequest,
    letters: dict[str, Message],
    who: str,
    opens: bool,
    reads: set[str],
    sends: set[str],
    counts: int,
) -> None:
    user: User = request.getfixturevalue(who)
    names = {message.pk: name for name, message in letters.items()}

    assert policies.can_open_outbox(user) == opens
    assert {names[m.pk] for m in policies.messages_visible_to(user)} == reads
    assert {name for name, m in letters.items() if policies.can_send(user, m)} == sends
    assert policies.messages_counted_for(user).count() == counts


def test_another_union_of_the_programme_does_not_read_letters_to_others_cities(
    call: Call,
) -> None:
    other = make_organisation("Other union", kind=Organisation.Kind.UNION)
    make_partnership(call.course.programme, other, Partnership.Role.CHANNEL)
    user = make_user("Otto Other", role=Role.SECRETARIAT, organisation=other)
    message = make_message(scope=call.slug)

    assert list(policies.messages_visible_to(user)) == []
    assert policies.can_send(user, message) is False


def test_the_secretariat_of_a_calls_channel_gathers_it_without_a_programme(
    call: Call, secretariat: User
) -> None:
    call.course.programme.partnerships.all().delete()
    message = make_message(scope=call.slug)

    assert policies.can_send(secretariat, message) is True


@pytest.mark.parametrize(
    ("who", "opens", "scopes"),
    (
        ("auditor", True, {"academy", "call", "krakow", ""}),
        ("coordinator", True, {"academy", "call"}),
        ("partner", False, set()),
        ("secretariat", False, set()),
        ("city", False, set()),
        ("administrator", False, set()),
        ("stranger", False, set()),
    ),
)
def test_who_reads_the_ledger(
    request: pytest.FixtureRequest,
    call: Call,
    now: object,
    who: str,
    opens: bool,
    scopes: set[str],
) -> None:
    user: User = request.getfixturevalue(who)
    for target, scope in (
        (call.course.programme, "academy"),
        (call, "call"),
        (make_organisation("Any"), "krakow"),
        (make_organisation("None"), ""),
    ):
        audit.record(actor=user, verb="x", target=target, at=now, scope=scope)

    assert policies.can_open_ledger(user) == opens
    assert {entry.scope for entry in policies.entries_visible_to(user)} == scopes


def test_a_programme_called_like_anothers_call_opens_nothing_of_it(
    call: Call, coordinator: User, now: object
) -> None:
    audit.record(
        actor=coordinator, verb="x", target=call, at=now, scope=call.slug, reason="call"
    )
    curious = make_organisation("Curious")
    user = make_user("Cora Curious", role=Role.COORDINATOR, organisation=curious)
    namesake = make_programme(call.slug)
    make_partnership(namesake, curious, Partnership.Role.COORDINATOR)
    audit.record(
        actor=user, verb="x", target=namesake, at=now, scope=call.slug, reason="own"
    )

    assert [e.reason for e in policies.entries_visible_to(user)] == ["own"]
    assert [e.reason for e in policies.entries_visible_to(coordinator)] == ["call"]
