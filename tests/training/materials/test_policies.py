"""Who may read and who may keep materials, in tables."""

import pytest
from django.contrib.auth.models import AnonymousUser

from mosty.selection.models import Offer
from mosty.training import policies
from mosty.training.models import Material

# reader: reads participants', network's and public ones, and withdrawn ones;
# keeps those of the course, of the session that Tamara leads, of the other
TABLE = {
    "coordinator": ("pnu", True, True, True, True),
    "partner": ("pnu", True, False, False, False),
    "secretariat": ("pnu", True, False, False, False),
    "trainer": ("pnu", True, True, True, False),
    "city": ("nu", False, False, False, False),
    "other_city": ("nu", False, False, False, False),
    "stranger": ("u", False, False, False, False),
    "auditor": ("u", False, False, False, False),
    "administrator": ("u", False, False, False, False),
    "other_trainer": ("u", False, False, False, False),
}
LETTERS = {"participants": "p", "network": "n", "public": "u"}


@pytest.fixture
def shelf(timetable, make, coordinator, now):
    """Return the course with a material of each level, and one withdrawn."""
    for access in LETTERS:
        make(timetable, access=access)
    withdrawn = make(timetable, access="public")
    Material.objects.filter(pk=withdrawn.pk).update(
        withdrawn_at=now, withdrawn_by="Alice", withdrawn_reason="Outdated"
    )
    return timetable


def letters(materials):
    return "".join(LETTERS[row.access] for row in materials.order_by("pk"))


@pytest.mark.parametrize("reader", TABLE)
def test_who_reads_and_who_keeps(request, shelf, led, not_led, reader):
    user = request.getfixturevalue(reader)
    assert (
        letters(policies.materials_visible_to(user)),
        policies.materials_kept_for(user, shelf).count() == 4,
        policies.can_keep_materials(user, shelf, None),
        policies.can_keep_materials(user, shelf, led),
        policies.can_keep_materials(user, shelf, not_led),
    ) == TABLE[reader]


def test_the_public_reads_what_is_public(shelf):
    assert letters(policies.materials_visible_to(AnonymousUser())) == "u"


@pytest.mark.parametrize(
    ("reader", "reads"), (("city", ""), ("stranger", ""), ("trainer", "pnu"))
)
def test_a_course_that_is_hidden_hides_its_materials(request, shelf, reader, reads):
    shelf.is_published = False
    shelf.save()
    user = request.getfixturevalue(reader)
    assert letters(policies.materials_visible_to(user)) == reads
    assert letters(policies.materials_visible_to(AnonymousUser())) == ""


def test_a_participant_reads_all_of_her_course_and_the_networks_of_others(
    shelf, other_course, make, call
):
    for access in LETTERS:
        make(other_course, access=access)
    seat = Offer.objects.get(seat__call=call, seat__number=1)
    assert letters(policies.materials_visible_to_participant(seat)) == "pnunu"


def test_a_trainer_adds_to_her_sessions_only(shelf, led, trainer, coordinator):
    chosen = policies.sessions_with_materials_by
    assert list(chosen(trainer, shelf)) == [led]
    assert chosen(coordinator, shelf).count() == 3
