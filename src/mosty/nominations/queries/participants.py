"""Which cities a call is for, and what the rules call them."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import F, Q, QuerySet, Value
from django.utils.translation import gettext as _

from mosty.directory.models import DatedFact, Membership, Organisation
from mosty.kernel.spans import holding_on
from mosty.nominations.models import Call
from mosty.nominations.rules import Rules


def participating(rules: Rules, on: date) -> QuerySet[Organisation]:
    """Return the cities that take part under ``rules`` on a day."""
    return Organisation.objects.filter(taking_part(rules, on))


def taking_part(rules: Rules, on: date) -> Q:
    """Return the condition to take part: member on the day, or an exception; a city."""
    members = Membership.objects.filter(body__slug=rules.members_of).filter(
        holding_on(on)
    )
    named = Q(pk__in=members.values("member"))
    if rules.exceptions:
        named |= Q(slug__in=rules.exceptions)
    return named & Q(kind=Organisation.Kind.CITY)


def for_call(call: Call) -> QuerySet[Organisation]:
    """Return the cities that take part in ``call`` under its rules in force."""
    return participating(call.rules, opening_day(call))


def for_calls(
    calls: Iterable[Call], among: Q | None = None
) -> dict[int, list[Organisation]]:
    """Return, for each call, the cities that take part, all or ``among`` some; one query."""
    found: dict[int, list[Organisation]] = {}
    parts = []
    for call in calls:
        found[call.pk] = []
        cities = for_call(call).filter(among or Q())
        parts.append(cities.annotate(in_call=Value(call.pk)))
    if parts:
        rows = parts[0].union(*parts[1:], all=True).order_by("sort_name", "pk")
        for city in rows:
            found[city.in_call].append(city)
    return found


def opening_day(call: Call) -> date:
    """Return the local day on which membership counts: the day the call opens."""
    return call.course.programme.local(call.opens_at).date()


def names(rules: Rules) -> Mapping[str, str]:
    """Return the names, by slug, of the organisations that ``rules`` speak of."""
    slugs = (rules.members_of, *rules.exceptions)
    return {
        organisation.slug: str(
            organisation.name
            if organisation.slug == rules.members_of
            else organisation.short_name
        )
        for organisation in Organisation.objects.filter(slug__in=slugs)
    }


def unknown(rules: Rules) -> Mapping[str, str]:
    """Return, by rule, what is wrong with the organisations that ``rules`` name."""
    slugs = (rules.members_of, *rules.exceptions)
    kinds = dict(
        Organisation.objects.filter(slug__in=slugs).values_list("slug", "kind")
    )
    found = {}
    if rules.members_of and rules.members_of not in kinds:
        found["members_of"] = _("“%(value)s” is not known here.") % {
            "value": rules.members_of
        }
    strange = [
        slug for slug in rules.exceptions if kinds.get(slug) != Organisation.Kind.CITY
    ]
    if strange:
        found["exceptions"] = _("“%(value)s” is not known here.") % {
            "value": ", ".join(strange)
        }
    return found


def experience(on: date) -> Mapping[int, str]:
    """Return each territory's experience, little or much, as last established by ``on``."""
    facts = (
        DatedFact.objects.filter(
            topic=DatedFact.Topic.EXPERIENCE, superseded_at__isnull=True, as_of__lte=on
        )
        .order_by(F("territory"), "-as_of")
        .distinct("territory")
    )
    return dict(facts.values_list("territory_id", "value"))
