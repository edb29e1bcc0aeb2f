"""The pages about users, for those who run the installation and for everybody else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from mosty.accounts.models import Role, User
from mosty.directory.models import Organisation
from tests.factories import make_user

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def addresses(user: User) -> list[str]:
    grant = user.grants.get()
    return [
        reverse("accounts:users"),
        reverse("accounts:add_user"),
        *(
            reverse(f"accounts:{name}", kwargs={"pk": user.pk})
            for name in ("user", "change_user", "deactivate", "reactivate")
        ),
        reverse("accounts:end_role", kwargs={"pk": grant.pk}),
    ]


def test_every_page_answers_an_administrator(
    administrator: User, city: User, signed_in: SignedIn
) -> None:
    client = signed_in(administrator)

    assert [client.get(address).status_code for address in addresses(city)] == [200] * 7


@pytest.mark.parametrize("method", ("get", "post"))
def test_nobody_else_learns_that_the_pages_exist(
    coordinator: User, city: User, signed_in: SignedIn, method: str
) -> None:
    client = signed_in(coordinator)

    answers = [getattr(client, method)(url).status_code for url in addresses(city)]
    # Posting to the list is refused before anybody looks who asks.
    first = 405 if method == "post" else 404
    assert answers == [first] + [404] * 6


def test_the_public_is_sent_to_sign_in(client: Client, city: User) -> None:
    for address in [*addresses(city), reverse("accounts:profile")]:
        assert client.get(address).url == f"/en/account/login/?next={address}"


@pytest.mark.parametrize("method", ("put", "delete"))
def test_wrong_methods(
    administrator: User, city: User, signed_in: SignedIn, method: str
) -> None:
    client = signed_in(administrator)

    for address in addresses(city):
        assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("rows", (1, 3))
def test_users_budget(
    administrator: User,
    krakow: Organisation,
    signed_in: SignedIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    for number in range(rows):
        make_user(f"City {number}", role=Role.CITY, organisation=krakow)
    client = signed_in(administrator)

    # Session, user with her roles; count, users, their roles.
    with django_assert_num_queries(5):
        response = client.get(reverse("accounts:users"))

    assert response.context["users"].total == rows + 1


@pytest.mark.parametrize(
    ("query", "names"),
    (
        ("", ["Adam Admin", "Celina Cisek", "Sid Strange"]),
        ("?q=CISEK", ["Celina Cisek"]),
        ("?role=city", ["Celina Cisek"]),
        ("?role=nonsense", ["Adam Admin", "Celina Cisek", "Sid Strange"]),
        ("?state=inactive", []),
        ("?sort=-name", ["Sid Strange", "Celina Cisek", "Adam Admin"]),
    ),
)
@pytest.mark.usefixtures("city", "stranger")
def test_users_are_filtered_and_sorted(
    administrator: User, signed_in: SignedIn, query: str, names: list[str]
) -> None:
    response = signed_in(administrator).get(reverse("accounts:users") + query)

    assert [row.name for row in response.context["users"]] == names


@pytest.mark.usefixtures("city")
def test_users_stand_in_the_order_of_the_polish_alphabet(
    administrator: User, signed_in: SignedIn
) -> None:
    for name in ("Zofia Z", "Łukasz Ł", "Lucyna L", "Ćwierk Ć", "Żaneta Ż", "Mila M"):
        make_user(name)
    response = signed_in(administrator).get(reverse("accounts:users"))

    assert [row.name for row in response.context["users"]] == [
        "Adam Admin",
        "Celina Cisek",
        "Ćwierk Ć",
        "Lucyna L",
        "Łukasz Ł",
        "Mila M",
        "Zofia Z",
        "Żaneta Ż",
    ]


def test_users_leave_as_a_file_exactly_as_filtered(
    administrator: User, city: User, signed_in: SignedIn
) -> None:
    address = reverse("accounts:users") + "?role=city&export=csv"
    response = signed_in(administrator).get(address)

    assert response["Content-Disposition"] == 'attachment; filename="users.csv"'
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        f'"Celina Cisek","{city.email}","en","city contact (Kraków)","yes"'
    ]


def test_an_administrator_adds_a_user_and_gives_a_role(
    administrator: User, krakow: Organisation, signed_in: SignedIn
) -> None:
    client = signed_in(administrator)
    form = {"name": "Dora Duda", "email": "dora@example.org", "language": "pl"}

    answer = client.post(reverse("accounts:add_user"), form)
    dora = User.objects.get(email="dora@example.org")
    assert answer.url == reverse("accounts:user", kwargs={"pk": dora.pk})
    client.post(answer.url, {"role": "city", "organisation": krakow.pk})

    assert User.objects.get(pk=dora.pk).acts_for(Role.CITY) == {krakow.pk}


def test_what_an_action_refuses_stands_beside_its_field(
    administrator: User, city: User, signed_in: SignedIn
) -> None:
    form = {"name": "Dora", "email": city.email.upper(), "language": "pl"}

    response = signed_in(administrator).post(reverse("accounts:add_user"), form)

    assert response.context["form"].errors == {
        "email": ["There is a user with this address already."]
    }


def test_a_name_of_which_nothing_is_seen_is_refused_beside_its_field(
    administrator: User, city: User, signed_in: SignedIn
) -> None:
    client = signed_in(administrator)
    unseen = {"name": "\u200b", "email": "d@example.org", "language": "pl"}
    pages = [
        reverse("accounts:add_user"),
        reverse("accounts:change_user", kwargs={"pk": city.pk}),
        reverse("accounts:profile"),
    ]

    forms = [client.post(page, unseen).context["form"] for page in pages]

    assert [form.errors for form in forms] == [
        {"name": ["This field is required."]} for page in pages
    ]


def test_an_administrator_ends_a_role_and_takes_the_right_to_sign_in(
    administrator: User, city: User, signed_in: SignedIn
) -> None:
    client, hers = signed_in(administrator), signed_in(city)
    end = reverse("accounts:end_role", kwargs={"pk": city.grants.get().pk})
    stop = reverse("accounts:deactivate", kwargs={"pk": city.pk})

    client.post(end, {"last_day": "2024-01-31", "reason": "Left"})
    client.post(stop, {"reason": "Left"})

    assert str(city.grants.get().until) == "2024-01-31"
    # The session that was open ends with its next request.
    assert hers.get(reverse("accounts:profile")).status_code == 302


@pytest.mark.parametrize(
    ("name", "active", "said"),
    (
        ("deactivate", True, "May not sign in any more: Celina Cisek"),
        ("reactivate", False, "May sign in again: Celina Cisek"),
    ),
)
def test_the_administrator_is_told_what_was_done(
    administrator: User,
    city: User,
    signed_in: SignedIn,
    name: str,
    active: bool,
    said: str,
) -> None:
    User.objects.filter(pk=city.pk).update(is_active=active)
    page = reverse(f"accounts:{name}", kwargs={"pk": city.pk})

    answer = signed_in(administrator).post(page, {"reason": "Left"}, follow=True)

    assert [str(message) for message in answer.context["messages"]] == [said]


def test_a_profile_is_changed_by_its_owner_in_her_new_language(
    city: User, signed_in: SignedIn
) -> None:
    form = {"name": "Celina Nowa", "language": "pl"}

    response = signed_in(city).post(reverse("accounts:profile"), form)

    city.refresh_from_db()
    assert (city.name, city.language) == ("Celina Nowa", "pl")
    assert response.url == "/pl/account/profile/"
    assert response.cookies["language"].value == "pl"


def test_one_click_signs_a_demo_user_in_to_her_language(client: Client) -> None:
    dora = make_user("Demo Dora", is_demo=True, language="pl")
    page = client.get(reverse("account_login"))
    assert [user.name for user in page.context["demo_users"]] == ["Demo Dora"]

    response = client.post(reverse("accounts:demo_sign_in", kwargs={"pk": dora.pk}))

    assert response.url == "/pl/today/"
    assert client.session["_auth_user_id"] == str(dora.pk)


@pytest.mark.parametrize(("demo", "made_up"), ((False, True), (True, False)))
def test_one_click_is_for_demo_users_of_a_demo_only(
    client: Client, settings: Settings, demo: bool, made_up: bool
) -> None:
    settings.DEMO = demo
    user = make_user("Dora", is_demo=made_up)

    address = reverse("accounts:demo_sign_in", kwargs={"pk": user.pk})

    assert client.post(address).status_code == 404
    assert client.get(address).status_code == 405
    assert client.get(reverse("account_login")).context["demo_users"] == []
