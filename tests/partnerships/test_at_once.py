"""Maps and agreements: a form sent twice in one moment, or by two people."""

from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mosty.accounts.models import Role
from mosty.audit.models import Entry
from mosty.partnerships.models import Actor, Agreement, AgreementFile
from tests.factories import make_user
from tests.fixtures.together import at_the_ledger
from tests.partnerships.test_agreements import PDF
from tests.partnerships.test_pages import sent_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_document_by_a_double_click_is_kept_once(agreement, city, signed_in):
    address = reverse("partnerships:document_add", args=[agreement.pk])

    own = signed_in(city)

    def press():
        return own.post(address, {"file": SimpleUploadedFile("deal.pdf", PDF)})

    said = at_the_ledger([press, press])
    assert [one.status_code for one in said] == [302, 302]
    kept = AgreementFile.objects.get()
    assert kept.number == 1
    assert Entry.objects.filter(verb="agreement.document_added").count() == 1
    # No second file without a row stays on the disk.
    folder = kept.file.storage.path(kept.file.name).rpartition("/")[0]
    _folders, files = kept.file.storage.listdir(folder)
    assert files == [kept.file.name.rpartition("/")[2]]


def test_an_actor_by_a_double_click_stands_once(city_map, city, signed_in):
    address = reverse("partnerships:actor_add", args=[city_map.pk])
    sent = {"name": "Club", "function": "civic", "level": "local"}
    said = at_the_ledger([partial(signed_in(city).post, address, sent)] * 2)
    assert sorted(one.status_code for one in said) == [200, 302]
    assert Actor.objects.count() == 1
    assert Entry.objects.filter(verb="actor.added").count() == 1


def test_of_two_who_change_one_actor_the_second_sees_both(
    city_map, school, city, krakow, signed_in
):
    other = make_user("Cezary Cis", role=Role.CITY, organisation=krakow)
    address = reverse(
        "partnerships:actor", kwargs={"pk": city_map.pk, "key": school.key}
    )
    texts = ("Lessons", "Meals")
    said = at_the_ledger(
        [
            partial(signed_in(who).post, address, sent_of(school, services=text))
            for who, text in zip((city, other), texts, strict=True)
        ]
    )
    statuses = [one.status_code for one in said]
    assert sorted(statuses) == [200, 302]
    first, second = statuses.index(302), statuses.index(200)
    school.refresh_from_db()
    assert (school.services, school.revision) == (texts[first], 2)
    form = said[second].context["form"]
    assert form.errors["services"] == [f"Somebody else wrote: {texts[first]}"]
    assert form["services"].value() == texts[second]


def test_two_who_write_down_one_agreement(krakow, city, signed_in):
    """Of two pages: that a city has one of a title is looked up, and holds."""
    other = make_user("Cezary Cis", role=Role.CITY, organisation=krakow)
    address = reverse("partnerships:agreement_make")
    sent = {"title": "Deal", "parties": "City\nSchool"}
    said = at_the_ledger(
        [partial(signed_in(who).post, address, sent) for who in (city, other)]
    )
    assert sorted(one.status_code for one in said) == [200, 302]
    assert Agreement.objects.count() == 1
