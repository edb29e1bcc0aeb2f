"""Programmes, courses, calls and nominations."""

from collections.abc import Mapping
from typing import Any

from mosty.accounts.models import Role
from tests.e2e.academy import HOUSING, SCHOOL, Academy
from tests.e2e.pages.page import DONE, OPEN, Args, Page, course, of, programme


def _nomination(academy: Academy) -> Mapping[str, Any]:
    return {"code": academy.nomination.code}


_KRAKOW = of(slug=OPEN, city="krakow")


PROGRAMMES = tuple(
    Page(f"programmes:{name}", Role.COORDINATOR, args)
    for name, args in (
        ("index", of()),
        ("create", of()),
        ("plan", programme),
        ("unpublish", programme),
        ("edit", programme),
        ("partners", programme),
        ("create_course", programme),
        ("course_plan", course),
        ("edit_course", course),
        ("topics", course),
        ("provisions", course),
        ("sessions", course),
        ("clone_course", course),
        ("unpublish_course", course),
        ("discard_course", course),
    )
)

CALLS = tuple(
    Page(f"nominations:{name}", Role.COORDINATOR, args, variant, query)
    for name, args, variant, query in (
        ("calls", of(), "", ""),
        ("call_new", lambda a: {"course": a.bare_course.pk}, "", ""),
        ("call_new", lambda a: {"course": a.bare_course.pk}, "copy", f"?source={DONE}"),
        ("desk", of(slug=OPEN), "", ""),
        ("of_course", lambda a: {"pk": a.bare_course.pk}, "", ""),
        ("desk", of(slug=SCHOOL.slug), "draft", ""),
        ("desk", of(slug=HOUSING.slug), "closed", ""),
        ("call_edit", of(slug=SCHOOL.slug), "", ""),
        ("call_rules", of(slug=OPEN), "", ""),
        ("call_publish", of(slug=SCHOOL.slug), "", ""),
        ("call_closing", of(slug=OPEN), "", ""),
        ("call_cancel", of(slug=OPEN), "", ""),
        ("call_seed", of(slug=OPEN), "", ""),
        ("cities", of(slug=OPEN), "", ""),
        ("waive", _KRAKOW, "", ""),
    )
)

NOMINATIONS = tuple(
    Page(f"nominations:{name}", Role.SECRETARIAT, args, variant, query)
    for name, args, variant, query in (
        ("calls", of(), "secretariat", ""),
        ("desk", of(slug=OPEN), "secretariat", ""),
        ("invite", of(slug=OPEN), "", "?city=1&city=2&city=3"),
        ("remind", of(slug=OPEN), "", ""),
        ("nominations", of(slug=DONE), "", ""),
        ("nominations", of(slug=OPEN), "open", ""),
        ("duplicates", of(slug=OPEN), "", ""),
        ("duplicate", lambda a: {"slug": OPEN, "pk": a.pair.pk}, "", ""),
        ("nomination", _nomination, "", ""),
        ("nomination_edit", _nomination, "", ""),
        ("nomination_withdraw", _nomination, "", ""),
        ("imports", of(slug=OPEN), "", ""),
        ("import", lambda a: {"pk": a.waiting_import.pk}, "waiting", ""),
        ("import", lambda a: {"pk": a.taken_import.pk}, "taken", ""),
    )
) + tuple(
    Page(f"nominations:{name}", Role.CITY, args, variant)
    for name, args, variant in (
        ("calls", of(), "city"),
        ("city", _KRAKOW, ""),
        ("nominate", _KRAKOW, ""),
        ("city_decline", _KRAKOW, ""),
    )
)

PAGES = (*PROGRAMMES, *CALLS, *NOMINATIONS)

# Wide tables, pictures, long forms, and what people open on a phone.
SMALL = {page.key for page in PROGRAMMES} | {
    "nominations-call_cancel",
    "nominations-call_closing",
    "nominations-call_edit",
    "nominations-call_publish",
    "nominations-call_rules",
    "nominations-call_seed",
    "nominations-calls",
    "nominations-cities",
    "nominations-city",
    "nominations-city_decline",
    "nominations-desk",
    "nominations-duplicate",
    "nominations-duplicates",
    "nominations-import-waiting",
    "nominations-invite",
    "nominations-nominate",
    "nominations-nomination",
    "nominations-nomination_edit",
    "nominations-nomination_withdraw",
    "nominations-nominations",
    "nominations-remind",
}
# What is there for buttons to send to, for programs to read or for people to keep.
NO_PAGES: dict[str, Args] = {
    "nominations:call_preview": of(),
    "nominations:city_order": _KRAKOW,
    "nominations:import_drop": lambda a: {"pk": a.waiting_import.pk},
    "nominations:import_take_over": lambda a: {"pk": a.waiting_import.pk},
    "nominations:import_template": of(slug=OPEN),
    "nominations:nomination_check": _nomination,
    "nominations:nomination_comment": _nomination,
    "nominations:nomination_remind": _nomination,
    "nominations:nominations_bulk": of(slug=OPEN),
    "nominations:nominations_csv": of(slug=OPEN),
    "nominations:nominations_xlsx": of(slug=OPEN),
    "programmes:publish": programme,
    "programmes:publish_course": course,
}
