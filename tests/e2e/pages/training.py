"""Delivering a course: timetable, attendance, groups, materials."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from mosty.accounts.models import Role
from mosty.training import checkin
from tests.e2e.academy import Academy
from tests.e2e.pages.page import DONE, Page, held_key, programme


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
NO_PAGES = {
    "training:attendance_csv",
    "training:attendance_xlsx",
    "training:group_list",
    "training:group_sheets",
    "training:groups_hold",
    "training:link_calendar",
    "training:link_material_file",
    "training:link_materials_zip",
    "training:material_file",
    "training:material_version",
    "training:materials_zip",
    "training:name_tents",
    "training:roster_csv",
    "training:roster_xlsx",
    "training:sheet",
    "training:sheets",
}
