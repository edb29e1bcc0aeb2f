"""Agreements: who sees them, what may happen to them, when their city is reminded."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.office.queries.needs import needs_of
from mosty.outbox.models import Message
from mosty.partnerships.actions import agreements as actions
from mosty.partnerships.actions import reminders
from mosty.partnerships.models import Agreement, AgreementFile

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PAGES = {
    "agreement": "get", "agreement_change": "get", "agreement_review": "get",
    "agreement_end": "get", "agreement_force": "post", "document_add": "post",
}  # fmt: skip


@pytest.fixture
def in_force(agreement, city, now):
    return actions.put_in_force(agreement=agreement, seen=1, actor=city, now=now)


def review(agreement, actor, now, day):
    return actions.review(
        agreement=agreement, next_on=day, seen=agreement.revision, actor=actor, now=now
    )


@pytest.mark.parametrize("name", sorted(PAGES))
def test_who_sees_which_page(agreement, request, signed_in, name):
    path = reverse(f"partnerships:{name}", args=[agreement.pk])
    who = ("other_city", "coordinator", "partner", "secretariat", "auditor", "stranger")
    answers = [
        getattr(signed_in(request.getfixturevalue(one)), PAGES[name])(path).status_code
        for one in who
    ]
    assert answers == [404] * 6
    own = signed_in(request.getfixturevalue("city"))
    expected = {"agreement_force": 302}.get(name, 200)
    assert getattr(own, PAGES[name])(path).status_code == expected
    assert own.put(path).status_code == 405


@pytest.mark.parametrize(
    ("who", "status"),
    (("city", 200), ("other_city", 200), ("coordinator", 403), ("stranger", 403)),
)
def test_who_has_agreements_at_all(agreement, request, signed_in, who, status):
    client = signed_in(request.getfixturevalue(who))
    found = [
        client.get(reverse(f"partnerships:{name}")).status_code
        for name in ("agreements", "agreement_make")
    ]
    assert found == [status] * 2


def test_a_city_sees_its_own_in_its_list(agreement, other_city, city, signed_in):
    shown = [
        [
            row.title
            for row in signed_in(who)
            .get(reverse("partnerships:agreements"))
            .context["rows"]
        ]
        for who in (city, other_city)
    ]
    assert shown == [["secret-agreement"], []]


def test_an_agreement_from_draft_to_its_end(agreement, city, other_city, now):
    day = now.date() + timedelta(days=200)
    with pytest.raises(actions.CannotAgree, match="Only an agreement in force"):
        review(agreement, city, now, day)
    held = actions.put_in_force(agreement=agreement, seen=1, actor=city, now=now)
    again = actions.put_in_force(agreement=agreement, seen=1, actor=city, now=now)
    assert (held.state, again.revision) == ("in-force", 2)
    with pytest.raises(actions.CannotAgree, match="on a day to come"):
        review(held, city, now, now.date())
    held = review(held, city, now, day)
    assert held.review_on == day
    with pytest.raises(PermissionDenied):
        actions.end(agreement=held, reason="x", seen=3, actor=other_city, now=now)
    with pytest.raises(actions.CannotAgree, match="Say why"):
        actions.end(agreement=held, reason=" ", seen=3, actor=city, now=now)
    with pytest.raises(actions.CannotAgree, match="Somebody else"):
        actions.end(agreement=held, reason="x", seen=2, actor=city, now=now)
    ended = actions.end(
        agreement=held, reason="secret-why", seen=3, actor=city, now=now
    )
    assert (ended.state, ended.ended_reason) == ("ended", "secret-why")
    with pytest.raises(actions.CannotAgree, match="has ended"):
        review(ended, city, now, day)
    told = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert told == [
        "agreement.made", "agreement.in_force", "agreement.reviewed", "agreement.ended",
    ]  # fmt: skip
    words = str(list(Entry.objects.values("before", "after", "reason")))
    assert "secret" not in words


@pytest.mark.parametrize(
    ("fields", "constraint"),
    (
        ({"parties": []}, "agreement_has_a_party"),
        ({"title": ""}, "agreement_has_a_title"),
        ({"ends_on": date(2023, 1, 1)}, "agreement_ends_after_it_began"),
        ({"review_on": date(2023, 1, 1)}, "agreement_reviewed_after_it_began"),
        ({"state": "in-force", "starts_on": None}, "agreement_in_force_has_a_start"),
        ({"state": "ended"}, "agreement_ended_has_a_reason"),
        ({"state": "signed"}, "agreement_state_known"),
    ),
)
def test_what_the_database_refuses(agreement, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(revision=2, **fields)


def test_a_document_is_kept_once_and_never_changes(
    agreement, city, other_city, signed_in, now
):
    client = signed_in(city)
    path = reverse("partnerships:document_add", args=[agreement.pk])
    for _n in range(2):
        sent = {"file": SimpleUploadedFile("../deal łódź.pdf", PDF)}
        assert client.post(path, sent).status_code == 302
    kept = AgreementFile.objects.get()
    answer = client.get(reverse("partnerships:document", args=[agreement.pk, 1]))
    assert (answer.content, answer["Content-Type"], answer["Cache-Control"]) == (
        PDF,
        "application/pdf",
        "private, no-store",
    )
    assert answer["Content-Disposition"].startswith("attachment")
    assert Entry.objects.filter(verb="agreement.exported").count() == 1
    theirs = signed_in(other_city).get(
        reverse("partnerships:document", args=[agreement.pk, 1])
    )
    assert theirs.status_code == 404
    with (
        pytest.raises(IntegrityError, match="a version never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update partnerships_agreementfile set name = 'x'")
    kept.file.storage.delete(kept.file.name)
    gone = client.get(reverse("partnerships:document", args=[agreement.pk, 1]))
    assert gone.status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    (("x.pdf", b"MZ\x90\x00program"), ("x.csv", b"a,b\n1,2\n"), ("x.pdf", b"")),
)
def test_what_is_no_document_is_refused(agreement, city, signed_in, name, content):
    path = reverse("partnerships:document_add", args=[agreement.pk])
    answer = signed_in(city).post(path, {"file": SimpleUploadedFile(name, content)})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["file"])
    assert AgreementFile.objects.count() == 0


def test_the_city_is_reminded_once_for_each_review(in_force, city, other_city, now):
    row = review(in_force, city, now, now.date() + timedelta(days=31))
    assert reminders.remind(actor=SYSTEM, now=now) == 0
    later = now + timedelta(days=1)
    assert [reminders.remind(actor=SYSTEM, now=later) for _n in range(2)] == [1, 0]
    message = Message.objects.get()
    assert (message.to_email, message.kind, message.state) == (
        city.email,
        "partnerships.review",
        "released",
    )
    # Whoever reads the outbox learns no name.
    assert "secret" not in message.subject + message.body
    path = reverse("partnerships:agreement", args=[row.pk])
    assert path in message.body
    review(row, city, later, later.date() + timedelta(days=20))
    assert reminders.remind(actor=SYSTEM, now=later) == 1
    with pytest.raises(PermissionDenied):
        reminders.remind(actor=city, now=now)


def test_what_is_not_in_force_is_not_reminded_of(agreement, now):
    Agreement.objects.update(review_on=now.date(), revision=2)
    assert reminders.remind(actor=SYSTEM, now=now) == 0


def test_today_says_what_is_due(in_force, city, other_city, now):
    review(in_force, city, now, now.date() + timedelta(days=5))

    def told(user):
        return [(need.count, str(need.text)) for need in needs_of(user, now)]

    assert told(city) == [(1, "agreement is due for review")]
    assert told(other_city) == []


def test_an_agreement_is_written_down_on_its_page(krakow, city, signed_in):
    client = signed_in(city)
    path = reverse("partnerships:agreement_make")
    sent = {
        "title": "Deal",
        "parties": "Foundation\n\n Foundation \nSchool",
        "scope": "a\nb",
    }
    wrong = client.post(
        path, {**sent, "starts_on": "2024-05-01", "ends_on": "2024-04-01"}
    )
    assert wrong.status_code == 200
    assert wrong.context["form"]["parties"].value() == sent["parties"]
    answer = client.post(path, sent)
    made = Agreement.objects.get()
    assert answer.url == reverse("partnerships:agreement", args=[made.pk])
    assert (made.parties, made.scope, made.city) == (
        ["Foundation", "School"],
        "a\nb",
        krakow,
    )
    change = reverse("partnerships:agreement_change", args=[made.pk])
    saved = client.post(change, {**sent, "title": "Deal 2", "seen": 1}, follow=True)
    assert saved.redirect_chain == [(answer.url, 302)]
    # Of what was made, and of what was changed.
    assert [str(one) for one in saved.context["messages"]] == ["Saved.", "Saved."]
    slow = client.post(change, {**sent, "title": "Deal 3", "seen": 1})
    assert "Somebody else has changed this meanwhile" in str(
        slow.context["form"].errors
    )


@pytest.mark.parametrize("count", (1, 3))
def test_the_list_takes_as_many_queries_however_long(
    krakow, city, signed_in, now, django_assert_num_queries, count
):
    for number in range(count):
        actions.make(
            city=krakow,
            details=actions.Details(title=f"A{number}", parties=("X",)),
            actor=city,
            now=now,
        )
    client = signed_in(city)
    # Session, user, roles, has she a city, agreements.
    with django_assert_num_queries(4):
        answer = client.get(reverse("partnerships:agreements"))
    assert len(answer.context["rows"]) == count
