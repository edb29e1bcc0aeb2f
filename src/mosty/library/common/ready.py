"""What a practice needs before it is reviewed, and before it is published."""

from datetime import date

from django.utils.translation import gettext as _

from mosty.library.common import template
from mosty.library.common.years import a_year_after
from mosty.library.models import PracticeVersion

# So many reviewers must advise to publish; the database holds it, too.
NEEDED = 2


def lacks(version: PracticeVersion, today: date) -> dict[str, str]:
    """Return what a version lacks to be submitted, by field."""
    found = template.faults({name: getattr(version, name) for name in template.PARTS})
    for name, sentence in (
        ("areas", _("Choose at least one policy area.")),
        ("groups", _("Choose at least one target group.")),
        ("place", _("This is missing.")),
        ("started_on", _("This is missing.")),
    ):
        if not getattr(version, name):
            found[name] = sentence
    begun = version.started_on
    if begun and not version.in_trial and a_year_after(begun) > today:
        found["started_on"] = _(
            "A practice is at least one year old. Mark a younger one as in trial."
        )
    return found
