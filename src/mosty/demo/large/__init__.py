"""
A large installation around the small demo: what years of a whole country would leave.

Made for measuring, and written in bulk. Every constraint and every guard of the database
holds, and acts that decide (rules, draws, signatures, timetables, plans signed off) are
those that people use. All cities, people and numbers are fictional, and their names say so.
"""

from datetime import datetime

from mosty.demo.cast import Say, gather, morning
from mosty.demo.large import (
    courses,
    delivery,
    library,
    places,
    plans,
    points,
    seats,
)
from mosty.demo.large.size import LARGE, Size
from mosty.library.actions import search

__all__ = ["LARGE", "Size", "fill"]


def fill(now: datetime, say: Say, size: Size = LARGE) -> dict[str, int]:
    """Fill the installation in which the demo has been played; return what there is."""
    now = morning(now)
    cast = gather()
    cities = places.fill(size.cities, cast)
    say(f"Large: {len(cities)} cities with a contact each (fictional).")
    held, drawn, running = courses.fill(size, cast, now)
    people = seats.fill([*held, drawn], cities, size, cast, say)
    seats.nominate(running, cities, size.nominations_of(size.held + 1))
    delivery.fill(held, cast, now, say)
    plans.fill(cities, [call.course.programme for call in held], size, now, say)
    library.fill(cities, cast, size, now, say)
    consultations = points.fill(cities, size, now, say)
    say(f"Large: {search.reindex()} documents to search.")
    return {
        "cities": len(cities),
        "courses": size.courses,
        "people": people,
        "consultations": consultations,
    }
