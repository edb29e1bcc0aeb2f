"""
A nominee's data is emptied; the nomination stays, under its code alone.

Draws, seats and counts go by codes and stay true. A constraint holds what is erased empty.
"""

from datetime import datetime

from mosty.directory.models import Gender
from mosty.nominations.models import Comment, Needs, Nomination, PossibleDuplicate
from mosty.nominations.models.nominations import ERASED_HOST, ERASED_NAME


def empty(*, nomination: Nomination, now: datetime) -> dict[str, int]:
    """
    Empty what is kept of the nominee here; return how much there was, for the ledger.

    Call it inside an action's transaction that has locked the nomination.
    """
    nomination.given_name = ERASED_NAME
    nomination.family_name = nomination.code
    nomination.email = f"{nomination.code.lower()}@{ERASED_HOST}"
    nomination.gender = Gender.UNSTATED
    nomination.position = nomination.motivation = ""
    nomination.in_post_since = None
    nomination.erased_at = nomination.changed_at = now
    nomination.save()
    comments, _by_kind = Comment.objects.filter(nomination=nomination).delete()
    needs, _by_kind = Needs.objects.filter(nomination=nomination).delete()
    for side in ("first", "second"):
        PossibleDuplicate.objects.filter(**{side: nomination}).update(reason="")
    return {"comments": comments, "needs": needs}
