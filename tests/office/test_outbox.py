"""The outbox: reading, releasing, withdrawing and trying again."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mosty.accounts.models import User
from mosty.nominations.models import Call
from mosty.outbox.models import Message
from tests.factories import (
    make_call,
    make_course,
    make_link,
    make_message,
    make_programme,
)

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
OUTBOX, RELEASE = "/en/outbox/", "/en/outbox/release/"


@pytest.fixture
def invitation(call: Call) -> Message:
    return make_message(scope=call.slug, kind="nominations.invitation")


@pytest.fixture
def offer(call: Call) -> Message:
    return make_message(scope=call.slug, kind="selection.offer")


def page(name: str, message: Message) -> str:
    return reverse(f"office:{name}", kwargs={"pk": message.pk})


@pytest.mark.parametrize(
    ("who", "expected"),
    (
        ("coordinator", [200, 200, 200, 200]),
        ("secretariat", [200, 200, 200, 403]),
        ("partner", [200, 404, 200, 404]),
        ("city", [404, 404, 404, 404]),
        ("auditor", [404, 404, 404, 404]),
        ("administrator", [404, 404, 404, 404]),
        ("stranger", [404, 404, 404, 404]),
    ),
)
def test_each_page_for_each_role(
    request: pytest.FixtureRequest,
    signed_in: SignedIn,
    offer: Message,
    who: str,
    expected: list[int],
) -> None:
    client = signed_in(request.getfixturevalue(who))
    pages = (OUTBOX, page("message", offer), RELEASE, page("withdraw", offer))

    assert [client.get(address).status_code for address in pages] == expected


def test_the_public_is_sent_to_sign_in(client: Client, offer: Message) -> None:
    for address in (OUTBOX, RELEASE, page("message", offer), page("withdraw", offer)):
        assert client.get(address).url == f"/en/account/login/?next={address}"


def test_wrong_methods(coordinator: User, offer: Message, signed_in: SignedIn) -> None:
    client = signed_in(coordinator)

    assert client.post(OUTBOX).status_code == 405
    assert client.post(page("message", offer)).status_code == 405
    assert client.get(page("retry", offer)).status_code == 405
    assert client.put(RELEASE).status_code == 405
    assert client.put(page("withdraw", offer)).status_code == 405


def test_a_partner_counts_without_reading(
    partner: User, offer: Message, signed_in: SignedIn
) -> None:
    response = signed_in(partner).get(OUTBOX)

    assert [(row.call, row.counts) for row in response.context["counted"]] == [
        ("Good practices", (1, 0, 0, 0, 0))
    ]
    assert offer.to_name not in response.content.decode()


@pytest.mark.parametrize("rows", (1, 3))
def test_outbox_budget(
    coordinator: User,
    call: Call,
    signed_in: SignedIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    for _number in range(rows):
        make_message(scope=call.slug)
    client = signed_in(coordinator)

    # Session, user with roles; calls, programmes, kinds, what she sends; count, messages;
    # states, what waits.
    with django_assert_num_queries(10):
        response = client.get(OUTBOX)

    assert response.context["outbox"].total == rows


@pytest.mark.parametrize(
    ("query", "found"),
    (
        ("", 2),
        ("?kind=selection.offer", 1),
        ("?state=sent", 1),
        ("?language=pl", 1),
        ("?scope=call", 2),
        ("?scope=other", 2),
        ("?state=draft&kind=nominations.test", 0),
    ),
)
def test_messages_are_filtered(
    coordinator: User, call: Call, signed_in: SignedIn, query: str, found: int
) -> None:
    make_message(scope=call.slug, kind="selection.offer", language="pl")
    make_message(scope=call.slug, kind="nominations.test", state="sent")

    response = signed_in(coordinator).get(OUTBOX + query)

    assert response.context["outbox"].total == found
    assert [count for _label, count in response.context["states"]] == [1, 0, 1, 0, 0]


def test_the_outbox_leaves_as_a_file(
    coordinator: User, offer: Message, signed_in: SignedIn
) -> None:
    response = signed_in(coordinator).get(OUTBOX + "?export=csv")

    line = response.content.decode("utf-8-sig").splitlines()[1]
    assert line.endswith(
        ',"Ewa Nowak","A message for tests","offer of a seat","en","to be read"'
    )


def test_a_message_is_read_without_its_link(
    coordinator: User, call: Call, signed_in: SignedIn
) -> None:
    link = make_link()
    body = "Good morning.\n\nAnswer here: {link}\n\nThank you.\n"
    message = make_message(scope=call.slug, body=body, link=link, language="pl")

    text = signed_in(coordinator).get(page("message", message)).content.decode()

    assert "[personal link]" in text
    assert "{link}" not in text
    assert link.token not in text
    assert '<div lang="pl">' in text


def test_reading_goes_on_with_the_next_of_its_kind(
    coordinator: User, invitation: Message, offer: Message, signed_in: SignedIn
) -> None:
    second = make_message(scope=offer.scope, kind="selection.offer")

    shown = signed_in(coordinator).get(page("message", offer)).context["shown"]

    assert shown.next_pk == second.pk


def states(*messages: Message) -> list[str]:
    return [Message.objects.get(pk=message.pk).state for message in messages]


def test_picked_messages_leave_after_a_look(
    coordinator: User, invitation: Message, offer: Message, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)

    look = client.get(RELEASE, {"message": [offer.pk]})
    assert (look.context["preview"].count, states(offer)) == (1, ["draft"])
    client.post(RELEASE, {"message": [offer.pk], "count": 1})

    assert states(offer, invitation) == ["released", "draft"]
    assert Message.objects.get(pk=offer.pk).released_by == "Alice Adams"


def test_all_of_one_kind_leave_but_none_that_came_after_the_look(
    coordinator: User, invitation: Message, offer: Message, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)
    batch = {"kind": offer.kind, "scope": offer.scope}
    preview = client.get(RELEASE, batch).context["preview"]
    late = make_message(**batch)

    client.post(RELEASE, {**batch, "up_to": preview.up_to, "count": preview.count})

    assert states(offer, late, invitation) == ["released", "draft", "draft"]


def test_what_changed_since_the_look_does_not_leave(
    coordinator: User, offer: Message, signed_in: SignedIn
) -> None:
    second = make_message(scope=offer.scope, kind=offer.kind)
    client = signed_in(coordinator)
    client.post(page("withdraw", second), {"reason": "Twice"})

    client.post(RELEASE, {"message": [offer.pk, second.pk], "count": 2})

    assert states(offer, second) == ["draft", "withdrawn"]


def test_pressing_twice_sends_once(
    coordinator: User, offer: Message, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)

    for _press in range(2):
        client.post(RELEASE, {"message": [offer.pk], "count": 1})

    assert states(offer) == ["released"]


@pytest.mark.parametrize("query", ("", "?message=x", "?message=99999", "?kind=none"))
def test_looking_at_nothing_releases_nothing(
    coordinator: User, offer: Message, signed_in: SignedIn, query: str
) -> None:
    response = signed_in(coordinator).get(RELEASE + query)

    if query == "?message=x":
        assert response.status_code == 404
    else:
        assert response.context["preview"].count == 0


def test_the_secretariat_sends_only_what_gathers_nominations(
    secretariat: User, invitation: Message, offer: Message, signed_in: SignedIn
) -> None:
    client = signed_in(secretariat)

    both = {"message": [invitation.pk, offer.pk], "count": 2}
    assert client.post(RELEASE, both).status_code == 403
    assert states(invitation, offer) == ["draft", "draft"]
    client.post(RELEASE, {"message": [invitation.pk], "count": 1})

    assert states(invitation, offer) == ["released", "draft"]
    assert client.post(page("withdraw", offer), {"reason": "No"}).status_code == 403


@pytest.mark.parametrize("who", ("partner", "city", "other_city", "stranger"))
def test_others_send_nothing(
    request: pytest.FixtureRequest, signed_in: SignedIn, offer: Message, who: str
) -> None:
    client = signed_in(request.getfixturevalue(who))

    client.post(RELEASE, {"message": [offer.pk], "count": 1})
    answers = [
        client.post(page(name, offer), {"reason": "No"}).status_code
        for name in ("withdraw", "retry")
    ]

    assert (states(offer), answers) == (["draft"], [404, 404])


def test_messages_of_another_programme_do_not_exist(
    coordinator: User, call: Call, signed_in: SignedIn
) -> None:
    make_call(make_course(make_programme("other")), slug="other")
    message = make_message(scope="other")
    client = signed_in(coordinator)

    assert client.get(page("message", message)).status_code == 404
    client.post(RELEASE, {"message": [message.pk], "count": 1})
    assert states(message) == ["draft"]


def test_withdrawing_asks_why(
    coordinator: User, offer: Message, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)

    assert client.post(page("withdraw", offer), {}).context["form"].errors
    client.post(page("withdraw", offer), {"reason": "Wrong day"})

    assert states(offer) == ["withdrawn"]


def test_what_was_not_delivered_is_tried_again(
    coordinator: User, call: Call, signed_in: SignedIn
) -> None:
    failed = make_message(
        scope=call.slug, state="failed", fault="SMTPServerDisconnected"
    )
    client = signed_in(coordinator)

    assert (
        "SMTPServerDisconnected" in client.get(page("message", failed)).content.decode()
    )
    client.post(page("retry", failed))
    client.post(page("retry", failed))

    assert states(failed) == ["released"]
