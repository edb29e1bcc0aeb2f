"""The screen on which a plan is written, and what signing it off does to its page."""

import pytest
from django.test import Client

from mosty.plans.actions import replying, signing
from mosty.plans.actions.replying import Said, Sent
from mosty.plans.models import Action, Evidence, Objective, Plan
from tests.plans.conftest import course_link
from tests.plans.pages import SCRIPT, draft_url, of, url

pytestmark = pytest.mark.django_db


def test_the_group_begins_and_writes_by_its_links(held, anna, now):
    client = Client()
    assert client.get(draft_url(anna)).status_code == 200
    assert Plan.objects.count() == 0
    assert client.post(draft_url(anna), {"act": "begin"}).status_code == 302
    lucja = course_link("Łucja", now)
    sent = {"act": "save", "row": "objective-new", "new-text": "People find their way"}
    answer = client.post(draft_url(lucja), sent)
    objective = Objective.objects.get()
    assert answer.url == (
        f"{draft_url(lucja)}?edit=new-{objective.pk}#objective-{objective.pk}"
    )
    shown = client.get(answer.url).content.decode()
    assert 'name="what"' in shown
    sent = {
        "act": "save", "row": f"new-{objective.pk}", "what": SCRIPT, "visibility": 1,
        "output": "Workshops", "output_target": "5",
    }  # fmt: skip
    answer = client.post(draft_url(lucja), sent)
    action = Action.objects.get()
    assert answer.url == f"{draft_url(lucja)}#action-{action.pk}"
    page = client.get(draft_url(anna)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &lt;b&gt;" in page
    assert (action.what, str(action.output_target)) == (SCRIPT, "5.00")


def test_a_city_s_link_never_opens_another_city_s_plan(plan, zenon):
    page = Client().get(draft_url(zenon))
    assert page.status_code == 200
    assert "Welcome in Kraków" not in page.content.decode()
    row = Action.objects.first()
    sent = {"act": "remove", "row": f"action-{row.pk}", "seen": 1}
    Client().post(draft_url(zenon), sent)
    assert Action.objects.count() == 2


def test_both_texts_stand_side_by_side_and_one_is_chosen(plan, anna, city, signed_in):
    action = Action.objects.filter(plan=plan).first()
    row = f"action-{action.pk}"
    sent = {"act": "save", "row": row, "what": action.what, "visibility": 1, "seen": 1}
    client, contact = Client(), signed_in(city)
    client.post(draft_url(anna), {**sent, "lead": "Office"})
    answer = contact.post(of(plan, "edit"), {**sent, "lead": "School"})
    assert answer.status_code == 409
    sides = answer.context["sides"]
    assert [(one.name, one.kept, one.typed) for one in sides] == [
        ("lead", "Office", "School")
    ]
    assert answer.context["form"]["seen"].value() == "2"
    # She puts what is kept into the field: nothing is saved by that.
    again = contact.post(
        of(plan, "edit"), {**sent, "seen": 2, "lead": "School", "take": "lead"}
    )
    assert (again.status_code, again.context["form"]["lead"].value()) == (200, "Office")
    saved = contact.post(
        of(plan, "edit"), {**sent, "seen": 2, "lead": "School, Office"}
    )
    assert saved.status_code == 302
    action.refresh_from_db()
    assert action.lead == "School, Office"


def test_what_was_typed_into_a_line_that_is_gone_can_be_added_anew(
    plan, anna, city, signed_in
):
    action = Action.objects.filter(plan=plan).first()
    Client().post(
        draft_url(anna), {"act": "remove", "row": f"action-{action.pk}", "seen": 1}
    )
    sent = {
        "act": "save", "row": f"action-{action.pk}", "what": "Still wanted",
        "visibility": 1, "seen": 1,
    }  # fmt: skip
    answer = signed_in(city).post(of(plan, "edit"), sent)
    assert answer.status_code == 409
    assert answer.context["key"].startswith("new-")
    assert answer.context["form"]["what"].value() == "Still wanted"
    signed_in(city).post(of(plan, "edit"), {**sent, "row": answer.context["key"]})
    assert Action.objects.filter(what="Still wanted").count() == 1


def test_what_is_wrong_is_said_and_nothing_is_lost(plan, anna):
    action = Action.objects.filter(plan=plan).first()
    sent = {
        "act": "save", "row": f"action-{action.pk}", "seen": 1, "visibility": 1,
        "what": "Do", "lead": "Office", "starts_on": "2028-01-01",
        "ends_on": "2027-01-01",
    }  # fmt: skip
    answer = Client().post(draft_url(anna), sent)
    form = answer.context["form"]
    assert (answer.status_code, form["lead"].value()) == (200, "Office")
    assert form.errors["ends_on"] == ["The action ends before it starts."]


@pytest.mark.parametrize("row", ("plan", "objective-999", "x-1", "action-x", "new-1x"))
def test_rows_that_are_not_there_answer_in_words_or_not_at_all(plan, anna, row):
    for act in ("remove", "up", "fly"):
        answer = Client().post(draft_url(anna), {"act": act, "row": row})
        assert answer.status_code in {302, 404}


def test_the_contact_signs_what_she_read(plan, city, anna, signed_in):
    client = signed_in(city)
    seen = client.get(of(plan, "sign")).context["page"].sha256
    Client().post(
        draft_url(anna),
        {"act": "save", "row": "plan", "title": "Another", "context": "", "seen": 1},
    )
    answer = client.post(of(plan, "sign"), {"seen": seen})
    assert answer.status_code == 200
    assert "since you read it" in answer.content.decode()
    answer = client.post(
        of(plan, "sign"), {"seen": answer.context["form"]["seen"].value()}
    )
    assert answer.status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.signed_version) == ("signed", 1)


def test_others_read_the_signed_version_and_open_lines_alone(
    signed, city, other_city, signed_in, now
):
    first = Action.objects.filter(plan=signed).order_by("pk").first()
    signing.share_line(action=first, visibility=0, actor=city, now=now)
    signing.revise(plan=signed, reason="x", actor=city, now=now)
    Plan.objects.filter(pk=signed.pk).update(title="Secret next title", version=2)
    page = signed_in(other_city).get(of(signed, "plan"))
    assert page.context["page"].content.title == "Welcome in Kraków"
    assert [line.what for line in page.context["page"].content.lines] == [
        "Write a guide"
    ]
    assert "Secret next title" not in page.content.decode()
    assert "Open a point" not in page.content.decode()
    own = signed_in(city).get(of(signed, "plan"))
    assert own.context["page"].content.title == "Secret next title"


def test_the_coordinator_reads_a_check_in_but_does_not_send_one(
    signed, coordinator, signed_in
):
    client = signed_in(coordinator)
    path = of(signed, "check_in")
    statuses = (client.get(path).status_code, client.post(path).status_code)
    assert statuses == (200, 403)


def test_obstacles_and_files_are_for_the_city_and_the_coordinator(
    signed, city, coordinator, other_city, signed_in, now
):
    replying.send(
        check_in=signed.check_ins.get(months=3),
        said=[
            Said(
                action=pk, status="going-on", percent=40, happened="It began",
                obstacle="The mayor doubts", file=Sent(b"Seen.", "note.txt"),
            )
            for pk in Action.objects.filter(plan=signed).values_list("pk", flat=True)
        ],
        seen=0, reason="", actor=city, now=now,
    )  # fmt: skip
    file = Evidence.objects.first()
    found = {}
    for who in (city, coordinator, other_city):
        client = signed_in(who)
        page = client.get(of(signed, "plan")).content.decode()
        answer = client.get(url("evidence", signed.code, file.pk))
        read = b"".join(answer.streaming_content) if answer.streaming else b""
        found[who.name.split()[0]] = (
            "It began" in page, "The mayor doubts" in page, "note.txt" in page,
            answer.status_code, read,
        )  # fmt: skip
    assert found == {
        "Celina": (True, True, True, 200, b"Seen."),
        "Alice": (True, True, True, 200, b"Seen."),
        "Leon": (True, False, False, 404, b""),
    }
    answer = signed_in(city).get(url("evidence", signed.code, file.pk))
    assert b"".join(answer.streaming_content) == b"Seen."
    assert answer["Content-Disposition"] == 'attachment; filename="note.txt"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_public_plan_is_for_everybody(signed, city, now):
    signing.share(plan=signed, visibility=3, with_lines=True, actor=city, now=now)
    page = Client().get(of(signed, "plan"))
    assert page.status_code == 200
    assert "Celina" not in page.content.decode()
    assert [row.title for row in Client().get(url("index")).context["plans"]] == [
        "Welcome in Kraków"
    ]
