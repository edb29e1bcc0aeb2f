"""What the pages of a selection show and send on."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from mosty.engines import selection as engine
from mosty.engines.draw import Draw
from mosty.nominations.models import Nomination
from mosty.outbox.models import Message
from mosty.selection.actions import deciding, runs
from mosty.selection.models import Calculation, Offer, Run
from mosty.selection.queries import balance
from mosty.selection.queries.signing import digest_of
from tests.factories import make_call, make_course, make_nomination


def page_of(client, name, *args):
    return client.get(reverse(f"selection:{name}", args=args))


def stages(page):
    return [(stage.label, stage.state) for stage in page.stages]


def test_the_call_says_what_must_be_settled_first(signed_in, coordinator, closed):
    closed.seed, closed.seed_entered_at = "", None
    closed.save()
    Nomination.objects.filter(call=closed).update(checked_at=None)
    page = page_of(signed_in(coordinator), "call", closed.slug)
    assert [(o.code, o.count) for o in page.context["page"].obstacles] == [
        ("no_seed", 0),
        ("unchecked", 12),
    ]
    text = page.content.decode()
    assert reverse("nominations:call_seed", args=[closed.slug]) in text
    assert f"{reverse('nominations:nominations', args=[closed.slug])}?" in text
    assert reverse("selection:draw", args=[closed.slug]) not in text
    assert stages(page.context["page"]) == [
        ("Call closed", "done"),
        ("Checked: 0 of 12", "now"),
        ("Seed entered", "todo"),
        ("Drawn", "todo"),
        ("Signatures: 0 of 2", "todo"),
        ("Announced", "todo"),
    ]


def test_drawing_leads_to_the_run(signed_in, coordinator, closed, work):
    client = signed_in(coordinator)
    path = reverse("selection:draw", args=[closed.slug])
    waits = client.post(path)["Location"]
    # Pressed twice: still one.
    assert client.post(path)["Location"] == waits
    work()
    run = Run.objects.get()
    answer = client.get(waits)
    assert answer["Location"] == reverse("selection:run", args=[run.pk])
    # Again: refused in words, and nothing more is made.
    answer = client.post(path, follow=True)
    assert [str(message) for message in answer.context["messages"]][-1] == (
        "There is a draw already. Discard it first, with a reason."
    )
    assert Run.objects.count() == 1


def test_the_run_counts_what_was_reached(signed_in, partner, run):
    page = page_of(signed_in(partner), "run", run.pk).context["page"]
    assert (page.seated, page.seats, page.cities, page.cities_possible) == (4, 4, 4, 4)
    assert page.preferred == [(2, "from cities with little experience")]
    assert [row.reached for row in page.priorities] == [
        "4, the most possible",
        "2, the most possible",
        "as even as possible",
    ]
    assert [org.slug for org in page.may_sign_for] == ["unhcr"]
    assert stages(page)[-2:] == [("Signatures: 0 of 2", "now"), ("Announced", "todo")]


def test_after_a_change_by_hand_the_run_counts_anew(signed_in, coordinator, run, now):
    leaves = run.decisions.get(
        outcome="selected", nomination__organisation__slug="leszno"
    )
    # On the reserve list or not: that depends on the draw.
    enters = (
        run.decisions.filter(nomination__organisation__slug="gdansk")
        .exclude(outcome="selected")
        .first()
    )
    answer = signed_in(coordinator).post(
        reverse("selection:exchange", args=[run.pk]),
        {"leaves": leaves.pk, "enters": enters.pk, "reason": "Agreed with the city."},
    )
    assert answer.status_code == 302
    page = page_of(signed_in(coordinator), "run", run.pk).context["page"]
    assert page.changed == 2
    assert [row.reached for row in page.priorities][:2] == [
        "3; the draw reached 4",
        "1; the draw reached 2",
    ]


def test_an_exchange_without_a_reason_keeps_what_was_chosen(
    signed_in, coordinator, run
):
    leaves = run.decisions.filter(outcome="selected").first()
    enters = run.decisions.filter(outcome="reserve").first()
    path = reverse("selection:exchange", args=[run.pk])
    query = f"?leaves={leaves.nomination.code}&enters={enters.nomination.code}"
    form = signed_in(coordinator).get(path + query).context["form"]
    assert form.initial == {"leaves": str(leaves.pk), "enters": str(enters.pk)}
    sent = {"leaves": leaves.pk, "enters": enters.pk, "reason": ""}
    answer = signed_in(coordinator).post(path, sent)
    assert answer.context["form"].errors == {"reason": ["This field is required."]}
    assert answer.context["form"]["leaves"].value() == str(leaves.pk)


def test_who_has_withdrawn_cannot_be_brought_in(signed_in, coordinator, run, now):
    enters = run.decisions.filter(outcome="reserve").first()
    Nomination.objects.filter(pk=enters.nomination_id).update(
        state="withdrawn", withdrawn_at=now
    )
    path = reverse("selection:exchange", args=[run.pk])
    form = signed_in(coordinator).get(path).context["form"]
    assert str(enters.pk) not in dict(form.fields["enters"].choices)
    leaves = run.decisions.filter(outcome="selected").first()
    with pytest.raises(deciding.CannotChange, match="withdrawn or declined"):
        deciding.exchange(
            run=run,
            leaves=leaves,
            enters=enters,
            reason="A friend.",
            actor=coordinator,
            now=now,
        )


def test_people_are_filtered_and_exported_as_filtered(signed_in, partner, run):
    client = signed_in(partner)
    path = reverse("selection:run", args=[run.pk])
    shown = client.get(path, {"result": "selected"}).context["people"]
    assert (shown.total, {row.result for row in shown}) == (4, {"seat"})
    city = client.get(path, {"city": "leszno", "sort": "code"}).context["people"]
    assert {row.city for row in city} == {"Leszno"}
    one = next(iter(city))
    assert [
        row.code for row in client.get(path, {"q": one.code}).context["people"]
    ] == [one.code]
    asked = {"result": "selected", "export": "xlsx"}
    answer = client.get(path, asked)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    lines = rows.get_sheet_by_index(0).to_python()
    assert [line[0] for line in lines[1:]] == [row.code for row in shown]
    assert {line[8] for line in lines[1:]} == {"seat"}
    text = client.get(path, {**asked, "export": "csv"}).content.decode("utf-8-sig")
    assert len(text.strip().split("\r\n")) == 5


def test_reserves_come_in_their_order(signed_in, partner, run):
    people = page_of(signed_in(partner), "run", run.pk).context["people"]
    assert [row.result for row in people][4:10] == [
        f"reserve {place}" for place in range(1, 7)
    ]


def test_a_repetition_says_so_for_ever(signed_in, coordinator, run, closed, now):
    deciding.discard(run=run, reason="Again.", actor=coordinator, now=now)
    again = runs.draw(call=closed, actor=coordinator, now=now)
    text = page_of(signed_in(coordinator), "run", again.pk).content.decode()
    sentence = "This draw repeats draw 1 on the same nominations."
    assert sentence in text
    assert (
        sentence not in page_of(signed_in(coordinator), "run", run.pk).content.decode()
    )


def test_empty_seats_are_explained(signed_in, coordinator, closed, now):
    rules = {**closed.rules.as_json(), "seats": 12, "most": 2, "least": 1}
    trial = runs.what_if(call=closed, rules=rules, actor=coordinator, now=now)
    page = page_of(signed_in(coordinator), "run", trial.pk).context["page"]
    assert (page.seated, page.empty) == (8, 4)
    assert page.empty_because == ["at most 2 from each city"]


def test_the_balance_counts_pool_and_cohort(run):
    found = dict(balance.figures(run))
    # Nobody stated a gender, so there is no chart of it.
    assert list(found) == ["city", "department"]
    assert sorted(found["city"].rows) == [
        (name, (3, 1)) for name in ("Gdańsk", "Leszno", "Lublin", "Rzeszów")
    ]
    assert [
        sum(row[1][place] for row in found["department"].rows) for place in (0, 1)
    ] == [
        12,
        4,
    ]


def test_many_cities_stand_together_in_the_last_row(run, monkeypatch):
    monkeypatch.setattr(balance, "MOST_ROWS", 3)
    rows = balance.figure(run, "city").rows
    assert [row[1] for row in rows] == [(3, 1), (3, 1), (6, 2)]
    assert rows[-1][0] == "others together"


def test_a_picture_is_kept_but_asked_for(signed_in, partner, run):
    path = reverse("selection:picture", args=[run.pk, "city"])
    first = signed_in(partner).get(path, {"theme": "dark"})
    assert first["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert first["Cache-Control"] == "private, max-age=0"
    again = signed_in(partner).get(
        path, {"theme": "dark"}, headers={"If-None-Match": first["ETag"]}
    )
    assert again.status_code == 304


def test_the_record_repeats_the_run_anywhere(signed_in, partner, run):
    answer = page_of(signed_in(partner), "record", run.pk)
    assert answer["Content-Disposition"] == 'attachment; filename="closed-draw-1.json"'
    assert engine.verify(answer.content.decode()) == []
    text = answer.content.decode()
    people = Nomination.objects.values_list("family_name", "email")
    assert [part for row in people for part in row if part in text] == []


def test_the_lines_on_the_page_make_the_same_draw(client, db):
    lines = page_lines(client)
    scope = {}
    exec(lines, scope)  # noqa: S102 - our own lines, as the page shows them
    codes = [f"C-{number}" for number in range(40)]
    draw = Draw("17 4 22")
    ticket, order = draw.below(7), draw.shuffle(codes)
    cohort = [0, 0, 1, 1, 1, 1, 2][ticket]
    assert scope["draw"]("17 4 22", [2, 4, 1], codes) == (cohort, list(order))
    assert len(lines.split("\n")) <= 20


def page_lines(client):
    return client.get(reverse("selection:draw_explained")).context["lines"]


def test_a_trial_with_moved_priorities(signed_in, coordinator, closed, work):
    client = signed_in(coordinator)
    path = reverse("selection:try", args=[closed.slug])
    assert client.get(path).context["priorities"][0] == (
        "as many different cities as possible"
    )
    sent = {"seats": "6", "most": "3", "order": "0,1,2"}
    moved = client.post(path, {**sent, "move": "down-0"})
    assert moved.context["form"]["order"].value() == "1,0,2"
    assert Run.objects.count() == 0
    waits = client.post(path, {**sent, "order": "1,0,2"})["Location"]
    work()
    run = Run.objects.get()
    assert client.get(waits)["Location"] == reverse("selection:run", args=[run.pk])
    assert [p["kind"] for p in run.rules["priorities"]] == [
        "prefer",
        "coverage",
        "balance",
    ]
    assert run.rules["seats"] == 6
    assert closed.rules.seats == 4


@pytest.mark.parametrize("order", ("", "0,0,1", "x", "0,1,2,3"))
def test_an_order_that_is_none_is_the_rules_own(signed_in, coordinator, closed, order):
    path = reverse("selection:try", args=[closed.slug])
    signed_in(coordinator).post(path, {"seats": "4", "most": "3", "order": order})
    tried = Calculation.objects.get().rules
    assert tried["priorities"] == closed.rules.as_json()["priorities"]


def test_senseless_rules_are_refused_at_their_field(signed_in, coordinator, closed):
    path = reverse("selection:try", args=[closed.slug])
    answer = signed_in(coordinator).post(path, {"seats": "2", "most": "3"})
    assert answer.context["form"].errors == {
        "most": ["One city cannot nominate more people than there are seats."]
    }


def test_two_runs_are_compared_by_the_first_one_s_priorities(
    signed_in, coordinator, run, closed, now
):
    rules = {**closed.rules.as_json(), "seats": 6, "priorities": []}
    trial = runs.what_if(call=closed, rules=rules, actor=coordinator, now=now)
    client = signed_in(coordinator)
    page = page_of(client, "compare", run.pk, trial.pk).context["page"]
    assert page.come_in - page.go_out == 2
    assert [row.before for row in page.priorities][:2] == ["4", "2"]
    assert [(row.what, row.before, row.after) for row in page.rules][:1] == [
        ("Seats", "4", "6")
    ]
    same = page_of(client, "compare", run.pk, run.pk).context["page"]
    assert (same.is_same, same.rules, same.seed) == (True, [], None)


def test_announcing_shows_every_letter_before(
    signed_in, coordinator, signed, closed, now
):
    polish = Nomination.objects.filter(
        pk__in=signed.decisions.filter(outcome="reserve").values("nomination")
    ).first()
    Nomination.objects.filter(pk=polish.pk).update(language="pl")
    path = reverse("selection:announce", args=[signed.pk])
    page = signed_in(coordinator).get(path)
    found = {(item.kind, item.language): item.count for item in page.context["letters"]}
    assert found == {
        ("seat", "English"): 4,
        ("reserve list", "English"): 5,
        ("reserve list", "Polish"): 1,
        ("not selected", "English"): 2,
    }
    letter = next(i for i in page.context["letters"] if i.language == "Polish")
    assert letter.body.startswith(
        "Dzień dobry,\n\nna razie nie mamy dla Ciebie miejsca"
    )
    assert Message.objects.count() == 0
    late = (now + timedelta(days=90)).strftime("%Y-%m-%dT%H:%M")
    refused = signed_in(coordinator).post(path, {"answer_by": late})
    assert refused.context["form"].errors == {
        "answer_by": ["The time for answers must end before the course begins."]
    }
    soon = (now + timedelta(days=7)).strftime("%Y-%m-%dT12:30")
    answer = signed_in(coordinator).post(path, {"answer_by": soon})
    assert answer["Location"] == reverse("selection:offers", args=[closed.slug])
    expiry = Offer.objects.first().expires_at
    assert closed.course.programme.local(expiry).strftime("%H:%M") == "12:30"
    # What was shown is what was written.
    written = Message.objects.get(to_email=polish.email)
    assert written.body.strip() == letter.body


def test_the_answer_time_is_on_the_programme_s_clocks(
    signed_in, coordinator, signed, closed, now
):
    programme = closed.course.programme
    programme.time_zone = "Europe/Vilnius"
    programme.save()
    soon = (now + timedelta(days=7)).strftime("%Y-%m-%dT12:30")
    signed_in(coordinator).post(
        reverse("selection:announce", args=[signed.pk]), {"answer_by": soon}
    )
    programme.refresh_from_db()
    expiry = Offer.objects.first().expires_at
    assert programme.local(expiry).strftime("%H:%M %Z") in {"12:30 EET", "12:30 EEST"}


def test_discarding_asks_why(signed_in, coordinator, run):
    path = reverse("selection:discard", args=[run.pk])
    signed_in(coordinator).post(path, {"reason": " "})
    assert Run.objects.get().state == "proposed"
    signed_in(coordinator).post(path, {"reason": "A mistake in the list."})
    stored = Run.objects.get()
    assert (stored.state, stored.discard_reason) == (
        "discarded",
        "A mistake in the list.",
    )


def test_the_list_shows_what_waits_for_whom(signed_in, coordinator, partner, run, now):
    for user, organisation in ((partner, "UNHCR"), (coordinator, "ODIHR")):
        waits = page_of(signed_in(user), "runs").context["desk"].to_sign
        assert [(str(w.organisation), w.run) for w in waits] == [(organisation, run.pk)]
    signed_in(partner).post(
        reverse("selection:sign", args=[run.pk]),
        {"organisation": "unhcr", "seen": digest_of(run)},
    )
    desk = page_of(signed_in(partner), "runs").context["desk"]
    assert desk.to_sign == []
    assert [row.state for row in desk.calls] == ["signatures: 1 of 2"]


@pytest.mark.parametrize("count", (1, 3))
def test_the_run_costs_the_same_for_one_and_three(
    signed_in,
    partner,
    closed,
    cities,
    coordinator,
    now,
    count,
    django_assert_num_queries,
):
    for number in range(count - 1):
        make_nomination(closed, cities[0], "Ola", f"Nowa{number}", checked_at=now)
    Nomination.objects.filter(call=closed, family_name__startswith="Culture").delete()
    run = runs.draw(call=closed, actor=coordinator, now=now)
    client = signed_in(partner)
    with django_assert_num_queries(19):
        # session, user with roles, run; cities to filter by; counts, parts of the record,
        # signatures; may sign, what is signed; nominations counted, signatures counted;
        # other runs; people counted, people; balance by city twice, by unit, by gender
        client.get(reverse("selection:run", args=[run.pk]))


@pytest.mark.parametrize("count", (1, 3))
def test_a_nominee_costs_the_same_whatever_came_of_it(
    signed_in, partner, run, count, django_assert_num_queries
):
    decision = run.decisions.filter(outcome="reserve")[count]
    client = signed_in(partner)
    with django_assert_num_queries(6):
        # session, user with roles; decision with its run; may know the name, may change,
        # sees the run
        page_of(client, "decision", run.pk, decision.nomination.code)


@pytest.mark.parametrize("count", (1, 3))
def test_the_list_costs_the_same_for_one_and_three(
    signed_in, partner, run, closed, count, django_assert_num_queries
):
    for number in range(1, count):
        course = make_course(closed.course.programme, f"other-{number}", part=None)
        make_call(course, slug=f"other-{number}", channel=closed.channel)
    client = signed_in(partner)
    with django_assert_num_queries(10):
        # session, user with roles; calls counted, calls; draws, their signatures,
        # nominations counted; her organisations' parts, draws to sign, their signatures
        page_of(client, "runs")


@pytest.mark.parametrize("name", ("run", "record"))
def test_lists_do_not_read_the_record(signed_in, partner, run, name):
    with CaptureQueriesContext(connection) as asked:
        page_of(signed_in(partner), name, run.pk)
    whole = [
        query["sql"]
        for query in asked
        if '"selection_run"."record",' in query["sql"]
        or '"selection_run"."record" FROM' in query["sql"]
    ]
    assert bool(whole) == (name == "record")
