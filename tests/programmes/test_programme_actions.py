"""Programmes and their partners begin, change, and are shown."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from mosty.audit.models import Entry
from mosty.programmes import actions
from mosty.programmes.models import Partnership, Programme, Provision
from tests.factories import make_organisation, make_programme
from tests.programmes.rows import both

pytestmark = pytest.mark.django_db


def details(**changes):
    values = {
        "slug": "poland-2027",
        "name": both("Academy of Polish cities"),
        "short_name": both("Academy"),
        "summary": both("Ten courses."),
        "starts_on": date(2027, 1, 1),
        "ends_on": date(2028, 6, 30),
        "languages": ("pl", "en"),
    }
    return actions.ProgrammeDetails(**{**values, **changes})


def verbs():
    return [entry.verb for entry in Entry.objects.order_by("id")]


def test_a_new_programme_is_a_draft_with_its_coordinator(coordinator, odihr, now):
    programme = actions.create_programme(
        details=details(), coordinator=odihr, actor=coordinator, now=now
    )

    assert not programme.is_published
    assert [(p.organisation, p.role) for p in programme.partnerships.all()] == [
        (odihr, "coordinator")
    ]
    (entry,) = Entry.objects.all()
    assert (entry.verb, entry.target_key, entry.scope) == (
        "programme.created",
        "poland-2027",
        "poland-2027",
    )
    assert entry.after["starts_on"] == "2027-01-01"
    assert entry.after["coordinator"] == "odihr"


def test_nobody_begins_a_programme_for_another_organisation(coordinator, unhcr, now):
    with pytest.raises(PermissionDenied):
        actions.create_programme(
            details=details(), coordinator=unhcr, actor=coordinator, now=now
        )
    assert Programme.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    (
        ({"slug": "account"}, "slug"),
        ({"slug": "with space"}, "slug"),
        ({"slug": "taken"}, "slug"),
        ({"time_zone": "Europe/Nowhere"}, "time_zone"),
        ({"languages": ()}, "languages"),
    ),
)
def test_what_cannot_be_kept_is_refused_at_its_field(
    coordinator, odihr, now, changes, field
):
    make_programme("taken")

    with pytest.raises(actions.CannotChangeProgramme) as refused:
        actions.create_programme(
            details=details(**changes), coordinator=odihr, actor=coordinator, now=now
        )

    assert list(refused.value.fields) == [field]
    assert [row.slug for row in Programme.objects.all()] == ["taken"]


def test_an_edit_is_kept_with_what_was_before(programme, coordinator, now):
    before = programme.ends_on
    changed = details(
        slug=programme.slug,
        name=programme.name,
        short_name=programme.short_name,
        summary=programme.summary,
        starts_on=programme.starts_on,
        ends_on=date(2029, 1, 31),
    )

    for _twice in range(2):
        actions.edit_programme(
            programme=programme, details=changed, actor=coordinator, now=now
        )

    programme.refresh_from_db()
    assert programme.ends_on == date(2029, 1, 31)
    (entry,) = Entry.objects.all()
    assert entry.verb == "programme.edited"
    assert entry.before["ends_on"] == before.isoformat()
    assert entry.after["ends_on"] == "2029-01-31"
    assert "starts_on" not in entry.after


@pytest.mark.parametrize("name", ("partner", "secretariat", "city", "stranger"))
def test_only_the_coordinator_edits(request, programme, now, name):
    user = request.getfixturevalue(name)
    with pytest.raises(PermissionDenied):
        actions.edit_programme(
            programme=programme, details=details(), actor=user, now=now
        )


def test_the_address_stays_while_the_programme_is_public(programme, coordinator, now):
    with pytest.raises(actions.CannotChangeProgramme) as refused:
        actions.edit_programme(
            programme=programme, details=details(), actor=coordinator, now=now
        )
    assert list(refused.value.fields) == ["slug"]


def test_a_programme_is_public_once_all_is_written_in_its_languages(
    programme, coordinator, now
):
    programme.is_published = False
    programme.summary = {"pl": "Dziesięć szkoleń."}
    programme.save()

    with pytest.raises(actions.CannotPublishProgramme) as refused:
        actions.publish_programme(programme=programme, actor=coordinator, now=now)
    assert str(refused.value) == "Not written yet: in short. Languages: English."

    programme.summary = both("Ten courses.")
    programme.save()
    for _twice in range(2):
        actions.publish_programme(programme=programme, actor=coordinator, now=now)
    programme.refresh_from_db()
    assert programme.is_published
    assert verbs() == ["programme.published"]


def test_a_programme_is_hidden_for_a_reason(programme, coordinator, now):
    with pytest.raises(actions.CannotPublishProgramme):
        actions.unpublish_programme(
            programme=programme, actor=coordinator, now=now, reason=" "
        )
    for _twice in range(2):
        actions.unpublish_programme(
            programme=programme, actor=coordinator, now=now, reason="Too early"
        )
    programme.refresh_from_db()
    assert not programme.is_published
    assert [(entry.verb, entry.reason) for entry in Entry.objects.all()] == [
        ("programme.unpublished", "Too early")
    ]


def partners(*pairs):
    return [actions.Partner(organisation, role) for organisation, role in pairs]


def test_partners_are_replaced_and_ordered(programme, coordinator, odihr, unhcr, now):
    oecd = make_organisation("OECD")
    kept = programme.partnerships.get(organisation=odihr)
    wanted = partners((oecd, "organiser"), (odihr, "coordinator"), (odihr, "funder"))

    for _twice in range(2):
        actions.set_partners(
            programme=programme, partners=wanted, actor=coordinator, now=now
        )

    assert [(p.organisation, p.role) for p in programme.partnerships.all()] == [
        (oecd, "organiser"),
        (odihr, "coordinator"),
        (odihr, "funder"),
    ]
    assert programme.partnerships.get(role="coordinator") == kept
    assert verbs() == ["programme.partners_set"]


def test_a_programme_may_be_handed_over(programme, coordinator, odihr, unhcr, now):
    wanted = partners((unhcr, "coordinator"), (odihr, "organiser"))
    actions.set_partners(
        programme=programme, partners=wanted, actor=coordinator, now=now
    )
    assert programme.partnerships.get(role="coordinator").organisation == unhcr


@pytest.mark.parametrize(
    "roles",
    (
        (("odihr", "organiser"),),
        (("odihr", "coordinator"), ("unhcr", "coordinator")),
        (("odihr", "coordinator"), ("unhcr", "host"), ("unhcr", "host")),
    ),
)
def test_partners_that_make_no_programme_are_refused(
    request, programme, coordinator, now, roles
):
    wanted = partners(*((request.getfixturevalue(name), role) for name, role in roles))
    before = list(programme.partnerships.all())
    with pytest.raises(actions.CannotSetPartners):
        actions.set_partners(
            programme=programme, partners=wanted, actor=coordinator, now=now
        )
    assert list(programme.partnerships.all()) == before


def test_who_still_provides_something_stays_a_partner(
    programme, course, coordinator, odihr, unhcr, now
):
    course.provisions.create(what=Provision.What.DINNER, organisation=unhcr)
    with pytest.raises(actions.CannotSetPartners) as refused:
        actions.set_partners(
            programme=programme,
            partners=partners((odihr, "coordinator")),
            actor=coordinator,
            now=now,
        )
    assert str(refused.value) == (
        "UNHCR still provides something for the course: Good practices."
    )


def test_a_partner_does_not_name_partners(programme, partner, unhcr, now):
    with pytest.raises(PermissionDenied):
        actions.set_partners(
            programme=programme,
            partners=partners((unhcr, "coordinator")),
            actor=partner,
            now=now,
        )


@pytest.mark.django_db(transaction=True)
def test_an_action_owns_its_transaction(programme, coordinator, now):
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.publish_programme(programme=programme, actor=coordinator, now=now)
    assert Partnership.objects.count() == 3
