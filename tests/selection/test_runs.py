from collections import Counter
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from mosty.audit.models import Entry
from mosty.engines import selection as engine
from mosty.engines.selection import check
from mosty.nominations.actions import calls
from mosty.nominations.models import Nomination, PossibleDuplicate
from mosty.outbox.models import Message
from mosty.selection.actions import deciding, runs
from mosty.selection.models import Decision, Run, Signature
from mosty.selection.queries import pool, records
from mosty.selection.queries.signing import digest_of
from tests.factories import make_nomination


def outcomes(run):
    return Counter(run.decisions.values_list("outcome", flat=True))


def selected(run):
    return run.decisions.filter(outcome="selected").select_related("nomination")


def test_a_draw_fills_every_seat_within_the_rules(run, closed):
    cohort = [decision.nomination for decision in selected(run)]
    assert len(cohort) == closed.rules.seats
    # First priority: four cities on four seats. Nothing else is left to prefer.
    assert {person.organisation_id for person in cohort} == set(
        Nomination.objects.values_list("organisation_id", flat=True)
    )
    assert outcomes(run) == {"selected": 4, "reserve": 6, "not_selected": 2}


def test_a_draw_serves_the_second_priority_once_the_first_is_served(
    closed, coordinator, now
):
    rules = {**closed.rules.as_json(), "seats": 6}
    run = runs.what_if(call=closed, rules=rules, actor=coordinator, now=now)
    per_city = Counter(
        decision.nomination.organisation.slug for decision in selected(run)
    )
    assert per_city["gdansk"] == per_city["lublin"] == 1
    assert per_city["leszno"] + per_city["rzeszow"] == 4


def test_the_same_input_gives_the_same_list(run, closed, coordinator, now):
    before = sorted(run.decisions.values_list("nomination__code", "outcome"))
    deciding.discard(run=run, reason="A second look.", actor=coordinator, now=now)
    again = runs.draw(call=closed, actor=coordinator, now=now)
    assert sorted(again.decisions.values_list("nomination__code", "outcome")) == before
    assert again.repeats == run


def test_the_record_is_verified_from_itself_alone(run):
    assert engine.verify(records.text_of(run), full=True) == []
    run.record["reserve"].reverse()
    assert [item.path for item in engine.verify(records.text_of(run), full=True)][
        :2
    ] == [
        "record.digests",
        "record.reserve",
    ]


def test_who_is_not_eligible_is_told_which_rule(closed, cities, coordinator, now):
    late = make_nomination(
        closed, cities[0], "Ola", "Późna", answer="pending", checked_at=now
    )
    elsewhere = make_nomination(closed, cities[0], "Jan", "Inny", checked_at=now)
    Nomination.objects.filter(pk=elsewhere.pk).update(answer="declined")
    run = runs.draw(call=closed, actor=coordinator, now=now)
    reasons = {
        decision.nomination_id: decision.reasons
        for decision in run.decisions.filter(outcome="not_eligible")
    }
    assert reasons == {
        late.pk: [{"code": "unconfirmed"}],
        elsewhere.pk: [{"code": "declined"}],
    }


def test_a_city_below_the_minimum_is_let_through_only_with_a_reason(
    closed, cities, coordinator, now
):
    rules = {**closed.rules.as_json(), "least": 3}
    Nomination.objects.filter(organisation=cities[3]).first().delete()
    barred = pool.gather(closed, runs.parse(rules)).barred
    assert {found[0].code for found in barred.values()} == {"least"}
    assert len(barred) == 2
    closed.invitations.create(
        organisation=cities[3], code="LET-IN", waiver="A small city."
    )
    assert pool.gather(closed, runs.parse(rules)).barred == {}


@pytest.mark.parametrize(
    ("change", "code"),
    (
        ({"closes_at": timedelta(days=1)}, "open"),
        ({"seed": ""}, "no_seed"),
    ),
)
def test_a_draw_waits_for_closing_and_seed(closed, coordinator, now, change, code):
    for name, value in change.items():
        setattr(closed, name, now + value if isinstance(value, timedelta) else value)
    closed.seed_entered_at = None if not closed.seed else closed.seed_entered_at
    if code == "open":
        closed.seed, closed.seed_entered_at = "", None
    closed.save()
    assert code in [item.code for item in pool.obstacles(closed, now)]
    with pytest.raises(runs.CannotRun):
        runs.draw(call=closed, actor=coordinator, now=now)
    assert Run.objects.count() == 0


def test_a_draw_waits_until_all_are_checked_and_pairs_decided(
    closed, cities, coordinator, now
):
    first, second = Nomination.objects.filter(call=closed).order_by("pk")[:2]
    pair = PossibleDuplicate.objects.create(first=first, second=second, why="email")
    Nomination.objects.filter(pk=first.pk).update(checked_at=None)
    found = {item.code: item.count for item in pool.obstacles(closed, now)}
    assert found == {"unchecked": 1, "undecided": 1}
    Nomination.objects.filter(pk=first.pk).update(checked_at=now)
    pair.decision, pair.decided_at = "same", now
    pair.save()
    assert pool.obstacles(closed, now) == []
    run = runs.draw(call=closed, actor=coordinator, now=now)
    assert run.decisions.get(nomination=second).reasons == [{"code": "same_person"}]


def test_one_draw_stands_at_a_time(run, closed, coordinator, now):
    with pytest.raises(runs.CannotRun, match="There is a draw already"):
        runs.draw(call=closed, actor=coordinator, now=now)


def test_rules_that_collide_are_named(closed, coordinator, now):
    rules = {
        **closed.rules.as_json(),
        "quotas": [
            {"attribute": "department", "value": "police", "least": 1, "most": None}
        ],
    }
    with pytest.raises(runs.NoCohort) as refused:
        runs.what_if(call=closed, rules=rules, actor=coordinator, now=now)
    assert [limit.code for limit in refused.value.found.limits] == ["quota_least"]
    assert str(refused.value) == (
        "These rules cannot all be kept with these nominations: "
        "kind of unit, municipal police: at least 1."
    )


def test_a_trial_changes_nothing_and_uses_another_seed(closed, coordinator, now):
    run = runs.what_if(
        call=closed, rules=closed.rules.as_json(), actor=coordinator, now=now
    )
    assert (run.kind, run.seed, run.repeats) == ("what_if", runs.TRIAL_SEED, None)
    assert Message.objects.count() == 0
    organisation = closed.course.programme.partnerships.first().organisation
    with pytest.raises(deciding.CannotSign):
        deciding.sign(run=run, organisation=organisation, actor=coordinator, now=now)


def test_a_trial_names_no_organisation_that_is_not_known(closed, coordinator, now):
    rules = {
        **closed.rules.as_json(),
        "members_of": "nobody",
        "exceptions": ["nowhere"],
    }
    with pytest.raises(runs.CannotRun) as refusal:
        runs.what_if(call=closed, rules=rules, actor=coordinator, now=now)
    assert refusal.value.fields == {
        "members_of": "“nobody” is not known here.",
        "exceptions": "“nowhere” is not known here.",
    }
    assert Run.objects.count() == 0


def test_only_the_coordinator_draws(closed, partner, secretariat, city, stranger, now):
    for user in (partner, secretariat, city, stranger):
        with pytest.raises(PermissionDenied):
            runs.draw(call=closed, actor=user, now=now)


def test_two_partners_sign_before_anyone_is_told(run, coordinator, odihr, now):
    deciding.sign(run=run, organisation=odihr, actor=coordinator, now=now)
    with pytest.raises(deciding.CannotAnnounce):
        deciding.announce(
            run=run, answer_by=now + timedelta(days=7), actor=coordinator, now=now
        )
    assert Message.objects.count() == 0
    # And the database refuses it, whatever program asks.
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(state="announced", announced_at=now)


def test_nobody_signs_for_a_foreign_organisation_or_twice(
    run, partner, second_signer, city, odihr, unhcr, now
):
    for user, organisation in ((partner, odihr), (city, unhcr)):
        with pytest.raises(PermissionDenied):
            deciding.sign(run=run, organisation=organisation, actor=user, now=now)
    first = deciding.sign(run=run, organisation=unhcr, actor=second_signer, now=now)
    assert deciding.sign(run=run, organisation=unhcr, actor=partner, now=now) == first
    with pytest.raises(deciding.CannotSign):
        deciding.sign(run=run, organisation=odihr, actor=second_signer, now=now)
    assert Signature.objects.count() == 1


def test_a_change_by_hand_needs_a_reason_keeps_limits_and_voids_signatures(
    signed, coordinator, now
):
    enters = signed.decisions.select_related("nomination").get(reserve_place=1)
    leaves = selected(signed).get(
        nomination__organisation=enters.nomination.organisation_id
    )
    place = enters.reserve_place
    with pytest.raises(deciding.CannotChange):
        deciding.exchange(
            run=signed,
            leaves=leaves,
            enters=enters,
            reason=" ",
            actor=coordinator,
            now=now,
        )
    assert signed.signatures.count() == 2
    deciding.exchange(
        run=signed,
        leaves=leaves,
        enters=enters,
        reason="Changed posts.",
        actor=coordinator,
        now=now,
    )
    leaves.refresh_from_db()
    enters.refresh_from_db()
    assert (leaves.outcome, leaves.reserve_place) == ("reserve", place)
    assert (enters.outcome, enters.reserve_place) == ("selected", None)
    assert signed.signatures.count() == 0
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.reason) == ("selection.changed", "Changed posts.")


def test_nobody_signs_a_result_other_than_the_one_she_read(
    signed, coordinator, odihr, now
):
    read = digest_of(signed)
    enters = signed.decisions.get(outcome="reserve", reserve_place=1)
    leaves = selected(signed).get(
        nomination__organisation=enters.nomination.organisation_id
    )
    deciding.exchange(
        run=signed,
        leaves=leaves,
        enters=enters,
        reason="Changed posts.",
        actor=coordinator,
        now=now,
    )
    given = {"run": signed, "organisation": odihr, "actor": coordinator, "now": now}
    with pytest.raises(deciding.CannotSign):
        deciding.sign(**given, seen=read)
    assert signed.signatures.count() == 0
    deciding.sign(**given, seen=digest_of(signed))
    assert signed.signatures.count() == 1


def test_a_reason_in_braces_is_no_gap_in_a_letter(
    signed, coordinator, partner, odihr, unhcr, now
):
    enters = signed.decisions.get(outcome="reserve", reserve_place=1)
    leaves = selected(signed).get(
        nomination__organisation=enters.nomination.organisation_id
    )
    deciding.exchange(
        run=signed,
        leaves=leaves,
        enters=enters,
        reason="See {link}.",
        actor=coordinator,
        now=now,
    )
    deciding.sign(run=signed, organisation=odihr, actor=coordinator, now=now)
    deciding.sign(run=signed, organisation=unhcr, actor=partner, now=now)
    deciding.announce(
        run=signed, answer_by=now + timedelta(days=7), actor=coordinator, now=now
    )
    told = Message.objects.get(to_email=leaves.nomination.email)
    assert "See (link)." in told.body


def test_a_change_by_hand_cannot_break_a_limit(closed, coordinator, now):
    version = closed.rules_version
    call = closed
    call.versions.create(
        number=2,
        stored={**version.stored, "most": 1},
        reason="One each.",
        made_by="Alice",
        made_at=now,
    )
    del call.rules_version
    run = runs.draw(call=call, actor=coordinator, now=now)
    leaves, other = selected(run)[:2]
    enters = run.decisions.filter(
        outcome__in=("reserve", "not_selected"),
        nomination__organisation=other.nomination.organisation_id,
    ).first()
    with pytest.raises(deciding.CannotChange, match="a limit"):
        deciding.exchange(
            run=run,
            leaves=leaves,
            enters=enters,
            reason="A friend.",
            actor=coordinator,
            now=now,
        )


def test_a_run_never_changes(run):
    for change in ({"seed": "other"}, {"record": {}}, {"kind": Run.Kind.WHAT_IF}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Run.objects.filter(pk=run.pk).update(**change)


def test_announcing_writes_to_everybody_once_and_sends_nothing(announced, closed):
    kinds = Counter(Message.objects.values_list("kind", flat=True))
    assert kinds == {
        "selection.offer": 4,
        "selection.reserve": 6,
        "selection.not_selected": 2,
    }
    assert set(Message.objects.values_list("state", flat=True)) == {"draft"}
    assert Message.objects.values("to_email").distinct().count() == 12


def test_an_announcement_is_made_once(announced, coordinator, now):
    with pytest.raises(deciding.CannotAnnounce):
        deciding.announce(
            run=announced, answer_by=now + timedelta(days=7), actor=coordinator, now=now
        )


def test_nobody_is_announced_after_the_course_began(signed, coordinator, now):
    course = signed.call.course
    course.starts_on = course.programme.local(now).date()
    course.ends_on = None
    course.save()
    with pytest.raises(deciding.CannotAnnounce, match="has begun"):
        deciding.announce(
            run=signed, answer_by=now + timedelta(days=7), actor=coordinator, now=now
        )


def test_the_cohort_keeps_every_limit_by_the_engine_s_own_judge(run):
    cohort = [decision.nomination.code for decision in selected(run)]
    assert check.faults(records.problem_of(run), cohort) == []


def test_every_decision_is_final_without_a_reason(run):
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(run=run).update(changed_by="somebody")


def test_nothing_is_drawn_where_nobody_is_eligible(closed, coordinator, now):
    Nomination.objects.filter(call=closed).update(answer="declined")
    with pytest.raises(runs.CannotRun, match="nobody eligible"):
        runs.draw(call=closed, actor=coordinator, now=now)
    assert Run.objects.count() == 0


def test_a_cancelled_call_is_not_announced(signed, coordinator, now):
    calls.cancel(call=signed.call, reason="No money.", actor=coordinator, now=now)
    with pytest.raises(deciding.CannotAnnounce) as refusal:
        deciding.announce(
            run=signed, answer_by=now + timedelta(days=7), actor=coordinator, now=now
        )
    assert str(refusal.value) == "The call has been cancelled."
