"""Who may what: the tables."""

import pytest

from mosty.partnerships import policies
from tests.partnerships.conftest import share

pytestmark = pytest.mark.django_db
EVERYBODY = (
    "city", "other_city", "coordinator", "partner", "secretariat", "trainer", "worker",
    "lead", "auditor", "administrator", "stranger",
)  # fmt: skip


def of_each(request, question):
    return {who for who in EVERYBODY if question(request.getfixturevalue(who))}


def test_only_the_city_sees_its_map(request, city_map, frozen):
    assert of_each(
        request,
        lambda user: policies.maps_kept_by(user).filter(pk=city_map.pk).exists(),
    ) == {"city"}
    assert of_each(request, lambda user: policies.can_keep(user, city_map)) == {"city"}
    assert of_each(request, lambda user: policies.can_write_on(user, city_map)) == {
        "city"
    }
    assert (
        of_each(request, lambda user: policies.maps_shared_with(user).exists()) == set()
    )


def test_the_network_reads_what_is_shared_and_frozen(request, city_map, city, now):
    share(city_map, city, now)

    def reads(user):
        return policies.maps_shared_with(user).filter(pk=city_map.pk).exists()

    # Nothing is frozen yet: work in progress is nobody else's.
    assert of_each(request, reads) == set()
    request.getfixturevalue("frozen")
    network = {"other_city", "coordinator", "partner", "secretariat"}
    assert of_each(request, reads) == network
    assert of_each(request, lambda user: policies.can_write_on(user, city_map)) == {
        "city"
    }


def test_participants_write_on_the_maps_of_their_city_and_course(
    city_map, other_map, anna, zenon, krakow, lodz, seated
):
    seen = [
        [policies.can_write_on(link, found) for found in (city_map, other_map)]
        for link in (anna, zenon)
    ]
    # Łódź's was not made at the course.
    assert seen == [[True, False], [False, False]]
    assert [policies.can_keep(link, city_map) for link in (anna, zenon)] == [
        False,
        False,
    ]
    assert [
        policies.can_make_for(anna, krakow, seated.pk),
        policies.can_make_for(anna, krakow, None),
        policies.can_make_for(anna, lodz, seated.pk),
    ] == [True, False, False]


def test_the_link_of_a_seat_that_was_given_back_opens_nothing(city_map, anna, seated):
    policies.seats_behind(anna).update(state="given_back")
    assert policies.maps_behind(anna).exists() is False


def test_another_link_opens_no_map(city_map, anna):
    anna.purpose = "feedback"
    assert policies.maps_behind(anna).exists() is False


def test_the_end_of_group_work_closes_the_map_to_participants(city_map, anna):
    type(city_map).objects.filter(pk=city_map.pk).update(course=None, revision=2)
    assert policies.can_write_on(anna, city_map) is False


def test_only_the_city_sees_its_agreements(request, agreement):
    def sees(user):
        return policies.agreements_visible_to(user).filter(pk=agreement.pk).exists()

    assert of_each(request, sees) == {"city"}
    assert of_each(
        request, lambda user: policies.can_keep_agreements(user, agreement.city)
    ) == {"city"}
