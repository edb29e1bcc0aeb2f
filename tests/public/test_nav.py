"""The menu each of the cast sees, and which of its entries is current."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, resolve, reverse

from mosty.accounts.models import Role
from mosty.public import nav
from tests.factories import make_grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(rf):
    """Return a request for an address by somebody."""

    def ask(user, path="/en/"):
        request = rf.get(path)
        request.user = user
        request.resolver_match = resolve(path)
        return request

    return ask


def there(*names):
    """Return the addresses of those pages that this installation has."""
    found = []
    for name in names:
        try:
            found.append(reverse(name))
        except NoReverseMatch:
            continue
    return found


@pytest.mark.parametrize(
    ("name", "pages"),
    (
        (
            "coordinator",
            (
                "office:today",
                "programmes:index",
                "nominations:calls",
                "selection:runs",
                "office:outbox",
                "plans:index",
                "partnerships:maps",
                "library:desk",
                "directory:index",
                "office:ledger",
            ),
        ),
        (
            "partner",
            (
                "office:today",
                "programmes:index",
                "nominations:calls",
                "selection:runs",
                "plans:index",
                "partnerships:maps",
                "library:desk",
            ),
        ),
        (
            "secretariat",
            (
                "office:today",
                "programmes:index",
                "nominations:calls",
                "selection:runs",
                "office:outbox",
                "plans:index",
                "partnerships:maps",
                "library:desk",
                "directory:index",
            ),
        ),
        (
            "city",
            (
                "office:today",
                "public:home",
                "nominations:calls",
                "plans:index",
                "partnerships:maps",
                "library:desk",
            ),
        ),
        (
            "trainer",
            (
                "office:today",
                "programmes:index",
                "training:my_calendar",
                "plans:index",
                "library:desk",
            ),
        ),
        ("worker", ("office:today", "infopoint:index")),
        ("lead", ("office:today", "infopoint:index")),
        ("auditor", ("office:today", "selection:proofs", "office:ledger")),
        ("administrator", ("office:today", "accounts:users")),
        (
            "stranger",
            (
                "public:home",
                "public:calls",
                "plans:index",
                "library:practices",
                "library:tools",
                "library:search",
            ),
        ),
    ),
)
def test_each_role_sees_its_pages(request, asked, name, pages):
    items = nav.items(asked(request.getfixturevalue(name)))
    assert [item.url for item in items] == there(*pages)


def test_the_public_sees_programmes_and_calls_without_a_query(
    asked, django_assert_num_queries
):
    with django_assert_num_queries(0):
        items = nav.items(asked(AnonymousUser()))
    assert [(item.label, item.url) for item in items] == [
        ("Programmes", "/en/"),
        ("Calls", "/en/open-calls/"),
        ("Action plans", "/en/plans/"),
        ("Good practices", "/en/practices/"),
        ("Tools", "/en/tools/"),
        ("Search", "/en/search/"),
    ]


def test_programmes_stand_once_for_whoever_is_several_things(
    asked, coordinator, krakow
):
    make_grant(coordinator, Role.CITY, krakow)
    labels = [item.label for item in nav.items(asked(coordinator))]
    assert labels.count("Programmes") == 1


@pytest.mark.parametrize(
    ("path", "current"),
    (
        ("/en/", ["Programmes"]),
        ("/en/academy/", ["Programmes"]),
        ("/en/academy/courses/course/", ["Programmes"]),
        ("/en/open-calls/", ["Calls"]),
        ("/en/privacy/", []),
        ("/en/search/", ["Search"]),
    ),
)
def test_the_public_sees_where_it_is(asked, path, current):
    items = nav.items(asked(AnonymousUser(), path))
    assert [item.label for item in items if item.current] == current


@pytest.mark.parametrize(
    "path", ("/en/programmes/", "/en/academy/edit/", "/en/academy/courses/course/")
)
def test_a_planner_sees_where_she_is(asked, coordinator, path):
    items = nav.items(asked(coordinator, path))
    assert [item.url for item in items if item.current] == ["/en/programmes/"]


def test_a_call_s_selection_is_not_among_nominations_too(asked, coordinator):
    items = nav.items(asked(coordinator, "/en/calls/call/selection/"))
    assert [item.url for item in items if item.current] == ["/en/selection/"]


def test_the_footer_leads_to_what_everybody_may_ask(asked):
    items = nav.footer(asked(AnonymousUser(), "/en/privacy/"))
    assert [(item.url, item.current) for item in items] == [
        ("/en/points/all/", False),
        ("/en/search/", False),
        ("/en/certificates/", False),
        ("/en/privacy/", True),
        ("/en/accessibility/", False),
    ]


def test_a_trainer_who_is_not_in_the_directory_has_no_calendar(asked, trainer):
    trainer.person = None
    trainer.save()
    labels = [item.label for item in nav.items(asked(trainer))]
    assert labels == ["Today", "Programmes", "Action plans", "Library"]
