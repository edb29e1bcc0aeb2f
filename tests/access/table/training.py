"""Delivering a course: timetable, attendance, groups, materials."""

from tests.access.circles import (
    CITIES,
    COORDINATOR,
    COURSE,
    EVERYBODY,
    GATHERERS,
    PARTNERS,
    TRAINER,
    TRAINERS,
)
from tests.access.rules import Table, button, file, form, page

# Who says who was there: whoever leads the session, coordinator, secretariat.
MARKERS = GATHERERS | TRAINER
KEEPERS = COORDINATOR | TRAINER

DAYS: Table = {
    # A city sees its own people there.
    "training:roster": page(COURSE | CITIES),
    "training:roster_csv": file(COURSE | CITIES),
    "training:roster_xlsx": file(COURSE | CITIES),
    "training:sheets": file(COURSE),
    "training:sheet": file(COURSE),
    "training:timetable": form(COURSE, COORDINATOR),
    "training:timetable/new": form(COURSE, COORDINATOR),
    "training:my_calendar": form(TRAINERS),
    "training:attendance": page(COURSE),
    "training:attendance_csv": file(COURSE),
    "training:attendance_xlsx": file(COURSE),
    "training:attendance_session": form(MARKERS),
    "training:attendance_sheet": form(MARKERS),
    "training:completion_rule": form(COORDINATOR),
    # Nobody leads this session.
    "training:screen": page(GATHERERS),
    # By the code on the screen, or by this very phone's cookie.
    "training:check_in": form(EVERYBODY),
    "training:checked_in": page(EVERYBODY),
}

GROUPS: Table = {
    "training:groups": page(COURSE),
    "training:groups/none": page(PARTNERS),
    "training:groups_make": form(KEEPERS),
    "training:groups_change": form(KEEPERS, round="1"),
    "training:groups_remix": form(KEEPERS),
    "training:groups_hold": button(KEEPERS),
    "training:group_sheets": file(COURSE),
    "training:group_list": file(COURSE),
    "training:name_tents": file(COURSE),
}

MATERIALS: Table = {
    "training:materials": page(COURSE),
    "training:materials/empty": page(PARTNERS),
    "training:material_add": form(KEEPERS),
    "training:material_add_link": form(KEEPERS),
    "training:material_change": form(KEEPERS),
    "training:material_renew": form(KEEPERS),
    "training:material_withdraw": form(KEEPERS),
    "training:material_version": page(COURSE),
    # For participants, who come by their link, and for whoever delivers the course.
    "training:material_file": page(COURSE),
    # Whatever files each may read: a city those for the network. What is public here is
    # a link.
    "training:materials_zip": page(COURSE | CITIES),
}

TABLE: Table = {**DAYS, **GROUPS, **MATERIALS}
