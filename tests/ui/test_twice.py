"""One page's form that is sent twice is taken once, whatever it makes."""

from collections.abc import Callable, Mapping
from functools import partial

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mosty.accounts.models import User
from mosty.audit.models import Entry
from mosty.directory.models import Organisation
from mosty.outbox.models import Link
from mosty.partnerships.models import Agreement, AgreementFile, StakeholderMap
from mosty.selection.models import Offer
from mosty.ui.twice import REMEMBERED_FOR
from tests.factories import make_link
from tests.fixtures.together import at_the_ledger
from tests.partnerships.test_agreements import PDF
from tests.training.conftest import seated  # noqa: F401 - a fixture

MAP = {
    "title": "Housing", "topic": "housing", "made_on": "2026-05-28",
    "target_groups": ["children"],
}  # fmt: skip
SignedIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _nothing_remembered(db: None) -> None:
    cache.clear()


def sent(page: str = "one page's", **words: object) -> dict[str, object]:
    """Return what a browser sends of a page that has this token in its form."""
    return {**MAP, "csrfmiddlewaretoken": page, **words}


def post(client: Client, form: Mapping[str, object], **more: str) -> str:
    """Send a form to begin a map; return where that leads, empty if nowhere."""
    answer = client.post(reverse("partnerships:make"), form, **more)
    return answer.headers.get("Location", "")


@pytest.mark.django_db(transaction=True)
def test_a_map_begun_by_a_double_click_is_one(city: User, signed_in: SignedIn) -> None:
    own = signed_in(city)
    said = at_the_ledger([partial(post, own, sent())] * 2)
    found = StakeholderMap.objects.get()
    assert said == [reverse("partnerships:map", args=[found.pk])] * 2
    assert Entry.objects.filter(verb="map.made").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    (
        sent("another page's"),
        sent(title="Work"),
        # A form of a program, or of a device that has a key for it.
        {**sent(), "key": "own"},
    ),
    ids=("page", "words", "key"),
)
def test_what_is_another_form_is_taken(
    city: User, signed_in: SignedIn, other: Mapping[str, object]
) -> None:
    own = signed_in(city)
    assert post(own, sent()) != post(own, other)
    assert StakeholderMap.objects.count() == 2


@pytest.mark.django_db
def test_a_form_is_hers_who_sent_it(
    city: User, other_city: User, signed_in: SignedIn
) -> None:
    led = [post(signed_in(who), sent()) for who in (city, other_city)]
    assert len(set(led)) == 2
    assert StakeholderMap.objects.count() == 2


@pytest.mark.django_db
def test_after_a_while_it_is_meant(
    city: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert REMEMBERED_FOR == 60
    monkeypatch.setattr("mosty.ui.twice.REMEMBERED_FOR", 0)
    own = signed_in(city)
    assert post(own, sent()) != post(own, sent())


@pytest.mark.django_db
def test_what_was_not_taken_is_looked_at_again(city: User, signed_in: SignedIn) -> None:
    own = signed_in(city)
    wrong = sent(title="")
    assert [post(own, wrong), post(own, wrong)] == ["", ""]
    assert StakeholderMap.objects.count() == 0


@pytest.mark.django_db
def test_parts_of_pages_have_their_own_ways(city: User, signed_in: SignedIn) -> None:
    own = signed_in(city)
    for _n in range(2):
        post(own, sent(), HTTP_HX_REQUEST="true")
    assert StakeholderMap.objects.count() == 2


@pytest.mark.django_db
def test_whoever_signs_in_twice_is_answered_twice(city: User) -> None:
    """The second answer carries the cookie, too, and is no way in for another."""
    city.set_password("a password of some length")
    city.save()
    form = {
        "login": city.email, "password": "a password of some length",
        "csrfmiddlewaretoken": "one page's",
    }  # fmt: skip
    browsers = [Client(), Client()]
    for one in browsers:
        assert one.post(reverse("account_login"), form).status_code == 302
    assert ["sessionid" in one.cookies for one in browsers] == [True, True]
    stranger = Client()
    wrong = {**form, "password": "wrong"}
    assert stranger.post(reverse("account_login"), wrong).status_code == 200


@pytest.mark.django_db
def test_a_link_is_led_back_to_its_own_page_and_is_not_kept(
    client: Client,
    seated: object,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offer = Offer.objects.get(nomination__given_name="Anna")
    token = make_link(offer.code, purpose=Link.Purpose.TAKE_PART).token
    kept: list[str] = []
    remember = cache.set

    def watched(key: str, where: str, seconds: int) -> None:
        kept.extend((key, where))
        remember(key, where, seconds)

    monkeypatch.setattr("mosty.ui.twice.cache.set", watched)
    address = reverse("partnerships:link_make", args=[token])
    led = [client.post(address, sent()).headers.get("Location") for _n in range(2)]
    found = StakeholderMap.objects.get()
    assert led == [reverse("partnerships:link_map", args=[token, found.pk])] * 2
    assert len(kept) == 2
    assert token not in "".join(kept)


@pytest.mark.django_db
def test_a_file_is_part_of_a_form(
    krakow: Organisation, city: User, signed_in: SignedIn
) -> None:
    agreement = Agreement.objects.create(
        city=krakow, title="Deal", parties=["City"], created_at="2026-01-01T00:00Z"
    )
    own = signed_in(city)
    address = reverse("partnerships:document_add", args=[agreement.pk])
    for content in (PDF, PDF, PDF.replace(b"1.7", b"1.6")):
        form = {
            "csrfmiddlewaretoken": "one page's",
            "file": SimpleUploadedFile("deal.pdf", content),
        }
        assert own.post(address, form).status_code == 302
    assert AgreementFile.objects.count() == 2
