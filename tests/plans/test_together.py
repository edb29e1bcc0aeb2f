"""Several people at one moment, in threads of their own: nothing is lost, nothing half done."""

import pytest

from mosty.audit.models import Entry
from mosty.kernel.sheets.write import csv_bytes
from mosty.plans import tables
from mosty.plans.actions import drafting, importing, partners, signing
from mosty.plans.content import as_json, digest, read
from mosty.plans.models import Action, CheckIn, Edit, Plan, PlanVersion
from mosty.plans.queries import links
from mosty.plans.queries.contents import live
from mosty.plans.queries.plans import actions_in_order
from tests.fixtures.together import together
from tests.plans.conftest import course_link
from tests.plans.linking import map_of, put

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


def saving(action, actor, now, seen, **values):
    """Return the act of saving a line, as it was read at version ``seen``."""

    def act():
        saved = drafting.save_action(
            action=Action.objects.select_related("plan").get(pk=action.pk),
            values={"what": action.what, **values}, visibility=None,
            seen=seen, actor=actor, now=now,
        )  # fmt: skip
        return "merged" if saved.merged else "saved"

    return act


@pytest.fixture
def first(plan):
    """Return the first action of Kraków's plan."""
    return Action.objects.filter(plan=plan).order_by("pk").first()


def test_two_of_a_group_begin_one_plan(held, krakow, anna, now):
    def begin(link):
        return drafting.begin(
            programme=held.programme, owner=krakow, course=held, title="Plan",
            language="pl", actor=link, now=now,
        ).pk  # fmt: skip

    lucja = course_link("Łucja", now)
    one, other = together([lambda: begin(anna), lambda: begin(lucja)])
    assert one == other == Plan.objects.get().pk


def test_two_editors_of_one_line_keep_both_fields(first, anna, city, now):
    for round_ in range(ROUNDS):
        first.refresh_from_db()
        lead, risk = f"Office {round_}", f"Risk {round_}"
        said = together(
            [
                saving(first, anna, now, first.version, lead=lead, risk=first.risk),
                saving(first, city, now, first.version, lead=first.lead, risk=risk),
            ]
        )
        assert sorted(said) == ["merged", "saved"]
        was = first.version
        first.refresh_from_db()
        assert (first.lead, first.risk, first.version) == (lead, risk, was + 2)


def test_of_two_who_write_one_text_the_second_is_asked(first, anna, city, now):
    for round_ in range(ROUNDS):
        first.refresh_from_db()
        texts = (f"Office {round_}", f"School {round_}")
        said = together(
            [
                saving(first, who, now, first.version, lead=text)
                for who, text in zip((anna, city), texts, strict=True)
            ]
        )
        assert sorted(said) == ["Collided", "saved"]
        first.refresh_from_db()
        assert first.lead == texts[said.index("saved")]
    versions = Edit.objects.filter(kind="action", row=first.pk).values_list(
        "version", flat=True
    )
    assert sorted(versions) == list(range(1, ROUNDS + 2))


def test_signing_off_and_saving_at_once_never_sign_what_was_not_read(
    plan, first, anna, city, now
):
    seen = digest(as_json(live(plan)))

    def sign():
        signing.sign(
            plan=Plan.objects.select_related("programme", "owner").get(pk=plan.pk),
            seen=seen, actor=city, now=now,
        )  # fmt: skip
        return "signed"

    signed, saved = together([sign, saving(first, anna, now, 1, lead="Office")])
    plan.refresh_from_db()
    first.refresh_from_db()
    if signed == "signed":
        assert (saved, first.lead, plan.state) == ("CannotWrite", "", "signed")
        version = PlanVersion.objects.get()
        assert read(version.content) == live(plan)
        assert CheckIn.objects.filter(plan=plan).count() == 3
    else:
        assert (signed, saved, first.lead) == ("CannotSign", "saved", "Office")
        assert (plan.state, PlanVersion.objects.count()) == ("draft", 0)


def test_a_plan_is_signed_off_once(plan, city, now):
    seen = digest(as_json(live(plan)))

    def sign():
        found = Plan.objects.select_related("programme", "owner").get(pk=plan.pk)
        return signing.sign(plan=found, seen=seen, actor=city, now=now).number

    assert sorted(map(str, together([sign] * 3))) == ["1", "CannotSign", "CannotSign"]
    assert (PlanVersion.objects.count(), CheckIn.objects.count()) == (1, 3)


def test_two_tables_at_once_are_taken_over_one_after_the_other(plan, first, city, now):
    def table(lead):
        actions = actions_in_order(plan)
        rows = list(tables.lines(actions, links.cells(plan, actions, city, now.date())))
        rows[0][list(tables.HEADINGS).index("lead")] = lead
        return csv_bytes(tables.header(), rows)

    contents = [table("Office"), table("School")]
    seen = [
        importing.look(
            plan=plan, content=content, name="p.csv", actor=city, now=now
        ).seen
        for content in contents
    ]

    def bring(content, seen):
        return len(
            importing.apply(
                plan=plan, content=content, name="p.csv", seen=seen, actor=city,
                now=now,
            ).changes
        )  # fmt: skip

    said = together(
        [lambda at=at: bring(contents[at], seen[at]) for at in range(len(contents))]
    )
    assert sorted(map(str, said)) == ["1", "CannotImport"]
    first.refresh_from_db()
    assert (first.lead, first.version) == (("Office", "School")[said.index(1)], 2)
    assert Entry.objects.filter(verb="plan.imported").count() == 1


def test_a_button_pressed_twice_at_once_makes_one_partner(
    plan, first, krakow, city, anna, now
):
    found = map_of(krakow, city, now, plan.course)
    club = put(found, "Club", city, now)

    def press(who):
        action = Action.objects.select_related("plan").get(pk=first.pk)
        return partners.join(action=action, stakeholder=club, actor=who, now=now)

    said = together([lambda: press(city), lambda: press(anna), lambda: press(city)])
    assert sorted(said) == [False, False, True]
    first.refresh_from_db()
    assert (first.stakeholders, first.version) == ([club.key], 2)
    assert Entry.objects.filter(verb="plan.partner_joined").count() == 1


def test_partners_pressed_at_once_all_join(plan, first, krakow, city, anna, now):
    found = map_of(krakow, city, now, plan.course)
    clubs = [put(found, f"Club {number}", city, now) for number in range(4)]

    def press(club, who):
        action = Action.objects.select_related("plan").get(pk=first.pk)
        return partners.join(action=action, stakeholder=club, actor=who, now=now)

    said = together(
        [
            lambda club=club, who=who: press(club, who)
            for club, who in zip(clubs, (city, anna, city, anna), strict=True)
        ]
    )
    assert said == [True] * 4
    first.refresh_from_db()
    assert set(first.stakeholders) == {club.key for club in clubs}
