"""The sentences of a draft for the press, in five languages."""

from django.utils.translation import gettext_lazy as _

HEADING = _("Draft for the press: %(title)s, %(year)s")
CONSULTATIONS = _("Consultations at the point in %(year)s: %(value)s.")
PERSONS = _("Persons at its workshops in %(year)s: %(value)s.")
# Of a table: the largest of what is shown, with its share.
MOST = {
    "channel": _("People got in touch mostly this way: %(label)s (%(share)s)."),
    "language": _("The language spoken most: %(label)s (%(share)s)."),
    "nationality": _("The citizenship met most: %(label)s (%(share)s)."),
    "topic": _(
        "The topic named most: %(label)s (in %(share)s of consultations; one may have several)."
    ),
    "month": _("The busiest month: %(label)s (%(value)s)."),
}
SMALL = _(
    "Numbers smaller than %(least)s are not published, so that nobody can be recognised."
)
DEFINITIONS = _("What is counted")
SOURCE = _("Source: %(source)s %(address)s")
