"""The nominee's answer and needs, and how long both last."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.nominations import policies, tasks
from mosty.nominations.actions import answers
from mosty.nominations.actions.answers import CannotAnswer, answer
from mosty.nominations.actions.nominations import withdraw
from mosty.nominations.models import Needs, Nomination
from mosty.outbox.models import Link
from tests.factories import make_link


@pytest.fixture
def say(own, own_link, now):
    """Return what answers as Kraków's nominee."""

    def say(confirm=True, actor=own_link, at=now, **given):
        nomination = Nomination.objects.select_related("call__course").get(pk=own.pk)
        return answer(
            nomination=nomination, confirm=confirm, actor=actor, now=at, **given
        )

    return say


def test_confirming_stores_answer_notice_and_needs(say, own, now):
    say(diet=" vegan ", access="no steps")

    own.refresh_from_db()
    assert (own.answer, own.answered_at, own.notice_version) == ("confirmed", now, 1)
    assert (own.needs.diet, own.needs.access) == ("vegan", "no steps")
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor_key) == (
        "nominee.confirmed",
        f"link:confirm:{own.code}",
    )
    assert "vegan" not in str([entry.before, entry.after])


def test_the_last_answer_counts_and_declining_deletes_needs(say, own):
    say(diet="vegan")
    say(confirm=False, diet="vegan")

    own.refresh_from_db()
    assert own.answer == "declined"
    assert Needs.objects.count() == 0


def test_the_same_answer_again_changes_nothing(say, own, now):
    say(diet="vegan")
    say(diet="vegan", at=now + timedelta(hours=1))

    own.refresh_from_db()
    assert own.answered_at == now
    assert Entry.objects.count() == 1


def test_new_needs_replace_the_old(say, own):
    say(diet="vegan")
    say(diet="", access="a lift")

    own.refresh_from_db()
    assert (own.needs.diet, own.needs.access) == ("", "a lift")


def test_a_notice_that_changed_meanwhile_is_read_again(say, call):
    call.notice_version = 2
    call.save()

    with pytest.raises(CannotAnswer, match="notice has changed"):
        say(notice=1)
    assert say(notice=2).notice_version == 2


def test_a_withdrawn_nomination_takes_no_answer(say, own, city, now):
    withdraw(nomination=own, reason="Leaving.", actor=city, now=now)

    with pytest.raises(CannotAnswer, match="has withdrawn"):
        say()


@pytest.mark.parametrize("who", ("coordinator", "secretariat", "city", "foreign"))
def test_nobody_else_answers_for_her(say, request, who):
    actor = request.getfixturevalue(who)
    if isinstance(actor, Nomination):
        actor = make_link(actor.code)
    with pytest.raises(PermissionDenied):
        say(actor=actor)


def test_a_citys_link_does_not_answer_for_its_nominee(say, city_link):
    with pytest.raises(PermissionDenied):
        say(actor=city_link)


@pytest.mark.parametrize(
    ("ends_on", "kept_until"),
    (
        (date(2030, 6, 21), date(2030, 7, 21)),
        # After the course, as when somebody answers late: from the answer on.
        (date(2020, 1, 1), None),
    ),
)
def test_needs_are_kept_thirty_days_after_the_course(
    say, own, call, now, ends_on, kept_until
):
    call.course.starts_on = call.course.ends_on = ends_on
    call.course.save()
    say(diet="vegan")

    expected = kept_until or timezone.localdate(now) + timedelta(days=30)
    assert own.needs.delete_after == expected


def test_needs_of_a_course_without_dates_are_kept_half_a_year(say, own, call):
    call.course.starts_on = call.course.ends_on = None
    call.course.save()
    say(diet="vegan")

    assert own.needs.delete_after == call.closes_at.date() + timedelta(days=180)


def test_old_needs_are_deleted_with_an_entry_that_does_not_say_them(own, foreign, now):
    today = timezone.localdate(now)
    Needs.objects.create(
        nomination=own, diet="vegan", delete_after=today - timedelta(days=1)
    )
    Needs.objects.create(nomination=foreign, diet="no nuts", delete_after=today)

    assert answers.delete_old_needs(actor=SYSTEM, now=now) == 1
    assert list(Needs.objects.values_list("diet", flat=True)) == ["no nuts"]
    entry = Entry.objects.get()
    assert (entry.verb, entry.target_key) == ("needs.deleted", own.code)


def test_only_the_installation_itself_sweeps(coordinator, now):
    with pytest.raises(PermissionDenied):
        answers.delete_old_needs(actor=coordinator, now=now)


def test_the_worker_deletes_old_needs_every_night(own):
    Needs.objects.create(nomination=own, diet="vegan", delete_after=date(2020, 1, 1))
    task = tasks.delete_old_needs
    task(timestamp=int(datetime(2030, 1, 1).timestamp()))  # noqa: DTZ001 - not read

    assert Needs.objects.count() == 0
    assert [p.cron for p in tasks.app.periodic_registry.periodic_tasks.values()].count(
        "20 3 * * *"
    ) == 1


def test_the_selection_ends_the_answering(call, own, own_link, foreign, now):
    other = make_link(foreign.code)
    elsewhere = make_link("ELSE-WH")

    assert answers.end(call=call, now=now) == 2
    live = Link.objects.filter(revoked_at__isnull=True)
    assert list(live) == [elsewhere]
    assert {own_link.pk, other.pk}.isdisjoint({link.pk for link in live})


@pytest.mark.parametrize(
    ("who", "sees"),
    (
        ("coordinator", True),
        ("secretariat", False),
        ("partner", False),
        ("city", False),
        ("other_city", False),
        ("trainer", False),
        ("auditor", False),
        ("administrator", False),
        ("stranger", False),
    ),
)
def test_only_the_coordinator_sees_needs(request, signed_in, own, now, who, sees):
    user = request.getfixturevalue(who)
    Needs.objects.create(
        nomination=own, diet="pierogi", delete_after=timezone.localdate(now)
    )

    assert policies.can_see_needs(user, own) is sees
    page = signed_in(user).get(f"/en/nominations/{own.code}/")
    assert (b"pierogi" in page.content) is sees


def test_needs_are_in_no_list_and_no_export(coordinator, signed_in, call, own, now):
    Needs.objects.create(
        nomination=own, diet="pierogi", delete_after=timezone.localdate(now)
    )
    client = signed_in(coordinator)

    for end in ("/nominations/", "/nominations.csv", "/nominations.xlsx"):
        assert b"pierogi" not in client.get(f"/en/calls/{call.slug}{end}").content
