"""What is always true of programmes, courses and sessions."""

from mosty.programmes.models.courses import Course, Provision, Topic
from mosty.programmes.models.programmes import Partnership, Programme
from mosty.programmes.models.sessions import Session, SessionTrainer
from mosty.programmes.models.timetables import TimetableVersion

__all__ = [
    "Course",
    "Partnership",
    "Programme",
    "Provision",
    "Session",
    "SessionTrainer",
    "TimetableVersion",
    "Topic",
]
