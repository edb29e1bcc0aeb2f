"""A draft is edited; the rules of a published call change with a reason."""

from dataclasses import replace
from datetime import timedelta

from django.urls import reverse

from mosty.nominations.models import Call
from mosty.nominations.queries.calls_editor import changes
from mosty.nominations.rules.words import Sentence
from mosty.outbox.models import Message
from tests.factories import (
    RULES,
    make_call,
    make_course,
    make_nomination,
    make_programme,
)
from tests.nominations.calls.editor.given import PREVIEW, change, preview, sent


def test_draft_is_edited_and_published_call_is_not(alice, call, course, ump, krakow):
    edit = reverse("nominations:call_edit", args=[call.slug])
    assert alice.get(edit, follow=True).redirect_chain == [("/en/calls/call/", 302)]
    Call.objects.filter(pk=call.pk).update(state="draft", published_at=None)
    page = alice.get(edit)
    form = page.context["editor"].form
    closes = course.programme.local(call.closes_at - timedelta(minutes=1))
    assert form["closes_on"].value() == closes.date()
    assert form["closes_time"].value() == closes.time().replace(second=0, microsecond=0)
    alice.post(edit, sent(course, ump, seats="24"))
    call = Call.objects.get()
    assert (call.slug, call.rules) == ("part-two", replace(RULES, seats=24))


def test_published_rules_change_with_a_reason(alice, call, course, ump, krakow, city):
    make_nomination(call, krakow)
    page = alice.get(reverse("nominations:call_rules", args=[call.slug]))
    assert page.context["told"] == 1
    response = change(alice, call, course, ump, seats="24", reason="Less room.")
    assert response.url == "/en/calls/call/"
    assert Call.objects.get().rules == replace(RULES, seats=24)
    assert [message.to_email for message in Message.objects.all()] == [city.email]


def test_whoever_changes_rules_second_is_told_of_the_first(alice, call, course, ump):
    page = reverse("nominations:call_rules", args=[call.slug])
    seen = {"seen": str(alice.get(page).context["seen"])}
    change(alice, call, course, ump, seats="24", reason="Less room.", **seen)

    # A mistake of her own tells her nothing of it yet.
    missing = change(alice, call, course, ump, seats="23", reason="", **seen)
    assert missing.context["seen"] == 1
    told = change(alice, call, course, ump, seats="23", reason="Two rooms.", **seen)

    assert told.context["form"].non_field_errors() == [
        (
            "Somebody else has changed the rules meanwhile: version 2. What you typed is "
            "still here: compare it with that version, then save again."
        )
    ]
    assert '<input type="hidden" name="seen" value="2">' in told.content.decode()
    assert Call.objects.get().rules.seats == 24
    change(alice, call, course, ump, seats="23", reason="Two rooms.", seen="2")
    assert Call.objects.get().rules.seats == 23


def test_change_without_reason_or_difference_is_refused_in_the_form(
    alice, call, course, ump
):
    response = change(alice, call, course, ump, seats="24", reason="")
    assert response.status_code == 422
    assert response.context["form"].errors == {"reason": ["This field is required."]}
    response = change(alice, call, course, ump, reason="Nothing.")
    assert response.context["form"].non_field_errors() == [
        "The rules are the same as before."
    ]
    response = change(alice, call, course, ump, least="9", reason="Wrong.")
    assert list(response.context["rules"].form.errors) == ["least"]
    assert Call.objects.get().versions.count() == 1


def test_change_is_shown_in_words_old_beside_new(alice, call, course, ump):
    response = preview(
        alice, course, ump, pool=call.slug, reason="", seats="24", least="2", most="3"
    )
    english = response.context["preview"].wordings[1]
    assert [(change.old.lead, change.new.lead) for change in english.differs] == [
        ("Up to 4 people from each city.", "2 or 3 people from each city.")
    ]
    html = response.content.decode()
    assert "<del>Up to 4 people from each city. The course has 25 seats.</del>" in html
    assert "<ins>2 or 3 people from each city. The course has 24 seats.</ins>" in html


def test_row_of_new_rules_moves_and_the_reason_stays(alice, call, course, ump):
    response = change(alice, call, course, ump, reason="Because.", rows="quotas.add")
    assert response.context["form"]["reason"].value() == "Because."
    assert len(response.context["rules"].quotas.forms) == 1


def test_only_published_calls_change_their_rules(alice, call, course, ump):
    Call.objects.update(state="draft", published_at=None)
    assert change(alice, call, course, ump, seats="24", reason="x").status_code == 302
    assert Call.objects.get().rules == RULES


def test_changes_stand_side_by_side():
    a, b, c, d = (Sentence("x", letter) for letter in "abcd")
    assert [(one.old, one.new) for one in changes([a, b, c], [a, d, c])] == [
        (a, a),
        (b, d),
        (c, c),
    ]
    assert [one.kind for one in changes([a], [a, b])] == ["same", "new"]
    assert [one.kind for one in changes([a, b], [b])] == ["gone", "same"]


def test_writing_a_call_is_its_coordinators(
    client, call, course, ump, new, partner, secretariat, city, stranger, signed_in
):
    edit, rules = (
        reverse(f"nominations:{name}", args=[call.slug])
        for name in ("call_edit", "call_rules")
    )
    for address in (new, edit, rules):
        assert client.get(address).status_code == 302
        assert signed_in(partner).get(address).status_code == 403
        assert signed_in(secretariat).post(address, {}).status_code == 403
        assert signed_in(partner).put(address).status_code == 405
    for user in (city, stranger):
        assert signed_in(user).get(edit).status_code == 404
        assert signed_in(user).get(rules).status_code == 404
        # The course is public, so that it is no secret that it exists.
        assert signed_in(user).get(new).status_code == 403
    assert client.post(PREVIEW, {}).status_code == 302
    assert preview(signed_in(partner), course, ump).status_code == 403
    assert preview(signed_in(stranger), course, ump).status_code == 403
    assert signed_in(partner).get(PREVIEW).status_code == 405
    assert signed_in(partner).post(PREVIEW, {"course": "x"}).status_code == 404


def test_preview_of_a_pool_she_does_not_see_is_not_found(alice, course, ump):
    other = make_call(make_course(make_programme("other"), slug="x"), slug="foreign")
    assert preview(alice, course, ump, pool=other.slug).status_code == 404


def test_no_two_calls_of_one_course(alice, new, call, course, ump):
    response = alice.post(new, sent(course, ump))
    assert response.context["editor"].form.non_field_errors() == [
        "This course already has a call. Cancel it first."
    ]
    del call
