"""Who gets which page, and what the forms do."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from mosty.audit.models import Entry
from mosty.infopoint.actions import periods
from mosty.infopoint.models import Consultation, Operation, Period, Point
from tests.factories import make_organisation
from tests.infopoint.conftest import CODES, last_month

pytestmark = pytest.mark.django_db

OF_POINT = ("record", "records", "export", "periods", "operators", "start", "settings")
OF_RECORD = ("consultation", "correct", "withdraw", "accept", "refuse")


def url(name, *args):
    return reverse(f"infopoint:{name}", args=args)


@pytest.mark.parametrize(
    ("name", "for_worker", "for_lead"),
    (
        ("record", 200, 403),
        ("records", 200, 200),
        ("export", 403, 200),
        ("periods", 403, 200),
        ("operators", 403, 200),
        ("start", 403, 200),
        ("settings", 403, 200),
        ("consultation", 200, 200),
        ("correct", 200, 200),
        ("withdraw", 200, 200),
        ("accept", 403, 200),
        ("refuse", 403, 200),
        ("end", 403, 200),
    ),
)
def test_who_sees_which_page(
    point, recorded, signed_in, request, name, for_worker, for_lead
):
    record = recorded()
    args = [point.slug]
    if name in OF_RECORD:
        args.append(record.pk)
    if name == "end":
        args.append(point.operations.get().pk)
    asked = {"worker": for_worker, "lead": for_lead, "other_worker": 404, "city": 404}
    asked |= {"coordinator": 404, "auditor": 404, "stranger": 404}
    answers = {
        who: signed_in(request.getfixturevalue(who)).get(url(name, *args)).status_code
        for who in asked
    }
    assert answers == asked
    client = signed_in(request.getfixturevalue("lead"))
    assert client.put(url(name, *args)).status_code == 405


def test_the_first_page_is_for_the_points_people(
    point, other_point, worker, lead, coordinator, signed_in
):
    answers = [
        signed_in(who).get(url("index")).status_code
        for who in (worker, lead, coordinator)
    ]
    assert answers == [200, 200, 403]
    shown = signed_in(worker).get(url("index")).context["points"]
    assert [(row.slug, row.can_record, row.can_lead) for row in shown] == [
        ("krakow", True, False)
    ]


def send(**fields):
    return {**CODES, "topic": "stay", **fields}


def test_a_consultation_is_recorded_without_a_script(point, worker, signed_in):
    client = signed_in(worker)
    sent = send(key=str(uuid4()), topics=["work", "stay"], nationality_typed="Ukraine")
    for _n in range(2):
        answer = client.post(url("record", point.slug), sent)
        assert (answer.status_code, answer.url) == (302, url("record", point.slug))
    found = Consultation.objects.select_related("nationality").get()
    assert found.nationality.code == "ukr"
    assert len(found.topics) == 2


def test_what_is_wrong_is_said_beside_what_was_typed(point, worker, signed_in):
    sent = send(nationality_typed="Atlantis", day="2020-13-01")
    answer = signed_in(worker).post(url("record", point.slug), sent)
    assert answer.status_code == 200
    assert answer.context["refused"] == "There is no such day."
    del sent["day"]
    answer = signed_in(worker).post(url("record", point.slug), sent)
    nationality = answer.context["page"].first[1]
    assert (nationality.typed, nationality.error) == (
        "Atlantis",
        "Nationality: this is not on the list that holds on the day. Choose again.",
    )
    assert answer.context["page"].first[0].chosen == "stay"
    assert Consultation.objects.count() == 0


def test_a_device_s_form_is_answered_in_json(point, worker, signed_in):
    from mosty.ui.queueing import owner_of

    client = signed_in(worker)
    asked = client.get(url("record", point.slug)).wsgi_request
    asked.user = worker
    head = {"HTTP_X_QUEUE": owner_of(asked)}
    key = str(uuid4())
    for _n in range(2):
        answer = client.post(url("record", point.slug), send(key=key), **head)
        assert answer.json() == {
            "state": "taken",
            "text": "Saved.",
            "url": "",
            "late": False,
            "record": url("consultation", point.slug, key),
        }
    wrong = client.post(url("record", point.slug), send(channel="pigeon"), **head)
    assert (wrong.status_code, wrong.json()["text"]) == (
        422,
        "Channel: this is not on the list that holds on the day. Choose again.",
    )
    assert Consultation.objects.count() == 1


def test_favourites_stand_first_and_the_last_values_stay(
    point, worker, recorded, signed_in
):
    for code in ("geo", "geo", "ind"):
        recorded(nationality=code, topics=("housing",), duration="up-to-15")
    page = signed_in(worker).get(url("record", point.slug)).context["page"]
    assert page.first[0].buttons[0].code == "housing"
    assert [one.code for one in page.first[1].buttons][:2] == ["geo", "ind"]
    assert [(one.name, one.chosen) for one in page.same] == [
        ("outcome", "informed"),
        ("duration", "up-to-15"),
        ("channel", "phone"),
        ("language", "uk"),
    ]
    assert (page.first[0].chosen, page.first[1].chosen, page.today) == ("", "", 3)


def test_the_form_keeps_to_150_kib(point, worker, signed_in):
    answer = signed_in(worker).get(url("record", point.slug))
    assert len(answer.content) < 150 * 1024


@pytest.mark.parametrize("count", (1, 3))
def test_the_list_takes_as_many_queries_however_long(
    point, worker, recorded, signed_in, django_assert_num_queries, count
):
    for _n in range(count):
        recorded()
    client = signed_in(worker)
    # Session, user, roles, point, lists, names, count, rows; of the rest one is whether
    # she may record, and three note what she reads.
    with django_assert_num_queries(11):
        answer = client.get(url("records", point.slug))
    assert len(answer.context["records"].rows) == count


@pytest.mark.parametrize("count", (1, 3))
def test_the_form_takes_as_many_queries_however_much_was_recorded(
    point, worker, recorded, signed_in, django_assert_num_queries, count
):
    for _n in range(count):
        recorded()
    client = signed_in(worker)
    # Session with its user, roles, point, may she record, lists, her last records.
    with django_assert_num_queries(6):
        client.get(url("record", point.slug))


def test_reading_today_s_records_is_not_noted_reading_older_ones_is(
    point, worker, recorded, today, signed_in
):
    recorded()
    older = [recorded(today - timedelta(days=days)) for days in (2, 5)]
    client = signed_in(worker)
    rows = client.get(url("records", point.slug)).context["records"].rows
    assert len(rows) == 1
    assert not Entry.objects.filter(verb="consultations.read").exists()
    client.get(url("records", point.slug), {"since": today - timedelta(days=9)})
    client.get(url("consultation", point.slug, older[0].pk))
    entries = Entry.objects.filter(verb="consultations.read").order_by("pk")
    five, two = (str(today - timedelta(days=days)) for days in (5, 2))
    assert [(one.actor_key, one.target_key, one.after) for one in entries] == [
        (worker.ledger_key, "krakow", {"from": five, "until": two, "records": 2}),
        (worker.ledger_key, "krakow", {"from": two, "until": two, "records": 1}),
    ]


def test_the_list_is_filtered(point, worker, recorded, signed_in):
    recorded(topics=("stay", "health"))
    recorded(channel="email", topics=("health",))
    client = signed_in(worker)
    page = client.get(url("records", point.slug))
    topic = {label: key for key, label in page.context["form"].fields["topic"].choices}
    channel = {
        label: key for key, label in page.context["form"].fields["channel"].choices
    }
    found = [
        len(client.get(url("records", point.slug), asked).context["records"].rows)
        for asked in (
            {"topic": topic["health"]},
            {"topic": topic["stay, citizenship, work permit"]},
            {"channel": channel["e-mail"], "topic": topic["health"]},
            {"state": "late"},
        )
    ]
    assert found == [2, 1, 1, 0]


def test_single_records_leave_with_a_reason_and_without_notes(
    point, lead, recorded, today, signed_in
):
    record = recorded()
    client = signed_in(lead)
    days = {"since": today, "until": today, "form": "csv"}
    assert client.post(url("export", point.slug), days).status_code == 200
    assert not Entry.objects.filter(verb="consultations.exported").exists()
    answer = client.post(url("export", point.slug), {**days, "reason": "Audit"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    assert str(record.pk) not in text
    assert text.splitlines()[1].startswith(
        f'"{today}","stay, citizenship, work permit","","phone","Ukrainian",'
    )
    entry = Entry.objects.get(verb="consultations.exported")
    assert (entry.reason, entry.after["rows"], entry.target_key) == (
        "Audit",
        1,
        "krakow",
    )


def test_a_record_is_corrected_on_its_page(point, worker, recorded, signed_in):
    record = recorded()
    client = signed_in(worker)
    sent = send(seen="1", day=str(record.day), language="ru")
    answer = client.post(url("correct", point.slug, record.pk), sent)
    assert answer.context["refused"] == "Enter the reason."
    sent["reason"] = "It was Russian"
    answer = client.post(url("correct", point.slug, record.pk), sent)
    assert answer.url == url("consultation", point.slug, record.pk)
    page = client.get(answer.url).context["page"]
    assert ("Language", "Russian") in page.rows
    (old,) = page.versions
    assert (old.reason, old.is_revision) == ("It was Russian", False)
    assert ("Language", "Ukrainian") in old.rows


def test_the_correction_shows_what_the_record_says(point, worker, recorded, signed_in):
    record = recorded(topics=("work", "health"), nationality="blr")
    page = signed_in(worker).get(url("correct", point.slug, record.pk)).context["page"]
    assert [group.chosen for group in page.first] == ["work", "blr", "female", ""]
    assert [one.code for one, chosen in page.more_topics if chosen] == ["health"]
    assert page.day == str(record.day)


def test_a_period_is_closed_on_its_page(point, lead, recorded, today, signed_in):
    day = last_month(today)
    recorded(day)
    client = signed_in(lead)
    sent = {"year": day.year, "month": day.month}
    answer = client.post(url("close", point.slug), sent, follow=True)
    assert [str(said) for said in answer.context["messages"]] == [
        "Closed. What comes later waits for you in the tray."
    ]
    row = next(
        row
        for row in answer.context["rows"]
        if (row.year, row.month) == (day.year, day.month)
    )
    assert (row.counted, row.closed_by, row.can_close) == (1, "Lidia Lipa", False)
    again = client.post(url("close", point.slug), sent, follow=True)
    assert [str(said) for said in again.context["messages"]] == [
        "This period is closed already."
    ]
    assert client.post(url("close", point.slug), {"year": "x"}).status_code == 404
    assert client.get(url("close", point.slug)).status_code == 405
    assert Period.objects.count() == 1


def test_only_the_lead_closes(point, worker, other_worker, signed_in):
    sent = {"year": 2021}
    answers = [
        signed_in(who).post(url("close", point.slug), sent).status_code
        for who in (worker, other_worker)
    ]
    assert answers == [403, 404]


def test_the_tray_shows_what_came_late(point, lead, recorded, today, signed_in, now):
    day = last_month(today)
    periods.close(point=point, year=day.year, month=day.month, actor=lead, now=now)
    record = recorded(day)
    client = signed_in(lead)
    late = client.get(url("periods", point.slug)).context["late"]
    assert [row.key for row in late] == [str(record.pk)]
    client.post(url("accept", point.slug, record.pk), {"reason": "Phone was off"})
    record.refresh_from_db()
    assert (record.state, record.is_late) == ("counted", True)
    assert client.get(url("periods", point.slug)).context["late"] == []


def test_a_point_is_opened_and_handed_over(
    krakow, lead, operator, worker, signed_in, today
):
    client = signed_in(lead)
    sent = {
        "name_0": "Nowy punkt",
        "slug": "nowy",
        "city": krakow.pk,
        "operator": operator.pk,
        "languages": ["pl", "uk"],
        "opened_on": "2026-01-02",
    }
    assert client.post(url("open"), sent).status_code == 302
    found = Point.objects.get(slug="nowy")
    assert (found.notes_allowed, found.languages) == (False, ["pl", "uk"])
    again = client.post(url("open"), sent)
    assert again.context["form"].errors == {"slug": ["Another point has this address."]}

    society = make_organisation("Society", kind="ngo")
    operation = found.operations.get()
    assert signed_in(worker).get(url("record", "nowy")).status_code == 200
    yesterday = today - timedelta(days=1)
    client.post(
        url("end", "nowy", operation.pk), {"until": yesterday, "reason": "Tender"}
    )
    assert signed_in(worker).get(url("record", "nowy")).status_code == 404
    client.post(url("start", "nowy"), {"operator": society.pk, "since": today})
    rows = client.get(url("operators", "nowy")).context["page"].rows
    assert [(row.operator, row.since, row.until) for row in rows] == [
        ("Society", today, None),
        ("Foundation", found.opened_on, yesterday),
    ]
    assert Operation.objects.filter(point=found).count() == 2


def test_a_worker_opens_no_point(worker, point, signed_in):
    assert signed_in(worker).get(url("open")).status_code == 403


def test_settings_are_changed(point, lead, signed_in):
    sent = {
        "name_0": "Punkt",
        "languages": ["pl"],
        "opened_on": "2020-01-01",
        "notes_allowed": "on",
    }
    signed_in(lead).post(url("settings", point.slug), sent)
    point.refresh_from_db()
    assert (str(point.name), point.notes_allowed) == ("Punkt", True)
