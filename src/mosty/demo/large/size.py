"""How large a large installation is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """How many of what; the defaults are what every page is measured with."""

    cities: int = 300
    # Who has, or had, a seat.
    people: int = 10_000
    courses: int = 40
    courses_of_a_programme: int = 8
    # Of ten nominated so many have no seat in the end.
    passed_over: int = 2
    plans_of_a_city: int = 2
    actions_of_a_plan: int = 10
    practices: int = 300
    points: int = 20
    consultations: int = 1_000_000
    years: int = 4

    @property
    def held(self) -> int:
        """Return how many courses are over: one is being selected for, one is open."""
        return self.courses - 2

    def seats_of(self, number: int) -> int:
        """Return how many seats the ``number``-th course has: all together have ``people``."""
        each, more = divmod(self.people, self.held)
        return each + (number < more)

    def nominations_of(self, number: int) -> int:
        """Return how many are nominated for the ``number``-th course."""
        return self.seats_of(number) * 10 // (10 - self.passed_over)


LARGE = Size()
