"""Releases from asking to publication: who may, what is refused, what never changes."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.engines.disclosure import work
from mosty.figures import policies
from mosty.figures.actions import releases
from mosty.figures.models import Release
from mosty.figures.queries import releases as queries
from mosty.figures.releases.making import CannotMake
from tests.figures.releases.documents import document

pytestmark = pytest.mark.django_db
NATIONS = {("ukr",): 240, ("blr",): 41, ("kaz",): 2, ("geo",): 9, ("nga",): 20}
SUBJECT = "point:krakow"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Do without tau-Argus's own process."""
    monkeypatch.setattr(work, "tau_secondaries", lambda *_, **__: None)


@pytest.fixture
def ask(krakow, lead, now):
    """Return what asks for a release of Kraków's year."""

    def ask(reason="", actor=lead, at=now):
        with transaction.atomic():
            return releases.draft(
                owner=krakow,
                subject=SUBJECT,
                year=2025,
                rules={"threshold": 5},
                reason=reason,
                task="figures.test",
                actor=actor,
                now=at,
            )

    return ask


def count(cells, **fields):
    """Return what counts ``cells`` by nationality."""

    def counted(release, _asker):
        return document({("nationality",): cells}, number=release.number, **fields)

    return counted


def carry_out(release, counted, now, **more):
    releases.carry_out(release=release.pk, count=counted, actor=SYSTEM, now=now, **more)
    release.refresh_from_db()
    return release


@pytest.fixture
def ready(ask, now):
    return carry_out(ask(), count(NATIONS), now)


@pytest.fixture
def first(ready, lead, now):
    return releases.publish(release=ready, actor=lead, now=now + timedelta(hours=1))


def test_who_makes_releases(
    krakow, lodz, lead, worker, coordinator, secretariat, city, auditor
):
    everybody = (lead, worker, coordinator, secretariat, city, auditor)
    assert [policies.can_release(user, krakow) for user in everybody] == [
        True, False, False, False, False, False,
    ]  # fmt: skip
    assert policies.can_release(lead, lodz) is False
    assert [policies.can_release(user, None) for user in everybody] == [
        False, False, True, True, False, False,
    ]  # fmt: skip
    assert (policies.can_sweep(lead), policies.can_sweep(SYSTEM)) == (False, True)


def test_a_release_is_made_and_published(first, ready, lead):
    assert (first.state, first.number, first.published_by) == (
        "published",
        1,
        lead.ledger_label,
    )
    assert first.sha256 == sha256(first.artefact.encode()).hexdigest()
    # What was counted stays, and is not what is published.
    assert '"value":2' in first.counts
    assert '"value":2}' not in first.artefact
    found = queries.published(SUBJECT, 2025)
    assert (found.text, found.document.table("nationality").total) == (
        first.artefact,
        312,
    )
    verbs = Entry.objects.filter(verb__startswith="release.").order_by("pk")
    assert [one.verb for one in verbs] == [
        "release.asked",
        "release.ready",
        "release.published",
    ]


def test_asking_twice_is_asking_once(ask, lead, coordinator):
    assert ask().pk == ask().pk
    with pytest.raises(PermissionDenied):
        ask(actor=coordinator)
    assert Release.objects.count() == 1


def test_published_under_a_clock_that_was_set_back(ready, lead, now):
    earlier = now - timedelta(days=1)
    made = releases.publish(release=ready, actor=lead, now=earlier)
    assert made.published_at == made.counted_at


def test_only_what_is_ready_is_published_and_twice_is_once(
    ask, ready, lead, worker, now
):
    with pytest.raises(PermissionDenied):
        releases.publish(release=ready, actor=worker, now=now)
    later = now + timedelta(days=1)
    for at in (now, later):
        assert releases.publish(release=ready, actor=lead, now=at).published_at == now
    again = ask("Late records")
    with pytest.raises(releases.CannotRelease):
        releases.publish(release=again, actor=lead, now=later)


def test_what_cannot_be_made_says_why_and_publishes_nothing(ask, now):
    def late(release, asker):
        raise CannotMake("late", records=3)

    for counted, code in (
        (count({("ukr",): 0}), "empty"),
        (count({("kaz",): 1, ("geo",): 2}), "all_small"),
        (late, "late"),
    ):
        refused = carry_out(ask(), counted, now)
        assert (refused.state, refused.failure) == ("refused", code)
    assert queries.published(SUBJECT, 2025) is None


def test_what_breaks_is_ended_and_heard_of(ask, now):
    def broken(release, asker):
        raise ZeroDivisionError

    release = ask()
    with pytest.raises(ZeroDivisionError):
        carry_out(release, broken, now)
    release.refresh_from_db()
    assert (release.state, release.failure) == ("refused", "broken")


def test_who_lost_her_role_gets_no_release(ask, lead, now):
    release = ask()
    lead.grants.all().delete()
    assert carry_out(release, count(NATIONS), now).failure == "not_allowed"


def test_cancelling_lets_nothing_come_of_it(ask, ready, lead, worker, now):
    # Ready, and not published: set aside.
    assert releases.cancel(release=ready, actor=lead, now=now).state == "discarded"
    waiting = ask()
    with pytest.raises(PermissionDenied):
        releases.cancel(release=waiting, actor=worker, now=now)
    releases.cancel(release=waiting, actor=lead, now=now)
    assert carry_out(waiting, count(NATIONS), now).state == "discarded"
    running = ask()

    def cancelled(release, asker):
        Release.objects.filter(pk=release.pk).update(cancel_asked=True)
        return count(NATIONS)(release, asker)

    assert carry_out(running, cancelled, now).state == "discarded"
    left = carry_out(ask(), count(NATIONS), now, stop=lambda: True)
    assert (left.state, left.failure) == ("refused", "interrupted")


def test_what_a_dead_worker_leaves_is_ended(ask, now):
    release = ask()
    Release.objects.filter(pk=release.pk).update(state="computing", job=None)
    assert releases.end_lost(actor=SYSTEM, now=now) == 1
    release.refresh_from_db()
    assert release.failure == "interrupted"


def test_a_correction_has_a_reason_and_the_next_number(ask, first, lead, now):
    with pytest.raises(releases.CannotRelease) as refused:
        ask()
    assert list(refused.value.fields) == ["reason"]
    later = {**NATIONS, ("ukr",): 250}
    at = now + timedelta(days=3)
    second = carry_out(ask("Ten records came late", at=at), count(later), at)
    releases.publish(release=second, actor=lead, now=at)
    assert [
        (row.number, row.reason, row.is_latest) for row in queries.log(SUBJECT)
    ] == [
        (2, "Ten records came late", True),
        (1, "", False),
    ]
    assert queries.published(SUBJECT, 2025).document.table("nationality").total == 322
    assert (
        queries.published(SUBJECT, 2025, 1).document.table("nationality").total == 312
    )


def test_a_correction_of_too_little_is_refused(ask, first, now):
    later = {**NATIONS, ("ukr",): 241}
    refused = carry_out(ask("One record"), count(later), now)
    assert (refused.failure, refused.failure_params["changed"]) == ("few_changed", 1)


# What the database refuses -------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    (
        {"artefact": "{}", "sha256": sha256(b"{}").hexdigest()},
        {"sha256": "0" * 64},
        {"reason": "other"},
        {"published_by": "Nobody"},
        {"state": "discarded"},
        {"counts": "{}"},
    ),
)
def test_what_was_published_never_changes(first, change):
    with pytest.raises(DatabaseError, match="never changes"):
        Release.objects.filter(pk=first.pk).update(**change)


def test_what_was_published_stays(first):
    with pytest.raises(DatabaseError, match="stays"):
        first.delete()


@pytest.mark.parametrize(
    ("change", "why"),
    (
        ({"artefact": "{}"}, "what was audited never changes"),
        ({"report": {"holds": True, "more": 1}}, "what was audited never changes"),
        ({"rules": {}}, "what a release was asked for never changes"),
        ({"number": 3}, "what a release was asked for never changes"),
    ),
)
def test_what_was_audited_never_changes(ready, change, why):
    with pytest.raises(DatabaseError, match=why):
        Release.objects.filter(pk=ready.pk).update(**change)


def test_only_what_the_audit_let_pass_is_ready(ask, now):
    release = ask()
    text = "{}"
    fields = {
        "state": "ready",
        "artefact": text,
        "counts": text,
        "counted_at": now,
        "ended_at": now,
        "sha256": sha256(text.encode()).hexdigest(),
    }
    for report, digest in (
        ({"holds": False}, fields["sha256"]),
        ({}, fields["sha256"]),
        ({"holds": True}, "0" * 64),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(
                **{**fields, "report": report, "sha256": digest}
            )
    with pytest.raises(DatabaseError, match="looked at before"):
        Release.objects.filter(pk=release.pk).update(
            **{**fields, "report": {"holds": True}, "state": "published",
               "published_at": now}
        )  # fmt: skip


def test_a_number_is_not_left_out(krakow, ready, lead, now):
    with pytest.raises(DatabaseError, match="a correction is of the release before it"):
        Release.objects.create(
            owner=krakow, subject=SUBJECT, year=2025, number=2, corrects=ready,
            reason="x", rules={}, asker_key="user:1", asked_by="L", asked_at=now,
        )  # fmt: skip
