"""What messages are about, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, str | Promise] = {
    "accounts.welcome": _("welcome to a new user"),
    "evaluation.invitation": _("invitation to give feedback"),
    "evaluation.reminder": _("reminder to give feedback"),
    "library.review": _("request for a review"),
    "library.published": _("practice published"),
    "library.returned": _("practice returned"),
    "library.adopted": _("practice adopted"),
    "library.confirm": _("question whether a practice still holds"),
    "nominations.invitation": _("call to a city"),
    "nominations.reminder": _("reminder to a city"),
    "nominations.nominated": _("question to a nominee"),
    "nominations.withdrawn": _("nomination withdrawn"),
    "nominations.rules_changed": _("rules changed"),
    "nominations.closing_moved": _("closing time moved"),
    "nominations.cancelled": _("call cancelled"),
    "partnerships.review": _("agreement due for review"),
    "selection.offer": _("offer of a seat"),
    "selection.offer_reminder": _("reminder of an offer"),
    "selection.reserve": _("place on the reserve list"),
    "selection.not_selected": _("not selected"),
    "selection.not_eligible": _("not eligible"),
    "selection.city_results": _("result for a city"),
    "selection.accepted": _("seat confirmed"),
    "selection.given_back": _("seat given back"),
    "selection.expired": _("offer expired"),
    "selection.call_cancelled": _("seat cancelled with its call"),
    "plans.check_in": _("question how an action plan goes"),
    "plans.reminder": _("reminder of a check-in"),
    "plans.escalation": _("open check-in, to the city's contact"),
    "plans.help_answer": _("message of another city"),
    "training.timetable_changed": _("timetable changed"),
    "training.reminder": _("reminder of a course"),
    "training.thanks": _("thanks after a course"),
    "training.certificate": _("certificate ready"),
    "training.certificate_revoked": _("certificate revoked"),
}


def in_words(kind: str) -> str:
    """Return what messages of this kind are about; the kind itself if it is new."""
    return str(WORDS.get(kind, kind))
