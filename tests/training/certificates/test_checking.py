"""What anybody learns of a certificate, and what its holder does about it."""

import json

import pytest
from django.core.cache import cache
from django.urls import reverse
from openbadgeslib.ob3.verifier import OB3Verifier

from mosty.audit.models import Entry
from mosty.outbox.models import Link
from mosty.training import badge_keys
from mosty.training.actions import certificates
from mosty.training.models import Certificate
from mosty.training.views.checking import MOST
from tests.factories import make_link
from tests.training.certificates.conftest import of, offer_of, revoke
from tests.training.certificates.test_badges import public


def check_path(certificate):
    return reverse("training:check", args=[certificate.serial])


def link_path(certificate, ending="/"):
    link = Link.objects.get(purpose="course", subject=certificate.offer.code)
    token = link.token
    return f"/en/link/course/{token}/certificate{ending}"


@pytest.fixture(autouse=True)
def _no_limits_left():
    cache.clear()


# Anybody -------------------------------------------------------------------------


def test_a_genuine_one_says_so_but_not_whose_it_is(client, certificate):
    answer = client.get(check_path(certificate))
    text = answer.content.decode()
    assert (
        "This certificate is genuine." in text,
        "Good practices" in text,
        "Żak" in text,
        "Kraków" in text,
        answer["X-Robots-Tag"],
    ) == (True, True, False, False, "noindex, nofollow")


def test_one_query_says_it(client, certificate, django_assert_num_queries):
    # Besides, its visitor is counted: begin, lock, end.
    with django_assert_num_queries(1 + 3):
        client.get(check_path(certificate))


def test_the_printed_address_leads_there(client, certificate):
    answer = client.get(f"/certificates/{certificate.serial}/", follow=True)
    assert (answer.status_code, answer.context["found"].serial) == (
        200,
        certificate.serial,
    )


def test_a_revoked_one_says_so_but_not_why(client, certificate, coordinator, now):
    revoke(certificate, coordinator, now, reason="She was somebody else")
    text = client.get(check_path(certificate)).content.decode()
    assert (
        "was revoked, and no longer holds" in text,
        "somebody else" in text,
        "genuine" in text,
    ) == (True, False, False)


def test_a_replaced_one_leads_to_the_new_one(client, certificate, coordinator, now):
    new = certificates.reissue(
        certificate=certificate, name="Anna Żák", reason="Misspelt",
        actor=coordinator, now=now,
    )  # fmt: skip
    text = client.get(check_path(certificate)).content.decode()
    assert ("it was replaced by a newer one" in text, new.serial in text) == (
        True,
        True,
    )
    assert client.get(check_path(new)).context["found"].state == "issued"


@pytest.mark.parametrize(
    ("typed", "said"),
    (
        ("2026-7KQX-2M9PZ", "mistyped"),
        ("nonsense", "mistyped"),
        ("2026-BBBB-BBBBK", "We have issued no certificate"),
    ),
)
def test_an_unknown_number_is_a_friendly_404(client, db, typed, said, monkeypatch):
    if said != "mistyped":
        monkeypatch.setattr("mosty.training.serials._check_letter", lambda *_: "K")
    answer = client.get(reverse("training:check", args=[typed]))
    assert (answer.status_code, said in answer.content.decode()) == (404, True)


def test_a_typed_number_leads_to_its_page(client, certificate):
    typed = certificate.serial.lower().replace("-", " ")
    answer = client.get(reverse("training:check_form"), {"number": typed})
    assert answer["Location"] == check_path(certificate)
    assert client.get(reverse("training:check_form")).status_code == 200
    wrong = client.get(reverse("training:check_form"), {"number": "x"})
    assert (wrong.status_code, "mistyped" in wrong.content.decode()) == (404, True)


def test_nobody_tries_many_numbers(client, certificate):
    answers = [client.get(check_path(certificate)) for _ in range(MOST + 1)]
    assert {answer.status_code for answer in answers[:MOST]} == {200}
    assert (answers[MOST].status_code, answers[MOST]["Retry-After"]) == (429, "60")


@pytest.mark.parametrize("method", ("post", "put", "delete"))
def test_checking_changes_nothing(client, certificate, method):
    assert getattr(client, method)(check_path(certificate)).status_code == 405


# The holder ----------------------------------------------------------------------


def test_her_page_says_how_she_stands(client, certificate):
    answer = client.get(link_path(certificate))
    assert (
        "You were present for 4 h of 4 h (100%); 80% are needed."
        in answer.content.decode()
    )
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == (
        "no-store",
        "no-referrer",
    )


def test_without_a_certificate_there_is_the_sentence_and_no_file(client, designed):
    lucja = offer_of("Łucja")
    link = make_link(lucja.code, purpose="course")
    path = f"/en/link/course/{link.token}/certificate"
    text = client.get(f"{path}/").content.decode()
    assert ("(50%)" in text, ".pdf" in text) == (True, False)
    assert {
        client.get(f"{path}{ending}").status_code for ending in (".pdf", ".jwt", ".png")
    } == {404}
    assert client.post(f"{path}/", {"act": "show-name"}).status_code == 404


def test_she_alone_says_that_others_see_her_name(client, certificate):
    path = link_path(certificate)
    client.get(path, {"act": "show-name"})
    assert of("Anna").shows_name is False
    client.post(path, {"act": "show-name"})
    assert "Anna Żak" in client.get(check_path(certificate)).content.decode()
    client.post(path, {"act": "hide-name"})
    assert "Anna Żak" not in client.get(check_path(certificate)).content.decode()
    assert list(
        Entry.objects.filter(verb__startswith="certificate.name")
        .order_by("pk")
        .values_list("verb", "target_key")
    ) == [
        ("certificate.name_shown", certificate.serial),
        ("certificate.name_hidden", certificate.serial),
    ]


def test_the_address_in_her_letter_leads_there(client, certificate):
    path = link_path(certificate).removesuffix("certificate/")
    answer = client.get(path, follow=True)
    assert (answer.status_code, certificate.serial in answer.content.decode()) == (
        200,
        True,
    )


def test_her_files(client, certificate):
    pdf, jwt, png = (
        client.get(link_path(certificate, ending))
        for ending in (".pdf", ".jwt", ".png")
    )
    assert [one["Content-Type"] for one in (pdf, jwt, png)] == [
        "application/pdf",
        "application/vc+jwt",
        "image/png",
    ]
    assert certificate.serial in pdf["Content-Disposition"]
    assert OB3Verifier.extract_token_from_png(png.content) == jwt.content.decode()
    OB3Verifier(public(badge_keys.newest())).verify(jwt.content.decode())


def test_a_link_of_another_purpose_opens_nothing(client, certificate):
    link = make_link(certificate.offer.code, purpose="offer")
    token = link.token
    assert client.get(f"/en/link/course/{token}/certificate/").status_code == 404


def test_another_holders_link_shows_another_certificate(client, issued):
    anna, zenon = of("Anna"), of("Zenon")
    text = client.get(link_path(zenon)).content.decode()
    assert (zenon.serial in text, anna.serial in text) == (True, False)


# Programs ------------------------------------------------------------------------


def test_who_issues_is_published(client, certificate):
    found = client.get("/certificates/issuer.json")
    assert (
        found.json()["id"],
        found.json()["name"],
        found["Access-Control-Allow-Origin"],
    ) == (
        "http://testserver/certificates/issuer.json",
        "ODIHR",
        "*",
    )
    keys = client.get("/certificates/keys.json").json()["keys"]
    assert [(key["kty"], key["alg"], key["use"]) for key in keys] == [
        ("RSA", "RS256", "sig")
    ]


def test_the_list_of_what_was_revoked_is_published(client, certificate):
    answer = client.get("/certificates/status/0")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/vc+jwt")
    assert client.get("/certificates/status/7").status_code == 404


def test_programs_learn_no_names(client, certificate):
    said = "".join(
        client.get(f"/certificates/{name}").content.decode()
        for name in ("issuer.json", "keys.json", "status/0")
    )
    names = json.dumps(
        list(Certificate.objects.values_list("content__name", flat=True))
    )
    assert [one for one in json.loads(names) if one in said] == []


def test_what_no_longer_holds_names_nobody(client, certificate, coordinator, now):
    """Its holder can no longer take back that others see her name."""
    client.post(link_path(certificate), {"act": "show-name"})
    revoke(certificate, coordinator, now, reason="She was somebody else")
    found = client.get(check_path(certificate)).context["found"]
    assert (found.state, found.name) == ("revoked", "")
