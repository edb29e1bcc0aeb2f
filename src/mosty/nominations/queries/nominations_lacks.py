"""What a nomination lacks before it can be submitted, in words."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mosty.directory.models import Organisation
from mosty.nominations.models import Nomination
from mosty.nominations.rules import Rules
from mosty.nominations.rules.check import Entry, breaches, say

# Fields that a draft may leave empty.
NEEDED: Mapping[str, Promise] = {
    "email": gettext_lazy("e-mail"),
    "position": gettext_lazy("position"),
    "department": gettext_lazy("kind of unit"),
    "level": gettext_lazy("level of the post"),
}


def sentences(
    row: Nomination, rules: Rules, city: Organisation, *, takes_part: bool
) -> list[str]:
    """Return what must be filled in, then every rule about a person that is not kept."""
    missing = [str(label) for name, label in NEEDED.items() if not getattr(row, name)]
    said = []
    if missing:
        said.append(
            _("Still to be filled in: %(fields)s.") % {"fields": ", ".join(missing)}
        )
    entry = Entry(
        organisation=city.slug,
        takes_part=takes_part,
        department=row.department,
        level=row.level,
        in_post_since=row.in_post_since,
    )
    return said + [
        say(breach, rules)
        for breach in breaches(rules, entry)
        # What is empty has been said already.
        if breach.params.get("value", "-") != ""
    ]


def words(
    rules: Rules, *, takes_part: bool, department: str, level: str, position: str
) -> Iterator[str]:
    """Yield the same in few words, for a list."""
    if not takes_part:
        yield _("city outside the call")
    if not department:
        yield str(NEEDED["department"])
    elif rules.departments and department not in rules.departments:
        yield _("unit outside the call")
    if not level:
        yield str(NEEDED["level"])
    elif rules.levels and level not in rules.levels:
        yield _("level outside the call")
    if not position:
        yield str(NEEDED["position"])
