"""What a year in numbers says of its tables, in the five languages of its readers."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from mosty.figures.tables import UNMAPPED, UNSTATED
from mosty.kernel.languages import EVERYONE

TITLE = _("The year in numbers")
YEAR = _("The year %(year)s in numbers")
RELEASE = _("Release %(number)s, published on %(day)s")
HIDDEN = pgettext_lazy("number", "hidden")
HIDDEN_RULE = _(
    "Numbers smaller than %(least)s are hidden, so that nobody can be recognised. Others are hidden with them, so that these cannot be worked out: they may be large. Hidden is not zero."
)
# Offices of some countries number quarters in Roman numerals.
QUARTER = _("Q%(number)s %(year)s")
TOTAL = _("Total")
SHARE = _("Share")
PAGE = pgettext_lazy("of a document", "page")
SOURCE = _(
    "The point's own records: a form after each consultation, kept without names."
)
# By the tables' slugs.
TITLES: dict[str, str | Promise] = {
    "month": _("Months"),
    "channel": _("How people got in touch"),
    "language": _("Languages"),
    "topic": _("Topics"),
    "main-topic": _("Main topics"),
    "topic-month": _("Topics by month"),
    "nationality": _("Nationalities"),
    "nationality-topic": _("Topics by nationality"),
    "sex-age": _("Sex and age"),
    "legal-status": _("Legal status"),
    "district": _("Districts"),
    "outcome": _("How consultations ended"),
    "referral": _("Where people were referred to"),
    "returning": _("First and further visits"),
    "duration": _("How long it took"),
    "interpreter": _("Interpreters"),
    "opinions": _("What visitors thought"),
    "workshop-month": _("Persons at workshops by month"),
    "workshop-topic": _("Persons at workshops by topic"),
    "workshop-language": _("Persons at workshops by language"),
    "workshop-sex-age": _("Persons at workshops by sex and age"),
}
# By the dimensions' names.
DIMENSIONS: dict[str, str | Promise] = {
    "month": _("Month"),
    "channel": pgettext_lazy("consultation", "Channel"),
    "language": _("Language"),
    "topic": _("Topic"),
    "workshop_topic": _("Topic"),
    "main_topic": _("Main topic"),
    "nationality": _("Nationality"),
    "sex": _("Sex"),
    "age_band": _("Age"),
    "legal_status": _("Legal status"),
    "district": _("District"),
    "outcome": _("Outcome"),
    "referral": _("Referred to"),
    "returning": _("Visit"),
    "duration": _("Duration"),
    "interpreter": _("Interpreter"),
    "score": pgettext_lazy("opinion", "Mark"),
    "point": _("City"),
}
MEASURES: dict[str, tuple[str | Promise, str | Promise, str | Promise]] = {
    "contacts": (
        _("Consultations"),
        _("consultations"),
        _(
            "Every consultation is counted once, whatever it was about. Somebody who came twice is counted twice: consultations are not persons."
        ),
    ),
    "mentions": (
        _("Topics named"),
        _("consultations with the topic"),
        _(
            "A consultation is counted under each of its topics: the numbers add up to more than there were consultations."
        ),
    ),
    "persons": (
        _("Persons at workshops"),
        _("persons"),
        _(
            "Whoever was at a workshop is counted once for each workshop. Persons at consultations are not counted here."
        ),
    ),
    "opinions": (
        _("Opinions"),
        _("answers"),
        _(
            "Visitors give a mark from 1 to 5 on a sheet without a name. Not everybody answers."
        ),
    ),
}
# Codes that are on no list.
LABELS: dict[str, str | Promise] = {
    UNSTATED: _("not stated"),
    UNMAPPED: _("not on the common list"),
    "new": pgettext_lazy("visitor", "first time"),
    "returning": pgettext_lazy("visitor", "has been here before"),
    "unknown": pgettext_lazy("visitor", "not known"),
    "yes": _("with an interpreter"),
    "no": _("without an interpreter"),
}
SINGLES: dict[str, tuple[str | Promise, str | Promise, str | Promise]] = {
    "workshops": (
        _("Workshops"),
        _("workshops"),
        _("Meetings for groups that the point held."),
    ),
    "guides": (
        _("Guides"),
        _("guides"),
        _("Guides that the point published, each counted once in all its languages."),
    ),
}


def texts(words: str | Promise) -> dict[str, str]:
    """Return ``words`` in all five languages."""
    return in_all(lambda _language: str(words))


def in_all(said: Callable[[str], str]) -> dict[str, str]:
    """Return what ``said`` returns in each of the five languages."""
    found = {}
    for language in EVERYONE:
        with override(language):
            found[language] = said(language)
    return found
