"""A plan that goes out as a table and comes back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosty.accounts.models import User
from mosty.kernel.names import clean
from mosty.kernel.sheets.refusals import CannotRead
from mosty.kernel.sheets.write import csv_bytes, xlsx_bytes
from mosty.plans import tables
from mosty.plans.actions import importing
from mosty.plans.actions.importing import CannotImport
from mosty.plans.models import Action, Objective, Report
from mosty.plans.queries import links
from mosty.plans.queries.contents import live
from mosty.plans.queries.plans import actions_in_order
from mosty.plans.queries.topics import topics
from tests.plans.conftest import add, sign

pytestmark = pytest.mark.django_db
NOW = timezone.now()

texts = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"])
    | st.sampled_from("=+-@;,\"'\n\tąłść"),
    max_size=60,
)
numbers = st.none() | st.decimals(-10_000, 10_000, places=2)
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def lines(plan):
    """Return the rows of the table, as the city's contact gets it."""
    actions = actions_in_order(plan)
    contact = User.objects.get(name="Celina Cisek")
    return list(
        tables.lines(actions, links.cells(plan, actions, contact, plan.made_at.date()))
    )


def out(plan, form="csv"):
    rows = lines(plan)
    if form == "xlsx":
        return xlsx_bytes(tables.header(), rows, title="Plan", choices=tables.choices())
    return csv_bytes(tables.header(), rows)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), form=st.sampled_from(("csv", "xlsx")))
def test_what_leaves_comes_back_unchanged(plan, city, data, form):
    action = Action.objects.filter(plan=plan).order_by("pk").first()
    draw = data.draw
    for name in tables.TEXTS:
        setattr(action, name, draw(texts) if name != "what" else "x" + draw(texts))
    for name in tables.NUMBERS:
        setattr(action, name, draw(numbers))
    # Blanks alone are nothing, to forms and tables alike.
    action.output = action.output if clean(action.output) else "o"
    action.result = action.result if clean(action.result) else "r"
    action.starts_on = draw(st.none() | days)
    action.ends_on = None
    action.version += 1
    action.save()
    found = importing.look(
        plan=plan,
        content=out(plan, form),
        name=f"plan.{form}",
        actor=city,
        now=NOW,
    )
    assert (found.wrong, found.changes, found.missing) == ((), (), ())


def apply(plan, content, actor, now, name="plan.csv"):
    seen = importing.look(
        plan=plan, content=content, name=name, actor=actor, now=now
    ).seen
    return importing.apply(
        plan=plan, content=content, name=name, seen=seen, actor=actor, now=now
    )


def table(plan, *changes):
    """Return the plan as CSV with cells changed: (row, field, text); rows may be new."""
    names = list(tables.HEADINGS)
    rows = [list(row) for row in lines(plan)]
    for at, name, value in changes:
        while at >= len(rows):
            rows.append([""] * len(names))
        rows[at][names.index(name)] = value
    return csv_bytes(tables.header(), rows)


def test_lines_are_changed_added_and_left_alone(plan, city, anna, now):
    topic = topics(plan.programme)[0]
    content = table(
        plan,
        (0, "lead", "Office"),
        (0, "ends_on", "31.12.2027"),
        (0, "output", "Workshops"),
        (0, "output_target", "12,5"),
        (0, "topic", str(topic)),
        (0, "status", "done"),
        (0, "percent", "100"),
        (2, "what", "A third"),
        (2, "objective", "A new aim"),
    )
    found = apply(plan, content, city, now)
    assert [(one.line, one.is_new) for one in found.changes] == [(2, False), (4, True)]
    assert (found.unchanged, found.new_objectives) == (1, ("A new aim",))
    first, _second, third = Action.objects.filter(plan=plan).order_by("pk")
    assert (first.lead, first.ends_on, first.output_target, first.topic_key) == (
        "Office",
        date(2027, 12, 31),
        Decimal("12.5"),
        topic.key,
    )
    assert (first.status, first.percent) == ("done", 100)
    assert (third.what, third.objective.text) == ("A third", "A new aim")
    before = live(plan)
    again = apply(plan, out(plan), city, now)
    assert (again.changes, live(plan)) == ((), before)


def test_an_unknown_status_is_told_with_the_nearest_and_nothing_is_taken(
    plan, city, now
):
    content = table(plan, (0, "status", "gonig on"), (1, "lead", "Office"))
    found = importing.look(
        plan=plan, content=content, name="p.csv", actor=city, now=NOW
    )
    assert [(one.line, one.column, one.sentence) for one in found.wrong] == [
        (2, "Status", "“gonig on” is not one of the answers. Perhaps: going on.")
    ]
    with pytest.raises(CannotImport):
        apply(plan, content, city, now)
    assert set(Action.objects.values_list("lead", flat=True)) == {""}


@pytest.mark.parametrize(
    ("change", "column", "words"),
    (
        ((0, "starts_on", "2029-01-01"), "Until", "ends before it starts"),
        ((0, "ends_on", "soon"), "Until", "not a date"),
        ((0, "output_target", "many"), "Output: target", "not a number"),
        ((0, "percent", "120"), "Done, percent", "no percentage"),
        ((0, "status", "done"), "Done, percent", "100 percent"),
        ((0, "visibility", "everybody"), "Who sees it", "more people than its plan"),
        ((0, "code", "NOPE-1234"), "Line code", "No line of this plan"),
        ((2, "what", "New"), "Objective", "which objective"),
        ((0, "what", ""), "Action", "what is to be done"),
        ((0, "topic", "Polish lesons"), "Topic", "Perhaps: Polish lessons"),
    ),
)
def test_what_is_wrong_is_said_with_row_and_column(plan, city, change, column, words):
    content = table(plan, change)
    found = importing.look(
        plan=plan, content=content, name="p.csv", actor=city, now=NOW
    )
    assert [one.column for one in found.wrong] == [column]
    assert words in found.wrong[0].sentence
    assert not found.can_apply


def test_a_table_in_polish_is_read_too(plan, city):
    from django.utils.translation import override

    with override("pl"):
        content = out(plan)
    found = importing.look(
        plan=plan, content=content, name="p.csv", actor=city, now=NOW
    )
    assert (found.wrong, found.changes, found.unchanged) == ((), (), 2)


def test_a_document_in_place_of_a_table_is_told(plan, city):
    import io

    import docx

    stream = io.BytesIO()
    docx.Document().save(stream)
    with pytest.raises(CannotRead, match="text document"):
        importing.look(
            plan=plan,
            content=stream.getvalue(),
            name="plan.xlsx",
            actor=city,
            now=NOW,
        )


def test_a_signed_plan_takes_status_alone(plan, city, now):
    sign(plan, city, now)
    text = table(plan, (0, "lead", "Office"))
    found = importing.look(plan=plan, content=text, name="p.csv", actor=city, now=NOW)
    assert [one.column for one in found.wrong] == ["Action"]
    apply(plan, table(plan, (0, "status", "going on"), (0, "percent", "30")), city, now)
    report = Report.objects.get()
    assert (report.reply, report.status, report.percent) == (None, "going-on", 30)


def test_a_plan_that_moved_on_is_looked_at_again(plan, city, anna, now):
    content = table(plan, (0, "lead", "Office"))
    seen = importing.look(
        plan=plan, content=content, name="p.csv", actor=city, now=NOW
    ).seen
    add(Objective.objects.get(plan=plan), anna, now + timedelta(seconds=1))
    with pytest.raises(CannotImport, match="changed since you looked"):
        importing.apply(
            plan=plan, content=content, name="p.csv", seen=seen, actor=city, now=now
        )


def test_only_the_contact_brings_a_table(plan, coordinator, other_city):
    for who in (coordinator, other_city):
        with pytest.raises(PermissionDenied):
            importing.look(
                plan=plan, content=out(plan), name="p.csv", actor=who, now=NOW
            )
