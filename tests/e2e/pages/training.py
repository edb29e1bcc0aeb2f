"""Delivering a course: timetable, attendance, groups, materials."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from mosty.accounts.models import Role
from mosty.outbox.models import Link
from mosty.training import checkin
from mosty.training.queries.roster import half_days
from tests.e2e.academy import Academy
from tests.e2e.pages.page import DONE, Args, Page, held_key, programme


def _course_key(academy: Academy) -> Mapping[str, Any]:
    return {"pk": academy.call(DONE).course_id}


def _held(academy: Academy) -> Mapping[str, Any]:
    return {**programme(academy), "course": academy.material.course.slug}


def _material(academy: Academy) -> Mapping[str, Any]:
    return {"pk": academy.material.course_id, "material": academy.material.pk}


def _session_held(academy: Academy) -> dict[str, Any]:
    session = academy.held_session
    return {"pk": session.course_id, "session": session.pk}


def _on(academy: Academy) -> dict[str, Any]:
    session = academy.session_on
    return {"pk": session.course_id, "session": session.pk}


def _scanned(academy: Academy) -> dict[str, Any]:
    session = academy.session_on
    return {"pk": session.pk, "code": checkin.code(session, timezone.now())}


def _taken(academy: Academy) -> dict[str, Any]:
    certified = academy.certificate("issued")
    return {"token": academy.token("course", certified.offer.code)}


def _taken_home(academy: Academy) -> dict[str, Any]:
    return {**_taken(academy), "pk": academy.material.pk}


def _calendar(academy: Academy) -> dict[str, Any]:
    return {"token": Link.objects.filter(purpose="calendar").earliest("pk").token}


def _half_day(academy: Academy) -> dict[str, Any]:
    course = academy.call(DONE).course
    return {"pk": course.pk, "key": half_days(course)[0].key}


def _groups(academy: Academy) -> dict[str, Any]:
    return {"pk": academy.groups.course_id}


def _held_groups(academy: Academy) -> dict[str, Any]:
    return {"pk": academy.held_groups.course_id}


def _two_places(academy: Academy) -> str:
    first, second = academy.two_places
    return f"?round=1&first={first}&target={second}"


TRAINING = (
    *(
        Page("training:roster", role, _course_key, variant=role)
        for role in (Role.TRAINER, Role.COORDINATOR, Role.CITY)
    ),
    Page("training:timetable", Role.COORDINATOR, _course_key),
    Page("training:timetable", Role.PARTNER, lambda a: {"pk": a.first_draft.pk}, "new"),
    Page("training:timetable", Role.COORDINATOR, lambda a: {"pk": a.moved.pk}, "moved"),
    Page("training:my_calendar", Role.TRAINER),
    Page("training:attendance", Role.TRAINER, held_key),
    Page("training:attendance_session", Role.TRAINER, _session_held),
    Page("training:attendance_sheet", Role.COORDINATOR, _session_held),
    Page("training:completion_rule", Role.COORDINATOR, held_key),
    Page("training:screen", Role.COORDINATOR, _on),
    Page("training:check_in", args=_scanned),
    Page("training:check_in", args=lambda a: {**_scanned(a), "code": "X" * 10},
         variant="old", status=410),
    Page("training:checked_in", args=lambda a: {"pk": a.session_on.pk}),
)  # fmt: skip

GROUPS = (
    Page("training:groups", Role.COORDINATOR, _groups),
    Page("training:groups", Role.TRAINER, _held_groups, "table", "?view=table"),
    Page(
        "training:groups",
        Role.PARTNER,
        lambda a: {"pk": a.bare_course.pk},
        "none",
    ),
    Page("training:groups_make", Role.COORDINATOR, _groups),
    Page("training:groups_change", Role.COORDINATOR, _groups, query=_two_places),
    Page("training:groups_remix", Role.COORDINATOR, _groups),
)

MATERIALS = (
    *(
        Page(f"training:{name}", role, args, variant)
        for name, role, args, variant in (
            ("materials", Role.TRAINER, held_key, ""),
            ("materials", Role.PARTNER, held_key, "partner"),
            (
                "materials",
                Role.COORDINATOR,
                lambda a: {"pk": a.bare_course.pk},
                "empty",
            ),
            ("material_add", Role.TRAINER, held_key, ""),
            ("material_add_link", Role.COORDINATOR, held_key, ""),
            ("material_change", Role.TRAINER, _material, ""),
            ("material_renew", Role.TRAINER, _material, ""),
            ("material_withdraw", Role.TRAINER, _material, ""),
        )
    ),
    Page("public:course", Role.CITY, _held, "held"),
)

PAGES = (*TRAINING, *GROUPS, *MATERIALS)

# Wide tables, pictures, long forms, and what people open on a phone.
SMALL = {
    "training-materials",
    "training-material_add",
    "training-link_course",
    "training-timetable-moved",
    "training-attendance",
    "training-attendance_session",
    "training-attendance_sheet",
    "training-check_in",
    "training-screen",
    "training-groups",
    "training-groups-table",
    "training-groups_make",
    "training-groups_change",
    "training-groups_remix",
}
# What is there for buttons to send to, for programs to read or for people to keep.
NO_PAGES: dict[str, Args] = {
    "training:attendance_csv": held_key,
    "training:attendance_xlsx": held_key,
    "training:group_list": lambda a: {**_groups(a), "number": 1},
    "training:group_sheets": lambda a: {**_groups(a), "number": 1},
    "training:groups_hold": lambda a: {**_groups(a), "number": 1},
    "training:link_calendar": _calendar,
    "training:link_material_file": _taken_home,
    "training:link_materials_zip": _taken,
    "training:material_file": lambda a: {**_held(a), "pk": a.material.pk},
    "training:material_version": lambda a: {**_material(a), "number": 1},
    "training:materials_zip": _held,
    "training:name_tents": _groups,
    "training:roster_csv": _course_key,
    "training:roster_xlsx": _course_key,
    "training:sheet": _half_day,
    "training:sheets": _course_key,
}
