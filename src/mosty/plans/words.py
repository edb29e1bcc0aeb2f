"""What is said of plans in several places alike."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from mosty.plans.content import Indicator
from mosty.plans.models import Status

# Which of the quiet colours of states a status has.
STATUS_KINDS: Mapping[str, str] = {
    Status.NOT_STARTED: "plain",
    Status.GOING_ON: "open",
    Status.DONE: "in",
    Status.STOPPED: "no",
}


def number_words(value: Decimal | None) -> str:
    """Return 5 for 5.00, as the reader's language writes numbers; empty for None."""
    if value is None:
        return ""
    plain = value.normalize()
    places = max(0, -int(plain.as_tuple().exponent))
    return str(number_format(value, decimal_pos=places, force_grouping=True))


def indicator_words(indicator: Indicator) -> str:
    """Return an indicator as "people helped: from 0 to 300 (persons)"."""
    if not indicator.is_said:
        return ""
    unit = f" ({indicator.unit})" if indicator.unit else ""
    values = {
        "what": indicator.text,
        "from": number_words(indicator.baseline),
        "to": number_words(indicator.target),
        "unit": unit,
    }
    if indicator.baseline is not None and indicator.target is not None:
        return _("%(what)s: from %(from)s to %(to)s%(unit)s") % values
    if indicator.target is not None:
        return _("%(what)s: target %(to)s%(unit)s") % values
    if indicator.baseline is not None:
        return _("%(what)s: baseline %(from)s%(unit)s") % values
    return indicator.text + unit
