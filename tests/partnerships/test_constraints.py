"""What the database refuses, whatever program writes."""

import pytest
from django.db import IntegrityError, connection, transaction

from mosty.partnerships.actions.writing import CannotWrite
from mosty.partnerships.models import Actor, StakeholderMap, Tie
from tests.partnerships.conftest import actor_details

pytestmark = pytest.mark.django_db
DOUBLE = ("tie_once", "tie_both_ways_in_order")


def refused(act):
    """Return what the database says, or nothing if it lets it happen."""
    try:
        with transaction.atomic():
            act()
    except IntegrityError as mistake:
        return str(mistake).splitlines()[0]
    return ""


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_map_is_a_citys(odihr, city_map, lodz):
    made = StakeholderMap(
        city=odihr, title="x", topic="work", made_on="2024-01-01",
        created_at="2024-01-01T00:00Z", created_by="x",
    )  # fmt: skip
    assert refused(made.save) == "maps and agreements are a city's"
    move = (
        "update partnerships_stakeholdermap set city_id = %s, revision = revision + 1"
    )
    assert (
        refused(lambda: run(move, lodz.pk))
        == "a map or an agreement stays with its city"
    )


def test_a_tie_stays_on_its_map(city_map, other_map, school, club, other_city, now):
    from mosty.partnerships.actions import actors

    foreign = actors.add(
        found=other_map, details=actor_details("Foreign"), actor=other_city, now=now
    )
    found = {
        "other map": Tie(map=city_map, source=school, target=foreign, kind="funding"),
        "whose map": Tie(map=other_map, source=school, target=club, kind="funding"),
    }
    answers = {name: refused(tie.save) for name, tie in found.items()}
    assert answers == dict.fromkeys(found, "a tie holds between two actors of its map")


def test_a_tie_is_no_double_and_not_with_itself(city_map, school, club):
    def tie(source, target, *, directed=False, kind="funding"):
        return Tie(
            map=city_map, source=source, target=target, directed=directed, kind=kind
        ).save

    assert refused(tie(school, club)) == ""
    answers = [
        refused(tie(school, club)),
        refused(tie(club, school)),
        refused(tie(school, school)),
        refused(tie(school, club, kind="referral", directed=True)),
        refused(tie(club, school, kind="referral", directed=True)),
    ]
    told = [
        next((name for name in DOUBLE if f'"{name}"' in answer), answer)
        for answer in answers
    ]
    assert told == [
        "tie_once", "tie_both_ways_in_order",
        "a tie holds between two actors of its map", "", "",
    ]  # fmt: skip


def test_what_is_frozen_never_changes(frozen):
    assert [
        refused(lambda: run("update partnerships_mapversion set note = 'x'")),
        refused(lambda: run("delete from partnerships_mapversion")),
    ] == ["a version never changes"] * 2


def test_a_row_is_not_written_over_in_silence(school):
    silent = "update partnerships_actor set services = 'x'"
    assert [
        refused(lambda: run(silent)),
        refused(lambda: run(f"{silent}, revision = revision + 1")),
    ] == ["a change raises the revision by one", ""]


def test_an_actor_keeps_its_key_and_is_never_deleted(school, club, tie):
    tie(school, club)
    rise = "update partnerships_actor set revision = revision + 1"
    assert (
        refused(lambda: run(f"{rise}, key = gen_random_uuid()"))
        == "an actor keeps its key and its map"
    )
    assert (
        refused(lambda: run(f"{rise}, removed_at = now()"))
        == "an actor that is taken off has no ties"
    )
    run("delete from partnerships_tie")
    assert (
        refused(lambda: run("delete from partnerships_actor"))
        == "an actor is taken off its map, not deleted"
    )


def test_the_name_of_an_actor_is_taken_once(school, put):
    with pytest.raises(
        CannotWrite, match="An actor of this name is on the map already"
    ):
        put("SCHOOL no 5")
    copy = Actor(map=school.map, function="public")
    copy.rename("school no. 5")
    assert "actor_name_once" in refused(copy.save)


def test_a_tie_rests_on_an_agreement_of_its_own_city(
    city_map, school, club, lodz, other_city, now
):
    from mosty.partnerships.actions import agreements

    foreign = agreements.make(
        city=lodz,
        details=agreements.Details(title="Theirs", parties=("X",)),
        actor=other_city,
        now=now,
    )
    tie = Tie(
        map=city_map, source=school, target=club, kind="funding", agreement=foreign
    )
    assert refused(tie.save) == "a tie rests on an agreement of its own city"
