"""What somebody sees who waits for a draw or a trial."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from mosty.audit.actors import SYSTEM
from mosty.nominations.models import Nomination
from mosty.selection.actions import calculations
from mosty.selection.models import Calculation, Run
from mosty.selection.queries.calculations import calculation_page
from mosty.selection.queries.repair import Colliding
from tests.selection.calculations.given import POLICE, STEPS, job_is

HTMX = {"HX-Request": "true"}


@pytest.fixture
def asked(closed, coordinator, now):
    return calculations.ask_draw(call=closed, actor=coordinator, now=now)


@pytest.fixture
def path(asked):
    return reverse("selection:calculation", args=[asked.pk])


def running(asked, step, number=0, **more):
    Calculation.objects.update(
        state="running", begun_at=asked.asked_at, step=step, number=number, **more
    )
    job_is(asked, "doing", asked.asked_at)
    asked.refresh_from_db()
    return asked


def sentences(asked, now):
    found = []
    for language in ("en", "pl"):
        with translation.override(language):
            found.append(calculation_page(asked, now).sentence)
    return found


def test_who_waits_is_told_so_and_can_cancel(signed_in, coordinator, asked, path):
    page = signed_in(coordinator).get(path)
    assert page.context["page"].sentence == "It waits for its turn."
    text = page.content.decode()
    assert '<p id="step" role="status" aria-live="polite">' in text
    assert f'action="{reverse("selection:cancel", args=[asked.pk])}"' in text
    # Without scripts a plain link looks again.
    assert f'<noscript><p><a class="btn btn-primary" href="{path}">' in text
    assert [stage.state for stage in page.context["page"].stages] == [
        "now",
        *["todo"] * 4,
    ]


@pytest.mark.parametrize(
    ("step", "english", "polish", "place"),
    (
        ("", "The nominations are being read.", "Trwa odczytywanie zgłoszeń.", 1),
        (
            "priorities",
            "The priorities are being served, in their order.",
            "Uwzględniane są pierwszeństwa, w ich kolejności.",
            2,
        ),
        (
            "odds",
            "Everybody's chance is being made as equal as the rules allow.",
            "Szanse są wyrównywane na tyle, na ile pozwalają zasady.",
            3,
        ),
        (
            "cohorts",
            "Groups are being put together, from which one will be drawn.",
            "Tworzone są grupy, spośród których jedna zostanie wylosowana.",
            3,
        ),
        (
            "reasons",
            "The reason is being written down for everybody.",
            "Zapisywane jest uzasadnienie dla każdej osoby.",
            4,
        ),
    ),
)
def test_every_step_is_said_in_words(asked, now, step, english, polish, place):
    running(asked, step)
    assert sentences(asked, now) == [english, polish]
    states = [stage.state for stage in calculation_page(asked, now).stages]
    assert states == ["done"] * place + ["now"] + ["todo"] * (4 - place)


def test_every_step_of_the_engine_has_its_sentence(asked, now):
    said = {step: sentences(running(asked, step), now)[0] for step in ("", *STEPS)}
    assert len({*said.values()}) == len(said)
    assert "It is being calculated." not in said.values()


def test_the_page_asks_for_what_is_new_only(signed_in, coordinator, asked, path):
    client = signed_in(coordinator)
    mark = client.get(path).context["page"].mark
    unchanged = client.get(path, {"seen": mark}, headers=HTMX)
    assert (unchanged.status_code, unchanged.content) == (204, b"")

    running(asked, "cohorts", 12)
    page = client.get(path, {"seen": mark}, headers=HTMX)
    assert next(template.name for template in page.templates) == (
        "selection/calculation_progress.html"
    )
    text = page.content.decode()
    assert "Groups so far: 12" in text
    # The sentence is read out, so it comes only when it is another.
    assert '<p id="step" hx-swap-oob="innerHTML">Groups are being' in text

    running(asked, "cohorts", 13)
    text = client.get(
        path, {"seen": page.context["page"].mark}, headers=HTMX
    ).content.decode()
    assert ("Groups so far: 13" in text, 'id="step"' in text) == (True, False)


def test_time_and_groups_are_counted(asked, now):
    page = calculation_page(running(asked, "cohorts", 12), now + timedelta(seconds=9.7))
    assert page.details == ["Time so far: 9 s", "Groups so far: 12"]
    page = calculation_page(running(asked, "odds", 12), now + timedelta(seconds=10))
    assert page.details == ["Time so far: 10 s"]


def test_the_page_of_what_is_done_leads_to_the_run(
    signed_in, coordinator, asked, path, work
):
    client = signed_in(coordinator)
    work()
    run = reverse("selection:run", args=[Run.objects.get().pk])
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, run)
    answer = client.get(path, {"seen": "x"}, headers=HTMX)
    assert (answer.status_code, answer["HX-Redirect"]) == (200, path)


def test_cancelling_by_the_button(signed_in, coordinator, asked, path, closed):
    client = signed_in(coordinator)
    cancel = reverse("selection:cancel", args=[asked.pk])
    page = client.post(cancel, follow=True)
    assert page.redirect_chain == [(path, 302)]
    assert page.context["page"].sentence == "Cancelled. Nothing was decided."
    text = page.content.decode()
    assert (cancel in text, "The draw was not made" in text) == (False, True)
    # Pressed again, maybe on a page that is old: nothing else happens.
    assert client.post(cancel)["Location"] == path
    # And the call offers the draw again.
    text = client.get(reverse("selection:call", args=[closed.slug])).content.decode()
    assert reverse("selection:draw", args=[closed.slug]) in text


def test_what_is_being_cancelled_cannot_be_again(signed_in, coordinator, asked, path):
    running(asked, "odds", cancel_asked=True)
    page = signed_in(coordinator).get(path)
    assert page.context["page"].sentence == (
        "It is being cancelled; nothing will come of it."
    )
    assert reverse("selection:cancel", args=[asked.pk]) not in page.content.decode()


@pytest.mark.parametrize(
    ("waited", "heartbeat", "sentence"),
    (
        (5, None, "It waits for its turn."),
        (15, None, "Nothing calculates at the moment. Tell the administrator."),
        (15, 61, "Nothing calculates at the moment. Tell the administrator."),
        # Others have their turn first.
        (15, 10, "It waits for its turn."),
    ),
)
def test_waiting_in_vain_is_said(asked, now, waited, heartbeat, sentence):
    later = now + timedelta(seconds=waited)
    if heartbeat is not None:
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into procrastinate_workers (last_heartbeat) values (%s)",
                [later - timedelta(seconds=heartbeat)],
            )
    assert calculation_page(asked, later).sentence == sentence


def test_a_worker_that_is_gone_is_said(asked, now):
    running(asked, "odds")
    later = now + timedelta(minutes=2)
    assert calculation_page(asked, later).sentence == (
        "What calculated this has stopped. Cancel it, and start again."
    )


def test_the_call_leads_to_what_is_being_made(
    signed_in, coordinator, partner, closed, asked, path, now
):
    rules = {**closed.rules.as_json(), "seats": 5}
    trial = calculations.ask_what_if(
        call=closed, rules=rules, actor=coordinator, now=now
    )
    call = reverse("selection:call", args=[closed.slug])
    text = signed_in(coordinator).get(call).content.decode()
    trial_path = reverse("selection:calculation", args=[trial.pk])
    draw_path = reverse("selection:draw", args=[closed.slug])
    assert [link in text for link in (path, trial_path, draw_path)] == [
        True,
        True,
        False,
    ]
    text = signed_in(partner).get(call).content.decode()
    assert [link in text for link in (path, trial_path)] == [False, False]


def test_the_call_says_why_the_last_draw_could_not_be_made(
    signed_in, coordinator, closed, asked, work, now
):
    Nomination.objects.filter(call=closed).update(answer="declined")
    work()
    client = signed_in(coordinator)
    call = reverse("selection:call", args=[closed.slug])
    sentence = "Nobody can be selected: nobody eligible is nominated."
    assert client.get(call).context["page"].calculations.last_failure == sentence
    assert sentence in client.get(call).content.decode()
    # Until there is a draw.
    Nomination.objects.filter(call=closed).update(answer="confirmed")
    calculations.ask_draw(call=closed, actor=coordinator, now=now)
    work()
    assert client.get(call).context["page"].calculations.last_failure == ""


def test_what_was_tried_in_vain_can_be_changed(
    signed_in, coordinator, closed, work, now
):
    own = closed.rules.as_json()
    tried = {
        **own,
        "seats": 7,
        "most": 2,
        "quotas": POLICE,
        "priorities": [own["priorities"][place] for place in (2, 0, 1)],
    }
    asked = calculations.ask_what_if(
        call=closed, rules=tried, actor=coordinator, now=now
    )
    work()
    client = signed_in(coordinator)
    page = client.get(reverse("selection:calculation", args=[asked.pk]))
    again = f"{reverse('selection:try', args=[closed.slug])}?again={asked.pk}"
    assert again in page.content.decode()
    form = client.get(again).context["form"]
    assert [form[name].value() for name in ("seats", "most", "order")] == [
        7,
        2,
        "2,0,1",
    ]


def tried_in_vain(closed, coordinator, work, now):
    """Return a trial that asks for five of the municipal police, where there are none."""
    calculations.ask_what_if(
        call=closed,
        rules={**closed.rules.as_json(), "quotas": POLICE},
        actor=coordinator,
        now=now,
    )
    work()
    return Calculation.objects.get()


def test_a_trial_in_vain_shows_the_least_change_and_tries_it(
    signed_in, coordinator, closed, work, now
):
    vain = tried_in_vain(closed, coordinator, work, now)
    client = signed_in(coordinator)
    page = client.get(reverse("selection:calculation", args=[vain.pk])).context["page"]
    assert page.mends == [
        Colliding(
            "kind of unit, municipal police: at least 1",
            "falls away",
            collides=True,
        )
    ]
    answer = client.post(reverse("selection:try_mended", args=[vain.pk]))
    new = Calculation.objects.exclude(pk=vain.pk).get()
    assert answer.url == reverse("selection:calculation", args=[new.pk])
    assert new.rules == {**vain.rules, "quotas": []}
    work()
    new.refresh_from_db()
    assert (new.state, new.run.kind) == ("done", "what_if")


def test_what_has_no_change_is_not_tried_again(
    signed_in, coordinator, closed, asked, work
):
    Nomination.objects.filter(call=closed).update(answer="declined")
    work()
    client = signed_in(coordinator)
    path = reverse("selection:calculation", args=[asked.pk])
    assert client.get(path).context["page"].mends == []
    answer = client.post(reverse("selection:try_mended", args=[asked.pk]), follow=True)
    assert [str(one) for one in answer.context["messages"]] == [
        "No change of a single number mends these rules."
    ]
    assert Calculation.objects.get() == asked


@pytest.mark.parametrize(
    ("who", "status"),
    (("partner", 404), ("secretariat", 404), ("city", 404), ("stranger", 404)),
)
def test_who_may_not_try(
    request, signed_in, client, coordinator, closed, work, now, who, status
):
    vain = tried_in_vain(closed, coordinator, work, now)
    path = reverse("selection:try_mended", args=[vain.pk])
    assert signed_in(request.getfixturevalue(who)).post(path).status_code == status
    assert client.post(path).status_code == 302
    assert signed_in(coordinator).get(path).status_code == 405
    assert Calculation.objects.count() == 1


@pytest.mark.parametrize("again", ("x", "9" * 30, "-1", ""))
def test_what_names_no_trial_fills_in_the_rules(signed_in, coordinator, closed, again):
    path = reverse("selection:try", args=[closed.slug])
    form = signed_in(coordinator).get(path, {"again": again}).context["form"]
    assert form["seats"].value() == 4


def test_another_trial_at_the_same_time_is_refused_in_words(
    signed_in, coordinator, closed
):
    client = signed_in(coordinator)
    path = reverse("selection:try", args=[closed.slug])
    client.post(path, {"seats": "5", "most": "3", "order": "0,1,2"})
    page = client.post(path, {"seats": "6", "most": "3", "order": "0,1,2"})
    assert page.context["form"].non_field_errors() == [
        "Another trial of yours is being calculated. Wait for it, or cancel it."
    ]
    assert page.context["form"]["seats"].value() == "6"


@pytest.mark.parametrize("live", (True, False))
def test_what_the_page_costs(
    signed_in, coordinator, asked, path, live, django_assert_num_queries
):
    client = signed_in(coordinator)
    running(asked, "odds")
    if not live:
        job_is(asked, "failed")
        calculations.end_lost(actor=SYSTEM, now=asked.asked_at)
    client.get(path)
    # Who asks, her grants, the calculation; its job while it is live.
    with django_assert_num_queries(3 + live):
        client.get(path)


@pytest.mark.parametrize("trials", (1, 3))
def test_the_call_costs_the_same_for_one_and_three(
    signed_in, coordinator, closed, asked, trials, django_assert_num_queries
):
    Calculation.objects.bulk_create(
        Calculation(
            call=closed,
            kind="what_if",
            rules_version=closed.rules_version,
            rules={},
            asker_key=f"user:{number}",
            asked_by="Somebody",
            asked_at=asked.asked_at,
            language="en",
        )
        for number in range(trials)
    )
    client = signed_in(coordinator)
    path = reverse("selection:call", args=[closed.slug])
    client.get(path)
    with django_assert_num_queries(14):
        client.get(path)
