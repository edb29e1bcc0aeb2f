"""What entries of the ledger say, in words; a noun, since it is said of anybody."""

from collections.abc import Mapping

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, str | Promise] = {
    "calendar.given": _("address of a calendar made"),
    "calendar.replaced": _("address of a calendar replaced"),
    "attendance.corrected": _("attendance corrected"),
    "attendance.exported": _("attendance exported"),
    "attendance.marked": _("attendance marked"),
    "call.created": _("call drafted"),
    "call.edited": _("call changed"),
    "call.published": _("call published"),
    "call.cancelled": _("call cancelled"),
    "call.rules_changed": _("rules changed after opening"),
    "call.closing_moved": _("closing time moved"),
    "call.settled": _("input of the draw settled"),
    "call.seed_entered": _("seed of the draw entered"),
    "call.sent": _("call sent to cities"),
    "city.declined": _("city nominates nobody"),
    "city.let_through": _("city let through with fewer people"),
    "cities.exported": _("cities of a call exported"),
    "city.reminded": _("city reminded"),
    "completion.rule_set": _("rule of completion set"),
    "course.created": _("course planned"),
    "course.cloned": _("course copied"),
    "course.edited": _("course changed"),
    "course.discarded": _("course discarded"),
    "course.published": _("course published"),
    "course.unpublished": _("course hidden"),
    "course.topics_set": _("topics of a course set"),
    "course.provisions_set": _("who provides what set"),
    "course.participants_written": _("messages to participants written"),
    "course.sessions_set": _("timetable set"),
    "course.timetable_published": _("timetable published"),
    "duplicate.decided": _("possible duplicate decided"),
    "fact.added": _("dated fact recorded"),
    "fact.correction_proposed": _("correction proposed"),
    "fact.correction_accepted": _("correction accepted"),
    "fact.correction_refused": _("correction refused"),
    "import.uploaded": _("list uploaded"),
    "import.mapped": _("columns of a list named"),
    "import.taken_over": _("list taken over"),
    "import.dropped": _("list dropped"),
    "material.added": _("material added"),
    "material.changed": _("material changed"),
    "material.renewed": _("new version of a material"),
    "material.withdrawn": _("material withdrawn"),
    "ledger.exported": _("ledger exported"),
    "membership.started": _("membership started"),
    "membership.ended": _("membership ended"),
    "messages.exported": _("messages exported"),
    "figure.cited": _("published figure added"),
    "figure.taken_out": _("published figure taken out"),
    "numbers.exported": _("programme's numbers exported"),
    "message.released": _("message released"),
    "message.retried": _("message tried again"),
    "message.withdrawn": _("message withdrawn"),
    "needs.deleted": _("needs deleted after the course"),
    "nomination.drafted": _("nomination drafted"),
    "nomination.changed": _("nomination changed"),
    "nomination.submitted": _("nomination submitted"),
    "nomination.withdrawn": _("nomination withdrawn"),
    "nomination.checked": _("nomination checked"),
    "nomination.unchecked": _("check of a nomination taken back"),
    "nomination.commented": _("comment written"),
    "nominations.exported": _("nominations exported"),
    "nominations.ordered": _("city's order of nominees set"),
    "nominee.confirmed": _("nomination confirmed by the nominee"),
    "nominee.declined": _("nomination declined by the nominee"),
    "nominee.reminded": _("nominee reminded"),
    "offer.made": _("seat offered"),
    "offer.accepted": _("offer accepted"),
    "offer.cancelled": _("offer or seat ended, its call cancelled"),
    "offer.declined": _("offer declined"),
    "offer.expired": _("offer expired"),
    "offer.withdrawn": _("offer ended, its nomination withdrawn"),
    "offer.given_back": _("seat given back"),
    "organisations.exported": _("organisations exported"),
    "offer.reminded": _("reminder of an offer"),
    "organisation.added": _("organisation added"),
    "organisation.changed": _("organisation changed"),
    "people.exported": _("people exported"),
    "places.exported": _("places exported"),
    "programme.created": _("programme begun"),
    "programme.edited": _("programme changed"),
    "programme.partners_set": _("partners of a programme set"),
    "programme.published": _("programme published"),
    "programme.unpublished": _("programme hidden"),
    "role.granted": _("role given"),
    "role.ended": _("role ended"),
    "roster.exported": _("roster exported"),
    "run.exported": _("run exported"),
    "run_copy.exported": _("public copy of a run exported"),
    "seat.left_free": _("seat left free"),
    "seat.not_passed_on": _("seat waits for a person"),
    "selection.impossible": _("rules found that no group keeps"),
    "selection.asked": _("calculation asked for"),
    "selection.calculation_cancelled": _("calculation cancelled"),
    "selection.calculation_failed": _("calculation without a result"),
    "selection.numbered": _("numbered list of groups made"),
    "selection.number_entered": _("number drawn in public entered"),
    "selection.solved_again": _("run solved again"),
    "selection.tried": _("selection tried"),
    "selection.drawn": _("selection drawn"),
    "selection.changed": _("selection changed by hand"),
    "selection.discarded": _("selection discarded"),
    "selection.signed": _("selection signed"),
    "selection.announced": _("selection announced"),
    "territory.added": _("place added"),
    "territory.changed": _("place changed"),
    "territory.code_added": _("code of a place added"),
    "users.exported": _("users exported"),
    "user.added": _("user added"),
    "user.changed": _("user's data changed"),
    "user.deactivated": _("right to sign in taken"),
    "user.reactivated": _("right to sign in given back"),
}


def in_words(verb: str) -> str:
    """Return what ``verb`` says; the verb itself if it is new."""
    return str(WORDS.get(verb, verb))


def choices() -> list[tuple[str, str]]:
    """Return every verb with its words, by its words."""
    pairs = ((verb, str(words)) for verb, words in WORDS.items())
    return sorted(pairs, key=lambda pair: pair[1])


def target_in_words(kind: str) -> str:
    """Return what kind of thing an entry is about, such as "nomination"."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind
