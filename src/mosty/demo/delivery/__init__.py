"""What follows a roster: the course is held. Each part has a file of its own."""

from datetime import datetime

from mosty.demo.cast import Cast, Say
from mosty.demo.delivery import (
    attendance,
    certificates,
    feedback,
    groups,
    materials,
    timetable,
)
from mosty.programmes.models import Course


def play(course: Course, cast: Cast, now: datetime, say: Say) -> None:
    """Hold ``course``, whose days are over, step by step in the order of the days."""
    timetable.remind(course, cast, say)
    say(f"Held: {course}, {course.starts_on} to {course.ends_on}.")
    materials.hand_on(course, cast, now, say)
    groups.play(course, cast, now, say)
    attendance.play(course, cast, now, say)
    certificates.play(course, cast, now, say)
    feedback.play(course, cast, now, say)
