"""A year in numbers from the lead's side: asking, looking, publishing, correcting."""

import json
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from mosty.accounts.models import Role
from mosty.audit.actors import SYSTEM
from mosty.engines.disclosure import work
from mosty.figures.actions import releases as figures
from mosty.figures.actions.releases import CannotRelease
from mosty.figures.models import Release
from mosty.figures.queries.releases import published
from mosty.figures.releases.document import of_json
from mosty.infopoint.actions import periods, releases, workshops
from mosty.infopoint.actions.workshops import Group, SaidWorkshop
from mosty.infopoint.forms.releases import ReleaseForm
from mosty.infopoint.models import Code, Consultation
from mosty.infopoint.queries import releases as queries
from mosty.infopoint.releases import counting
from mosty.office.queries.needs import needs_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db
NATIONS = ["nga", *["ukr"] * 19, *["blr"] * 10]
RULES = {"sensitive": 10, "tables": {"channel": 3, "nationality": 3}}


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Do without tau-Argus's own process."""
    monkeypatch.setattr(work, "tau_secondaries", lambda *_, **__: None)


def url(name, *args):
    return reverse(f"infopoint:{name}", args=args)


def fill(point, days, channels=("email", "phone")):
    """Record consultations at once: of thirty one is of a rare kind, and ten of another."""
    codes = {(one.kind, one.code): one.pk for one in Code.objects.all()}
    operation = point.operations.get()
    Consultation.objects.bulk_create(
        Consultation(
            key=uuid4(),
            point=point,
            operation=operation,
            day=day,
            topics=[codes["topic", "stay"]],
            channel_id=codes["channel", channels[number % 2]],
            language_id=codes["language", "uk"],
            outcome_id=codes["outcome", "informed"],
            nationality_id=codes["nationality", NATIONS[number % 30]],
            recorded_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
            recorder_key="user:0",
        )
        for number, day in enumerate(days)
    )


@pytest.fixture
def year(today):
    """Return the year that is over."""
    return today.year - 1


@pytest.fixture
def closed(point, lead, year, now):
    """Return the point with a closed year: 30 consultations, one of them of a rare kind."""
    fill(point, [date(year, 3, 4)] * 30)
    periods.close(point=point, year=year, month=None, actor=lead, now=now)
    return point


@pytest.fixture
def ask(closed, lead, year, now):
    def ask(reason="", rules=RULES, actor=lead):
        return releases.ask(
            point=closed, year=year, rules=rules, reason=reason, actor=actor, now=now
        )

    return ask


def made(release, now):
    releases.make(release=release.pk, actor=SYSTEM, now=now)
    release.refresh_from_db()
    return release


@pytest.fixture
def ready(ask, now):
    return made(ask(), now)


def test_a_closed_year_is_counted_and_protected(ready, year):
    assert (ready.state, ready.failure) == ("ready", "")


def test_today_tells_its_lead_that_a_year_waits_to_be_published(
    ready, closed, lead, other_point, now
):
    def waits(user):
        return [
            (need.count, need.text, need.url)
            for need in needs_of(user, now)
            if "published" in need.text
        ]

    other = make_user("Obca", role=Role.LEAD, organisation=other_point.city)
    page = reverse("infopoint:release", args=[closed.slug, ready.pk])
    sentence = f"year in numbers is ready to be published: {closed}, {ready.year}"
    assert waits(lead) == [(1, sentence, page)]
    assert waits(other) == []
    figures.publish(release=ready, actor=lead, now=now)
    assert waits(lead) == []


def test_what_was_published_leads_to_its_public_page(
    ready, closed, lead, signed_in, now
):
    page = reverse("infopoint:release", args=[closed.slug, ready.pk])
    public = reverse("year_in_numbers", args=["en", closed.slug, ready.year])
    client = signed_in(lead)
    assert public not in client.get(page).content.decode()
    figures.publish(release=ready, actor=lead, now=now)
    assert f"{public}?release={ready.number}" in client.get(page).content.decode()


def test_what_is_published_is_what_was_recorded(ready, closed, lead, year, now):
    figures.publish(release=ready, actor=lead, now=now)
    document = published(closed.subject, year).document
    assert document.table("channel").by_codes == {
        ("phone",): 15,
        ("email",): 15,
        ("Total",): 30,
    }
    found = document.table("nationality").by_codes
    assert (found["ukr",], found["nga",], found["Total",]) == (19, None, 30)
    assert document.dimension("nationality").by_code["ukr"].label["be"] == "Украіна"
    assert document.tables[0].title["uk"] != document.tables[0].title["pl"]


def test_persons_at_workshops_are_released_apart_from_consultations(
    point, worker, lead, year, now
):
    fill(point, [date(year, 3, 4)] * 30)
    said = SaidWorkshop(
        day=date(year, 5, 6),
        topic="work",
        language="uk",
        groups=(
            Group("female", "18-29", 12),
            Group("female", "30-44", 2),
            Group("male", "18-29", 7),
            Group("male", "30-44", 9),
        ),
        place="Library",
    )
    workshops.record(
        point=point, said=said, key=uuid4(), late_reason="", actor=worker, now=now
    )
    periods.close(point=point, year=year, month=None, actor=lead, now=now)
    rules = {"sensitive": 10, "tables": {"channel": 5, "workshop-sex-age": 5}}

    release = made(
        releases.ask(
            point=point, year=year, rules=rules, reason="", actor=lead, now=now
        ),
        now,
    )

    assert (release.state, release.failure) == ("ready", "")
    table = of_json(json.loads(release.artefact)).table("workshop-sex-age")
    assert table.measure == "persons"
    assert table.total == 30
    # Two of them are small, and three others would give them away.
    assert [codes for codes, value in table.by_codes.items() if value is None] == [
        ("female", "18-29"),
        ("female", "30-44"),
        ("male", "18-29"),
        ("male", "30-44"),
    ]
    page = queries.page(release, now)
    assert [one.title for one in page.tables][
        1
    ] == "Persons at workshops by sex and age"


def test_a_hidden_number_stays_open_as_far_as_the_lead_says(ask, closed, lead, now):
    """One of a rare kind is open by nine beside ten of another, and no farther."""
    rules = {**RULES, "widths": {"nationality": 12}}

    release = made(ask(rules=rules), now)

    assert (release.state, release.failure) == ("ready", "")
    document = of_json(json.loads(release.artefact))
    assert [table.width for table in document.tables] == [0, 12]
    found = document.table("nationality").by_codes
    assert (found["nga",], found["blr",], found["ukr",]) == (None, None, None)
    usual = of_json(json.loads(made(ask(), now).artefact)).table("nationality")
    assert (usual.by_codes["blr",], usual.by_codes["ukr",]) == (None, 19)


@pytest.mark.parametrize(
    ("sent", "widths"),
    (
        ({}, None),
        ({"width": 7}, {"channel": 7, "topic": 7}),
        ({"width": 7, "wider": ["topic", "month"]}, {"topic": 7}),
    ),
)
def test_the_form_says_for_which_tables_a_width_holds(sent, widths):
    given = {"tables": ["channel", "topic"], "threshold": 3, "sensitive": 6, **sent}
    form = ReleaseForm(given, corrects=False)

    assert form.is_valid()
    assert form.rules().get("widths") == widths
    again = ReleaseForm.of(form.rules(), workshops=False)
    assert ReleaseForm(
        {**given, **again, "width": again["width"] or ""}, corrects=False
    ).is_valid()
    assert again["width"] == (7 if widths else None)


def test_only_a_closed_year_without_late_records_is_released(
    closed, ask, recorded, worker, lead, year, now
):
    for asked in (year - 1, year + 1):
        with pytest.raises(CannotRelease, match="is not closed"):
            releases.ask(
                point=closed, year=asked, rules=RULES, reason="", actor=lead, now=now
            )
    release = ask()
    recorded(date(year, 5, 5))
    assert Consultation.objects.filter(state="late").count() == 1
    with pytest.raises(CannotRelease, match="1 late record"):
        ask()
    assert (made(release, now).failure, release.failure_params) == (
        "late",
        {"records": 1},
    )


@pytest.mark.parametrize(
    ("rules", "said"),
    (
        ({"sensitive": 10, "tables": {}}, "Choose one table"),
        ({"sensitive": 10, "tables": {"salary": 5}}, "Choose one table"),
        ({"sensitive": 10, "tables": {"channel": 2}}, "from 3 to 100"),
        ({"sensitive": 4, "tables": {"channel": 5}}, "highest threshold"),
        (
            {"sensitive": 9, "tables": {"channel": 5}, "widths": {"channel": 4}},
            "smallest shown number at least",
        ),
        (
            {"sensitive": 9, "tables": {"channel": 5}, "widths": {"channel": 101}},
            "by 100 at most",
        ),
    ),
)
def test_rules_that_are_none_are_refused(ask, rules, said):
    with pytest.raises(CannotRelease, match=said):
        ask(rules=rules)


def test_who_may_ask(ask, worker, other_worker, coordinator):
    for actor in (worker, other_worker, coordinator):
        with pytest.raises(PermissionDenied):
            ask(actor=actor)
    assert Release.objects.count() == 0


@pytest.mark.parametrize(
    "name", ("releases", "release_start", "release", "release_publish")
)
def test_who_sees_which_page(closed, ready, year, signed_in, request, name):
    args = {
        "releases": (closed.slug,),
        "release_start": (closed.slug, year),
        "release": (closed.slug, ready.pk),
        "release_publish": (closed.slug, ready.pk),
    }[name]
    asked = {
        "lead": 200,
        "worker": 403,
        "other_worker": 404,
        "coordinator": 404,
        "stranger": 404,
    }
    answers = {
        who: signed_in(request.getfixturevalue(who)).get(url(name, *args)).status_code
        for who in asked
    }
    assert answers == asked
    client = signed_in(request.getfixturevalue("lead"))
    assert client.put(url(name, *args)).status_code == 405


def test_a_release_of_another_point_is_not_found_here(
    ready, other_point, lodz, signed_in
):
    from mosty.accounts.models import Role
    from tests.factories import make_user

    other_lead = make_user("Lena Lew", role=Role.LEAD, organisation=lodz)
    client = signed_in(other_lead)
    assert client.get(url("release", other_point.slug, ready.pk)).status_code == 404
    assert (
        client.post(url("release_publish", other_point.slug, ready.pk)).status_code
        == 404
    )


def test_the_lead_chooses_tables_looks_and_publishes(
    closed, lead, year, now, signed_in
):
    client = signed_in(lead)
    form = client.get(url("release_start", closed.slug, year)).context["form"]
    assert form["tables"].initial == list(counting.PROPOSED)
    sent = {
        "tables": ["channel", "topic"],
        "higher": ["topic"],
        "threshold": 3,
        "sensitive": 6,
    }
    answer = client.post(url("release_start", closed.slug, year), sent)
    release = Release.objects.get()
    page = url("release", closed.slug, release.pk)
    assert (answer.status_code, answer.url) == (302, page)
    assert release.rules == {"sensitive": 6, "tables": {"channel": 3, "topic": 6}}
    assert client.get(page).context["page"].sentence == "It waits for its turn."
    htmx = {"HTTP_HX_REQUEST": "true"}
    mark = client.get(page).context["page"].mark
    assert client.get(page, {"seen": mark}, **htmx).status_code == 204

    made(release, now)
    assert client.get(page, **htmx).headers["HX-Redirect"] == page
    shown = client.get(page).context["page"]
    assert [table.title for table in shown.tables] == [
        "How people got in touch",
        "Topics",
    ]
    assert "cannot be taken back" not in client.get(page).content.decode()
    confirm = url("release_publish", closed.slug, release.pk)
    assert client.get(confirm).status_code == 200
    release.refresh_from_db()
    assert release.state == "ready"
    for _n in range(2):
        assert client.post(confirm).url == page
    release.refresh_from_db()
    assert (release.state, release.published_by) == ("published", lead.ledger_label)
    # There is nothing more to publish, nor to set aside.
    assert client.get(confirm).status_code == 302
    client.post(url("release_set_aside", closed.slug, release.pk))
    release.refresh_from_db()
    assert release.state == "published"


def test_a_correction_asks_for_a_reason(
    ready, closed, lead, worker, year, now, signed_in
):
    client = signed_in(lead)
    client.post(url("release_publish", closed.slug, ready.pk))
    sent = {"tables": ["channel"], "threshold": 3, "sensitive": 10}
    address = url("release_start", closed.slug, year)
    assert client.post(address, sent).context["form"].errors == {
        "reason": ["Say why the published numbers are corrected. Readers see it."]
    }
    client.post(address, {**sent, "reason": "A table less"})
    second = made(Release.objects.get(number=2), now)
    assert (second.state, second.corrects_id) == ("ready", ready.pk)
    rows = client.get(url("releases", closed.slug)).context["years"]
    assert [(row.year, row.published.number, row.making.number) for row in rows] == [
        (year, 1, 2)
    ]


def test_a_refused_release_says_what_could_be_worked_out(
    ask, closed, lead, now, signed_in
):
    release = ask()
    Release.objects.filter(pk=release.pk).update(state="computing")
    from mosty.figures.releases.making import CannotMake

    assert CannotMake("empty").code == "empty"
    Release.objects.filter(pk=release.pk).update(
        state="refused", failure="given_away", failure_params={"cells": 1}, ended_at=now
    )
    client = signed_in(lead)
    page = client.get(url("release", closed.slug, release.pk)).context["page"]
    assert page.sentence.startswith("Nothing can be published yet: 1 hidden number")


def test_a_year_that_is_open_has_no_page(point, lead, today, signed_in):
    client = signed_in(lead)
    assert client.get(url("release_start", point.slug, today.year)).status_code == 404
    assert client.get(url("releases", point.slug)).context["years"] == []


@pytest.mark.parametrize("count", (1, 3))
def test_the_list_takes_as_many_queries_however_long(
    point, lead, year, now, signed_in, django_assert_num_queries, count
):
    for back in range(count):
        periods.close(point=point, year=year - back, month=None, actor=lead, now=now)
    client = signed_in(lead)
    # Session with its user, roles, point with its city, releases, closed years, consent.
    with django_assert_num_queries(6):
        rows = client.get(url("releases", point.slug)).context["years"]
    assert len(rows) == count
