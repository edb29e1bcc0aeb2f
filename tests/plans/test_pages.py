"""Who gets which page, and what the forms do."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from mosty.nominations.models import Nomination
from mosty.outbox.models import Message
from mosty.plans.actions import helping, replying, signing, tending
from mosty.plans.actions.replying import Said, Sent
from mosty.plans.models import Action, CheckIn, Evidence, HelpNote, Objective, Plan
from mosty.plans.queries.topics import topics
from tests.plans.conftest import add, course_link, sign

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert('x')</script> & <b>bold</b>"


def url(name, *args):
    return reverse(f"plans:{name}", args=args)


def of(plan, name):
    if name == "check_in":
        return url(name, plan.code, 3)
    if name == "share_line":
        return url(name, plan.code, Action.objects.filter(plan=plan).first().pk)
    return url(name, plan.code)


@pytest.mark.parametrize(
    ("name", "for_city", "for_coordinator", "for_other_city"),
    (
        ("plan", 200, 200, 200),
        ("edit", 200, 403, 403),
        ("sign", 200, 403, 403),
        ("revise", 200, 403, 403),
        ("close", 200, 403, 403),
        ("share", 200, 403, 403),
        ("share_line", 200, 403, 403),
        ("check_in", 200, 200, 403),
        ("table", 200, 200, 403),
        ("bring", 200, 403, 403),
        ("sheet", 200, 403, 403),
        ("pdf", 200, 200, 200),
        ("docx", 200, 200, 200),
    ),
)
def test_who_sees_which_page_of_a_plan(
    signed, signed_in, request, name, for_city, for_coordinator, for_other_city
):
    expected = {
        "city": for_city,
        "coordinator": for_coordinator,
        "other_city": for_other_city,
        "stranger": 404,
        "auditor": 404,
    }
    found = {
        who: signed_in(request.getfixturevalue(who)).get(of(signed, name)).status_code
        for who in expected
    }
    assert found == expected
    assert Client().get(of(signed, name)).status_code in {302, 404}
    client = signed_in(request.getfixturevalue("city"))
    assert client.put(of(signed, name)).status_code == 405


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("index", {"city": 200, "coordinator": 200, "trainer": 200, "stranger": 200}),
        ("begin", {"city": 200, "coordinator": 403, "trainer": 403, "stranger": 403}),
        (
            "overview",
            {"city": 403, "coordinator": 200, "partner": 403, "stranger": 403},
        ),
        ("board", {"city": 200, "coordinator": 200, "partner": 200, "stranger": 404}),
        ("board_add", {"city": 200, "coordinator": 403, "stranger": 403}),
    ),
)
def test_who_sees_the_lists(signed, signed_in, request, name, expected):
    found = {
        who: signed_in(request.getfixturevalue(who)).get(url(name)).status_code
        for who in expected
    }
    assert found == expected
    assert signed_in(request.getfixturevalue("city")).put(url(name)).status_code == 405


def test_the_plans_of_a_course_are_for_those_who_hold_it(
    plan, signed_in, request, coordinator, city
):
    for name in ("course", "sheets"):
        found = {
            who: signed_in(request.getfixturevalue(who))
            .get(url(name, plan.course_id))
            .status_code
            for who in ("coordinator", "partner", "city", "trainer", "stranger")
        }
        assert found == {
            "coordinator": 200, "partner": 200, "city": 404, "trainer": 404,
            "stranger": 404,
        }  # fmt: skip
    rows = signed_in(coordinator).get(url("course", plan.course_id)).context["rows"]
    assert [(row.city, row.people, row.state, row.actions) for row in rows] == [
        ("Kraków", 2, "draft", 2),
        ("Łódź", 1, "", 0),
    ]


# The list pages: constant queries ------------------------------------------------


def more_plans(count, held, krakow, city, now):
    for number in range(count):
        plan = Plan.objects.create(
            programme=held.programme, owner=krakow, title=f"Plan {number}",
            language="pl", made_at=now,
        )  # fmt: skip
        objective = Objective.objects.create(plan=plan, order=1, text="Aim")
        add(objective, city, now, topic=topics(held.programme)[0])
        sign(plan, city, now - timedelta(days=150))
        helping.add(
            plan=plan, kind="ask", topic=topics(held.programme)[0], text="Help?",
            actor=city, now=now,
        )  # fmt: skip


@pytest.mark.parametrize("count", (1, 3))
@pytest.mark.parametrize(
    ("name", "who", "queries"),
    (
        (
            "index",
            "city",
            6,
        ),  # session and user, grants, cities, count, rows, check-ins
        # grants, three of filters, count and rows, two breakdowns, four of check-ins
        ("overview", "coordinator", 12),
        ("board", "other_city", 9),
    ),
)
def test_lists_take_constant_queries(
    held, krakow, city, now, signed_in, request, django_assert_num_queries,
    count, name, who, queries,
):  # fmt: skip
    more_plans(count, held, krakow, city, now)
    client = signed_in(request.getfixturevalue(who))
    client.get(url(name))
    with django_assert_num_queries(queries):
        answer = client.get(url(name))
    shown = {"index": "plans", "overview": "page", "board": "notes"}[name]
    rows = answer.context[shown]
    assert (rows.rows if name == "overview" else rows).total == count


# Drafting --------------------------------------------------------------------------


def draft_url(link):
    return url("link_draft", link.token)


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


# Signing and what follows ------------------------------------------------------------


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


# Check-ins ------------------------------------------------------------------------------


@pytest.fixture
def asked(signed, now):
    """Return the check-in after three months and the address of its link."""
    check_in = signed.check_ins.get(months=3)
    link = tending.link_of(check_in, now)
    return check_in, url("link_check_in", link.token)


def lines(plan, **given):
    sent = {"seen": 0}
    for pk in Action.objects.filter(plan=plan).values_list("pk", flat=True):
        for name, value in {"status": "going-on", "percent": "25", **given}.items():
            sent[f"a{pk}-{name}"] = value
    return sent


def test_a_check_in_is_answered_by_its_link_and_corrected(signed, asked):
    check_in, address = asked
    client = Client()
    assert client.get(address).status_code == 200
    assert check_in.replies.count() == 0
    answer = client.post(address, lines(signed, happened=SCRIPT))
    assert (answer.status_code, answer.url) == (302, f"{address}?sent=1")
    page = client.get(answer.url).content.decode()
    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page
    twice = client.post(address, lines(signed))
    assert "meanwhile" in twice.content.decode()
    sent = {**lines(signed, status="done"), "seen": 1, "reason": "It is finished"}
    assert client.post(f"{address}?correct=1", sent).status_code == 302
    assert list(check_in.replies.values_list("number", flat=True)) == [2, 1]
    assert set(Action.objects.values_list("status", flat=True)) == {"done"}


def test_a_wrong_file_is_refused_beside_its_field_and_nothing_is_lost(signed, asked):
    _check_in, address = asked
    first = Action.objects.filter(plan=signed).order_by("pk").first()
    file = io.BytesIO(b"MZ\x90\x00program")
    file.name = "report.pdf"
    sent = {**lines(signed, happened="We began"), f"a{first.pk}-file": file}
    answer = Client().post(address, sent)
    form = answer.context["form"].lines[0]
    assert form.errors["file"] == [
        "This is a program, whatever it is called. Programs are not taken."
    ]
    assert form["happened"].value() == "We began"
    assert CheckIn.objects.filter(answered_at__isnull=False).count() == 0


def test_an_expired_link_says_what_to_do(asked, now):
    check_in, address = asked
    from mosty.outbox.models import Link

    Link.objects.filter(subject=check_in.code).update(
        created_at=now - timedelta(days=9), expires_at=now - timedelta(days=1)
    )
    answer = Client().get(address)
    assert answer.status_code == 410
    assert "ask the contact of your city" in answer.content.decode()
    assert Client().get(url("link_check_in", "x" * 43)).status_code == 404


# Papers ------------------------------------------------------------------------------------


def test_the_plan_is_printed_tagged_in_its_own_language(signed, city, signed_in):
    answer = signed_in(city).get(of(signed, "pdf"))
    reader = PdfReader(io.BytesIO(answer.content))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "pl"
    for words in ("Plan działania", "Welcome in Kraków", "Open a point", "Podpis"):
        assert words in text
    version = signed_in(city).get(of(signed, "pdf") + "?version=1")
    assert version.status_code == 200
    assert signed_in(city).get(of(signed, "pdf") + "?version=9").status_code == 404


def test_the_document_holds_what_was_typed(plan, anna, city, signed_in, now):
    import docx

    add(Objective.objects.get(plan=plan), anna, now, what=SCRIPT, risk="a\x0bb")
    answer = signed_in(city).get(of(plan, "docx"))
    document = docx.Document(io.BytesIO(answer.content))
    headings = [
        one.text for one in document.paragraphs if one.style.name.startswith("Heading")
    ]
    assert f"1.3 {SCRIPT}" in headings
    assert document.core_properties.language == "pl-PL"
    cells = [cell.text for table in document.tables for cell in table._cells]
    assert "ab" in cells


def test_group_sheets_are_for_the_city_s_table(plan, anna, coordinator, signed_in):
    answer = Client().get(url("link_sheet", anna.token) + "?paper=a3")
    page = PdfReader(io.BytesIO(answer.content)).pages[0]
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [420, 297]
    answer = signed_in(coordinator).get(url("sheets", plan.course_id))
    reader = PdfReader(io.BytesIO(answer.content))
    assert len(reader.pages) == 2
    assert "Łódź" in reader.pages[1].extract_text()


def test_a_table_goes_out_and_comes_back_by_the_pages(signed, city, signed_in):
    client = signed_in(city)
    out = client.get(of(signed, "table") + "?export=xlsx").content
    file = io.BytesIO(out)
    file.name = "plan.xlsx"
    page = client.post(of(signed, "bring"), {"file": file})
    assert page.context["preview"].is_empty
    csv = client.get(of(signed, "table") + "?export=csv").content.decode("utf-8-sig")
    file = io.BytesIO(csv.replace("not started", "going on").encode())
    file.name = "plan.csv"
    page = client.post(of(signed, "bring"), {"file": file})
    preview = page.context["preview"]
    assert (len(preview.changes), preview.wrong) == (2, ())
    assert Action.objects.filter(status="going-on").count() == 0
    sent = {
        "content": page.context["kept"], "name": "plan.csv", "seen": preview.seen,
    }  # fmt: skip
    assert client.post(of(signed, "bring"), sent).status_code == 302
    assert Action.objects.filter(status="going-on").count() == 2
    assert client.post(of(signed, "bring"), {"seen": "x"}).status_code == 404


# The board -------------------------------------------------------------------------------------


def test_cities_that_fit_by_topic_find_each_other(
    signed, other_city, lodz, city, signed_in, now
):
    topic = topics(signed.programme)[0]
    ask = helping.add(
        plan=signed, kind="ask", topic=topic, text="Who has a teacher?", actor=city,
        now=now,
    )  # fmt: skip
    theirs = Plan.objects.create(
        programme=signed.programme, owner=lodz, title="Łódź", language="pl", made_at=now
    )
    client = signed_in(other_city)
    sent = {"plan": theirs.pk, "kind": "offer", "topic": topic.key, "text": "We do"}
    assert client.post(url("board_add"), sent).status_code == 302
    rows = list(client.get(url("board")).context["notes"])
    assert [
        (row.city, row.kind, row.can_answer, [match.city for match in row.matches])
        for row in rows
    ] == [("Łódź", "offer", False, ["Kraków"]), ("Kraków", "ask", True, ["Łódź"])]
    address = url("board_answer", ask.pk)
    assert client.post(address, {"city": lodz.pk, "text": "Call us"}).status_code == 302
    message = Message.objects.get(kind="plans.help_answer")
    assert (message.to_name, message.reply_to) == ("Celina Cisek", other_city.email)
    assert "Call us" in message.body
    twice = client.post(address, {"city": lodz.pk, "text": "Again"})
    assert "already" in twice.content.decode()
    assert signed_in(city).get(address).status_code == 403


def test_only_the_city_takes_its_note_off(signed, city, other_city, signed_in, now):
    note = helping.add(
        plan=signed, kind="ask", topic=None, text="Help", actor=city, now=now
    )
    address = url("board_end", note.pk)
    assert signed_in(other_city).post(address).status_code == 403
    assert signed_in(city).get(address).status_code == 405
    assert signed_in(city).post(address).status_code == 302
    assert HelpNote.objects.get().ended_at is not None


# The overview ----------------------------------------------------------------------------------


def test_the_overview_counts_and_filters(
    signed, answered, city, coordinator, signed_in
):
    first = Action.objects.filter(plan=signed).order_by("pk").first()
    answered(3)
    Action.objects.filter(pk=first.pk).update(version=2)
    page = signed_in(coordinator).get(url("overview")).context["page"]
    assert {key: count for key, _label, count in page.by_status} == {
        "not-started": 0, "going-on": 2, "done": 0, "stopped": 0,
    }  # fmt: skip
    assert (page.answered, page.awaited, page.missed, page.drafts) == (1, 1, 0, 0)
    assert [(one.label, one.total) for one in page.cities] == [("Kraków", 2)]
    for query, count in (
        ("?status=done", 0), ("?status=going-on", 2), ("?city=nowhere", 2),
        ("?overdue=on", 0),
    ):  # fmt: skip
        found = signed_in(coordinator).get(url("overview") + query).context["page"]
        assert found.rows.total == count, query
    answer = signed_in(coordinator).get(url("overview") + "?export=csv")
    assert answer.content.decode("utf-8-sig").count("\r\n") == 3


def test_what_has_passed_is_overdue_unless_it_is_over(signed, coordinator, now):
    from mosty.plans.queries.overview import late

    today = timezone.localdate(now)
    signing_state = Action.objects.filter(plan=signed)
    assert signing_state.filter(late(today)).count() == 0
    after = signing_state.first().ends_on + timedelta(days=1)
    assert signing_state.filter(late(after)).count() == 2


def test_nothing_is_said_of_participants(signed, city, coordinator, signed_in):
    names = set(Nomination.objects.values_list("given_name", flat=True))
    page = signed_in(coordinator).get(url("course", signed.course_id)).content.decode()
    assert not any(name in page for name in names)
