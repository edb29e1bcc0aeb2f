"""The pages of workshops and guides."""

from uuid import uuid4

import pytest

from mosty.audit.models import Entry
from mosty.infopoint.models import (
    Guide,
    Period,
    Workshop,
)
from mosty.ui.queueing import owner_of
from tests.infopoint.workshops.given import counts, publish, record, url


def test_who_sees_which_page(workshop, signed_in, request, now, worker):
    slug = workshop.point.slug
    guide = publish(workshop.point, worker, now, workshop.day)
    pages = {
        "workshops": (200, 200), "workshop_add": (200, 200), "guides": (200, 200),
        "guide_add": (200, 200), "workshop": (200, 200), "workshop_correct": (200, 200),
        "workshop_withdraw": (200, 200), "guide_correct": (200, 200),
        "guide_end": (200, 200),
    }  # fmt: skip
    key = {"workshop": workshop.pk, "guide": guide.pk}
    people = ("worker", "lead", "other_worker", "coordinator", "stranger")
    for name, allowed in pages.items():
        kind, _, act = name.partition("_")
        args = [slug, key[kind]] if kind in key and act != "add" else [slug]
        found = [
            signed_in(request.getfixturevalue(who)).get(url(name, *args)).status_code
            for who in people
        ]
        assert (name, found) == (name, [*allowed, 404, 404, 404])
        client = signed_in(request.getfixturevalue("lead"))
        assert client.put(url(name, *args)).status_code == 405


def test_a_colleague_corrects_no_workshop_of_another(workshop, operator, signed_in):
    from mosty.accounts.models import Role
    from tests.factories import make_user

    colleague = make_user("Kasia Klon", role=Role.WORKER, organisation=operator)
    client = signed_in(colleague)
    found = [
        client.get(url(name, workshop.point.slug, workshop.pk)).status_code
        for name in ("workshop", "workshop_correct", "workshop_withdraw")
    ]
    assert found == [200, 403, 403]


def test_the_form_tells_of_a_workshop_and_corrects_it(point, worker, signed_in, today):
    client = signed_in(worker)
    sent = {
        "key": str(uuid4()), "day": today.isoformat(), "topic": "housing",
        "language": "en", "place": "Hall", "n-female-18-29": "3", "n-0-0": "2",
        "n-male-0": "0",
    }  # fmt: skip
    for _n in range(2):
        answer = client.post(url("workshop_add", point.slug), sent)
        assert (answer.status_code, answer.url) == (302, url("workshops", point.slug))
    row = Workshop.objects.get()
    assert counts(row) == {("female", "18-29"): 3, ("", ""): 2}
    page = client.get(url("workshop_correct", point.slug, row.pk))
    form = page.context["form"]
    assert form.grid.lines[-1][1][-1].value == "2"
    assert (form["topic"].value(), form["language"].value()) == ("housing", "en")
    sent |= {"seen": "1", "n-0-0": "", "reason": "Two left at once"}
    answer = client.post(url("workshop_correct", point.slug, row.pk), sent)
    assert answer.url == url("workshop", point.slug, row.pk)
    shown = client.get(answer.url).context["page"]
    assert shown.grid.columns == ("woman",)
    assert [(old.reason, old.grid.columns) for old in shown.versions] == [
        ("Two left at once", ("woman", "not known"))
    ]


def test_a_device_s_workshop_is_kept_once(
    point, worker, other_worker, signed_in, today
):
    client = signed_in(worker)
    asked = client.get(url("workshop_add", point.slug)).wsgi_request
    asked.user = worker
    head = {"HTTP_X_QUEUE": owner_of(asked)}
    sent = {
        "key": str(uuid4()),
        "day": today.isoformat(),
        "topic": "courses",
        "language": "uk",
        "n-female-18-29": "4",
    }
    for _n in range(2):
        answer = client.post(url("workshop_add", point.slug), sent, **head)
        assert answer.json() == {
            "state": "taken",
            "text": "Saved.",
            "url": url("workshops", point.slug),
        }
    assert Workshop.objects.get().persons == 4
    assert Entry.objects.filter(verb="workshop.recorded").count() == 1
    wrong = {**sent, "key": str(uuid4()), "topic": "", "n-female-18-29": "-1"}
    answer = client.post(url("workshop_add", point.slug), wrong, **head)
    assert (answer.status_code, answer.json()["text"]) == (
        422,
        "Topic: This field is required. woman, 18–29: Ensure this value is greater than or equal to 0.",
    )
    # What waits for one is not sent in the name of another.
    asked.user = other_worker
    head = {"HTTP_X_QUEUE": owner_of(asked)}
    assert client.post(url("workshop_add", point.slug), sent, **head).status_code == 401
    assert Workshop.objects.count() == 1


def test_a_wrong_number_is_said_and_nothing_is_lost(point, worker, signed_in, today):
    sent = {"day": today.isoformat(), "topic": "work", "language": "uk", "n-0-0": "-1"}
    answer = signed_in(worker).post(url("workshop_add", point.slug), sent)
    assert answer.status_code == 200
    cell = answer.context["form"].grid.lines[-1][1][-1]
    assert (cell.value, bool(cell.error)) == ("-1", True)
    assert Workshop.objects.count() == 0


def test_the_guide_form(point, worker, signed_in, today):
    client = signed_in(worker)
    sent = {
        "title_0": "Ochrona", "languages": ["pl", "uk"], "url": "example.org/a",
        "published_on": today.isoformat(),
    }  # fmt: skip
    assert client.post(url("guide_add", point.slug), sent).status_code == 302
    guide = Guide.objects.get()
    assert (guide.url, guide.languages) == ("https://example.org/a", ["pl", "uk"])
    wrong = client.post(
        url("guide_add", point.slug), {**sent, "url": "javascript:alert(1)"}
    )
    assert (wrong.status_code, Guide.objects.count()) == (200, 1)
    args = [point.slug, guide.pk]
    sent |= {"seen": "1", "title_0": "Ochrona międzynarodowa"}
    client.post(url("guide_correct", *args), sent)
    client.post(url("guide_end", *args), {"seen": "2", "until": today.isoformat()})
    guide.refresh_from_db()
    assert (str(guide.title), guide.ended_on) == ("Ochrona międzynarodowa", today)


@pytest.mark.parametrize("count", (1, 3))
@pytest.mark.parametrize(("name", "queries"), (("workshops", 8), ("guides", 5)))
def test_the_lists_take_as_many_queries_however_long(
    point,
    worker,
    signed_in,
    now,
    today,
    django_assert_num_queries,
    count,
    name,
    queries,
):
    for _n in range(count):
        record(point, worker, now)
        publish(point, worker, now, today)
    client = signed_in(worker)
    # Session with its user, roles, point, may she tell (and for workshops lists, names,
    # count), rows.
    with django_assert_num_queries(queries):
        answer = client.get(url(name, point.slug))
    assert len(answer.context[name]) == count


def test_a_period_page_counts_workshops(closed, lead, signed_in):
    rows = signed_in(lead).get(url("periods", closed.point.slug)).context["rows"]
    found = {(row.year, row.month): row.workshops for row in rows}
    assert found[closed.day.year, closed.day.month] == 1
    assert Period.objects.count() == 1
