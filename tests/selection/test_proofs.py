"""Proofs of announced draws: for auditors and partners, from the public copy alone."""

import json

from django.urls import reverse

from mosty.selection.models import Run
from mosty.selection.queries import proofs, records
from tests.selection.test_access import statuses
from tests.selection.test_rule_costs import gdansk

__all__ = ["gdansk"]
INDEX = reverse("selection:proofs")


def path_of(run):
    return reverse("selection:proof", args=[run.pk])


def test_who_proves_what_was_announced(request, signed_in, announced, auditor, client):
    for path, stranger in ((path_of(announced), 404), (INDEX, 403)):
        assert statuses(request, signed_in, path) == (200, 200, 200, stranger, stranger)
        assert signed_in(auditor).get(path).status_code == 200
        assert signed_in(auditor).post(path).status_code == 405
        client.logout()
        assert client.get(path).status_code == 302


def test_nobody_proves_what_is_not_announced(signed_in, signed, auditor, partner):
    for user in (auditor, partner):
        assert signed_in(user).get(path_of(signed)).status_code == 404
        assert signed_in(user).get(INDEX).context["rows"] == []


def test_the_auditor_gets_the_copy_and_nothing_else_of_the_run(
    signed_in, announced, auditor
):
    got = {
        name: signed_in(auditor)
        .get(reverse(f"selection:{name}", args=[announced.pk]))
        .status_code
        for name in ("public_copy", "run", "record", "costs")
    }
    assert got == {"public_copy": 200, "run": 404, "record": 404, "costs": 404}


def test_a_right_draw_is_said_to_be_right(signed_in, announced, auditor):
    page = signed_in(auditor).get(path_of(announced))
    proof = page.context["page"]
    assert (proof.is_right, proof.people, len(proof.signatures)) == (True, 12, 2)
    # One person of each unit in each city: too few to show anything of them.
    assert proof.not_shown == list(proofs.NOT_SHOWN.values())
    assert "Checked just now: the draw is right" in page.content.decode()


def test_another_ticket_is_found_out(monkeypatch, signed_in, announced, auditor):
    copy = records.public_copy_of(announced)
    said = json.loads(copy.text)
    said["ticket"] = str(int(said["ticket"] or 0) + 1)
    wrong = copy.__class__(records.canonical(said), copy.people, copy.left_out)
    monkeypatch.setattr(records, "public_copy_of", lambda run: wrong)
    page = signed_in(auditor).get(path_of(announced)).content.decode()
    assert "Checked just now: the draw is not right" in page


def test_the_list_takes_one_query_for_its_rows(
    signed_in, announced, auditor, django_assert_num_queries
):
    client = signed_in(auditor)
    # Session, user with roles; draws.
    with django_assert_num_queries(3):
        rows = client.get(INDEX).context["rows"]
    assert [row.pk for row in rows] == list(
        Run.objects.filter(state="announced").values_list("pk", flat=True)
    )
