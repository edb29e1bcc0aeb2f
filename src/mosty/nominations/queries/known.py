"""What is known of a call's cities: today, or when the seed of its draw was entered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mosty.directory.models import Membership, Organisation
from mosty.kernel.spans import holding_on
from mosty.nominations.models import Call, KnownCities, Nomination
from mosty.nominations.queries import participants
from mosty.nominations.rules import Rules


@dataclass(frozen=True, slots=True)
class Known:
    """Which cities take part under some rules, and the experience of each, by address."""

    taking_part: frozenset[str]
    experience: Mapping[str, str]


# For each earlier call of the programme: its address, and city -> seats taken.
EarlierSeats = list[dict[str, Any]]
# Seats belong to a higher app, which says what they are from here on.
_asked: list[Callable[[Call], EarlierSeats]] = []


def ask_for_seats(source: Callable[[Call], EarlierSeats]) -> None:
    """Let ``source`` say which seats cities took in earlier courses; called at the start."""
    _asked[:] = [source]


def seats_now_of(call: Call) -> EarlierSeats:
    """Return the seats that cities took in earlier courses of the programme of ``call``."""
    return [row for source in _asked for row in source(call)]


def kept_seats(call: Call) -> EarlierSeats | None:
    """Return the earlier seats that were kept with the seed, None if none were."""
    return KnownCities.objects.filter(call=call).values_list("seats", flat=True).first()


def known(call: Call, rules: Rules) -> Known:
    """
    Return what a draw of ``call`` under ``rules`` goes by.

    Once the seed is known that is what was known when it was entered: whoever knows the
    seed could otherwise choose who is drawn by changing what the directory says.
    """
    kept = KnownCities.objects.filter(call=call).first()
    cities: Mapping[str, Mapping[str, Any]] = kept.cities if kept else now_of(call)
    return Known(
        taking_part=frozenset(
            slug
            for slug, city in cities.items()
            if rules.members_of in city["member_of"] or slug in rules.exceptions
        ),
        experience={slug: city["experience"] for slug, city in cities.items()},
    )


def now_of(call: Call) -> dict[str, dict[str, Any]]:
    """Return what the directory says of the cities that nominated; three queries."""
    nominating = Nomination.objects.filter(call=call, state=Nomination.State.SUBMITTED)
    cities = {
        city.pk: city
        for city in Organisation.objects.filter(
            pk__in=nominating.values("organisation"), kind=Organisation.Kind.CITY
        )
    }
    on = participants.opening_day(call)
    bodies: dict[int, list[str]] = {key: [] for key in cities}
    for member, body in (
        Membership.objects.filter(member__in=cities)
        .filter(holding_on(on))
        .order_by("body__slug")
        .values_list("member", "body__slug")
    ):
        bodies[member].append(body)
    experience = participants.experience(last_day(call))
    return {
        city.slug: {
            "member_of": bodies[key],
            "experience": experience.get(city.territory_id or 0, ""),
        }
        for key, city in cities.items()
    }


def last_day(call: Call) -> date:
    """Return the last local day that counts: the moment of closing is midnight after it."""
    return call.course.programme.local(call.closes_at - timedelta(minutes=1)).date()
