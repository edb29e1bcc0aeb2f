"""How two people without a stake review a practice, and who decides what follows."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.library import policies
from mosty.library.actions import indexing, letters
from mosty.library.actions.practices import SCOPE, locked
from mosty.library.common import texts
from mosty.library.common.ready import NEEDED
from mosty.library.common.years import a_year_after
from mosty.library.models import CRITERIA, Practice, PracticeVersion, Review

State = PracticeVersion.State


class CannotReview(Refusal):
    """The review cannot be asked for or given so; the sentence says why."""


class CannotDecide(Refusal):
    """The practice cannot be published or returned so; the sentence says why."""


@transaction.atomic(durable=True)
def ask(
    *, version: PracticeVersion, reviewer: User, actor: User, now: datetime
) -> Review:
    """
    Ask somebody to review what was submitted, and write to her. Twice is as once.

    :raises PermissionDenied: if ``actor`` decides nothing about this practice.
    :raises CannotReview: if it is not in review, or ``reviewer`` has a stake in it.
    """
    today = timezone.localdate(now)
    require(policies.can_decide(actor, version.practice, today))
    version = _in_review(version)
    there = Review.objects.filter(version=version, reviewer=reviewer).first()
    if there is not None:
        return there
    if policies.has_stake(reviewer, version.practice, today):
        raise CannotReview(
            _(
                "%(name)s wrote this practice or belongs to its city, and so does not "
                "review it."
            )
            % {"name": reviewer},
            fields={"reviewer": _("Choose somebody without a stake in it.")},
        )
    if not policies.reviewers_for(version.practice, today).filter(pk=reviewer.pk):
        raise CannotReview(_("%(name)s cannot sign in now.") % {"name": reviewer})
    review = Review.objects.create(
        version=version,
        reviewer=reviewer,
        asked_at=now,
        asked_by=actor.ledger_label,
    )
    letters.asked(review=review, now=now)
    _record(version, "review.asked", actor, now, after={"reviewer": reviewer.pk})
    return review


@transaction.atomic(durable=True)
def release(*, review: Review, actor: User, now: datetime) -> None:
    """
    Ask somebody no longer, who has not answered. Twice is as once.

    :raises PermissionDenied: if ``actor`` decides nothing about this practice.
    :raises CannotReview: if the review was given.
    """
    practice = review.version.practice
    require(policies.can_decide(actor, practice, timezone.localdate(now)))
    row = _locked(review)
    if row is None:
        return
    if row.given_at is not None:
        raise CannotReview(_("The review has been given meanwhile. It stays."))
    version, reviewer = row.version, row.reviewer_id
    row.delete()
    _record(version, "review.released", actor, now, after={"reviewer": reviewer})


@transaction.atomic(durable=True)
def give(
    *,
    review: Review,
    scores: Mapping[str, int],
    advice: str,
    comment: str,
    actor: User,
    now: datetime,
) -> Review:
    """
    Give a review. It stays as it is given.

    :raises PermissionDenied: if ``actor`` was not asked, or has a stake in it by now.
    :raises CannotReview: if it was given or is asked for no longer, the time is over, or
        something is not said.
    """
    require(policies.can_review(actor, review, timezone.localdate(now)))
    version = _in_review(review.version)
    row = _locked(review)
    if row is None:
        raise CannotReview(_("This review is asked for no longer."))
    if row.given_at is not None:
        raise CannotReview(_("You have given this review already."))
    comment = texts.prose(comment)
    fields = {
        name: _("Choose from 1 to 5.")
        for name in CRITERIA
        if scores.get(name) not in range(1, 6)
    }
    if advice not in Review.Advice.values:
        fields["advice"] = _("Say what you advise.")
    if not comment:
        fields["comment"] = _("Write at least a sentence: the city reads it.")
    if fields:
        raise CannotReview(_("Something is not said yet."), fields=fields)
    for name in CRITERIA:
        setattr(row, name, scores[name])
    row.advice, row.comment, row.given_at = advice, comment, now
    row.save()
    _record(version, "review.given", actor, now, after={"advice": advice})
    return row


@transaction.atomic(durable=True)
def publish(
    *, version: PracticeVersion, reason: str, actor: User, now: datetime
) -> PracticeVersion:
    """
    Publish what two reviewers advised to publish.

    :raises PermissionDenied: if ``actor`` decides nothing about this practice.
    :raises CannotDecide: if two have not, or others advise against it and no ``reason``
        says why it is published all the same.
    :raises CannotReview: if it is not in review any more.
    """
    today = timezone.localdate(now)
    require(policies.can_decide(actor, version.practice, today))
    version = _in_review(version)
    # Locked: of a publishing and a yearly question one comes first.
    practice = (
        Practice.objects.select_for_update(of=("self",))
        .select_related("city")
        .get(pk=version.practice_id)
    )
    advice = [one.advice for one in version.reviews.all() if one.given_at]
    if advice.count(Review.Advice.PUBLISH) < NEEDED:
        raise CannotDecide(_("Two reviewers must advise to publish it."))
    reason = texts.line(reason)
    if len(set(advice)) > 1 and not reason:
        sentence = _("A reviewer advises otherwise. Say why it is published.")
        raise CannotDecide(sentence, fields={"reason": sentence})
    _decide(version, State.PUBLISHED, reason, actor, now)
    practice.confirm_on = a_year_after(today)
    practice.confirmed_on = today
    practice.save()
    version.practice = practice
    letters.decided(version=version, now=now)
    indexing.practice_changed(practice)
    _record(version, "practice.published", actor, now, reason=reason)
    return version


@transaction.atomic(durable=True)
def give_back(
    *, version: PracticeVersion, reason: str, actor: User, now: datetime
) -> PracticeVersion:
    """
    Return a practice to its city, with what should change. The city may begin again.

    :raises PermissionDenied: if ``actor`` decides nothing about this practice.
    :raises CannotDecide: if no reason is given.
    :raises CannotReview: if it is not in review any more.
    """
    require(policies.can_decide(actor, version.practice, timezone.localdate(now)))
    version = _in_review(version)
    reason = texts.line(reason)
    if not reason:
        sentence = _("Say what should change.")
        raise CannotDecide(sentence, fields={"reason": sentence})
    _decide(version, State.RETURNED, reason, actor, now)
    letters.decided(version=version, now=now)
    _record(version, "practice.returned", actor, now, reason=reason)
    return version


def _decide(
    version: PracticeVersion, state: str, reason: str, actor: User, now: datetime
) -> None:
    version.state = state
    version.decided_at = now
    version.decided_by = actor.ledger_label
    version.decided_reason = reason[:1000]
    version.save()


def _locked(review: Review) -> Review | None:
    """Return the review as it is now, locked; None if it is asked for no longer."""
    return (
        Review.objects.select_for_update(of=("self",))
        .select_related("version")
        .filter(pk=review.pk)
        .first()
    )


def _in_review(version: PracticeVersion) -> PracticeVersion:
    """
    Return the version, locked.

    :raises CannotReview: if it is not in review any more.
    """
    version = locked(version)
    if version.state != State.SUBMITTED:
        raise CannotReview(_("This is not in review any more."))
    return version


def _record(
    version: PracticeVersion,
    verb: str,
    actor: User,
    now: datetime,
    *,
    reason: str = "",
    after: Mapping[str, object] | None = None,
) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        target=version.practice,
        at=now,
        scope=SCOPE,
        reason=reason,
        after={"version": version.number, **(after or {})},
    )
