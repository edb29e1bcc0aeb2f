"""Certificates of everybody: who gets one, once, and what happens to a lost worker."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.outbox.models import Link, Message
from mosty.selection.models import Offer
from mosty.training import serials
from mosty.training.actions import designs, issuing, minting
from mosty.training.actions.certificates import CannotIssue, issue_against_rule
from mosty.training.models import Certificate, Issuing, Mark
from mosty.training.queries.contents import digest
from mosty.training.queries.due import due
from mosty.training.queries.readiness import frame_or_refusal
from tests.factories import make_nomination
from tests.training.certificates.conftest import be_there, offer_of
from tests.training.conftest import take_seat


def ask(course, actor, now):
    return issuing.ask(course=course, actor=actor, now=now)


def carry_out(asked, now, **options):
    issuing.carry_out(issuing=asked.pk, actor=SYSTEM, now=now, **options)
    asked.refresh_from_db()
    return asked


def test_those_who_completed_get_one_each(issued, held, coordinator, now):
    assert [
        (row.content["name"], row.content["minutes"], row.content["of_minutes"])
        for row in issued
    ] == [("Anna Żak", 240, 240), ("Zenon Abacki", 240, 240)]
    assert {
        (row.state, row.issued_by, row.digest == digest(row.content)) for row in issued
    } == {("issued", "Alice Adams", True)}
    asked = Issuing.objects.get()
    assert (asked.state, asked.total, asked.issued) == ("done", 2, 2)


def test_what_a_certificate_says_is_frozen(issued, designed):
    content = issued[0].content
    assert {
        key: content[key]
        for key in ("languages", "course", "outcomes", "signatories", "is_fictional")
    } == {
        # Anna is written to in English: that comes first.
        "languages": ["en", "pl"],
        "course": {"pl": "Good practices", "en": "Good practices"},
        "outcomes": {"pl": ["Planuje", "Mierzy"], "en": ["Plans", "Measures"]},
        "signatories": [
            {
                "name": "Jan Kowalski",
                "function": {"pl": "Dyrektor", "en": "Director"},
                "organisation": {"pl": "ODIHR", "en": "ODIHR"},
            }
        ],
        "is_fictional": False,
    }


def test_the_ledger_and_the_letters(issued, held):
    assert sorted(
        Entry.objects.filter(verb__startswith="certificate").values_list(
            "verb", "target_key", "scope"
        )
    ) == sorted(
        [
            ("certificates.designed", held.slug, held.programme.slug),
            ("certificates.asked", held.slug, held.programme.slug),
            *(
                ("certificate.issued", row.serial, held.programme.slug)
                for row in issued
            ),
        ]
    )
    assert set(Message.objects.values_list("kind", "to_name", "state")) == {
        ("training.certificate", "Anna Żak", "draft"),
        ("training.certificate", "Zenon Abacki", "draft"),
    }
    assert set(Link.objects.values_list("purpose", "subject")) == {
        ("course", row.offer.code) for row in issued
    }


def test_issuing_again_issues_nothing(issued, held, coordinator, now):
    with pytest.raises(CannotIssue, match="Nobody waits"):
        ask(held, coordinator, now)
    assert (Certificate.objects.count(), Message.objects.count()) == (2, 2)


def test_who_completes_later_gets_hers_later(issued, held, coordinator, now):
    session = held.sessions.last()
    lucja = offer_of("Łucja")
    Mark.objects.create(
        session=session, offer=lucja, kind="present", way="roster",
        noted_at=session.starts_at, marked_at=now, marked_by="T", marker_key="user:1",
    )  # fmt: skip
    assert carry_out(ask(held, coordinator, now), now).issued == 1
    assert Certificate.objects.count() == 3


def test_not_before_the_end(designed, held, coordinator, now):
    last = held.sessions.last()
    with pytest.raises(CannotIssue, match="once the course is over"):
        ask(held, coordinator, last.ends_at.replace(microsecond=0).replace(second=0))
    assert Issuing.objects.count() == 0


def test_not_before_it_is_said_what_they_say(held, coordinator, now):
    with pytest.raises(CannotIssue, match="Say first"):
        ask(held, coordinator, now)


@pytest.mark.parametrize(
    "reader", ("partner", "secretariat", "trainer", "city", "auditor", "administrator")
)
def test_only_the_coordinator_issues(request, designed, held, now, reader):
    with pytest.raises(PermissionDenied):
        ask(held, request.getfixturevalue(reader), now)


def test_asking_twice_is_asking_once(designed, held, coordinator, now):
    assert ask(held, coordinator, now) == ask(held, coordinator, now)


def test_cancelled_before_it_began(designed, held, coordinator, now):
    asked = issuing.cancel(
        issuing=ask(held, coordinator, now), actor=coordinator, now=now
    )
    carry_out(asked, now)
    assert (asked.state, Certificate.objects.count()) == ("cancelled", 0)


def test_cancelled_halfway_keeps_what_is_issued(
    designed, held, coordinator, now, monkeypatch
):
    monkeypatch.setattr(issuing, "PART", 1)
    asked = ask(held, coordinator, now)
    steps = iter((False, True))

    def stop():
        if next(steps):
            Issuing.objects.filter(pk=asked.pk).update(cancel_asked=True)
        return False

    carry_out(asked, now, stop=stop)
    assert (asked.state, asked.issued, Certificate.objects.count()) == (
        "cancelled",
        1,
        1,
    )


def test_another_worker_goes_on_where_one_was_killed(
    designed, held, coordinator, now, monkeypatch
):
    monkeypatch.setattr(issuing, "PART", 1)
    asked = ask(held, coordinator, now)
    mint, calls = minting.mint, []

    def killed(*args, **options):
        calls.append(1)
        if len(calls) == 2:
            raise SystemExit
        return mint(*args, **options)

    monkeypatch.setattr(minting, "mint", killed)
    with pytest.raises(SystemExit):
        carry_out(asked, now)
    asked.refresh_from_db()
    assert (asked.state, asked.issued) == ("running", 1)
    before = set(Certificate.objects.values_list("serial", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'failed'")
    assert issuing.resume_lost(actor=SYSTEM, now=now) == 1
    carry_out(asked, now)
    assert (asked.state, asked.issued, asked.resumed) == ("done", 2, 1)
    after = set(Certificate.objects.values_list("serial", flat=True))
    assert (before < after, len(after), len(due(held, now))) == (True, 2, 0)


def test_what_is_lost_again_and_again_ends(designed, held, coordinator, now):
    asked = ask(held, coordinator, now)
    for _time in range(issuing.MOST_RESUMED + 1):
        with connection.cursor() as cursor:
            cursor.execute("update procrastinate_jobs set status = 'failed'")
        issuing.resume_lost(actor=SYSTEM, now=now)
    asked.refresh_from_db()
    assert (asked.state, asked.failure, asked.resumed) == ("failed", "interrupted", 3)


def test_who_may_no_longer_issue_issues_nothing(designed, held, coordinator, now):
    asked = ask(held, coordinator, now)
    coordinator.grants.all().delete()
    carry_out(asked, now)
    assert (asked.state, asked.failure, Certificate.objects.count()) == (
        "failed",
        "not_allowed",
        0,
    )


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_one_batch(designed, held, coordinator, now):
    together = Barrier(2, timeout=30)

    def work():
        connection.ensure_connection()
        together.wait()
        try:
            asked = ask(held, coordinator, now)
            together.wait()
            carry_out(asked, now)
            return asked.pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = {one.result() for one in [pool.submit(work) for _ in range(2)]}
    assert found == {Issuing.objects.get().pk}
    assert Certificate.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_mint_at_once_issue_one_each(designed, held, coordinator, now):
    """Whatever way they come, the database lets one certificate of a seat hold."""
    frame = frame_or_refusal(held, now)[0]
    waiting = due(held, now)
    together = Barrier(2, timeout=30)

    def work():
        connection.ensure_connection()
        together.wait()
        try:
            with transaction.atomic():
                offers = minting.locked(sorted(waiting))
                return len(
                    minting.mint(
                        [
                            (one, issuing._content(frame, one, waiting[one.pk]))
                            for one in offers
                        ],
                        course=held, actor=coordinator, now=now,
                    )
                )  # fmt: skip
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = [one.result() for one in [pool.submit(work) for _ in range(2)]]
    assert (sorted(made), Certificate.objects.count()) == ([0, 2], 2)
    assert Message.objects.count() == 2


@pytest.mark.parametrize("count", (1, 3))
def test_one_and_three_cost_the_same(
    designed, held, call, krakow, coordinator, now, count, django_assert_num_queries
):
    for number in range(1, count):
        be_there(
            take_seat(
                call, 10 + number, make_nomination(call, krakow, "Ewa", f"N{number}")
            ),
            now,
        )
    asked = ask(held, coordinator, now)
    with django_assert_num_queries(27):
        carry_out(asked, now)
    assert asked.issued == 1 + count


# Numbers -------------------------------------------------------------------------


def test_a_number_is_read_however_it_is_typed():
    serial = serials.new_serial(2026)
    assert (len(serial), serial[:5], serial[9]) == (15, "2026-", "-")
    for typed in (serial, serial.lower(), serial.replace("-", " "), f" {serial} "):
        assert serials.read(typed) == serial


@pytest.mark.parametrize(
    "typed",
    ("", "x", "2026", "2026-7KQX", "0000-XXXX-XXXXX", "２０２６-7KQX-2M9PC", "a" * 99),
)
def test_what_is_no_number_is_none(typed):
    assert serials.read(typed) == ""


def test_one_mistyped_letter_is_found():
    serial = serials.new_serial(2026)
    for place in (0, 1, 2, 3, *range(5, 9), *range(10, 15)):
        letters = "0123456789" if place < 4 else serials.CODE_LETTERS
        wrong = [
            serial[:place] + one + serial[place + 1 :]
            for one in letters
            if one != serial[place]
        ]
        found = [one for one in wrong if serials.read(one)]
        # Of the year, a digit that is none of our letters counts as one of them.
        assert found == [] or place < 4


def test_numbers_do_not_follow_one_another():
    assert len({serials.new_serial(2026) for _ in range(1000)}) == 1000


def test_the_batch_needs_somebody_who_signs(held, coordinator, now):
    with pytest.raises(designs.CannotDesign, match="who signs"):
        designs.set_design(
            course=held,
            languages=["pl"],
            outcomes="",
            signatories=[],
            actor=coordinator,
            now=now,
        )


def test_no_exception_for_who_has_just_given_her_seat_back(designed, coordinator, now):
    offer = offer_of("Łucja")
    Offer.objects.filter(pk=offer.pk).update(state=Offer.State.WITHDRAWN)
    with pytest.raises(CannotIssue, match="given her seat back"):
        issue_against_rule(
            offer=offer, reason="Ill on the day", actor=coordinator, now=now
        )
