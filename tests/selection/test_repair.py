"""Rules that no group can keep: what collides, what mends it, and that a person decides."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from mosty.accounts.models import Role
from mosty.audit.models import Entry
from mosty.nominations.actions import calls
from mosty.nominations.models import Call, DeadEnd, Nomination, RulesVersion
from mosty.nominations.rules import parse
from mosty.outbox.models import Message
from mosty.selection.actions import repairs, runs
from mosty.selection.queries.repair import Colliding, Meaning, repair_page
from tests.factories import make_user
from tests.selection.test_access import everything, statuses

# Two of the four cities have little experience, and each can have one seat.
LITTLE = {"attribute": "experience", "value": "little", "least": 4, "most": None}
CULTURE = {"attribute": "department", "value": "culture", "least": 0, "most": 3}
RULES = {
    "seats": 4,
    "reserve": 6,
    "least": 1,
    "most": 1,
    "members_of": "ump",
    "quotas": [LITTLE, CULTURE],
    "priorities": [
        {"kind": "coverage", "attribute": "organisation"},
        # Of which a number would tell nobody anything.
        {"kind": "balance", "attribute": "department"},
    ],
}


@pytest.fixture
def gdansk(closed):
    """Return the contact of a city with nominees in the call."""
    city = Nomination.objects.filter(call=closed, family_name="Education gdansk")
    return make_user("Gerda", role=Role.CITY, organisation=city.get().organisation)


@pytest.fixture
def stuck(closed, cities, coordinator, now):
    """Return a call with a seed, whose draw has found that no group keeps its rules."""
    closed.versions.create(
        number=2, stored=RULES, reason="A quota.", made_by="Alice", made_at=now
    )
    closed.forget_rules()
    closed.invitations.create(
        organisation=cities[0],
        code="LESZNO",
        contact_email="leszno@example.org",
        language="en",
    )
    with pytest.raises(runs.NoCohort):
        runs.draw(call=closed, actor=coordinator, now=now)
    return Call.objects.select_related("course__programme").get(pk=closed.pk)


def sent(call, **changes):
    given = {"seen": call.rules_version.number, "reason": "So that a group is found."}
    return {**given, **changes}


def path_of(call):
    return reverse("selection:repair", args=[call.slug])


def test_what_collides_stands_beside_the_least_change(stuck):
    page = repair_page(stuck)
    assert (page.version, page.has_change) == (2, True)
    experience = "city's experience before February 2022, little experience: at least 4"
    assert page.limits == [
        Colliding(experience, "", collides=True),
        Colliding(
            "at most 1 from each city", "at most 2 from each city", collides=True
        ),
    ]


def test_it_says_what_it_would_mean_but_not_for_whom(stuck, signed_in, coordinator):
    page = repair_page(stuck)
    experience = "city's experience before February 2022, little experience"
    assert page.means == [
        Meaning("Seats filled", "4"),
        Meaning("As many different cities as possible", "2"),
        Meaning("Smallest chance", "66.7%"),
        Meaning("People without a chance", "6"),
        Meaning("Expected: kind of unit, culture", "1.3"),
        Meaning(f"Expected: {experience}", "4.0"),
    ]
    text = signed_in(coordinator).get(path_of(stuck)).content.decode()
    codes = Nomination.objects.values_list("code", flat=True)
    assert [code for code in codes if code in text] == []


def test_what_it_would_mean_is_what_comes(stuck, coordinator, now):
    means = DeadEnd.objects.get().repair["means"]
    repairs.apply(call=stuck, seen=2, reason="Found.", actor=coordinator, now=now)
    run = runs.draw(
        call=Call.objects.select_related("course__programme").get(pk=stuck.pk),
        actor=coordinator,
        now=now,
    )
    assert run.costs[0] == means
    assert run.decisions.filter(outcome="selected").count() == means["seats"]


def test_it_is_applied_with_a_reason_and_a_click(stuck, signed_in, coordinator):
    client = signed_in(coordinator)
    before = parse(stuck.rules_version.stored)
    refused = client.post(path_of(stuck), sent(stuck, reason=""))
    assert refused.context["form"].errors == {"reason": ["This field is required."]}
    assert RulesVersion.objects.count() == 2
    answer = client.post(path_of(stuck), sent(stuck))
    assert answer["Location"] == reverse("selection:call", args=[stuck.slug])
    version = RulesVersion.objects.get(number=3)
    assert version.reason == "So that a group is found."
    changes = DeadEnd.objects.get().repair["changes"]
    assert version.rules == repairs.mended(before, changes)
    assert version.rules != before
    # The cities are told by the action that changes rules.
    told = Message.objects.filter(kind="nominations.rules_changed")
    assert [
        (one.to_email, "So that a group is found." in one.body) for one in told
    ] == [("leszno@example.org", True)]
    entry = Entry.objects.get(verb="call.rules_changed")
    assert (entry.actor_label, entry.reason) == ("Alice Adams", version.reason)
    # Pressed again: nothing more is there to mend.
    again = client.post(path_of(stuck), sent(stuck), follow=True)
    assert [str(message) for message in again.context["messages"]][-1] == (
        "No draw has failed with the rules in force."
    )
    assert RulesVersion.objects.count() == 3


def test_another_change_than_was_read_is_not_applied(stuck, signed_in, coordinator):
    answer = signed_in(coordinator).post(path_of(stuck), sent(stuck, seen=1))
    assert answer.context["form"].non_field_errors() == [
        "The rules have changed since you read this."
    ]
    assert RulesVersion.objects.count() == 2


def test_reading_it_applies_nothing(request, stuck, signed_in):
    before = everything(), RulesVersion.objects.count()
    assert statuses(request, signed_in, path_of(stuck)) == (200, 403, 403, 404, 404)
    assert (everything(), RulesVersion.objects.count()) == before
    answers = statuses(request, signed_in, path_of(stuck), post=sent(stuck, seen=1))
    assert answers == (200, 403, 403, 404, 404)
    assert signed_in(request.getfixturevalue("coordinator")).put(
        path_of(stuck)
    ).status_code == (405)
    assert RulesVersion.objects.count() == 2


@pytest.mark.parametrize(
    ("reader", "shown"), (("coordinator", True), ("partner", False))
)
def test_the_page_of_the_call_leads_there(request, stuck, signed_in, reader, shown):
    client = signed_in(request.getfixturevalue(reader))
    answer = client.get(reverse("selection:call", args=[stuck.slug]))
    assert answer.context["page"].dead_end
    text = answer.content.decode()
    assert "No group keeps all rules" in text
    assert (path_of(stuck) in text) == shown
    # Drawing again would only find the same.
    assert reverse("selection:draw", args=[stuck.slug]) not in text


def test_the_page_takes_seven_queries(stuck, signed_in, coordinator):
    client = signed_in(coordinator)
    with CaptureQueriesContext(connection) as asked:
        client.get(path_of(stuck))
    # session, user with roles, call, may run it, its rules, the dead end, no draw
    assert len(asked) == 7, [query["sql"][:80] for query in asked]


def test_once_a_draw_stands_there_is_nothing_to_mend(signed_in, coordinator, run):
    answer = signed_in(coordinator).get(path_of(run.call))
    assert answer["Location"] == reverse("selection:call", args=[run.call.slug])
    page = signed_in(coordinator).get(answer["Location"]).context["page"]
    assert not page.dead_end


def test_of_nobody_eligible_no_number_is_at_fault(closed, coordinator, now, signed_in):
    Nomination.objects.filter(call=closed).update(answer="declined")
    with pytest.raises(runs.NobodyEligible):
        runs.draw(call=closed, actor=coordinator, now=now)
    page = repair_page(closed)
    assert (page.limits, page.has_change, page.means) == ([], False, [])
    text = signed_in(coordinator).get(path_of(closed)).content.decode()
    assert "Nobody who is nominated meets the rules" in text
    assert 'name="reason"' not in text
    with pytest.raises(repairs.CannotRepair, match="No change"):
        repairs.apply(call=closed, seen=1, reason="x", actor=coordinator, now=now)


def limit(code, **params):
    return {"code": code, "params": params}


@pytest.mark.parametrize(
    ("changed", "now", "field", "value"),
    (
        (limit("seats", seats=4), 6, "seats", 6),
        (limit("organisation_most", most=1), 2, "most", 2),
        (
            limit("quota_least", attribute="experience", value="little", least=4),
            1,
            "quotas",
            [{**LITTLE, "least": 1}, CULTURE],
        ),
        # A quota that would ask for nothing is no rule any more.
        (
            limit("quota_least", attribute="experience", value="little", least=4),
            0,
            "quotas",
            [CULTURE],
        ),
        (
            limit("quota_most", attribute="department", value="culture", most=3),
            4,
            "quotas",
            [LITTLE, {**CULTURE, "most": 4}],
        ),
    ),
)
def test_only_the_named_number_changes(changed, now, field, value):
    rules = parse(RULES)
    found = repairs.mended(rules, [{"limit": changed, "now": now}])
    assert found.as_json() == {**rules.as_json(), field: value}


def test_a_limit_that_is_no_rule_of_a_call_is_not_guessed():
    with pytest.raises(ValueError, match="must_in"):
        repairs.mended(parse(RULES), [{"limit": limit("must_in"), "now": 1}])


def test_in_polish(stuck):
    with translation.override("pl"):
        page = repair_page(stuck)
    assert [(one.was, one.now) for one in page.limits] == [
        (
            "doświadczenie miasta do lutego 2022 r., małe doświadczenie: co najmniej 4",
            "",
        ),
        ("najwyżej 1 z każdego miasta", "najwyżej 2 z każdego miasta"),
    ]


def test_without_a_reason_the_rules_action_refuses(stuck, coordinator, now):
    with pytest.raises(calls.CannotEdit):
        repairs.apply(call=stuck, seen=2, reason=" ", actor=coordinator, now=now)
