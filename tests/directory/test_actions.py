"""What may change in the directory, and what stands in the ledger after."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from i18nfield.strings import LazyI18nString

from mosty.accounts.models import User
from mosty.audit.models import Entry
from mosty.directory import actions
from mosty.directory.actions import (
    CannotChangeFact,
    CannotChangeOrganisation,
    CannotChangeTerritory,
)
from mosty.directory.models import DatedFact, FactProposal, Organisation, Territory
from tests.factories import make_fact, make_organisation, make_territory

pytestmark = pytest.mark.django_db
NAME = LazyI18nString({"pl": "Zielona Góra", "en": "Zielona Góra"})
PLACE = {"name": NAME, "kind": "city", "country": "PL", "within": None}


def test_add_territory(coordinator: User, now: datetime) -> None:
    place = actions.add_territory(
        slug="zielona-gora", **PLACE, actor=coordinator, now=now
    )

    assert str(place) == "Zielona Góra"
    entry = Entry.objects.get()
    assert (entry.verb, entry.target_key) == ("territory.added", "zielona-gora")
    with pytest.raises(CannotChangeTerritory) as refusal:
        actions.add_territory(slug="zielona-gora", **PLACE, actor=coordinator, now=now)
    assert set(refusal.value.fields) == {"slug"}


def test_a_place_does_not_lie_within_itself(coordinator: User, now: datetime) -> None:
    region = make_territory("Region", kind="region")
    town = make_territory("Town", within=region)

    with pytest.raises(CannotChangeTerritory) as refusal:
        actions.change_territory(
            territory=region, **{**PLACE, "within": town}, actor=coordinator, now=now
        )

    assert set(refusal.value.fields) == {"within"}


@pytest.mark.parametrize(
    ("system", "code", "sentence"),
    (
        ("terc", "1261011", "Another place has this code in that year."),
        ("terc", "61011", "A TERC code has seven digits."),
        ("nuts", "pl21", "A NUTS code has two capital letters"),
        ("terc", "1061012", "This place has a code of that year already."),
    ),
)
def test_add_code_says_what_is_wrong_with_it(
    coordinator: User,
    krakow: Organisation,
    lodz: Organisation,
    now: datetime,
    system: str,
    code: str,
    sentence: str,
) -> None:
    place = make_territory("Other") if code != "1061012" else lodz.territory

    with pytest.raises(CannotChangeTerritory) as refusal:
        actions.add_code(
            territory=place,
            system=system,
            code=code,
            vintage=2024,
            actor=coordinator,
            now=now,
        )

    assert str(refusal.value).startswith(sentence)


def test_add_code_keeps_leading_zeros(coordinator: User, now: datetime) -> None:
    place = make_territory("Wrocław")

    added = actions.add_code(
        territory=place,
        system="terc",
        code="0264011",
        vintage=2024,
        actor=coordinator,
        now=now,
    )

    added.refresh_from_db()
    assert added.code == "0264011"
    assert Entry.objects.get().after["code"] == "0264011"


BODY = {"name": NAME, "short_name": NAME, "territory": None}


def test_a_city_authority_needs_its_place(coordinator: User, now: datetime) -> None:
    with pytest.raises(CannotChangeOrganisation) as refusal:
        actions.add_organisation(
            slug="x", **BODY, kind="city", actor=coordinator, now=now
        )
    assert set(refusal.value.fields) == {"territory"}

    added = actions.add_organisation(
        slug="x", **BODY, kind="ngo", actor=coordinator, now=now
    )
    with pytest.raises(CannotChangeOrganisation):
        actions.change_organisation(
            organisation=added, **BODY, kind="city", actor=coordinator, now=now
        )


def test_a_membership_starts_once_ends_and_starts_again(
    secretariat: User, ump: Organisation, now: datetime
) -> None:
    town = make_organisation("Town")

    def start(since: date) -> None:
        actions.start_membership(
            body=ump, member=town, since=since, source="", actor=secretariat, now=now
        )

    start(date(2020, 1, 1))
    with pytest.raises(CannotChangeOrganisation):
        start(date(2021, 1, 1))
    membership = town.memberships.get()
    with pytest.raises(CannotChangeOrganisation):
        actions.end_membership(
            membership=membership, until=date(2019, 1, 1), actor=secretariat, now=now
        )
    actions.end_membership(
        membership=membership, until=date(2022, 6, 30), actor=secretariat, now=now
    )
    start(date(2022, 7, 1))
    with pytest.raises(CannotChangeOrganisation):
        actions.end_membership(
            membership=membership, until=date(2023, 1, 1), actor=secretariat, now=now
        )

    verbs = Entry.objects.order_by("id").values_list("verb", "scope")
    assert list(verbs) == [
        ("membership.started", "ump"),
        ("membership.ended", "ump"),
        ("membership.started", "ump"),
    ]


def test_nobody_is_a_member_of_itself(
    coordinator: User, ump: Organisation, now: datetime
) -> None:
    with pytest.raises(CannotChangeOrganisation) as refusal:
        actions.start_membership(
            body=ump, member=ump, since=None, source="", actor=coordinator, now=now
        )

    assert str(refusal.value) == "An organisation is not its own member."


def add(
    coordinator: User, place: Territory, now: datetime, **fields: object
) -> DatedFact:
    given = {
        "topic": "population",
        "value": "1 000",
        "as_of": date(2023, 12, 31),
        "method": NAME,
        "source": "Register",
        "illustrative": False,
        **fields,
    }
    return actions.add_fact(territory=place, **given, actor=coordinator, now=now)


def test_a_new_value_of_the_same_day_takes_the_olds_place(
    coordinator: User, now: datetime
) -> None:
    place = make_territory()
    first = add(coordinator, place, now)
    other_day = add(coordinator, place, now, as_of=date(2022, 12, 31))
    second = add(coordinator, place, now, value="1100")

    current = place.facts.filter(superseded_at__isnull=True)
    assert set(current) == {other_day, second}
    first.refresh_from_db()
    assert (first.value, first.superseded_at) == ("1000", now)
    entry = Entry.objects.latest("id")
    assert [old["value"] for old in entry.before["values"]] == ["1000"]
    assert entry.after["value"] == "1100"


@pytest.mark.parametrize(
    ("topic", "value"),
    (
        ("population", "many"),
        ("population", "-5"),
        ("population", "1.5"),
        ("population", "²"),
        ("experience", "some"),
    ),
)
def test_add_fact_refuses_what_is_no_value(
    coordinator: User, now: datetime, topic: str, value: str
) -> None:
    with pytest.raises(CannotChangeFact) as refusal:
        add(coordinator, make_territory(), now, topic=topic, value=value)

    assert set(refusal.value.fields) == {"value"}


def propose(
    user: User, fact: DatedFact, now: datetime, **fields: object
) -> FactProposal:
    given = {
        "value": "little",
        "as_of": date(2022, 2, 1),
        "source": "City report",
        "reason": "We had no unit then.",
        **fields,
    }
    return actions.propose_correction(fact=fact, **given, actor=user, now=now)


def test_a_correction_says_why_and_by_what_source(
    city: User, krakow: Organisation, now: datetime
) -> None:
    with pytest.raises(CannotChangeFact) as refusal:
        propose(city, krakow.territory.facts.get(), now, source=" ", reason="\n")

    sentences = {name: str(text) for name, text in refusal.value.fields.items()}
    assert sentences == {"source": "Name the source.", "reason": "Enter the reason."}
    assert FactProposal.objects.count() == 0


def test_an_accepted_correction_becomes_the_new_value(
    city: User, coordinator: User, krakow: Organisation, now: datetime
) -> None:
    old = krakow.territory.facts.get()
    proposal = propose(city, old, now)

    actions.decide_proposal(
        proposal=proposal, accept=True, answer="", actor=coordinator, now=now
    )

    new = krakow.territory.facts.get(superseded_at__isnull=True)
    assert (new.value, new.source) == ("little", "City report")
    old.refresh_from_db()
    assert (old.value, old.superseded_at) == ("much", now)
    verbs = Entry.objects.order_by("id").values_list("verb", flat=True)
    assert list(verbs) == [
        "fact.correction_proposed",
        "fact.correction_accepted",
        "fact.added",
    ]


def test_an_accepted_correction_of_the_day_replaces_the_wrong_day_too(
    city: User, coordinator: User, krakow: Organisation, now: datetime
) -> None:
    proposal = propose(city, krakow.territory.facts.get(), now, as_of=date(2022, 1, 31))

    actions.decide_proposal(
        proposal=proposal, accept=True, answer="", actor=coordinator, now=now
    )

    current = krakow.territory.facts.get(superseded_at__isnull=True)
    assert current.as_of == date(2022, 1, 31)


def test_a_refusal_needs_an_answer_and_changes_nothing(
    city: User, coordinator: User, krakow: Organisation, now: datetime
) -> None:
    proposal = propose(city, krakow.territory.facts.get(), now)

    with pytest.raises(CannotChangeFact) as refusal:
        actions.decide_proposal(
            proposal=proposal, accept=False, answer=" ", actor=coordinator, now=now
        )
    assert set(refusal.value.fields) == {"answer"}
    actions.decide_proposal(
        proposal=proposal, accept=False, answer="See S1.", actor=coordinator, now=now
    )

    assert krakow.territory.facts.get().value == "much"
    with pytest.raises(CannotChangeFact):
        actions.decide_proposal(
            proposal=proposal, accept=True, answer="", actor=coordinator, now=now
        )


def test_one_correction_at_a_time_and_only_of_what_is_current(
    city: User, krakow: Organisation, now: datetime
) -> None:
    fact = krakow.territory.facts.get()
    old = make_fact(krakow.territory, superseded_at=now, as_of=date(2020, 1, 1))
    propose(city, fact, now)

    for again in (fact, old):
        with pytest.raises(CannotChangeFact):
            propose(city, again, now)


def test_nobody_else_changes_anything(
    other_city: User, krakow: Organisation, ump: Organisation, now: datetime
) -> None:
    who = {"actor": other_city, "now": now}
    fact = krakow.territory.facts.get()
    acts = (
        lambda: actions.add_territory(slug="x", **PLACE, **who),
        lambda: actions.change_territory(territory=krakow.territory, **PLACE, **who),
        lambda: actions.add_code(
            territory=krakow.territory,
            system="terc",
            code="0264011",
            vintage=2024,
            **who,
        ),
        lambda: actions.add_organisation(slug="x", **BODY, kind="ngo", **who),
        lambda: actions.change_organisation(
            organisation=krakow, **BODY, kind="ngo", **who
        ),
        lambda: actions.start_membership(
            body=ump, member=krakow, since=None, source="", **who
        ),
        lambda: actions.end_membership(
            membership=krakow.memberships.get(), until=date(2024, 1, 1), **who
        ),
        lambda: add(other_city, krakow.territory, now),
        lambda: propose(other_city, fact, now),
        lambda: actions.decide_proposal(
            proposal=FactProposal(fact=fact), accept=True, answer="", **who
        ),
    )

    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert Entry.objects.count() == 0
