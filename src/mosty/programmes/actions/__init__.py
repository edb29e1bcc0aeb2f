"""What may change about programmes and courses, and in what state."""

from mosty.programmes.actions.content import (
    CannotSetProvisions,
    CannotSetTopics,
    Provided,
    set_provisions,
    set_topics,
)
from mosty.programmes.actions.courses import (
    CannotChangeCourse,
    CannotCloneCourse,
    CannotDiscardCourse,
    CannotPublishCourse,
    CourseDetails,
    CourseGone,
    clone_course,
    create_course,
    discard_course,
    edit_course,
    publish_course,
    unpublish_course,
)
from mosty.programmes.actions.partners import CannotSetPartners, Partner, set_partners
from mosty.programmes.actions.programmes import (
    CannotChangeProgramme,
    CannotPublishProgramme,
    ProgrammeDetails,
    create_programme,
    edit_programme,
    publish_programme,
    unpublish_programme,
)
from mosty.programmes.actions.sessions import (
    CannotSetSessions,
    ChangedMeanwhile,
    PlannedSession,
    set_sessions,
)
from mosty.programmes.actions.timetables import CannotPublishTimetable, add_version

__all__ = [
    "CannotChangeCourse",
    "CannotChangeProgramme",
    "CannotCloneCourse",
    "CannotDiscardCourse",
    "CannotPublishCourse",
    "CannotPublishProgramme",
    "CannotPublishTimetable",
    "CannotSetPartners",
    "CannotSetProvisions",
    "CannotSetSessions",
    "CannotSetTopics",
    "ChangedMeanwhile",
    "CourseDetails",
    "CourseGone",
    "Partner",
    "PlannedSession",
    "ProgrammeDetails",
    "Provided",
    "add_version",
    "clone_course",
    "create_course",
    "create_programme",
    "discard_course",
    "edit_course",
    "edit_programme",
    "publish_course",
    "publish_programme",
    "set_partners",
    "set_provisions",
    "set_sessions",
    "set_topics",
    "unpublish_course",
    "unpublish_programme",
]
