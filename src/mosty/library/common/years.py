"""A year from a day."""

from datetime import date


def a_year_after(day: date) -> date:
    """Return the same day of the next year; 28 February after the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
