"""Workshops and guides: persons are counted, versions kept, closed periods guarded."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from mosty.audit.models import Entry
from mosty.infopoint.actions import guides, periods, points, workshops
from mosty.infopoint.actions.guides import CannotTell, GuideDetails
from mosty.infopoint.actions.saying import CannotRecord
from mosty.infopoint.actions.workshops import Group, SaidWorkshop
from mosty.infopoint.models import (
    Code,
    Guide,
    Period,
    Workshop,
    WorkshopChange,
    WorkshopGroup,
)
from mosty.infopoint.queries.workshops import groups_of
from tests.infopoint.conftest import last_month

pytestmark = pytest.mark.django_db

GROUPS = (
    Group("female", "18-29", 4),
    Group("female", "30-44", 2),
    Group("male", "18-29", 1),
    Group("", "", 3),
)


def said_of(day, **fields):
    given = {"topic": "work", "language": "uk", "groups": GROUPS, "place": "Library"}
    return SaidWorkshop(day=day, **{**given, **fields})


def record(point, actor, now, day=None, **fields):
    given = {"key": uuid4(), "late_reason": ""}
    given |= {name: fields.pop(name) for name in tuple(fields) if name in given}
    said = said_of(day or point.today(now), **fields)
    return workshops.record(point=point, said=said, actor=actor, now=now, **given)


def correct(workshop, said, actor, now, **fields):
    given = {"seen": 1, "reason": "Counted wrong", **fields}
    return workshops.correct(
        workshop=workshop, said=said, actor=actor, now=now, **given
    )


def counts(workshop):
    """Return the groups that hold, by codes."""
    codes = dict(Code.objects.values_list("pk", "code")) | {None: ""}
    held = groups_of(workshop).get(workshop.version, {})
    return {(codes[sex], codes[age]): count for (sex, age), count in held.items()}


@pytest.fixture
def workshop(point, worker, now):
    return record(point, worker, now)


@pytest.fixture
def closed(point, worker, lead, now, today):
    """Return a workshop of last month, which is closed."""
    row = record(point, worker, now, last_month(today))
    periods.close(
        point=point, year=row.day.year, month=row.day.month, actor=lead, now=now
    )
    return row


# Recording ---------------------------------------------------------------------------


def test_a_workshop_is_kept_once_with_its_persons(point, worker, now, today):
    key = uuid4()
    for _n in range(2):
        record(point, worker, now, key=key)
    row = Workshop.objects.select_related("topic", "language").get()
    assert (row.topic.code, row.language.code, row.day, row.persons) == (
        "work",
        "uk",
        today,
        10,
    )
    assert counts(row) == {
        ("female", "18-29"): 4,
        ("female", "30-44"): 2,
        ("male", "18-29"): 1,
        ("", ""): 3,
    }
    entry = Entry.objects.get(verb="workshop.recorded")
    assert entry.after == {"day": today.isoformat(), "persons": 10}


@pytest.mark.parametrize(
    ("wrong", "field"),
    (
        ({"topic": "nonsense"}, "topic"),
        ({"topic": ""}, "topic"),
        ({"language": ""}, "language"),
        ({"groups": (Group("robot", "", 1),)}, "sex"),
        ({"groups": (Group("", "200", 1),)}, "age_band"),
        ({"groups": (Group("", "", -1),)}, "groups"),
        ({"groups": (Group("", "", 9_999), Group("male", "", 1))}, "groups"),
        ({"place": "Anna, anna@example.org"}, "place"),
        ({"partner": "44051401359"}, "partner"),
    ),
)
def test_what_is_wrong_is_said_of_its_field(point, worker, now, wrong, field):
    with pytest.raises(CannotRecord) as caught:
        record(point, worker, now, **wrong)
    assert set(caught.value.fields) == {field}
    assert Workshop.objects.count() == 0


def test_days_that_are_not_possible(point, worker, other_worker, now, today):
    for day in (today + timedelta(days=1), point.opened_on - timedelta(days=1)):
        with pytest.raises(CannotRecord):
            record(point, worker, now, day)
    with pytest.raises(PermissionDenied):
        record(point, other_worker, now)


def test_of_an_earlier_operator_s_days_only_the_lead_tells(
    point, worker, lead, other_point, now, today
):
    operation = point.operations.get()
    operation.since = today
    operation.save()
    before = other_point.operations.get().operator
    point.operations.create(
        operator=before, since=point.opened_on, until=today - timedelta(days=1)
    )
    day = today - timedelta(days=3)
    with pytest.raises(CannotRecord):
        record(point, worker, now, day)
    assert record(point, lead, now, day).operation.operator_id == before.pk


# Corrections --------------------------------------------------------------------------


def test_a_correction_keeps_the_old_version_with_its_groups(workshop, worker, now):
    said = said_of(workshop.day, groups=(Group("male", "", 5),), place="Library")
    correct(workshop, said, worker, now)
    row = Workshop.objects.get()
    assert (row.version, row.persons, counts(row)) == (2, 5, {("male", ""): 5})
    assert {
        version: sum(held.values()) for version, held in groups_of(row).items()
    } == {1: 10, 2: 5}
    change = WorkshopChange.objects.get()
    assert (change.said["persons"], change.reason, change.is_revision) == (
        10,
        "Counted wrong",
        False,
    )
    entry = Entry.objects.get(verb="workshop.corrected")
    assert entry.after == {"fields": ["groups", "persons"]}


def test_tables_count_the_groups_that_hold(workshop, point, worker, now):
    gone = record(point, worker, now)
    workshops.withdraw(workshop=gone, seen=1, reason="x", actor=worker, now=now)
    correct(workshop, said_of(workshop.day, groups=GROUPS[:2]), worker, now)
    with connection.cursor() as cursor:
        cursor.execute(
            "select point, count(*), sum(persons) from infopoint_counted_workshop_group"
            " group by point"
        )
        assert cursor.fetchall() == [("krakow", 2, 6)]
        cursor.execute("select sum(persons) from infopoint_counted_workshop")
        assert cursor.fetchall() == [(6,)]


def test_what_cannot_be_corrected(workshop, worker, now):
    for wrong in (
        {"seen": 2},
        {"reason": " "},
        {"said": said_of(workshop.day)},
        {"said": said_of(workshop.day, language="")},
    ):
        given = {"said": said_of(workshop.day, language="ru"), **wrong}
        with pytest.raises(CannotRecord):
            correct(workshop, actor=worker, now=now, **given)
    assert (WorkshopChange.objects.count(), WorkshopGroup.objects.count()) == (0, 4)


def test_a_withdrawn_workshop_stays_and_counts_no_more(workshop, worker, now):
    workshops.withdraw(
        workshop=workshop, seen=1, reason="Never was", actor=worker, now=now
    )
    row = Workshop.objects.get()
    assert (row.state, row.version, sum(counts(row).values())) == ("withdrawn", 2, 10)
    with pytest.raises(CannotRecord):
        correct(row, said_of(row.day, language="ru"), worker, now, seen=2)


def test_in_a_closed_period_the_lead_alone_adds_and_corrects(closed, worker, lead, now):
    point, day = closed.point, closed.day
    with pytest.raises(CannotRecord):
        record(point, worker, now, day, late_reason="Forgotten")
    with pytest.raises(CannotRecord) as caught:
        record(point, lead, now, day)
    assert set(caught.value.fields) == {"reason"}
    late = record(point, lead, now, day, late_reason="Forgotten")
    assert (late.late_reason, record(point, lead, now).late_reason) == ("Forgotten", "")
    said = said_of(day, language="ru")
    with pytest.raises(CannotRecord):
        correct(closed, said, worker, now)
    correct(closed, said, lead, now)
    assert WorkshopChange.objects.get().is_revision is True


def test_closing_tells_how_many_workshops_counted(closed):
    entry = Entry.objects.get(verb="period.closed")
    assert (entry.after["consultations"], entry.after["workshops"]) == (0, 1)


# What is true in the database ---------------------------------------------------------


def change_of(row, **fields):
    said = {
        name: getattr(row, name)
        for name in ("topic_id", "language_id", "place", "partner", "persons", "state")
    }
    given = {"version": row.version, "reason": "x", "changed_by": "x"}
    return WorkshopChange.objects.create(
        workshop=row,
        said={**said, "day": row.day.isoformat()},
        changed_at=row.recorded_at,
        **{**given, **fields},
    )


def refused(act):
    """Expect that a transaction which does this alone fails, at the latest at its end."""

    def to_the_end() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            # What the fixtures wrote is checked before, not instead.
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
            act()
            cursor.execute("set constraints all immediate")

    with pytest.raises(IntegrityError):
        to_the_end()


def test_nothing_changes_without_its_old_version(workshop, now):
    rows = Workshop.objects.filter(pk=workshop.pk)
    refused(lambda: rows.update(place="Elsewhere"))
    refused(lambda: rows.update(place="Elsewhere", version=2))
    refused(rows.delete)
    change_of(workshop)
    rows.update(place="Elsewhere", version=2, persons=0)
    workshop.refresh_from_db()
    change_of(workshop)
    # This version has no groups.
    refused(lambda: rows.update(persons=1, version=3))


def test_a_closed_period_takes_no_silent_change(closed, point, now):
    rows = Workshop.objects.filter(pk=closed.pk)
    change_of(closed)
    refused(lambda: rows.update(place="Elsewhere", version=2, persons=0))
    fields = {
        name: getattr(closed, name)
        for name in ("point", "operation", "day", "topic", "language", "recorded_at")
    }
    refused(lambda: Workshop.objects.create(key=uuid4(), recorder_key="x", **fields))
    refused(
        lambda: Guide.objects.create(
            point=point, title="x", languages=["pl"], published_on=closed.day
        )
    )


def test_groups_add_up_and_never_change(workshop):
    female = Code.objects.get(kind="sex", code="female")
    phone = Code.objects.get(kind="channel", code="phone")
    of = {"workshop": workshop, "version": 1}
    refused(lambda: WorkshopGroup.objects.create(**of, sex=female, count=1))
    refused(lambda: WorkshopGroup.objects.create(**of, sex=phone, count=1))
    refused(lambda: WorkshopGroup.objects.create(**{**of, "version": 2}, count=1))
    refused(lambda: WorkshopGroup.objects.update(count=7))
    refused(lambda: WorkshopGroup.objects.all().delete())
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkshopGroup.objects.create(**of, sex=female, count=0)


def test_codes_and_operations_cover_the_days_of_workshops(workshop, today):
    after = today + timedelta(days=1)
    for code in (workshop.topic, Code.objects.get(kind="sex", code="male")):
        code.since = after
        refused(code.save)
    operation = workshop.operation
    operation.since = after
    refused(operation.save)


def test_a_code_that_did_not_hold_on_the_day_is_refused(
    point, worker, krakow, now, today
):
    Code.objects.create(
        owner=krakow, kind="topic", code="new", label="New", since=today
    )
    record(point, worker, now, topic="new")
    with pytest.raises(CannotRecord):
        record(point, worker, now, today - timedelta(days=1), topic="new")


def test_a_point_is_not_moved_past_its_workshops(workshop, lead, now):
    point = workshop.point
    details = points.Details(point.name, ("pl",), workshop.day + timedelta(days=1))
    with pytest.raises(points.CannotChangePoint):
        points.change_point(point=point, details=details, actor=lead, now=now)


# Guides -------------------------------------------------------------------------------


TITLE = LazyI18nString({"pl": "Ochrona międzynarodowa", "uk": "Міжнародний захист"})


def details_of(day, **fields):
    return GuideDetails(**{"title": TITLE, "languages": ("pl", "uk"), "published_on": day, **fields})  # fmt: skip


def publish(point, actor, now, day, reason="", **fields):
    return guides.publish(
        point=point,
        details=details_of(day, **fields),
        reason=reason,
        actor=actor,
        now=now,
    )


def test_a_guide_is_told_corrected_and_ended(point, worker, lead, now, today):
    guide = publish(point, worker, now, today, url="https://example.org/a")
    guides.correct(
        guide=guide, details=details_of(today, languages=("pl",)), seen=1, reason="",
        actor=lead, now=now,
    )  # fmt: skip
    guides.end(
        guide=guide, last_day=today, seen=2, reason="New law", actor=worker, now=now
    )
    row = Guide.objects.get()
    assert (row.languages, row.url, row.ended_on, row.version) == (["pl"], "", today, 3)
    entry = Entry.objects.get(verb="guide.corrected")
    assert (entry.before["languages"], entry.after["languages"]) == (
        ["pl", "uk"],
        ["pl"],
    )
    assert Entry.objects.get(verb="guide.ended").reason == "New law"


def test_what_cannot_be_told_of_a_guide(point, worker, other_worker, now, today):
    for day in (today + timedelta(days=1), point.opened_on - timedelta(days=1)):
        with pytest.raises(CannotTell):
            publish(point, worker, now, day)
    guide = publish(point, worker, now, today)
    with pytest.raises(PermissionDenied):
        publish(point, other_worker, now, today)
    same = details_of(today)
    for given in (
        {"details": same, "seen": 1},
        {"details": replace(same, languages=("en",)), "seen": 2},
    ):
        with pytest.raises(CannotTell):
            guides.correct(guide=guide, reason="", actor=worker, now=now, **given)
    with pytest.raises(CannotTell):
        guides.end(
            guide=guide, last_day=today - timedelta(days=1), seen=1, reason="",
            actor=worker, now=now,
        )  # fmt: skip


def test_a_closed_period_s_guides_change_with_the_lead_s_reason(
    point, worker, lead, now, today
):
    day = last_month(today)
    guide = publish(point, worker, now, day)
    periods.close(point=point, year=day.year, month=day.month, actor=lead, now=now)
    changed = details_of(day, languages=("pl", "uk", "en"))
    for actor, reason in ((worker, "x"), (lead, " ")):
        with pytest.raises(CannotTell):
            publish(point, actor, now, day, reason)
        with pytest.raises(CannotTell):
            guides.correct(
                guide=guide,
                details=changed,
                seen=1,
                reason=reason,
                actor=actor,
                now=now,
            )
    guides.correct(
        guide=guide, details=changed, seen=1, reason="English came", actor=lead, now=now
    )
    row = Guide.objects.get()
    assert (row.late_reason, len(row.languages)) == ("English came", 3)
    # Ending it changes no figure of the period.
    guides.end(guide=row, last_day=today, seen=2, reason="", actor=worker, now=now)
    refused(lambda: Guide.objects.update(title="x"))
    refused(lambda: Guide.objects.all().delete())


# Pages --------------------------------------------------------------------------------


def url(name, *args):
    return reverse(f"infopoint:{name}", args=args)


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
