"""The pages of certificates: who gets in, what they show, what they change."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mosty.audit.models import Entry
from mosty.outbox.models import Message
from mosty.training.models import Certificate, Issuing, Logo, Picture
from tests.factories import make_nomination
from tests.training.certificates.conftest import be_there, of, offer_of
from tests.training.certificates.test_pictures import png
from tests.training.conftest import take_seat

READERS = ("coordinator", "partner", "secretariat", "trainer", "city", "stranger")


def path_of(name, course, certificate):
    if name in {"certificate", "certificate_pdf", "revoke", "reissue"}:
        args = [certificate.serial]
    elif name == "certificate_exception":
        args = [course.pk, "ABCD-EF"]
        args = [course.pk, offer_of("Łucja").code]
    elif name in {"issuing", "cancel_issuing"}:
        args = [Issuing.objects.get().pk]
    else:
        args = [course.pk]
    return reverse(f"training:{name}", args=args)


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("certificates", (200, 200, 200, 200, 200, 404)),
        ("certificates_zip", (200, 404, 200, 404, 200, 404)),
        ("certificate_design", (200, 403, 403, 403, 403, 403)),
        ("specimen", (200, 403, 403, 403, 403, 403)),
        ("certificate_exception", (200, 403, 403, 403, 403, 404)),
        ("issuing", (200, 404, 404, 404, 404, 404)),
        ("certificate", (200, 200, 200, 404, 200, 404)),
        ("certificate_pdf", (200, 403, 200, 404, 200, 404)),
        ("revoke", (200, 403, 403, 404, 403, 404)),
        ("reissue", (200, 403, 403, 404, 403, 404)),
    ),
)
def test_who_gets_in(request, signed_in, client, certificate, held, name, expected):
    path = path_of(name, held, certificate)
    found = tuple(
        signed_in(request.getfixturevalue(reader)).get(path).status_code
        for reader in READERS
    )
    assert found == expected
    assert client.get(path).status_code == 302
    assert (
        signed_in(request.getfixturevalue("coordinator")).put(path).status_code == 405
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("issue", (302, 403, 403, 403, 403, 404)),
        ("cancel_issuing", (302, 404, 404, 404, 404, 404)),
        ("certificate_logos", (200, 403, 403, 403, 403, 403)),
    ),
)
def test_who_may_send(request, signed_in, client, certificate, held, name, expected):
    path = path_of(name, held, certificate)
    found = tuple(
        signed_in(request.getfixturevalue(reader)).post(path).status_code
        for reader in READERS
    )
    assert found == expected
    assert client.post(path).status_code == 302
    assert (
        signed_in(request.getfixturevalue("coordinator")).get(path).status_code == 405
    )


def test_another_city_never_sees_hers(signed_in, other_city, certificate, held):
    client = signed_in(other_city)
    assert client.get(path_of("certificate", held, certificate)).status_code == 404
    text = client.get(path_of("certificates", held, certificate)).content.decode()
    assert ("Żak" in text, certificate.serial in text, "Abacki" in text) == (
        False,
        False,
        True,
    )


def test_a_trainer_sees_statuses_but_no_numbers(signed_in, trainer, certificate, held):
    answer = signed_in(trainer).get(path_of("certificates", held, certificate))
    page = answer.context["page"]
    assert [(row.name, row.status, row.certificate) for row in page.people] == [
        ("Abacki Zenon", "completed", None),
        ("Ćwik Łucja", "not completed", None),
        ("Żak Anna", "completed", None),
    ]
    assert "20" + certificate.serial[2:] not in answer.content.decode()


def test_the_list_says_who_stands_how(signed_in, coordinator, designed, held):
    page = (
        signed_in(coordinator)
        .get(reverse("training:certificates", args=[held.pk]))
        .context["page"]
    )
    assert [
        (row.name, row.hours, row.percent, row.can_except) for row in page.people
    ] == [
        ("Abacki Zenon", "4 h of 4 h", 100, False),
        ("Ćwik Łucja", "2 h of 4 h", 50, True),
        ("Żak Anna", "4 h of 4 h", 100, False),
    ]
    assert (page.due, page.refusal, page.files) == (2, "", 0)


@pytest.mark.parametrize("count", (1, 3))
def test_the_list_costs_the_same_for_one_and_three(
    signed_in, coordinator, certificate, held, call, krakow, now, count,
    django_assert_num_queries,
):  # fmt: skip
    for number in range(1, count):
        nomination = make_nomination(call, krakow, "Ewa", f"N{number}")
        be_there(take_seat(call, 10 + number, nomination), now)
    client = signed_in(coordinator)
    with django_assert_num_queries(21):
        client.get(reverse("training:certificates", args=[held.pk]))


def test_issuing_from_the_page(signed_in, coordinator, designed, held):
    answer = signed_in(coordinator).post(reverse("training:issue", args=[held.pk]))
    asked = Issuing.objects.get()
    assert answer["Location"] == reverse("training:issuing", args=[asked.pk])
    text = signed_in(coordinator).get(answer["Location"]).content.decode()
    assert "Issuing waits for its turn." in text


def test_what_is_refused_is_said(signed_in, coordinator, held):
    client = signed_in(coordinator)
    answer = client.post(reverse("training:issue", args=[held.pk]), follow=True)
    assert "Say first what the certificates say" in answer.content.decode()


def test_progress_is_sent_only_where_it_changed(signed_in, coordinator, designed, held):
    client = signed_in(coordinator)
    path = client.post(reverse("training:issue", args=[held.pk]))["Location"]
    mark = client.get(path).context["page"].mark
    again = client.get(path, {"seen": mark}, HTTP_HX_REQUEST="true")
    other = client.get(path, {"seen": "x"}, HTTP_HX_REQUEST="true")
    assert (again.status_code, other.status_code) == (204, 200)
    client.post(f"{path}cancel/")
    ended = client.get(path, {"seen": mark}, HTTP_HX_REQUEST="true")
    assert ended["HX-Redirect"] == path


def test_the_archive_names_nobody(signed_in, coordinator, issued, held):
    answer = signed_in(coordinator).get(
        reverse("training:certificates_zip", args=[held.pk])
    )
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.namelist() == sorted(f"{row.serial}.pdf" for row in issued)
        assert {packed.read(name)[:5] for name in packed.namelist()} == {b"%PDF-"}
    assert answer["Content-Disposition"] == (
        'attachment; filename="course-certificates.zip"'
    )
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.after) == (
        "certificates.exported",
        {"form": "zip", "rows": 2},
    )


def test_a_city_takes_away_its_own(signed_in, city, certificate, held):
    answer = signed_in(city).get(reverse("training:certificates_zip", args=[held.pk]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.namelist() == [f"{certificate.serial}.pdf"]


# One certificate -----------------------------------------------------------------


def test_revoking_asks_for_a_reason(signed_in, coordinator, certificate, held):
    client = signed_in(coordinator)
    path = path_of("revoke", held, certificate)
    assert client.post(path, {"reason": " "}).status_code == 200
    client.post(path, {"reason": "Issued by mistake"})
    gone = of("Anna", "revoked")
    assert (gone.revoked_reason, gone.revoked_by) == (
        "Issued by mistake",
        "Alice Adams",
    )
    message = Message.objects.get(kind="training.certificate_revoked")
    assert (
        certificate.serial in message.body,
        "Issued by mistake" in message.body,
    ) == (
        True,
        True,
    )
    entry = Entry.objects.get(verb="certificate.revoked")
    assert (entry.target_key, entry.reason) == (certificate.serial, "Issued by mistake")
    again = client.post(path, {"reason": "Again"})
    assert "was revoked before" in again.content.decode()


def test_a_misspelt_name_is_put_right(signed_in, coordinator, certificate, held):
    client = signed_in(coordinator)
    path = path_of("reissue", held, certificate)
    same = client.post(path, {"name": "Anna Żak", "reason": "Misspelt"})
    assert "Write the name as it should stand" in same.content.decode()
    client.post(path, {"name": "Anna  Żák", "reason": "Misspelt"})
    new, old = of("Anna"), of("Anna", "revoked")
    assert (new.content["name"], new.replaces, new.serial != old.serial) == (
        "Anna Żák",
        old,
        True,
    )
    assert {**new.content, "name": ""} == {**old.content, "name": ""}
    entry = Entry.objects.get(verb="certificate.reissued")
    assert (entry.target_key, entry.before, entry.reason) == (
        new.serial,
        {"number": old.serial},
        "Misspelt",
    )


def test_an_exception_has_a_reason_that_stands_nowhere_else(
    signed_in, coordinator, partner, designed, held
):
    lucja = offer_of("Łucja")
    path = reverse("training:certificate_exception", args=[held.pk, lucja.code])
    assert signed_in(coordinator).post(path, {"reason": ""}).status_code == 200
    signed_in(coordinator).post(path, {"reason": "Was in hospital"})
    made = of("Łucja")
    assert (made.exception, "hospital" in str(made.content)) == (
        "Was in hospital",
        False,
    )
    assert Entry.objects.get(verb="certificate.issued").reason == "Was in hospital"
    page = signed_in(partner).get(reverse("training:certificate", args=[made.serial]))
    assert "hospital" not in page.content.decode()


def test_no_exception_for_who_completed_or_never_came(
    signed_in, coordinator, designed, held, call, lodz
):
    client = signed_in(coordinator)
    absent = take_seat(call, 20, make_nomination(call, lodz, "Nigdy", "Nowak"))
    for code, said in (
        (offer_of("Anna").code, "This person completed the course"),
        (absent.code, "was present at no session"),
    ):
        path = reverse("training:certificate_exception", args=[held.pk, code])
        assert said in client.post(path, {"reason": "x"}).content.decode()
    assert Certificate.objects.count() == 0


def test_who_was_revoked_gets_another_by_hand_only(
    signed_in, coordinator, certificate, held
):
    client = signed_in(coordinator)
    client.post(path_of("revoke", held, certificate), {"reason": "Mistake"})
    answer = client.post(path_of("issue", held, certificate), follow=True)
    assert "Nobody waits for a certificate" in answer.content.decode()
    code = certificate.offer.code
    path = reverse("training:certificate_exception", args=[held.pk, code])
    client.post(path, {"reason": "It was no mistake"})
    assert of("Anna").exception == "It was no mistake"


# What they say -------------------------------------------------------------------


FORM = {
    "languages": ["en"],
    "outcomes_1": "Plans\nMeasures",
    "name_1": "Jan Kowalski",
    "function_1_1": "Director",
    "organisation_1_1": "ODIHR",
}


def test_the_form_keeps_what_certificates_say(signed_in, coordinator, held):
    client = signed_in(coordinator)
    path = reverse("training:certificate_design", args=[held.pk])
    assert client.post(path, FORM).status_code == 302
    form = client.get(path).context["form"]
    assert (form.initial["languages"], str(form.initial["function_1"])) == (
        ["en"],
        "Director",
    )
    entry = Entry.objects.get(verb="certificates.designed")
    assert entry.after == {"languages": ["en"], "outcomes": 2, "signatories": 1}
    client.post(path, FORM)
    assert Entry.objects.filter(verb="certificates.designed").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    (
        ({"languages": []}, "languages"),
        ({"languages": ["uk"]}, "languages"),
        ({"outcomes_1": "\n".join("abcdefghi")}, "outcomes"),
        ({"outcomes_1": "x" * 141}, "outcomes"),
        ({"name_1": "", "function_1_1": "", "organisation_1_1": ""}, "name_1"),
        ({"function_1_1": ""}, "function_1"),
        ({"name_3": "Ewa Nowak"}, "organisation_3"),
    ),
)
def test_what_does_not_fit_is_said_at_its_field(
    signed_in, coordinator, held, changes, field
):
    path = reverse("training:certificate_design", args=[held.pk])
    answer = signed_in(coordinator).post(path, {**FORM, **changes})
    assert field in answer.context["form"].errors


def test_logos_come_move_and_go(signed_in, coordinator, designed, held):
    client = signed_in(coordinator)
    path = reverse("training:certificate_logos", args=[held.pk])
    for name, width in (("ODIHR", 30), ("UMP", 40)):
        file = SimpleUploadedFile("x.html", png(width, 20), content_type="text/html")
        client.post(path, {"name": name, "file": file})
    assert list(Logo.objects.values_list("name", "order")) == [("ODIHR", 1), ("UMP", 2)]
    client.post(path, {"logo": Logo.objects.last().pk, "move": "yes"})
    assert list(Logo.objects.values_list("name", flat=True)) == ["UMP", "ODIHR"]
    shown = client.get(
        reverse(
            "training:certificate_logo",
            args=[held.pk, Picture.objects.earliest("pk").digest],
        )
    )
    assert (shown["Content-Type"], shown.content[:4]) == ("image/png", b"\x89PNG")
    client.post(path, {"logo": Logo.objects.first().pk, "remove": "yes"})
    assert list(Logo.objects.values_list("name", flat=True)) == ["ODIHR"]
    assert Picture.objects.count() == 2


def test_no_picture_no_logo(signed_in, coordinator, designed, held):
    path = reverse("training:certificate_logos", args=[held.pk])
    file = SimpleUploadedFile("logo.png", b"<svg/>", content_type="image/png")
    answer = signed_in(coordinator).post(path, {"name": "ODIHR", "file": file})
    assert answer.context["logo_form"].errors == {
        "file": ["Only PNG and JPEG pictures are taken."]
    }
    assert Logo.objects.count() == 0


def test_the_specimen_is_of_nobody(signed_in, coordinator, designed, held):
    answer = signed_in(coordinator).get(reverse("training:specimen", args=[held.pk]))
    assert (answer["Content-Type"], answer.content[:4]) == ("image/png", b"\x89PNG")
    assert Certificate.objects.count() == 0


# Today ---------------------------------------------------------------------------


def test_today_says_that_certificates_can_be_issued(
    signed_in, coordinator, designed, held
):
    needs = signed_in(coordinator).get(reverse("office:today")).context["needs"]
    assert [
        (need.count, need.text)
        for need in needs
        if need.url == reverse("training:certificates", args=[held.pk])
    ] == [(2, "certificates can be issued: Good practices")]


def test_today_says_no_more_once_they_are(signed_in, coordinator, issued, held):
    needs = signed_in(coordinator).get(reverse("office:today")).context["needs"]
    path = reverse("training:certificates", args=[held.pk])
    assert [need for need in needs if need.url == path] == []
