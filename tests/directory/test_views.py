"""The pages of the directory, for those it is open to and for everybody else."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mosty.accounts.models import User
from mosty.directory.models import FactProposal, Organisation, Person, Territory
from tests.factories import make_city, make_organisation, make_person, make_position

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def ewa(krakow: Organisation) -> Person:
    """Return a person of Kraków."""
    ewa = make_person("Ewa", "Nowak")
    make_position(ewa, krakow, title="Head of unit")
    return ewa


@pytest.fixture
def proposal(krakow: Organisation, now: object) -> FactProposal:
    """Return a correction that Kraków proposed."""
    return FactProposal.objects.create(
        fact=krakow.territory.facts.get(),
        value="little",
        as_of="2022-02-01",
        source="City report",
        reason="Wrong",
        proposed_by="Celina Cisek",
        proposed_at=now,
    )


@pytest.fixture
def addresses(
    krakow: Organisation, ump: Organisation, ewa: Person, proposal: FactProposal
) -> dict[str, str]:
    """Return the address of each page, by its name."""
    slug = {"slug": "krakow"}
    kwargs: dict[str, dict[str, object]] = {
        "index": {},
        "territories": {},
        "territory": slug,
        "organisations": {},
        "organisation": slug,
        "people": {},
        "person": {"code": ewa.code},
        "corrections": {},
        "add_territory": {},
        "change_territory": slug,
        "add_code": slug,
        "add_fact": {**slug, "topic": "population"},
        "propose": {"pk": proposal.fact_id},
        "correction": {"pk": proposal.pk},
        "add_organisation": {},
        "change_organisation": slug,
        "add_member": {"slug": "ump"},
        "end_member": {"pk": krakow.memberships.get().pk},
    }
    return {
        name: reverse(f"directory:{name}", kwargs=given)
        for name, given in kwargs.items()
    }


READ = (
    "index",
    "territories",
    "territory",
    "organisations",
    "organisation",
    "people",
    "person",
    "corrections",
)


@pytest.mark.parametrize(
    ("who", "answers"),
    (
        # What she may only read is a 403, what she may not know a 404.
        ("coordinator", {"propose": 403}),
        ("partner", {"correction": 404, "*": 403}),
        (
            "secretariat",
            {"correction": 404, "add_member": 200, "end_member": 200, "*": 403},
        ),
        ("city", {"propose": 200, "*": 403}),
    ),
)
def test_each_page_for_those_who_may_look(
    request: pytest.FixtureRequest,
    signed_in: SignedIn,
    addresses: dict[str, str],
    who: str,
    answers: dict[str, int],
) -> None:
    client = signed_in(request.getfixturevalue(who))

    found = {
        name: client.get(address).status_code for name, address in addresses.items()
    }

    rest = answers.pop("*", 200)
    expected = {name: 200 if name in READ else rest for name in addresses}
    assert found == {**expected, **answers}


@pytest.mark.parametrize("who", ("trainer", "auditor", "administrator", "stranger"))
@pytest.mark.parametrize("method", ("get", "post"))
def test_nobody_else_learns_that_there_is_a_directory(
    request: pytest.FixtureRequest,
    signed_in: SignedIn,
    addresses: dict[str, str],
    who: str,
    method: str,
) -> None:
    client = signed_in(request.getfixturevalue(who))

    for name, address in addresses.items():
        expected = 405 if method == "post" and name in READ else 404
        assert getattr(client, method)(address).status_code == expected


def test_another_city_learns_nothing_of_this_one(
    other_city: User, signed_in: SignedIn, addresses: dict[str, str]
) -> None:
    client = signed_in(other_city)
    names = (
        "territory",
        "organisation",
        "person",
        "change_territory",
        "propose",
        "correction",
        "change_organisation",
        "end_member",
    )

    assert {name: client.get(addresses[name]).status_code for name in names} == (
        dict.fromkeys(names, 404)
    )
    assert client.get(addresses["people"]).context["people"].total == 0


def test_the_public_is_sent_to_sign_in(
    client: Client, addresses: dict[str, str]
) -> None:
    for address in addresses.values():
        assert client.get(address).url == f"/en/account/login/?next={address}"


def test_wrong_methods(
    coordinator: User, signed_in: SignedIn, addresses: dict[str, str]
) -> None:
    client = signed_in(coordinator)

    for address in addresses.values():
        assert client.delete(address).status_code == 405


@pytest.mark.parametrize("rows", (1, 3))
@pytest.mark.parametrize(
    # Session, user, roles; count, rows, what hangs on them; the filter's choices.
    ("name", "budget"),
    (("territories", 5), ("organisations", 6), ("people", 6), ("corrections", 4)),
)
def test_lists_keep_to_their_budget(
    coordinator: User,
    ump: Organisation,
    now: object,
    signed_in: SignedIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    budget: int,
    rows: int,
) -> None:
    for number in range(rows):
        town = make_city(
            f"City {number}", terc=f"000000{number}", member_of=ump, experience="much"
        )
        make_position(make_person(), town)
        FactProposal.objects.create(
            fact=town.territory.facts.get(),
            value="little",
            as_of="2022-02-01",
            proposed_at=now,
        )
    client = signed_in(coordinator)

    with django_assert_num_queries(budget):
        response = client.get(reverse(f"directory:{name}"))

    assert response.context[name].total >= rows


@pytest.mark.parametrize(
    ("query", "names"),
    (
        ("", ("Kraków", "Łódź")),
        ("?sort=-name", ("Łódź", "Kraków")),
        ("?q=krak", ("Kraków",)),
        ("?q=KRAKÓW", ("Kraków",)),
        ("?q=lodz", ("Łódź",)),
        ("?q=1061011", ("Łódź",)),
        ("?kind=region", ()),
        ("?country=EE", ()),
        ("?kind=nonsense", ("Kraków", "Łódź")),
    ),
)
@pytest.mark.usefixtures("krakow", "lodz")
def test_places_are_found(
    coordinator: User, signed_in: SignedIn, query: str, names: tuple[str, ...]
) -> None:
    response = signed_in(coordinator).get(reverse("directory:territories") + query)

    assert tuple(row.name for row in response.context["territories"]) == names


def test_members_of_a_union_are_those_of_today(
    coordinator: User,
    krakow: Organisation,
    lodz: Organisation,
    ump: Organisation,
    signed_in: SignedIn,
) -> None:
    lodz.memberships.update(until=date(2020, 1, 1))

    address = reverse("directory:organisations") + f"?member_of={ump.pk}"
    response = signed_in(coordinator).get(address)

    assert [row.short_name for row in response.context["organisations"]] == ["Kraków"]


@pytest.mark.parametrize(
    ("query", "found"),
    (
        ("q=nowak", 1),
        ("q=Ewa", 1),
        ("q=kos", 0),
        ("department=education", 1),
        # One post must meet both.
        ("department=culture&level=middle", 0),
    ),
)
def test_people_are_found(
    coordinator: User,
    ewa: Person,
    lodz: Organisation,
    signed_in: SignedIn,
    query: str,
    found: int,
) -> None:
    make_position(ewa, lodz, department="culture", level="senior")

    response = signed_in(coordinator).get(reverse("directory:people") + f"?{query}")

    assert response.context["people"].total == found


def test_a_city_sees_only_the_posts_in_its_own_offices(
    city: User, ewa: Person, lodz: Organisation, signed_in: SignedIn
) -> None:
    make_position(ewa, lodz)

    address = reverse("directory:person", kwargs={"code": ewa.code})
    person = signed_in(city).get(address).context["person"]

    assert [post.organisation for post in person.posts] == ["Kraków"]


@pytest.mark.parametrize(
    ("name", "line"),
    (
        ("territories", '"Kraków","city or town","PL","","TERC 1261011 (2024)"'),
        ("organisations", '"Kraków","Kraków","city authority","Kraków","UMP"'),
        ("people", '"{code}","Ewa Nowak","{email}","Head of unit, Kraków","no"'),
    ),
)
def test_lists_leave_as_files(
    city: User, ewa: Person, signed_in: SignedIn, name: str, line: str
) -> None:
    client = signed_in(city)
    address = reverse(f"directory:{name}") + "?q=nowak" * (name == "people")
    mark = "&" if "?" in address else "?"

    text = client.get(f"{address}{mark}export=csv").content.decode("utf-8-sig")
    sheet = client.get(f"{address}{mark}export=xlsx")

    assert line.format(code=ewa.code, email=ewa.email) in text.splitlines()
    assert sheet.content[:2] == b"PK"


def test_a_coordinator_adds_a_place_with_code_and_fact(
    coordinator: User, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)
    place = {
        "name_pl": "Zielona Góra",
        "kind": "city",
        "country": "pl",
        "slug": "zielona-gora",
    }
    code = {"system": "terc", "code": "0862011", "vintage": 2024}
    fact = {
        "value": "139 278",
        "as_of": "2023-12-31",
        "method_pl": "Spis",
        "source": "GUS",
    }

    client.post(reverse("directory:add_territory"), place)
    slug = {"slug": "zielona-gora"}
    client.post(reverse("directory:add_code", kwargs=slug), code)
    client.post(
        reverse("directory:add_fact", kwargs={**slug, "topic": "population"}), fact
    )

    added = Territory.objects.get(**slug)
    assert (added.country, str(added.codes.get()), added.facts.get().value) == (
        "PL",
        "TERC 0862011 (2024)",
        "139278",
    )


def test_a_fact_about_nothing_we_know_is_a_404(
    coordinator: User, krakow: Organisation, signed_in: SignedIn
) -> None:
    address = reverse(
        "directory:add_fact", kwargs={"slug": "krakow", "topic": "weather"}
    )

    assert signed_in(coordinator).get(address).status_code == 404


def test_a_city_proposes_and_the_coordinator_decides(
    city: User, coordinator: User, krakow: Organisation, signed_in: SignedIn
) -> None:
    fact = krakow.territory.facts.get()
    form = {
        "value": "little",
        "as_of": "2022-02-01",
        "source": "City report",
        "reason": "We had no unit then.",
    }
    signed_in(city).post(reverse("directory:propose", kwargs={"pk": fact.pk}), form)
    proposal = FactProposal.objects.get()
    decide = reverse("directory:correction", kwargs={"pk": proposal.pk})
    client = signed_in(coordinator)

    refused = client.post(decide, {"decision": "refuse"})
    assert "answer" in refused.context["form"].errors
    client.post(decide, {"decision": "accept"})

    assert krakow.territory.facts.get(superseded_at__isnull=True).value == "little"


def test_the_secretariat_keeps_its_unions_members(
    secretariat: User, ump: Organisation, signed_in: SignedIn
) -> None:
    town = make_organisation("Town")
    client = signed_in(secretariat)

    client.post(
        reverse("directory:add_member", kwargs={"slug": "ump"}),
        {"member": town.pk, "since": "2024-01-01"},
    )
    membership = town.memberships.get()
    client.post(
        reverse("directory:end_member", kwargs={"pk": membership.pk}),
        {"until": "2024-12-31"},
    )

    membership.refresh_from_db()
    assert (str(membership.since), str(membership.until)) == (
        "2024-01-01",
        "2024-12-31",
    )
